"""L1, L2, L3, L4, L7 at, just under and just over each threshold (evidence 1, 7)."""

import datetime as dt

import pytest

from injuries.risk import Activity, History, Problem, assess
from injuries.risk.facts import Facts
from tests.injuries.risk.histories import (
    ON,
    ago,
    flag,
    level,
    mornings,
    off,
    rests,
    run,
    sore,
    steady,
    why,
    with_,
)


# --- L1 ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("metres", "expected"),
    [
        (11_000, None),
        (11_001, "over_10"),
        (20_000, "over_10"),
        (20_001, "over_100"),
    ],
)
def test_the_single_run_spike_by_ratio(metres, expected):
    assert level(assess(steady(run(1, metres / 1000))), "L1") == expected


@pytest.mark.parametrize(("metres", "fires"), [(3_999, False), (4_000, True)])
def test_a_spike_is_at_least_one_kilometre_longer(metres, fires):
    base = tuple(run(back, 3) for back in range(5, 100, 4))
    history = History(on=ON, activities=(*base, run(1, metres / 1000)), days=rests(100))

    assert (level(assess(history), "L1") is not None) == fires


@pytest.mark.parametrize(("days_before", "base_m"), [(30, 15_000), (31, 10_000)])
def test_the_longest_run_counts_thirty_days_back(days_before, base_m):
    answer = assess(steady(run(0, 16.5), run(days_before, 15)))

    found = flag(answer, "L1")
    assert (found and found.values["longest_30d_m"]) == (base_m if base_m == 10_000 else None)
    assert answer.measures["L1"]["ratio"] == round(16_500 / base_m, 4)


@pytest.mark.parametrize(("days_ago", "open_"), [(13, True), (14, False)])
def test_a_spike_stays_open_for_fourteen_days(days_ago, open_):
    assert (level(assess(steady(run(days_ago, 16))), "L1") is not None) == open_


def test_the_run_itself_is_never_its_own_base_and_the_numbers_are_exact():
    found = flag(assess(steady(run(1, 13))), "L1")

    assert found is not None
    assert found.values == {
        "distance_m": 13_000,
        "longest_30d_m": 10_000,
        "ratio": 1.3,
        "run_on": "2026-03-14",
    }
    assert found.text == (
        "Saturday's 13.0 km was longer than your longest of the 30 days before (10.0 km)."
    )
    assert (found.action, found.coach) == ("ease", False)


def test_of_several_spikes_the_largest_ratio_speaks():
    found = flag(assess(steady(run(9, 19), run(2, 21))), "L1")

    assert found is not None
    assert found.values["run_on"] == ago(9).isoformat()


def test_previous_injury_lists_a_small_spike_for_the_coach():
    history = steady(run(1, 13))

    for said, coach in ((True, True), (False, False), (None, False)):
        found = flag(assess(with_(history, previous_injury_12m=said)), "L1")
        assert found is not None
        assert found.coach == coach
    closed = (Problem("left", "above_heel", ago(400), ago(365)),)
    found = flag(assess(with_(history, problems=closed, previous_injury_12m=False)), "L1")
    assert found is not None
    assert found.coach


@pytest.mark.parametrize(("unknown", "judged"), [(6, True), (7, False)])
def test_coverage_of_the_thirty_days_before(unknown, judged):
    gaps = (2, 3, 5, 7, 9, 10, 11)[:unknown]
    history = with_(steady(run(0, 16)), days=rests(100, but=gaps))

    answer = assess(history)

    assert (level(answer, "L1") == "over_10") == judged
    assert answer.coverage_30 == round((30 - unknown) / 30, 4)


def test_a_new_member_is_not_assessed_without_a_declared_longest():
    history = History(on=ON, activities=(run(0, 9), run(4, 5), run(10, 5)), days=rests(10))

    answer = assess(history)

    assert (answer.training, answer.ceiling_m) == ("not_assessed", None)
    assert why(answer, "L1") == "less than 30 days of data"


@pytest.mark.parametrize(("km", "expected"), [(8.8, None), (9, "over_10")])
def test_a_declared_longest_is_the_base_of_a_new_member(km, expected):
    history = History(on=ON, activities=(run(0, km),), declared_longest_30d_m=8_000)

    answer = assess(history)

    assert level(answer, "L1") == expected
    assert answer.training == ("carry_on" if expected is None else "ease")
    assert answer.ceiling_m == (8_800 if expected else 9_680)


def test_an_imputed_distance_alone_flags_nobody_and_is_no_base():
    spike = run(1, None, duration_s=4 * 3600)
    assert level(assess(steady(spike)), "L1") is None

    after = assess(steady(run(8, None, duration_s=4 * 3600), run(1, 13)))
    assert level(after, "L1") is None
    assert why(after, "L1") == "the longest run of the 30 days before has no measured distance"


def test_a_run_without_distance_and_time_makes_its_windows_unknown():
    answer = assess(steady(run(3, None, duration_s=None), run(1, 16)))

    assert (level(answer, "L1"), answer.ceiling_m) == (None, None)
    assert (answer.training, why(answer, "L1")) == (
        "not_assessed",
        "a run without distance and time",
    )


@pytest.mark.parametrize(("minutes", "merged"), [(29, True), (30, False)])
def test_runs_less_than_half_an_hour_apart_are_one_session(minutes, merged):
    start = dt.datetime(2026, 3, 14, 9, tzinfo=dt.UTC)
    first = run(1, 8, started_at=start)
    second = run(1, 8, started_at=start + dt.timedelta(minutes=60 + minutes))

    found = flag(assess(steady(first, second)), "L1")

    assert (found and found.values["distance_m"]) == (16_000 if merged else None)


def test_no_spike_rule_under_18():
    answer = assess(with_(steady(run(1, 16)), adult=False))

    assert (level(answer, "L1"), answer.ceiling_m, answer.measures["L1"]["ratio"]) == (
        None,
        None,
        None,
    )


@pytest.mark.parametrize(("pain", "answer"), [(2, "ease"), (3, "cross_train")])
def test_a_spike_on_a_sore_heel_is_cross_train(pain, answer):
    history = steady(run(4, 13), **sore(pain=mornings({0: pain})))

    found = flag(assess(history), "L1")

    assert found is not None
    assert found.action == answer


# --- L2 ------------------------------------------------------------------------------------------
def test_the_ceiling_is_a_tenth_more_than_the_longest_and_says_until_when():
    answer = assess(steady(run(12, 14)))

    assert level(answer, "L1") == "over_10"
    assert (answer.ceiling_m, answer.ceiling_until) == (11_000, ago(-1))

    closed = assess(steady(run(14, 14)))
    assert (closed.ceiling_m, closed.ceiling_until) == (15_400, ago(14 - 30))


def test_the_ceiling_counts_today_and_twenty_nine_days_back():
    for days_ago, metres in ((29, 13_200), (30, 11_000)):
        assert assess(steady(run(days_ago, 12))).ceiling_m == metres


# --- L3 ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("days", "expected", "training"),
    [
        (6, None, "carry_on"),
        (7, "layoff_7_13", "ease"),
        (13, "layoff_7_13", "ease"),
        (14, "layoff_14_28", "ease"),
        (28, "layoff_14_28", "ease"),
        (29, "layoff_over_28", "ease"),
    ],
)
def test_breaks_by_length(days, expected, training):
    # `days` known days without a run end today.
    answer = assess(off(days - 1))

    assert (level(answer, "L3"), answer.training) == (expected, training)


def test_the_first_week_after_a_short_break_has_its_own_ceiling():
    answer = assess(off(9))

    assert (answer.ceiling_m, answer.ceiling_until) == (7_500, ago(-3))
    found = flag(answer, "L3")
    assert found is not None
    assert found.values == {
        "days": 10,
        "back_on": None,
        "longest_before_m": 10_000,
        "limit_m": 7_500,
    }


@pytest.mark.parametrize(("back_on", "expected"), [(6, "layoff_7_13"), (7, None)])
def test_the_return_from_a_short_break_lasts_a_week(back_on, expected):
    history = off(back_on + 8, back=(run(back_on, 7), run(0, 7), run(3, 7)))

    assert level(assess(history), "L3") == expected


def test_during_a_return_only_new_runs_are_a_base():
    answer = assess(off(20, back=(run(3, 4), run(0, 6))))

    found = flag(answer, "L1")
    assert found is not None
    assert (found.values["longest_30d_m"], found.values["since_break"]) == (4_000, True)
    assert "your longest since you came back (4.0 km)" in found.text
    assert (answer.ceiling_m, level(answer, "L3")) == (4_400, "layoff_14_28")


@pytest.mark.parametrize(
    ("days_back", "share"), [(0, 0.5), (7, 0.5), (8, 0.75), (15, 0.75), (16, None)]
)
def test_the_return_is_as_long_as_the_break_in_two_halves(days_back, share):
    back = tuple(run(day, 4) for day in range(days_back, -1, -4))
    history = off(16 + days_back, back=back)
    found = flag(assess(history), "L3")

    assert (found and found.values["share"]) == share
    if found:
        assert found.values["days"] == 16


def test_a_run_with_nothing_to_compare_with():
    base = tuple(run(back) for back in range(40, 100, 4))
    answer = assess(History(on=ON, activities=(*base, run(2)), days=rests(100, 36)))

    assert level(answer, "L3") == "no_base"
    assert why(answer, "L1") is not None


def test_unknown_days_are_no_break():
    base = tuple(run(back) for back in range(20, 100, 4))
    answer = assess(History(on=ON, activities=base, days=rests(100, 20)))

    assert (level(answer, "L3"), answer.training) == (None, "not_assessed")


def test_a_break_for_a_sore_heel_that_is_closed():
    closed = (Problem("left", "under_heel_inner", ago(20), ago(3)),)
    answer = assess(with_(off(15), problems=closed))

    assert (level(answer, "L3"), answer.training) == ("after_problem", "ease")


# --- Silence -------------------------------------------------------------------------------------
def test_silence_is_never_green():
    assert assess(History(on=ON)).training == "not_assessed"


def test_holiday_is_a_known_day():
    answer = assess(with_(steady(run(8), run(4), run(0)), days=rests(100, status="holiday")))

    assert (answer.training, answer.coverage_30) == ("carry_on", 1.0)


# --- L4, L7 --------------------------------------------------------------------------------------
@pytest.mark.parametrize(("km", "expected"), [(6.5, None), (6.501, "big_step")])
def test_a_big_step_in_weekly_distance_is_context(km, expected):
    weeks = tuple(run(back, 5) for back in range(8, 60, 7)) + tuple(
        run(back, 5) for back in range(9, 60, 7)
    )
    answer = assess(History(on=ON, activities=(*weeks, run(0, km), run(1, 6.5)), days=rests(100)))

    assert level(answer, "L4") == expected
    assert answer.training == "carry_on" or level(answer, "L1") is not None


@pytest.mark.parametrize(("km", "defined"), [(10, True), (9.999, False)])
def test_a_small_week_is_no_base(km, defined):
    weeks = tuple(run(back, km) for back in range(8, 60, 7))
    answer = assess(History(on=ON, activities=(*weeks, run(0, 10)), days=rests(100)))

    assert (answer.measures["L4"]["change"] is not None) == defined


def test_an_ill_week_is_no_base():
    history = steady(run(10), run(5), run(1), run(15), run(18))
    assert assess(history).measures["L4"]["change"] is not None

    ill = with_(history, days=rests(100, 13) + rests(12, 12, status="ill") + rests(11))
    assert assess(ill).measures["L4"]["change"] is None


def test_the_usual_week_score_against_a_plain_computation():
    distances = {back: 4 + back % 5 for back in range(0, 90, 2)}
    runs = tuple(run(back, km) for back, km in distances.items())
    answer = assess(History(on=ON, activities=runs, days=rests(90)))

    def week(last):
        return sum(distances.get(back, 0) for back in range(last, last + 7))

    earlier = [week(last) for last in range(7, 85)]
    mean = sum(earlier) / len(earlier)
    spread = (sum((one - mean) ** 2 for one in earlier) / len(earlier)) ** 0.5
    assert answer.measures["L7"]["z"] == pytest.approx((week(0) - mean) / spread, abs=1e-4)


@pytest.mark.parametrize(("days", "defined"), [(41, True), (40, False)])
def test_the_usual_week_needs_28_earlier_sums(days, defined):
    runs = tuple(run(back, 5 + back % 3) for back in range(0, days, 3))
    answer = assess(History(on=ON, activities=runs, days=rests(days - 1, 0)))
    # The last 7 days, and 28 sums of 7 days before them, need 7 + 34 days.
    assert (answer.measures["L7"]["z"] is not None) == defined


def test_equal_weeks_have_no_score():
    runs = tuple(run(back, 5) for back in range(0, 100, 7))

    assert assess(History(on=ON, activities=runs, days=rests(100))).measures["L7"]["z"] is None


# --- Sessions ------------------------------------------------------------------------------------
def at(days_ago: int, clock: str, km: float, minutes: int) -> Activity:
    started = dt.datetime.fromisoformat(f"{ago(days_ago)}T{clock}:00+01:00")
    return run(days_ago, km, started_at=started, duration_s=minutes * 60)


@pytest.mark.parametrize(
    ("second", "expected"), [("18:59", 12_000), ("19:00", 6_000), ("20:30", 6_000)]
)
def test_runs_less_than_half_an_hour_apart_are_one(second, expected):
    # The first ends at 18:30, so half an hour later is 19:00.
    facts = Facts(steady(at(1, "18:00", 6, 30), at(1, second, 6, 30)))

    sessions = facts.sessions_between(facts.on - 1, facts.on - 1)

    assert max(session.distance_m for session in sessions) == expected


def test_a_run_that_goes_on_past_midnight_belongs_to_the_day_it_began():
    history = steady(at(3, "23:20", 8, 40), at(2, "00:20", 4, 20))
    facts = Facts(history)

    [session] = facts.sessions_between(facts.on - 3, facts.on - 2)

    assert (session.day, session.distance_m) == (facts.on - 3, 12_000)
    assert facts.on - 2 not in facts.run_days
    assert (facts.on - 3, 12_000) in facts.run_metres


def test_old_sessions_are_merged_as_recent_ones_are():
    history = steady(at(95, "18:00", 6, 30), at(95, "18:40", 6, 30), days=120)
    facts = Facts(history)

    [session] = facts.sessions_between(facts.on - 95, facts.on - 95)

    assert session.distance_m == 12_000
