"""A runner's routines: which were done this week, and for how many days in a row."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from members.models import RoutineTick, User
from members.weeks import monday_of

DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class RoutineDay:
    """One day of the week: done, not done, or still to come."""

    on: dt.date
    done: bool
    is_today: bool
    to_come: bool

    @property
    def iso(self) -> str:
        """The day as 2026-03-18."""
        return self.on.isoformat()


@dataclass(frozen=True, slots=True)
class Routine:
    """One routine as my week shows it. `streak` counts days in a row."""

    key: str
    name: str
    days: tuple[RoutineDay, ...]
    streak: int


def routines_of(runner: User, *, on: dt.date) -> tuple[Routine, ...]:
    """Return every routine with the week of `on` and its streak. One query."""
    done: defaultdict[str, set[dt.date]] = defaultdict(set)
    ticks = RoutineTick.objects.filter(runner=runner, on__lte=on).order_by()
    for routine, day in ticks.values_list("routine", "on"):
        done[routine].add(day)
    monday = monday_of(on)
    week = [monday + DAY * offset for offset in range(7)]
    return tuple(
        Routine(
            key=key,
            name=name,
            days=tuple(RoutineDay(day, day in done[key], day == on, day > on) for day in week),
            streak=streak(done[key], on=on),
        )
        for key, name in RoutineTick.Routine.choices
    )


def streak(days: set[dt.date], *, on: dt.date) -> int:
    """Return how many days in a row up to `on`; a day that is not over yet does not break it."""
    day = on if on in days else on - DAY
    count = 0
    while day - DAY * count in days:
        count += 1
    return count
