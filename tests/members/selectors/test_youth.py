"""Under 18: hours of sport beside years of age (M9)."""

import datetime as dt

import pytest

from members.selectors.youth import youth_week
from tests.conftest import NOW
from tests.factories import ActivityFactory

ON = NOW.date()  # a Wednesday


@pytest.fixture
def young(runner):
    """Somebody who turns 18 in two years and a day: 15 still."""
    runner.adult_from = ON.replace(year=2028, day=19)
    runner.save()
    return runner


def did(runner, *, days_ago, minutes, kind="run"):
    return ActivityFactory(
        runner=runner,
        kind=kind,
        started_at=NOW - dt.timedelta(days=days_ago),
        duration_s=None if minutes is None else minutes * 60,
    )


@pytest.mark.parametrize(
    ("adult_from", "age"),
    [
        (dt.date(2028, 3, 18), 16),
        (dt.date(2028, 3, 19), 15),
        (dt.date(2026, 3, 19), 17),
        (dt.date(2026, 3, 18), None),
        (None, None),
    ],
)
def test_the_age_comes_from_the_day_of_coming_of_age(runner, adult_from, age):
    runner.adult_from = adult_from

    assert runner.age(on=ON) == age


def test_all_kinds_of_this_week_count_and_what_has_no_time_is_said(young):
    did(young, days_ago=0, minutes=90)
    did(young, days_ago=2, minutes=60, kind="swim")  # Monday
    did(young, days_ago=3, minutes=600)  # Sunday, the week before
    did(young, days_ago=1, minutes=None)

    week = youth_week(young, on=ON)

    assert week == (15, 9_000, 1)
    assert not week.is_over


@pytest.mark.parametrize(("minutes", "is_over"), [(900, False), (901, True)])
def test_more_hours_than_years(young, minutes, is_over):
    did(young, days_ago=0, minutes=minutes)

    assert youth_week(young, on=ON).is_over == is_over


def test_for_adults_there_is_none(runner):
    assert youth_week(runner, on=ON) is None


@pytest.mark.parametrize("rows", [1, 3])
def test_it_is_one_query(young, rows, django_assert_num_queries):
    for back in range(rows):
        did(young, days_ago=back, minutes=30)

    with django_assert_num_queries(1):
        youth_week(young, on=ON)


def test_my_week_shows_it_to_the_young_only(client_of, young, time_machine):
    time_machine.move_to(NOW, tick=False)
    did(young, days_ago=0, minutes=901)
    page = client_of(young)

    shown = page.get("/").content.decode()
    assert "15:01:00 of sport so far, all kinds together. You are 15." in shown
    assert "That is more hours than you have years." in shown

    young.adult_from = ON
    young.save()
    assert "Hours this week" not in page.get("/").content.decode()
