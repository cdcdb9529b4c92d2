"""Weeks as they are summed: unknown is never zero, the longest run is told, days count."""

import datetime as dt

import pytest

from dashboards.selectors.weeks import Run, Week, logged_by, mondays, week_loads
from tests.factories import ActivityFactory, DayStatusFactory, UserFactory

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2026, 3, 16)
WEEKS = mondays(last=MONDAY, count=3)


def run(runner, day, metres, **fields):
    at = dt.datetime.combine(day, dt.time(9), dt.UTC)
    return ActivityFactory(runner=runner, started_at=at, distance_m=metres, **fields)


def logged(runner):
    return logged_by([runner.pk], first=WEEKS[0], last=dt.date(2026, 3, 22))[runner.pk]


def test_a_week_sums_its_runs_and_keeps_the_longest():
    runner = UserFactory()
    run(runner, MONDAY, 5_000)
    run(runner, dt.date(2026, 3, 22), 9_000)
    run(runner, dt.date(2026, 3, 15), 4_000)
    run(runner, MONDAY, 30_000, kind="ride")
    found = logged(runner)
    assert found.weeks == {
        dt.date(2026, 3, 9): Week(4_000, 4_000),
        MONDAY: Week(14_000, 9_000),
    }
    assert (found.last_entry, found.last_run) == (
        dt.date(2026, 3, 22),
        Run(dt.date(2026, 3, 22), 9_000),
    )


def test_rest_and_rides_make_a_known_week_of_nothing_and_silence_an_unknown_one():
    runner = UserFactory()
    DayStatusFactory(runner=runner, on=dt.date(2026, 3, 2), status="holiday")
    run(runner, dt.date(2026, 3, 9), 20_000, kind="ride")
    found = logged(runner)
    loads = week_loads(found, WEEKS, current=MONDAY)
    assert [(each.distance_m, each.longest_m, each.current) for each in loads] == [
        (0, None, False),
        (0, None, False),
        (None, None, True),
    ]
    assert (found.last_run, found.last_holiday) == (None, dt.date(2026, 3, 2))


def test_runs_nobody_measured_leave_the_week_unknown_unless_another_was():
    runner = UserFactory()
    run(runner, dt.date(2026, 3, 9), None)
    run(runner, MONDAY, None)
    run(runner, MONDAY, 3_000)
    found = logged(runner)
    assert found.weeks == {
        dt.date(2026, 3, 9): Week(None, None),
        MONDAY: Week(3_000, 3_000),
    }
    assert found.last_run == Run(MONDAY, 3_000)


def test_everybody_has_their_own(django_assert_num_queries):
    people = [UserFactory() for _ in range(3)]
    for number, runner in enumerate(people, start=1):
        run(runner, MONDAY, number * 1_000)
    with django_assert_num_queries(2):
        found = logged_by([one.pk for one in people], first=WEEKS[0], last=MONDAY)
    assert [found[one.pk].weeks[MONDAY].distance_m for one in people] == [1_000, 2_000, 3_000]
    assert logged_by([], first=WEEKS[0], last=MONDAY) == {}
