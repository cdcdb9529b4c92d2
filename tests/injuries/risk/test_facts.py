"""What the rules share: days, runs, sessions, breaks, problems and answers, to the day."""

import datetime as dt
from itertools import permutations

import pytest

from injuries.risk import Activity, Check, Day, History, Pain, Problem, assess
from injuries.risk.facts import Facts, Session
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

TODAY = ON.toordinal()
UTC = dt.UTC


def at(days_ago: int, clock: str, km: float | None, minutes: int | None, **fields) -> Activity:
    """Return a run that began at that local time, an hour ahead of UTC."""
    started = dt.datetime.fromisoformat(f"{ago(days_ago)}T{clock}:00+01:00")
    seconds = None if minutes is None else minutes * 60
    return run(days_ago, km, started_at=started, duration_s=seconds, **fields)


def sessions(*runs: Activity) -> list[Session]:
    """Return the sessions of these runs and no others."""
    facts = Facts(History(on=ON, activities=runs))
    return facts.sessions_between(TODAY - 30, TODAY)


# --- Days ----------------------------------------------------------------------------------------
def test_a_day_of_unknown_status_is_not_known():
    facts = Facts(History(on=ON, days=(Day(ago(0), "unknown"), Day(ago(2), "ill"))))

    assert (facts.known, facts.first_day) == ({TODAY - 2}, TODAY - 2)


def test_without_any_entry_the_data_begin_tomorrow():
    assert Facts(History(on=ON)).first_day == TODAY + 1


@pytest.mark.parametrize(("first", "is_new"), [(29, True), (30, False)])
def test_thirty_days_of_data_are_enough(first, is_new):
    assert Facts(History(on=ON, days=rests(first))).is_new(TODAY) == is_new


# --- Runs ----------------------------------------------------------------------------------------
def test_a_run_of_one_metre_is_a_run_one_of_none_is_not_and_a_ride_neither():
    rows = (Activity(ON, distance_m=1), Activity(ON, distance_m=0), Activity(ON, "ride"))

    assert Facts(History(on=ON, activities=rows)).runs == list(rows[:1])


def test_runs_of_one_day_stand_by_their_start_and_before_them_those_without():
    without = run(1, 9, duration_s=5)
    late, early = at(1, "18:00", 5, 30), at(1, "08:00", 6, 30)

    for rows in permutations((without, late, early)):
        assert Facts(History(on=ON, activities=rows)).runs == [without, early, late]


def test_two_runs_of_one_day_are_put_in_order_too():
    rows = (run(3, 5), run(1, 4), run(1, 5))

    assert Facts(History(on=ON, activities=(rows[2], rows[1], rows[0]))).runs == list(rows)


def test_runs_of_one_day_without_a_start_stand_by_their_figures():
    rows = [
        run(1, None, duration_s=None),
        run(1, None, duration_s=60),
        run(1, 0.001, duration_s=None),
        run(1, 5, duration_s=None),
        run(1, 5, duration_s=0),
        run(1, 5, duration_s=1_500),
        run(1, 8, duration_s=900),
    ]

    assert Facts(History(on=ON, activities=tuple(reversed(rows)))).runs == rows
    assert Facts(History(on=ON, activities=tuple(rows))).runs == rows


@pytest.mark.parametrize(("days_before", "metres"), [(90, 9_000), (91, None)])
def test_a_missing_distance_is_imputed_from_the_ninety_days_before(days_before, metres):
    # A pace of 0.4 s/m; that of the day itself, a hundred times slower, is not asked.
    known = run(1 + days_before, 10, duration_s=4_000)
    same_day = run(1, 0.1, duration_s=4_000)
    blank = run(1, None, duration_s=3_600)
    facts = Facts(History(on=ON, activities=(known, same_day, blank)))

    assert facts.distance_of(blank) == (metres, metres is not None)


# --- Sessions ------------------------------------------------------------------------------------
def test_a_session_adds_distances_and_keeps_the_worse_of_everything_else():
    good = at(1, "18:00", 8, 30, pain_during=2)
    bad = at(1, "18:40", 4, 30, pain_during=5, gait_changed=True, imputed=True)
    assert sessions(good, bad) == [Session(TODAY - 1, 12_000, True, 5, True)]

    first = bad._replace(started_at=good.started_at)
    last = good._replace(started_at=bad.started_at)
    assert sessions(first, last) == [Session(TODAY - 1, 12_000, True, 5, True)]


def test_a_session_with_one_unknown_distance_has_none_and_one_unknown_pain_says_the_other():
    known = at(1, "18:00", 8, 30, pain_during=4)
    blank = at(1, "18:40", None, None)

    assert sessions(known, blank) == [Session(TODAY - 1, None, False, 4, False)]


def test_two_runs_that_say_no_pain_are_a_session_that_says_none():
    both = sessions(at(1, "18:00", 8, 30), at(1, "18:40", 4, 30))

    assert both == [Session(TODAY - 1, 12_000, False, None, False)]


def test_a_run_that_is_not_the_next_one_of_the_day_is_another_session():
    # In the order of distance the last would seem to begin before the first had ended.
    runs = (at(1, "08:00", 6, 30), at(1, "08:40", 4, 30), at(1, "18:00", 5, 30))

    assert [session.distance_m for session in sessions(*runs)] == [10_000, 5_000]


def test_a_run_without_time_is_not_gone_on_with():
    runs = (at(1, "18:00", 5, None), at(1, "18:10", 4, 30))

    assert [session.distance_m for session in sessions(*runs)] == [5_000, 4_000]


def test_a_run_of_more_than_a_day_goes_on_two_days_later():
    long_one = at(3, "08:00", 150, 49 * 60)
    after = at(1, "09:15", 5, 30)

    assert sessions(long_one, after) == [Session(TODAY - 3, 155_000, False, None, False)]
    assert Facts(History(on=ON, activities=(long_one, after))).run_days == [TODAY - 3]


@pytest.mark.parametrize("hours_ahead", [-8, 0, 1, 10])
def test_past_midnight_is_past_midnight_in_every_time_zone(hours_ahead):
    """Starts come in UTC as well: what counts is the time between the runs, not the hour named."""
    zone = dt.timezone(dt.timedelta(hours=hours_ahead))
    first = dt.datetime.combine(ago(3), dt.time(23, 20), zone).astimezone(UTC)
    second = dt.datetime.combine(ago(2), dt.time(0, 20), zone).astimezone(UTC)
    runs = (
        run(3, 8, started_at=first, duration_s=2_400),
        run(2, 4, started_at=second, duration_s=1_200),
    )
    facts = Facts(History(on=ON, activities=runs))

    assert facts.run_metres == [(TODAY - 3, 12_000)]
    assert facts.run_days == [TODAY - 3]


@pytest.mark.parametrize("days_ago", [89, 90, 91])
def test_a_run_past_midnight_goes_with_the_day_before_wherever_looking_begins(days_ago):
    late, early = at(days_ago + 1, "23:20", 8, 40), at(days_ago, "00:20", 4, 20)
    facts = Facts(History(on=ON, activities=(late, early)))

    assert facts.sessions_between(TODAY - days_ago, TODAY) == []


def test_a_run_without_distance_has_its_imputed_metres():
    # At 0.4 s/m like the run before.
    runs = (
        run(5, 10, duration_s=4_000),
        run(1, None, duration_s=3_600),
        run(0, None, duration_s=0),
    )

    assert Facts(History(on=ON, activities=runs)).run_metres == [
        (TODAY - 5, 10_000),
        (TODAY - 1, 9_000),
        (TODAY, None),
    ]


def test_a_run_ninety_days_ago_is_looked_up_like_any_other():
    facts = Facts(History(on=ON, activities=(run(91, 9), run(90, 5), run(89, 6))))

    for back, metres in ((91, 9_000), (90, 5_000), (89, 6_000)):
        [session] = facts.sessions_between(TODAY - back, TODAY - back)
        assert session.distance_m == metres
    assert [one.distance_m for one in facts.sessions_between(TODAY - 89, TODAY)] == [6_000]


# --- Breaks --------------------------------------------------------------------------------------
@pytest.mark.parametrize(("days", "breaks"), [(6, 0), (7, 1)])
def test_seven_days_between_two_runs_are_a_break(days, breaks):
    history = History(on=ON, activities=(run(days + 1, 5), run(0, 5)), days=rests(days))

    assert len(Facts(history).breaks) == breaks


def test_a_return_from_exactly_two_weeks_lasts_two_weeks():
    assert level(assess(off(14 + 13, back=(run(13, 4), run(6, 4), run(0, 4)))), "L3") == (
        "layoff_14_28"
    )
    assert level(assess(off(14 + 14, back=(run(14, 4), run(7, 4), run(0, 4)))), "L3") is None


def test_of_two_breaks_the_longer_one_speaks():
    # 20 days off, one run, and now a week off again: still coming back from the 20 days.
    again = assess(off(28, back=(run(8, 4),)))
    assert flag(again, "L3").values["days"] == 20

    # 10 days off, back 6 days ago, after 30 days off, back 17 days ago.
    history = off(47, back=(run(17, 4), run(6, 4), run(0, 4)))
    assert flag(assess(history), "L3").values["days"] == 30


@pytest.mark.parametrize(
    ("since", "closed", "expected"),
    [
        (20, 15, "after_problem"),
        (20, 16, "layoff_14_28"),
        (0, 0, "after_problem"),
        (20, None, "layoff_14_28"),
    ],
)
def test_a_break_is_for_a_sore_heel_when_it_was_closed_in_it(since, closed, expected):
    # The 16 days without a run began 15 days ago.
    problem = Problem("left", "whole_heel", ago(since), None if closed is None else ago(closed))

    assert level(assess(off(15, problems=(problem,))), "L3") == expected


@pytest.mark.parametrize(("since", "expected"), [(7, "after_problem"), (6, "layoff_14_28")])
def test_a_problem_that_began_after_the_break_was_not_its_reason(since, expected):
    # The 20 days without a run ended 7 days ago.
    problem = Problem("left", "whole_heel", ago(since), ago(2))
    history = off(26, back=(run(6, 4), run(0, 4)), problems=(problem,))

    assert level(assess(history), "L3") == expected


@pytest.mark.parametrize(("closed", "expected"), [(42, "after_problem"), (43, "layoff_over_28")])
def test_a_sore_heel_is_the_reason_for_a_break_for_six_weeks(closed, expected):
    problem = Problem("left", "whole_heel", ago(70), ago(closed))

    assert level(assess(off(60, problems=(problem,))), "L3") == expected


# --- Better --------------------------------------------------------------------------------------
def week(last: int, *values: int) -> dict[int, int]:
    """First steps of the days from `last` days ago backwards."""
    return {last + back: value for back, value in enumerate(values)}


@pytest.mark.parametrize(
    ("before", "now", "better"),
    [
        ((3, 3, 3), (1, 1, 1), True),  # two points
        ((3, 3, 3), (2, 2, 2), False),  # a third, but from 3
        ((4, 4, 4), (3, 3, 3), False),  # a quarter
        ((4, 4, 4), (2, 2, 3, 3), True),  # 37 % from 4
        ((5, 5, 5), (3, 3, 4, 4), True),  # 30 % exactly
        ((6, 6, 6), (4, 4, 5, 5), False),  # 25 %
        ((3, 3, 4, 4), (2, 2, 2), False),  # 43 % from 3.5
        ((4, 4, 4), (5, 5, 5), False),
    ],
)
def test_better_is_two_points_or_thirty_percent_from_four(before, now, better):
    pain = mornings(week(7, *before) | week(0, *now))
    answer = assess(steady(**sore(since=20, pain=pain)))

    assert (level(answer, "P4") is None) == better


@pytest.mark.parametrize("last", [0, 7])
def test_one_week_of_mornings_alone_is_not_better(last):
    answer = assess(steady(**sore(since=20, pain=mornings(week(last, 6, 6, 6)))))

    assert level(answer, "P4") == "not_better_14d"


def test_the_weeks_of_the_medians_end_today_a_week_ago_and_so_on():
    # Three values each, one of them on the first and one on the last day of its week.
    values = {}
    for back, value in enumerate((4, 3, 2, 1)):
        values |= {7 * back: value, 7 * back + 3: value, 7 * back + 6: value}

    assert Facts(History(on=ON, pain=mornings(values))).week_medians == [4, 3, 2, 1]

    apart = {7 * back + day: value for back in range(4) for day, value in ((0, 1), (3, 5), (6, 9))}
    assert Facts(History(on=ON, pain=mornings(apart))).week_medians == [5, 5, 5, 5]


def test_of_two_reports_of_one_morning_the_worse_counts():
    reports = (Pain(ON, 2), Pain(ON, 5), Pain(ON, 3), Pain(ago(1), 0))

    assert Facts(History(on=ON, pain=reports)).mornings == {TODAY: 5, TODAY - 1: 0}


# --- One step stricter ---------------------------------------------------------------------------
def pained(history: History, **fields) -> str:
    """Return P1's answer to 4 of 10 during yesterday's run, where that is over the limit."""
    worse = (*history.activities, run(1, 4, pain_during=4))
    answer = assess(with_(history, activities=worse, **fields))
    return flag(answer, "P1").action


@pytest.mark.parametrize(("closed", "action"), [(42, "cross_train"), (43, "ease")])
def test_six_weeks_after_a_problem_answers_are_stricter(closed, action):
    problem = Problem("left", "whole_heel", ago(100), ago(closed))

    assert pained(steady(), problems=(problem,)) == action


@pytest.mark.parametrize(
    ("spot", "closed", "action"),
    [
        ("whole_heel", 365, "cross_train"),
        ("whole_heel", 366, "ease"),
        ("above_heel", 100, "ease"),
    ],
)
def test_the_same_spot_within_a_year_answers_stricter(spot, closed, action):
    now = Problem("right", "whole_heel", ago(3))
    then = Problem("left", spot, ago(400), ago(closed))

    assert pained(steady(), problems=(now, then)) == action


@pytest.mark.parametrize(
    ("days", "back", "action"),
    [(14, 42, "cross_train"), (14, 43, "ease"), (13, 42, "ease")],
)
def test_six_weeks_after_a_long_break_answers_are_stricter(days, back, action):
    since = tuple(run(day, 4) for day in range(back, 1, -4))

    assert pained(off(days + back, back=since)) == action


def test_a_long_break_that_goes_on_is_not_a_return():
    pain = mornings(week(7, 2, 2, 2) | week(0, 4, 4, 4))

    assert flag(assess(off(20, pain=pain)), "P3").action == "ease"


def test_twice_not_settled_is_rest_where_answers_are_stricter():
    healed = Problem("left", "whole_heel", ago(100), ago(30))
    pain = mornings({4: 5, 1: 5})
    answer = assess(steady(run(5, 4), run(2, 4), pain=pain, problems=(healed,)))

    assert (level(answer, "P2"), flag(answer, "P2").action, answer.training) == (
        "not_settled_twice",
        "rest",
        "rest",
    )


# --- Problems and answers ------------------------------------------------------------------------
def test_the_oldest_open_problem_speaks():
    new, old = (Problem("left", "whole_heel", ago(back)) for back in (14, 30))
    answer = assess(steady(problems=(new, old)))

    assert flag(answer, "P4").values == {"since": ago(30).isoformat(), "days": 30}


def test_open_problems_of_one_day_stand_in_one_order():
    rows = tuple(
        Problem(side, spot, ago(3))
        for side in ("left", "right")
        for spot in ("above_heel", "whole_heel")
    )

    assert Facts(History(on=ON, problems=rows[::-1])).open_problems == list(rows)


def test_of_two_answers_to_one_check_on_one_day_the_worse_counts():
    monday = dt.date(2026, 3, 9)
    rows = tuple(
        Check(monday, ON, answers)
        for answers in ((None, 0, 0, 0), (0, None, 0, 0), (0, 0, 0, 0), (8, None, 0, 0))
    )

    for checks in permutations(rows):
        assert Facts(History(on=ON, checks=checks)).latest_check == rows[3]
    assert Facts(History(on=ON, checks=rows[:3])).latest_check == rows[2]


@pytest.mark.parametrize(
    ("fields", "last"),
    [
        ({"pain": (Pain(ago(4), after=2), Pain(ago(1)))}, 4),
        ({"pain": (Pain(ago(4), first_step=0),)}, 4),
        ({"activities": (run(3, 5, pain_during=0), run(1, 5))}, 3),
        ({"activities": (run(3, 5, gait_changed=False),)}, 3),
        ({}, None),
    ],
)
def test_the_last_word_about_the_heel(fields, last):
    expected = None if last is None else TODAY - last

    assert Facts(History(on=ON, **fields)).last_answer == expected


def test_a_run_under_a_painkiller_says_nothing_about_pain():
    said = run(1, 13, pain_during=3)
    assert flag(assess(steady(said)), "L1").action == "cross_train"

    hidden = said._replace(painkiller=True)
    assert flag(assess(steady(hidden)), "L1").action == "ease"


def test_pain_before_a_problem_was_closed_is_over():
    closed = (Problem("left", "whole_heel", ago(30), ago(3)),)

    for back, expected in ((4, None), (3, None), (2, "stop")):
        answer = assess(steady(run(back, 5, pain_during=8), problems=closed))
        assert level(answer, "P1") == expected
    assert why(answer, "P1") is None


def test_a_morning_after_a_run_of_the_closing_day_still_counts():
    closed = (Problem("left", "whole_heel", ago(30), ago(4)),)

    for back, expected in ((5, None), (4, "not_settled_once")):
        answer = assess(steady(run(back, 5), problems=closed, pain=mornings({back - 1: 6})))
        assert level(answer, "P2") == expected
