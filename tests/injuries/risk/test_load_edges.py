"""L1 to L7 once more: both ends of each window, exact numbers, and why a rule said nothing."""

import pytest

from injuries.risk import (
    ENGINE_VERSION,
    Activity,
    Day,
    History,
    assess,
    ceiling,
    what_if,
    what_if_sentence,
)
from injuries.risk.facts import Facts, Session
from injuries.risk.load import alone, week_sum
from tests.injuries.risk.histories import (
    ON,
    ago,
    flag,
    level,
    mornings,
    off,
    rests,
    run,
    steady,
    why,
    with_,
)

TODAY = ON.toordinal()


# --- L1 ------------------------------------------------------------------------------------------
def test_the_ratio_has_four_places():
    base = tuple(run(back, 3) for back in range(5, 100, 4))
    answer = assess(History(on=ON, activities=(*base, run(1, 4)), days=rests(100)))

    assert flag(answer, "L1").values["ratio"] == 1.3333
    assert answer.measures["L1"] == {"ratio": 1.3333}


def test_the_run_of_the_day_before_is_part_of_the_base():
    answer = assess(steady(run(1, 11), run(0, 12)))

    assert level(answer, "L1") is None


@pytest.mark.parametrize(
    ("days_ago", "pain", "action"), [(13, 3, "cross_train"), (13, 2, "ease"), (14, 9, "ease")]
)
def test_a_spike_on_a_sore_heel_is_cross_train(days_ago, pain, action):
    answer = assess(steady(run(1, 13), pain=mornings({days_ago: pain})))

    assert (flag(answer, "L1").action, answer.training) == (action, action)


def test_a_declared_longest_is_named_and_a_longer_run_takes_its_place():
    runs = (run(0, 12), run(4, 9))
    history = History(on=ON, activities=runs, declared_longest_30d_m=8_000)
    assert flag(assess(history), "L1").values == {
        "distance_m": 12_000,
        "longest_30d_m": 9_000,
        "ratio": 1.3333,
        "run_on": "2026-03-15",
    }

    found = flag(assess(with_(history, declared_longest_30d_m=9_000)), "L1")
    assert found.values["declared"] is True
    assert "the longest you told us of (9.0 km)" in found.text


@pytest.mark.parametrize("days", [7, 20, 40])
def test_the_first_run_back_has_nothing_to_compare_with(days):
    """There may be runs in the 30 days before, but none since the break."""
    answer = assess(off(days, back=(run(0, 4),)))

    assert (why(answer, "L1"), answer.training) == (
        "no run since the break to compare with",
        "ease",
    )


def month_without_a_run(known, **fields):
    """The last run 40 days ago, of the days since only the first `known` are known."""
    runs = tuple(run(back) for back in range(40, 100, 3))
    return History(on=ON, activities=runs, days=rests(100, 40 - known), **fields)


@pytest.mark.parametrize(
    ("known", "expected"),
    [(6, "no_base"), (7, "layoff_7_13"), (13, "layoff_7_13"), (14, "layoff_14_28")],
)
def test_a_month_hardly_known_is_the_break_that_is_known_of_it(known, expected):
    """Forty days without a run; whatever the level, the first run back is told to ease."""
    runs = (*(run(back) for back in range(41, 100, 3)), run(0, 5))
    answer = assess(History(on=ON, activities=runs, days=rests(100, 41 - known)))

    assert (level(answer, "L3"), answer.training) == (expected, "ease")


@pytest.mark.parametrize("unknown", [6, 7])
def test_a_run_whose_thirty_days_before_are_not_known_enough_is_not_compared(unknown):
    # The thirty days before a run eight days ago; of the last thirty all but one are known.
    gaps = (9, 31, 33, 34, 35, 37, 38)[:unknown]
    answer = assess(with_(steady(run(8, 16)), days=rests(100, but=gaps)))

    if unknown == 6:
        assert (level(answer, "L1"), why(answer, "L1")) == ("over_10", None)
    else:
        assert level(answer, "L1") is None
        assert why(answer, "L1") == "too many days of the 30 before are unknown"
        assert answer.training == "not_assessed"


@pytest.mark.parametrize(("unknown", "reason"), [(6, None), (7, "only 23 of the last 30 days")])
def test_four_fifths_of_the_last_thirty_days_must_be_known(unknown, reason):
    gaps = (2, 3, 5, 7, 9, 10, 11)[:unknown]
    answer = assess(with_(steady(), days=rests(100, but=gaps)))

    assert why(answer, "L1") == (reason and f"{reason} are known")
    assert (answer.ceiling_m is None) == (unknown == 7)


@pytest.mark.parametrize(("days", "reason"), [(9, None), (10, "no entry for 10 days")])
def test_a_new_member_who_says_nothing_for_ten_days_is_not_assessed(days, reason):
    history = History(on=ON, activities=(run(days, 5),), declared_longest_30d_m=8_000)
    answer = assess(history)

    assert why(answer, "L1") == reason
    assert answer.training == ("carry_on" if reason is None else "not_assessed")


# --- L2 ------------------------------------------------------------------------------------------
def test_the_ceiling_is_whole_metres_and_holds_thirty_days_after_its_run():
    answer = assess(steady(run(1, 10.999)))

    assert (answer.ceiling_m, answer.ceiling_until) == (12_098, ago(1 - 30))


@pytest.mark.parametrize("days_ago", [5, 6, 7])
def test_a_measured_run_as_long_as_an_imputed_one_is_a_base(days_ago):
    imputed = run(6, 10.9, imputed=True)
    alone_there = assess(steady(imputed, run(1, 13)))
    assert level(alone_there, "L1") is None

    answer = assess(steady(imputed, run(days_ago, 10.9), run(1, 13)))
    assert flag(answer, "L1").values["longest_30d_m"] == 10_900


def test_the_declared_ceiling_holds_until_there_are_thirty_days_of_data():
    history = History(on=ON, activities=(run(5, 8),), declared_longest_30d_m=8_000)
    answer = assess(history)

    assert (answer.ceiling_m, answer.ceiling_until) == (8_800, ago(5 - 29))


def test_no_ceiling_from_an_imputed_distance_but_from_a_measured_one_as_long():
    imputed = run(2, 10.9, imputed=True)
    assert ceiling(steady(imputed)) is None
    assert ceiling(steady(imputed, run(4, 10.9))) == 11_990


def test_no_ceiling_where_nothing_is_known_or_the_only_run_is_a_spike():
    assert ceiling(History(on=ON)) is None
    assert ceiling(off(40, back=(run(0, 4),))) == 4_400
    assert ceiling(off(40)) is None


def test_while_coming_back_coverage_is_not_asked():
    # 8 of the last 30 days are unknown, after the break and before it.
    gaps = (1, 2, 3, 4, 26, 27, 28, 29)
    history = off(25, back=(run(5, 4), run(0, 4)))
    days = tuple(day for day in history.days if day.on not in {ago(back) for back in gaps})
    answer = assess(with_(history, days=days))

    assert level(answer, "L3") == "layoff_14_28"
    assert answer.ceiling_m == 4_400


def test_the_short_of_an_unsettled_morning_and_the_ceiling_speaks_until_its_day():
    shorter = assess(steady(run(2, 8), pain=mornings({1: 3})))
    assert (shorter.ceiling_m, shorter.ceiling_until) == (6_000, ago(1 - 6))

    # Three quarters of the spike are just the ceiling: then the ceiling stands.
    equal = assess(steady(run(2, 14.667), pain=mornings({1: 3})))
    assert flag(equal, "P2").values["keep_m"] == 11_000
    assert (equal.ceiling_m, equal.ceiling_until) == (11_000, ago(20 - 30))


# --- L3 ------------------------------------------------------------------------------------------
def test_the_first_week_back_ends_six_days_after_the_first_run():
    answer = assess(off(12, back=(run(2, 7), run(0, 7))))

    assert (level(answer, "L3"), answer.ceiling_m) == ("layoff_7_13", 7_500)
    assert answer.ceiling_until == ago(2 - 6)


@pytest.mark.parametrize(("before", "longest_m"), [(29, 15_001), (30, 10_000)])
def test_the_longest_before_a_break_is_of_the_thirty_days_to_its_last_run(before, longest_m):
    last_run = 10
    old = run(last_run + before, 15.001)
    found = flag(assess(off(last_run - 1, back=(old,))), "L3")

    assert found.values["longest_before_m"] == longest_m
    assert found.values["limit_m"] == longest_m * 75 // 100


def test_neither_unknown_nor_imputed_distances_are_a_longest_before_a_break():
    blank, imputed = run(12, None, duration_s=None), run(13, 30, imputed=True)
    found = flag(assess(off(9, back=(blank, imputed))), "L3")

    assert found.values["longest_before_m"] == 10_000


def test_without_a_longest_before_a_short_break_there_is_no_limit():
    blank = run(10, None, duration_s=None)
    answer = assess(History(on=ON, activities=(blank,), days=rests(16)))

    assert (level(answer, "L3"), answer.ceiling_m) == (None, None)


@pytest.mark.parametrize(("days", "share"), [(27, 0.5), (28, 0.33)])
def test_the_share_at_the_end_of_a_break_by_its_length(days, share):
    # The break has one day more: today.
    assert flag(assess(off(days)), "L3").values["share"] == share


@pytest.mark.parametrize(
    ("days_back", "share"),
    [(0, 0.33), (9, 0.33), (10, 0.5), (19, 0.5), (20, 0.75), (29, 0.75), (30, None)],
)
def test_the_return_from_more_than_four_weeks_is_in_three_parts(days_back, share):
    back = tuple(run(day, 4) for day in range(days_back, -1, -4))
    found = flag(assess(off(30 + days_back, back=back)), "L3")

    assert (found and found.values["share"]) == share


@pytest.mark.parametrize(("before", "week_limit_m"), [(27, 9_250), (28, 8_750)])
def test_the_old_week_is_the_mean_of_four_weeks_to_the_last_run(before, week_limit_m):
    old = run(16 + before, 4)

    assert flag(assess(off(15, back=(old,))), "L3").values["week_limit_m"] == week_limit_m


def test_an_unknown_distance_before_a_break_leaves_the_old_week_unknown():
    found = flag(assess(off(15, back=(run(17, None, duration_s=None),))), "L3")

    assert found.values["week_limit_m"] is None
    assert found.text == (
        "You have had 16 days without a run. Build up again slowly: start with short, easy runs."
    )


# --- L4 ------------------------------------------------------------------------------------------
def weeks(*metres: int | None) -> History:
    """One run in the middle of each week, this week first; then 15 km; None: no distance."""
    distances = (*metres, *(14 - len(metres)) * (15_000,))
    runs = [Activity(ago(7 * back + 3), distance_m=one) for back, one in enumerate(distances)]
    return History(on=ON, activities=tuple(runs), days=rests(100))


def change(history: History) -> float | None:
    """Return L4's number."""
    return assess(history).measures["L4"]["change"]


def test_the_change_has_four_places():
    answer = assess(weeks(20_000, 15_000, 15_000, 15_000, 15_000, 15_000))

    assert answer.measures["L4"] == {"change": 0.3333}
    assert flag(answer, "L4").values == {
        "change": 0.3333,
        "week_m": 20_000,
        "week_before_m": 15_000,
    }


def test_the_week_before_is_from_seven_to_thirteen_days_ago():
    more = (run(7, 1), run(13, 2), run(14, 4))
    history = weeks(30_000, 15_000, 15_000)
    answer = assess(with_(history, activities=(*history.activities, *more)))

    assert flag(answer, "L4").values == {
        "change": 0.6667,
        "week_m": 30_000,
        "week_before_m": 18_000,
    }


def test_a_week_without_a_known_distance_has_no_sum():
    assert week_sum(Facts(weeks(10_000)), TODAY) == 10_000
    assert week_sum(Facts(weeks(None)), TODAY) is None
    answer = assess(weeks(None, 15_000))
    assert why(answer, "L4") == "the last two weeks are not both known and comparable"


@pytest.mark.parametrize(("unknown", "known"), [(0, False), (6, False), (7, True)])
def test_each_day_of_a_week_must_be_known(unknown, known):
    history = with_(weeks(10_000), days=rests(100, but=(unknown,)))

    assert (week_sum(Facts(history), TODAY) is not None) == known


@pytest.mark.parametrize(
    ("before", "others", "expected"),
    [
        (12_000, (20_000, 20_000, 20_000, 20_000), 0.0),
        (11_999, (20_000, 20_000, 20_000, 20_000), None),
        (11_999, (19_993, 20_000, 20_000, 20_000), 0.0001),
        (11_999, (20_000, 20_000, 20_000, 19_993), 0.0001),
        (11_999, (20_000, 20_000, 20_000, None), 0.0001),
    ],
)
def test_a_recovery_week_is_no_base(before, others, expected):
    """Less than 60 % of the mean of the four weeks before it, where they are known."""
    assert change(weeks(12_000, before, *others)) == expected


@pytest.mark.parametrize("status", ["ill", "injured", "rest"])
@pytest.mark.parametrize("days_ago", [14, 13, 7, 6])
def test_an_ill_or_injured_day_of_the_week_before_makes_it_no_base(status, days_ago):
    history = weeks(15_000, 15_000, 15_000)
    days = (*rests(100, but=(days_ago,)), Day(ago(days_ago), status))
    off_then = status != "rest" and days_ago in (13, 7)

    assert change(with_(history, days=days)) == (None if off_then else 0.0)


@pytest.mark.parametrize(
    ("break_days", "back", "quiet"), [(14, 27, True), (14, 28, False), (13, 20, False)]
)
def test_no_weekly_change_for_four_weeks_after_a_long_break(break_days, back, quiet):
    since = tuple(run(day, 6) for day in range(back, -1, -3))

    assert (change(off(break_days + back, back=since)) is None) == quiet


@pytest.mark.parametrize(
    ("imputed", "expected"), [(None, "big_step"), (13, None), (14, "big_step")]
)
def test_an_imputed_distance_of_two_weeks_shows_no_big_step(imputed, expected):
    history = weeks(20_000, 15_000, 15_000)
    if imputed is not None:
        one = run(imputed, 0.001, imputed=True)
        history = with_(history, activities=(*history.activities, one))

    assert level(assess(history), "L4") == expected


# --- L7 ------------------------------------------------------------------------------------------
def test_the_usual_week_leaves_out_days_and_distances_that_are_unknown():
    distances = {back: 4_000 + 37 * (back * back % 101) for back in range(0, 120, 2)}
    unknown, blank = {21, 50, 51}, 33
    runs = [Activity(ago(back), distance_m=metres) for back, metres in distances.items()]
    runs += [Activity(ago(8), distance_m=1_234), Activity(ago(blank))]
    runs = [one for one in runs if one.on not in {ago(back) for back in unknown}]
    history = History(on=ON, activities=tuple(runs), days=rests(119, but=tuple(unknown)))
    distances[8] += 1_234

    def week(last):
        return [distances.get(back, 0) for back in range(last, last + 7)]

    missing = unknown | {blank}
    earlier = [
        sum(week(last)) for last in range(7, 114) if not missing & set(range(last, last + 7))
    ]
    mean = sum(earlier) / len(earlier)
    spread = (sum((one - mean) ** 2 for one in earlier) / len(earlier)) ** 0.5
    expected = round((sum(week(0)) - mean) / spread, 4)

    assert assess(history).measures["L7"] == {"z": expected}


@pytest.mark.parametrize(("imputed", "expected"), [(6, None), (7, "above_usual")])
def test_an_imputed_distance_of_the_week_shows_no_unusual_week(imputed, expected):
    history = steady(run(4, 10), run(2, 10), run(0, 10), run(imputed, 0.001, imputed=True))

    assert level(assess(history), "L7") == expected


def test_a_short_past_has_no_usual_week():
    answer = assess(History(on=ON, activities=(run(0, 5),), days=rests(39)))

    assert why(answer, "L7") == "fewer than 28 earlier weeks of seven known days"


@pytest.mark.parametrize(("metres", "expected"), [(2_500, None), (2_501, "above_usual")])
def test_well_above_the_usual_week_is_more_than_one_and_a_half_deviations(metres, expected):
    # Of 28 earlier sums 14 are 2 km and 14 nothing: a mean of 1 km and a deviation of 1 km.
    runs = [Activity(ago(back), distance_m=2_000) for back in (20, 27)]
    history = History(on=ON, activities=(*runs, Activity(ON, distance_m=metres)), days=rests(40))
    answer = assess(history)

    assert (answer.measures["L7"]["z"], level(answer, "L7")) == (metres / 1_000 - 1, expected)


# --- Before the run, and the whole ---------------------------------------------------------------
def test_a_run_by_itself_is_a_session_that_says_nothing_of_pain():
    planned = alone(run(0, 5, pain_during=7, gait_changed=True))

    assert planned == Session(TODAY, 5_000, False, None, False)


def test_what_a_first_run_back_would_mean():
    """It would end the break, so there is no run since to compare it with."""
    outcome = what_if(off(20), distance_m=5_000)

    assert (outcome.on, outcome.values, outcome.level) == (ON, None, None)
    assert outcome.why == "no run since the break to compare with"


def test_too_far_without_a_ceiling_and_too_far_while_the_advice_is_to_rest():
    # Today is not known: 23 of the last 30 days are, 24 of the 30 before the run would be.
    unknown = with_(steady(), days=rests(100, but=(0, 2, 3, 5, 7, 9, 10)))
    outcome = what_if(unknown, distance_m=14_000)
    assert (outcome.ceiling_m, outcome.level) == (None, "over_10")
    far = (
        "14.0 km would be more than a tenth longer than your longest of the 30 days before "
        "(10.0 km)."
    )
    assert what_if_sentence(outcome) == far

    resting = what_if(steady(run(1, 5, pain_during=7)), distance_m=14_000)
    assert (resting.ceiling_m, resting.training) == (11_000, "rest")
    assert what_if_sentence(resting) == (f"The advice now is to rest, and that comes first. {far}")


def test_a_run_of_one_metre_may_be_asked_about_and_none_may_not():
    assert what_if(steady(), distance_m=1).values["distance_m"] == 1
    with pytest.raises(ValueError, match=r"^A run is at least one metre long\.$"):
        what_if(steady(), distance_m=0)


def test_an_assessment_names_its_day_and_the_version_of_the_rules():
    answer = assess(steady())

    assert (answer.on, answer.engine) == (ON, ENGINE_VERSION)
