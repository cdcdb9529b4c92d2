"""Holidays and tapers planned ahead: what becomes of their days, and when."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from members.models import DayStatus, PlannedBreak
from members.services.activities import log_activity
from members.services.days import set_day_status
from members.services.plans import (
    cancel_break,
    fill_planned_days,
    plan_break,
    runners_with_days_to_fill,
)
from members.tasks import fill_planned_days as sweep
from members.tasks import fill_planned_days_of as sweep_one
from tests.factories import ActivityFactory, DayStatusFactory, PlannedBreakFactory, UserFactory

pytestmark = pytest.mark.django_db


def march(day):
    return dt.date(2026, 3, day)


def later(now, days):
    return now + dt.timedelta(days=days)


def said(runner):
    rows = DayStatus.objects.filter(runner=runner).values_list("on__day", "status", "planned")
    return sorted(rows)


def test_days_to_come_say_nothing_and_past_ones_become_holiday(runner, now):
    plan_break(runner, kind="holiday", first=march(20), last=march(22), now=now)
    assert said(runner) == []

    assert fill_planned_days(runner, now=later(now, 3)) == 1  # the 21st: the 20th is past
    assert said(runner) == [(20, "holiday", True)]
    assert fill_planned_days(runner, now=later(now, 3)) == 0
    assert fill_planned_days(runner, now=later(now, 9)) == 2
    assert said(runner) == [(day, "holiday", True) for day in (20, 21, 22)]
    assert runners_with_days_to_fill(now=later(now, 20)) == []


def test_a_run_or_a_word_goes_before_the_plan(runner, now):
    PlannedBreakFactory(runner=runner, first=march(14), last=march(17))
    ActivityFactory(runner=runner, started_at=dt.datetime(2026, 3, 15, 9, tzinfo=dt.UTC))
    DayStatusFactory(runner=runner, on=march(16), status="ill")

    fill_planned_days(runner, now=now)

    assert said(runner) == [(14, "holiday", True), (16, "ill", False), (17, "holiday", True)]


def test_a_run_logged_later_takes_the_planned_day_and_not_one_said_by_hand(runner, now):
    plan_break(runner, kind="holiday", first=march(15), last=march(16), now=now)
    set_day_status(runner, on=march(16), status="holiday", now=now)
    for day in (15, 16):
        started = dt.datetime(2026, 3, day, 9, tzinfo=dt.UTC)
        log_activity(
            runner, kind="run", started_at=started, time_zone="UTC",
            distance_m=5_000, duration_s=None, now=now,
        )  # fmt: skip

    assert said(runner) == [(16, "holiday", False)]


def test_a_day_taken_back_is_not_filled_again(runner, now):
    plan_break(runner, kind="holiday", first=march(15), last=march(19), now=now)
    set_day_status(runner, on=march(16), status=None, now=now)

    fill_planned_days(runner, now=later(now, 5))

    assert [day for day, *_ in said(runner)] == [15, 17, 18, 19]


def test_a_taper_changes_no_day(runner, now):
    plan_break(runner, kind="taper", first=march(10), last=march(17), now=now)

    assert (fill_planned_days(runner, now=now), said(runner)) == (0, [])


def test_a_plan_taken_back_leaves_what_has_passed(runner, now):
    planned = plan_break(runner, kind="holiday", first=march(17), last=march(30), now=now)

    cancel_break(planned, now=later(now, 1))

    assert said(runner) == [(17, "holiday", True), (18, "holiday", True)]
    assert not PlannedBreak.objects.exists()


@pytest.mark.parametrize(
    ("kind", "first", "last", "field", "error"),
    [
        ("holiday", march(21), march(20), "last", "The last day lies before the first."),
        ("rest", march(20), march(21), "kind", "Choose holiday or taper."),
        ("holiday", march(20), dt.date(2027, 3, 21), "last", "A break lasts a year at most."),
        (
            "taper",
            dt.date(2027, 4, 20),
            dt.date(2027, 4, 21),
            "first",
            "Plan within the coming year.",
        ),
        (
            "holiday",
            dt.date(1989, 12, 30),
            dt.date(1990, 1, 2),
            "first",
            "Choose a day after 1990.",
        ),
        (
            "taper",
            march(24),
            march(25),
            "first",
            "You already planned a holiday from 20 March to 24 March.",
        ),
    ],
)
def test_what_cannot_be_planned_is_said_at_its_field(runner, now, kind, first, last, field, error):
    PlannedBreakFactory(runner=runner, first=march(20), last=march(24))

    with pytest.raises(ValidationError) as refused:
        plan_break(runner, kind=kind, first=first, last=last, now=now)

    assert refused.value.message_dict == {field: [error]}
    assert PlannedBreak.objects.count() == 1


def test_others_plans_are_not_in_the_way(runner, now):
    PlannedBreakFactory(first=march(20), last=march(24))

    plan_break(runner, kind="taper", first=march(20), last=march(24), now=now)


def test_the_sweep_fills_everybodys_days_by_their_own_calendar(time_machine, runner, now):
    far_east = UserFactory(time_zone="Pacific/Auckland")
    for one in (runner, far_east):
        PlannedBreakFactory(runner=one, first=march(18), last=march(25))
    time_machine.move_to(now, tick=False)  # the 19th has begun in Auckland alone

    assert sweep() == 2
    for one in (runner, far_east):
        sweep_one(one.pk)

    assert (said(runner), said(far_east)) == ([], [(18, "holiday", True)])
