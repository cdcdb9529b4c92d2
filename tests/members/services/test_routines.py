"""Routines: a tick is there once, and the streak is kind to a day that is not over."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from members.models import RoutineTick
from members.selectors.routines import routines_of, streak
from members.services.routines import tick_routine
from tests.factories import RoutineTickFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 3, 18)


def before(*days):
    return {TODAY - dt.timedelta(days=back) for back in days}


def test_ticked_twice_is_one_tick_and_taken_back_is_none(runner, now):
    for _ in range(2):
        tick_routine(runner, routine="foam_roll", on=TODAY, ticked=True, now=now)
    assert RoutineTick.objects.count() == 1
    for _ in range(2):
        tick_routine(runner, routine="foam_roll", on=TODAY, ticked=False, now=now)
    assert RoutineTick.objects.count() == 0


@pytest.mark.parametrize(
    ("routine", "on", "error"),
    [
        ("yoga", TODAY, {"routine": ["Choose one of the routines."]}),
        ("foam_roll", dt.date(2026, 3, 19), {"on": ["This day lies in the future."]}),
        ("foam_roll", dt.date(1989, 1, 1), {"on": ["Choose a day after 1990."]}),
    ],
)
def test_what_cannot_be_ticked(runner, now, routine, on, error):
    with pytest.raises(ValidationError) as refused:
        tick_routine(runner, routine=routine, on=on, ticked=True, now=now)
    assert refused.value.message_dict == error


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ((), 0),
        ((0,), 1),
        ((1,), 1),  # today is not over
        ((1, 2, 3), 3),
        ((0, 1, 2), 3),
        ((0, 2, 3), 1),
        ((2, 3), 0),
    ],
)
def test_the_streak(days, expected):
    assert streak(before(*days), on=TODAY) == expected


@pytest.mark.parametrize("rows", [1, 3])
def test_the_week_is_read_in_one_query(runner, rows, django_assert_num_queries):
    for back in range(rows):
        RoutineTickFactory(runner=runner, on=TODAY - dt.timedelta(days=back))
    RoutineTickFactory(on=TODAY)

    with django_assert_num_queries(1):
        foam, calf, ball, *_ = routines_of(runner, on=TODAY)

    assert [day.done for day in foam.days] == [*([False] * (3 - rows)), *([True] * rows)] + [
        False
    ] * 4
    assert [day.to_come for day in foam.days] == [False] * 3 + [True] * 4
    assert (foam.streak, calf.streak, ball.name) == (rows, 0, "bottle or ball roll")


def names(runner):
    return [one.key for one in routines_of(runner, on=TODAY)]


def test_those_in_use_stand_first_and_are_offered_again_after_four_weeks(runner):
    RoutineTickFactory(runner=runner, routine="ball_roll", on=TODAY - dt.timedelta(days=27))
    RoutineTickFactory(runner=runner, routine="foam_roll", on=TODAY - dt.timedelta(days=28))

    assert [one.key for one in routines_of(runner, on=TODAY) if one.in_use] == ["ball_roll"]
    assert names(runner) == ["ball_roll", "foam_roll", "calf_stretch", "sole_stretch", "heel_raise"]


def test_under_18_heavy_loading_is_not_offered_but_stays_where_it_is_done(runner):
    runner.adult_from = TODAY + dt.timedelta(days=1)
    assert names(runner) == ["foam_roll", "calf_stretch", "ball_roll", "sole_stretch"]

    RoutineTickFactory(runner=runner, routine="heel_raise", on=TODAY)
    assert names(runner)[0] == "heel_raise"
