"""Which flags coaches are alerted to, at each step, and when a club changes its step."""

import datetime as dt

import pytest

from injuries.coach_list import (
    ALL,
    FAMILY,
    L1_OVER_30,
    L1_OVER_100,
    NEVER,
    NO_DRIFT,
    S1_AT_LIMIT,
    Burden,
    Club,
    Standing,
    families,
    is_for_coach,
    listed_until,
    standings,
)
from injuries.risk.sentences import COACH

MONDAY = dt.date(2026, 1, 5)
WEEK = dt.timedelta(days=7)
STEPS = range(ALL, NO_DRIFT + 1)


def spike(metres, *, level="over_10", action="ease", coach=True, base=10_000, **values):
    """The last step at which such a run is listed."""
    numbers = {"distance_m": metres, "longest_30d_m": base, "ratio": round(metres / base, 4)}
    return listed_until("L1", level, action, numbers | values, coach=coach)


# --- What is listed -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("metres", "until"), [(11_001, ALL), (13_000, ALL), (13_001, L1_OVER_30), (20_000, L1_OVER_30)]
)
def test_after_an_injury_a_spike_is_listed_and_first_to_go(metres, until):
    assert spike(metres) == until


def test_more_than_twice_the_longest_is_never_taken_off():
    assert spike(20_001, level="over_100") == NO_DRIFT


def test_a_small_spike_is_the_runners_alone_but_not_on_a_sore_heel():
    assert spike(19_000, coach=False) == NEVER
    assert spike(11_001, coach=False, action="cross_train") == NO_DRIFT


@pytest.mark.parametrize(("told_m", "until"), [(7_499, NO_DRIFT), (7_500, NEVER), (7_501, NEVER)])
def test_a_run_back_within_what_the_runner_was_told_is_nobodys_alert(told_m, until):
    values = {"since_break": True, "return_limit_m": told_m}
    assert spike(7_500, level="over_100", base=3_000, **values) == until


@pytest.mark.parametrize("level", ["layoff_7_13", "layoff_14_28", "layoff_over_28", "no_base"])
def test_a_break_is_a_state_and_no_alert(level):
    assert listed_until("L3", level, "ease", {}, coach=False) == NEVER


@pytest.mark.parametrize(
    ("rule", "level", "action", "until"),
    [
        ("L3", "after_problem", "ease", NO_DRIFT),
        ("S1", "check_wear", "shoe_check", L1_OVER_100),
        ("S1", "consider_replacing", "shoe_check", NO_DRIFT),
        ("S2", "old_pair", "shoe_check", NO_DRIFT),
        ("S4", "comfort_drop", "shoe_check", NO_DRIFT),
        ("P3", "drift", "ease", S1_AT_LIMIT),
        ("P3", "worse", "ease", NO_DRIFT),
        ("L4", "big_step", "context", NEVER),
        ("S3", "one_pair", "context", NEVER),
    ],
)
def test_the_others(rule, level, action, until):
    assert listed_until(rule, level, action, {}, coach=False) == until
    listed = [is_for_coach(rule, level, action, {}, coach=False, step=step) for step in STEPS]
    assert listed == [step <= until for step in STEPS]


def test_a_spike_is_asked_with_its_numbers_and_the_engines_word():
    values = {"distance_m": 14_000, "longest_30d_m": 10_000, "ratio": 1.4}
    listed = [
        is_for_coach("L1", "over_10", "ease", values, coach=coach, step=L1_OVER_30)
        for coach in (True, False)
    ]
    assert listed == [True, False]


def test_red_flags_and_pain_but_for_a_drift_are_never_taken_off():
    for rule, level in COACH:
        if FAMILY.get(rule) in {"red_flags", "pain"} and level != "drift":
            assert listed_until(rule, level, "ease", {}, coach=False) == NO_DRIFT


def test_rules_of_a_family_are_one_thing():
    told = {"P1": NO_DRIFT, "P3": S1_AT_LIMIT, "L1": ALL}
    assert families(told, ALL) == {"pain", "load"}
    assert families(told, L1_OVER_30) == {"pain"}


# --- Over the budget ------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("runners", "episodes", "load", "step", "over"),
    [
        (50, 5, 0, ALL, False),
        (50, 6, 0, ALL, True),
        (100, 4, 3, ALL, False),
        (100, 4, 4, ALL, True),
        (100, 4, 4, L1_OVER_30, True),
        (100, 4, 4, L1_OVER_100, False),  # nothing of load is left to take off
        (5, 1, 1, ALL, False),  # one alert a week is never too much
        (5, 2, 0, ALL, True),
        (0, 0, 0, ALL, False),
    ],
)
def test_a_week_over_the_budget(runners, episodes, load, step, over):
    assert Burden(runners, episodes, load).is_over(step) is over


def test_one_alert_a_week_is_never_too_much_in_several_weeks_either():
    assert not Burden(60, 12, 12, weeks=12).is_over(ALL)
    assert Burden(60, 13, 0, weeks=12).is_over(ALL)


# --- Steps ----------------------------------------------------------------------------------------
def club(*weeks, runners=50):
    """A club by the alerts that begin each week; each rests on one runner for that week only."""
    lives = [{MONDAY + number * WEEK: {} for number in range(len(weeks))} for _ in range(runners)]
    next_one = 0
    for number, begun in enumerate(weeks):
        for rule, until in begun:
            lives[next_one % runners][MONDAY + number * WEEK] = {rule: until}
            next_one += 1
    return lives


def steps(*weeks, runners=50, start=None):
    return [one.step for one in standings(club(*weeks, runners=runners), start)]


SMALL = [("L1", ALL)] * 2  # 1.5 is the budget of 50 runners
LARGE = [("L1", NO_DRIFT)] * 2
WORN = [("S1", L1_OVER_100)] * 6
SORE = [("P1", NO_DRIFT)] * 6


def test_three_weeks_over_the_budget_are_one_step_up():
    assert steps(SMALL, SMALL, SMALL) == [0, 0, 1]


def test_a_week_within_it_begins_the_count_anew():
    assert steps(SMALL, SMALL, [], SMALL, SMALL) == [0] * 5


def test_at_each_step_three_weeks_are_waited_for():
    """Even where it could be seen at once that the next step takes nothing off."""
    assert steps(*[LARGE] * 8) == [0, 0, 1, 1, 1, 2, 2, 2]


def test_load_goes_no_further_than_load_can():
    assert steps(*[LARGE] * 12)[-1] == L1_OVER_100


def test_more_of_all_goes_on_to_shoes_and_a_drift_and_ends_there():
    assert steps(*[SORE] * 18) == [0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4]
    assert steps(*[WORN] * 12) == [0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 3]


def test_an_alert_that_goes_on_is_not_told_twice():
    lives = [{MONDAY + n * WEEK: {"L1": NO_DRIFT} for n in range(6)} for _ in range(2)]
    lives += [{MONDAY + n * WEEK: {} for n in range(6)} for _ in range(10)]
    assert [one.step for one in standings(lives)] == [0] * 6


def test_what_begins_is_what_the_week_before_had_not():
    seen = Club([{MONDAY: {}, MONDAY + WEEK: {"L1": ALL}, MONDAY + 2 * WEEK: {"L1": ALL}}])
    weeks = [seen.burden(MONDAY + n * WEEK, ALL) for n in range(3)]
    assert weeks == [Burden(1, 0, 0), Burden(1, 1, 1), Burden(1, 0, 0)]
    assert seen.burden(MONDAY + WEEK, L1_OVER_30) == Burden(1, 0, 0)


def test_nobody_goes_below_the_whole_list():
    assert steps(*[[]] * 14) == [0] * 14


def test_every_move_is_dated_and_begins_a_new_count():
    after = standings(club(*[SMALL] * 3, *[[]] * 13))
    assert after[2] == Standing(1, 0, MONDAY + 2 * WEEK)
    assert after[-2:] == [Standing(0, 0, MONDAY + 14 * WEEK), Standing(0, 1, MONDAY + 15 * WEEK)]


def test_a_step_down_asks_how_it_would_be_one_step_lower_and_not_two():
    """Spikes of 40 % after an injury: listed at step 1, and at 2 no more."""
    medium = [("L1", L1_OVER_30)] * 2
    assert steps(*[LARGE] * 6, *[[]] * 12)[-1] == 1
    assert steps(*[LARGE] * 6, *[medium] * 12)[-1] == 2
    small = [("L1", ALL)] * 2
    assert steps(*[LARGE] * 6, *[small] * 12)[-1] == 1


def test_one_alert_a_week_lets_a_small_club_go_down():
    assert steps(*[SMALL] * 3, *[SMALL[:1]] * 12, runners=10)[-1] == 0


def test_twelve_quiet_weeks_are_one_step_down():
    """As it would have been one step lower: two small spikes a week are still too much there."""
    assert steps(*[SMALL] * 3, *[[]] * 12) == [0, 0, *[1] * 12, 0]
    assert steps(*[SMALL] * 20)[-1] == 1


def test_the_quiet_weeks_are_those_at_the_step_together():
    loud = [("L1", ALL)] * 18  # 12 weeks of 50 runners may have 18
    assert steps(*[SMALL] * 3, loud, *[[]] * 11)[-1] == 0
    assert steps(*[SMALL] * 3, [*loud, ("L1", ALL)], *[[]] * 11)[-1] == 1


def test_judged_weeks_are_not_judged_again():
    weeks = club(*[SMALL] * 3, [], [])
    once = standings(weeks)
    assert once[-1] == Standing(1, 2, MONDAY + 4 * WEEK)
    assert standings(weeks, once[-1]) == []
    assert standings(weeks, once[1]) == once[2:]


def test_nobody_stands_nowhere():
    assert standings([]) == standings([{}]) == []


def test_load_keeps_no_club_at_a_step_that_is_not_about_load():
    assert steps(*[SORE] * 9, *[LARGE] * 12)[-2:] == [3, 2]
