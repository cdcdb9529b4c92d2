"""The demo club plans its next two Saturdays, the same however often it is filled."""

import datetime as dt

import pytest

from dashboards.services.demo_plans import plan_runs
from members.models import ClubRun, RunGroup, SoftRoute


@pytest.mark.parametrize(
    ("today", "first"),
    [("2026-03-18", "2026-03-21"), ("2026-03-21", "2026-03-21"), ("2026-03-22", "2026-03-28")],
)
def test_two_saturdays_to_come(club, today, first):
    for _ in range(2):
        plan_runs(club, today=dt.date.fromisoformat(today))
    day = dt.date.fromisoformat(first)
    assert list(ClubRun.objects.values_list("on", flat=True)) == [day, day + dt.timedelta(weeks=1)]
    assert (RunGroup.objects.count(), SoftRoute.objects.count()) == (6, 3)
