"""A week's days as my week asks about them. The runner comes first."""

import datetime as dt
from dataclasses import dataclass

from members.models import Activity, DayStatus, User
from members.weeks import monday_of, week_name


@dataclass(frozen=True, slots=True)
class Gap:
    """A day without an activity: what was said about it, empty where nothing was."""

    on: dt.date
    status: str
    planned: bool


@dataclass(frozen=True, slots=True)
class WeekGaps:
    """The days of a week, up to today, on which nothing was logged."""

    week: dt.date
    days: tuple[Gap, ...]

    @property
    def week_name(self) -> str:
        """The week as 2026-W10."""
        return week_name(self.week)

    @property
    def unknown(self) -> int:
        """How many of them nobody said anything about."""
        return sum(not day.status for day in self.days)


def week_gaps(runner: User, *, week: dt.date, on: dt.date) -> WeekGaps:
    """Return the days of that week up to `on` without an activity. Two queries."""
    monday = monday_of(week)
    span = (monday, monday + dt.timedelta(days=6))
    done = set(Activity.objects.filter(runner=runner, on__range=span).values_list("on", flat=True))
    rows = DayStatus.objects.filter(runner=runner, on__range=span)
    said = {
        day: (status, planned)
        for day, status, planned in rows.values_list("on", "status", "planned")
    }
    days = (monday + dt.timedelta(days=offset) for offset in range(7))
    return WeekGaps(
        monday,
        tuple(
            Gap(day, *said.get(day, ("", False))) for day in days if day <= on and day not in done
        ),
    )
