"""Weeks replayed: only backwards, alerts merged into episodes, problems told from onsets."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from injuries.backtest import Lived, Spell, onsets_of, replay, spells_of
from injuries.backtest.lives import MONDAY, lived_by
from injuries.backtest.lovdal import LoggedDay
from injuries.backtest.replay import as_one_club, episodes
from injuries.coach_list import ALL
from injuries.risk import Activity, Day, History, Problem

WEEK = dt.timedelta(days=7)
SUNDAY = dt.date(2026, 3, 15)


def day(number):
    return MONDAY + dt.timedelta(days=number)


def log(*metres, injuries=()):
    """Days from 0 on; None is a day nobody knows anything of."""
    return [
        LoggedDay(number, m, None if m is None else float(m > 0), number in injuries)
        for number, m in enumerate(metres)
    ]


STEADY = [10_000, 0, 8_000, 0, 10_000, 0, 12_000]


# --- Episodes -------------------------------------------------------------------------------------
def test_days_less_than_a_fortnight_apart_are_one_episode():
    on = [SUNDAY, SUNDAY + WEEK, SUNDAY + 3 * WEEK, SUNDAY + 3 * WEEK + dt.timedelta(days=13)]
    assert episodes(on) == [SUNDAY, SUNDAY + 3 * WEEK]
    assert episodes(list(reversed(on))) == episodes(on)
    assert episodes([]) == []


@given(st.sets(st.integers(0, 200), max_size=30))
def test_episodes_start_on_flagged_days_and_a_fortnight_of_quiet_lies_before(numbers):
    days = [day(number) for number in numbers]
    starts = episodes(days)
    assert set(starts) <= set(days)
    for start in starts:
        assert not any(0 < (start - other).days < 14 for other in days)


# --- Problems -------------------------------------------------------------------------------------
def test_an_onset_is_a_problem_in_somebody_free_of_one_the_day_before():
    problems = [
        Problem("left", "whole_heel", day(10), day(20)),
        Problem("right", "whole_heel", day(15), day(40)),  # while the first was open
        Problem("left", "back_of_heel", day(40), None),  # on the very day the second was over
        Problem("left", "elsewhere", day(100), None),  # the third still is
    ]
    assert onsets_of(spells_of(problems)) == [day(10)]
    assert onsets_of(spells_of(problems[:2])) == [day(10)]
    later = [*problems[:2], Problem("left", "whole_heel", day(41), None)]
    assert onsets_of(spells_of(later)) == [day(10), day(41)]


def test_two_that_begin_together_are_one_onset():
    both = [Problem(side, "whole_heel", day(10), None) for side in ("left", "right")]
    assert onsets_of(spells_of(both)) == [day(10)]


@pytest.mark.parametrize(
    ("first", "last", "holds"),
    [(0, 9, False), (9, 10, True), (19, 30, True), (20, 30, False)],
)
def test_a_spell_holds_until_the_day_it_was_over(first, last, holds):
    assert Spell(day(10), day(20)).holds(day(first), day(last)) is holds


# --- Weeks ----------------------------------------------------------------------------------------
def test_a_week_needs_28_known_days_before_it():
    found = replay(lived_by("a", log(*STEADY * 6)))
    assert [week.on for week in found.weeks] == [day(27), day(34), day(41)]
    assert found.too_early == 3
    with_a_gap = replay(lived_by("a", log(None, *(STEADY * 6)[1:])))
    assert [week.on for week in with_a_gap.weeks] == [day(34), day(41)]


def test_a_week_without_a_known_day_is_none_of_a_log():
    found = replay(lived_by("a", log(*STEADY * 7, *[None] * 14, *STEADY)))
    assert [week.on for week in found.weeks][-3:] == [day(41), day(48), day(69)]
    assert [week.assessed for week in found.weeks][-3:] == [False, True, False]


def test_a_jump_is_flagged_and_after_an_injury_shown_to_coaches():
    jump = [*STEADY * 5, *STEADY[:-1], 15_000]
    found = replay(lived_by("a", log(*jump)))
    assert [(week.on, "L1" in week.rules, "L1" in week.coach) for week in found.weeks] == [
        (day(27), False, False),
        (day(34), False, False),
        (day(41), True, False),
    ]
    assert found.weeks[-1].measures["L1"] == 1.25
    hurt = replay(lived_by("a", log(*jump, injuries={30})))
    assert [week.coach for week in hurt.weeks] == [frozenset(), frozenset(), frozenset({"L1"})]
    assert [week.injured_before for week in hurt.weeks] == [False, True, True]


def test_a_club_is_replayed_with_its_list_as_short_as_the_weeks_before_made_it():
    """Three jumps of 25 % after an injury in each of three weeks; the fourth week hears of none."""

    def jumper(name, week):
        metres = [*STEADY * 12]
        metres[7 * week + 6] = 15_000
        return replay(lived_by(name, log(*metres, injuries={0})))

    runners = [jumper(f"{week}{n}", week) for week in (5, 6, 7, 8) for n in range(3)]
    found = as_one_club(runners)

    step_in = {week.on: week.step for one in found for week in one.weeks}
    assert [step_in[day(7 * n + 6)] for n in range(4, 10)] == [0, 0, 0, 0, 1, 1]
    shown = {one.runner: [week.on for week in one.weeks if week.coach] for one in found}
    assert [len(shown[f"{week}0"]) for week in (5, 6, 7, 8)] == [2, 2, 1, 0]
    assert {week.listed.get("L1") for week in found[-1].weeks} == {None, ALL}
    assert [one.weeks[2].rules for one in found] == [one.weeks[2].rules for one in runners]


@given(
    st.lists(st.sampled_from([None, 0, 5_000, 8_000, 20_000]), min_size=60, max_size=90),
    st.integers(0, 60),
)
def test_nothing_after_the_day_is_looked_at(metres, cut):
    whole, start = log(*metres, injuries={70}), log(*metres[:cut])
    seen = replay(lived_by("a", start)).weeks
    again = [week for week in replay(lived_by("a", whole)).weeks if week.on < day(cut - cut % 7)]
    assert again == [week for week in seen if week.on < day(cut - cut % 7)]


@given(st.randoms(use_true_random=False))
def test_the_order_of_sundays_does_not_matter(rng):
    lived = lived_by("a", log(*STEADY * 6))
    sundays = rng.sample(lived.sundays, k=len(lived.sundays))
    other = Lived("a", lived.as_of, tuple(sundays), tuple(reversed(lived.known)))
    assert replay(other) == replay(lived)


def test_a_life_is_asked_for_sundays_only_and_never_for_what_comes_after():
    asked = []

    def as_of(on):
        asked.append(on)
        runs = tuple(Activity(on - dt.timedelta(days=n), distance_m=8_000) for n in range(0, 30, 2))
        rests = tuple(Day(on - dt.timedelta(days=n), "rest") for n in range(1, 30, 2))
        return History(on=on, activities=runs, days=rests)

    known = tuple(SUNDAY - dt.timedelta(days=n) for n in range(60))
    lived = Lived("a", as_of, (SUNDAY - 2 * WEEK, SUNDAY), known)
    replay(lived)
    assert asked == [SUNDAY - 2 * WEEK, SUNDAY]


# --- What came after ------------------------------------------------------------------------------
def followed(*spells, until):
    lived = lived_by("a", log(*STEADY * 12))
    return replay(Lived("a", lived.as_of, lived.sundays, lived.known, spells, until))


def test_an_onset_counts_from_the_day_after_to_the_last_of_the_horizon():
    found = followed(Spell(day(48)), until=day(80))
    assert found.onsets == (day(48),)
    assert [found.onset_within(day(n), 14) for n in (33, 34, 47, 48)] == [False, True, True, False]
    assert found.onset_within(day(67), 14) is None  # day 81 nobody knows


def test_an_onset_with_too_little_before_it_or_outside_the_weeks_is_none():
    assert followed(Spell(day(27), day(30)), until=day(80)).onsets == ()
    assert followed(Spell(day(28), day(30)), until=day(80)).onsets == (day(28),)
    lived = lived_by("a", log(*STEADY * 12))
    late = Lived("a", lived.as_of, lived.sundays[8:], lived.known, (Spell(day(50)),), day(80))
    assert replay(late).onsets == ()


def test_status_is_any_problem_in_the_week_after():
    found = followed(Spell(day(36), day(44)), until=day(80))
    assert [found.problem_next_week(day(n)) for n in (27, 34, 41, 48)] == [False, True, True, False]
    assert [week.free for week in found.weeks][:3] == [True, True, False]
    assert followed(until=None).problem_next_week(day(34)) is None
