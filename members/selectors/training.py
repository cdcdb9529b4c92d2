"""What one member did. The runner comes first in each selector."""

import datetime as dt

from django.db.models import QuerySet

from members.models import Activity, DayStatus, User
from members.weeks import monday_of


def activities_of(runner: User) -> QuerySet[Activity]:
    """Return the runner's activities, newest first, each with its pair."""
    return Activity.objects.filter(runner=runner).select_related("shoe")


def unknown_days(runner: User, *, week: dt.date, on: dt.date) -> list[dt.date]:
    """Return the days of that week up to `on` about which nothing was said. Two queries."""
    monday = monday_of(week)
    days = [monday + dt.timedelta(days=offset) for offset in range(7)]
    span = (monday, days[-1])
    known = set(Activity.objects.filter(runner=runner, on__range=span).values_list("on", flat=True))
    known |= set(
        DayStatus.objects.filter(runner=runner, on__range=span).values_list("on", flat=True)
    )
    return [day for day in days if day <= on and day not in known]


def day_statuses(runner: User, *, week: dt.date) -> dict[dt.date, str]:
    """Return what was said about the days of a week, by day. One query."""
    monday = monday_of(week)
    rows = DayStatus.objects.filter(
        runner=runner, on__range=(monday, monday + dt.timedelta(days=6))
    )
    return dict(rows.values_list("on", "status"))
