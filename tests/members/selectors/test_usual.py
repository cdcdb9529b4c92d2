"""One's own past of a kind, and the last time of each."""

import datetime as dt

import pytest

from members.selectors.usual import last_of_each_kind, unusual_in, usual_of
from members.unusual import Entry, Usual
from tests.factories import ActivityFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 3, 18)


def at(year, month, day):
    return dt.datetime(year, month, day, 9, tzinfo=dt.UTC)


def test_the_past_year_of_that_kind_and_of_nobody_else(runner):
    ActivityFactory(runner=runner, started_at=at(2026, 3, 1), distance_m=8_000, duration_s=3_000)
    kept = ActivityFactory(runner=runner, started_at=at(2025, 3, 18), distance_m=12_000)
    ActivityFactory(runner=runner, started_at=at(2025, 3, 17), distance_m=40_000)
    ActivityFactory(runner=runner, started_at=at(2026, 3, 2), kind="ride", distance_m=90_000)
    ActivityFactory(started_at=at(2026, 3, 2), distance_m=42_000)

    assert usual_of(runner, kind="run", on=TODAY) == Usual(2, 12_000, 3_300)
    assert usual_of(runner, kind="run", on=TODAY, but=kept.pk) == Usual(1, 8_000, 3_000)
    assert usual_of(runner, kind="swim", on=TODAY) == Usual(0, None, None)


def test_of_a_change_only_what_is_new_is_asked(runner):
    kept = ActivityFactory(runner=runner, distance_m=90_000, duration_s=9 * 3600)
    same = Entry("run", kept.on, 90_000, 9 * 3600)
    other = same._replace(distance_m=95_000)

    assert unusual_in(runner, same, today=TODAY, kept=kept) == []
    assert [one.code for one in unusual_in(runner, other, today=TODAY, kept=kept)] == ["far-95000"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_last_of_each_kind_in_one_query(runner, rows, django_assert_num_queries):
    newest = [
        ActivityFactory(runner=runner, started_at=at(2026, 3, day), kind=kind)
        for day in range(1, rows + 1)
        for kind in ("run", "swim")
    ][-2:]
    ActivityFactory(started_at=at(2026, 3, 9))

    with django_assert_num_queries(1):
        last = last_of_each_kind(runner)
        assert {kind: one.shoe for kind, one in last.items()} == {"run": None, "swim": None}

    assert last == {"run": newest[0], "swim": newest[1]}
