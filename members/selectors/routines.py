"""A runner's routines: which were done this week, and for how many days in a row."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from members.models import RoutineTick, User
from members.weeks import monday_of

DAY = dt.timedelta(days=1)
IN_USE_DAYS = 28  # a routine not ticked for longer is offered, no longer asked about
ADULTS_ONLY = frozenset({RoutineTick.Routine.HEEL_RAISE})  # heavy loading: not offered under 18


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
    in_use: bool

    @property
    def today(self) -> RoutineDay:
        """The day it is now."""
        return next(day for day in self.days if day.is_today)


def routines_of(runner: User, *, on: dt.date) -> tuple[Routine, ...]:
    """Return every routine with the week of `on` and its streak, those in use first. One query.

    Under 18 a routine for adults stands there only while somebody has it in use.
    """
    done: defaultdict[str, set[dt.date]] = defaultdict(set)
    ticks = RoutineTick.objects.filter(runner=runner, on__lte=on).order_by()
    for routine, day in ticks.values_list("routine", "on"):
        done[routine].add(day)
    found = [_routine(key, name, done[key], on=on) for key, name in RoutineTick.Routine.choices]
    adult = runner.is_adult(on=on)
    shown = [one for one in found if adult or one.in_use or one.key not in ADULTS_ONLY]
    return tuple(sorted(shown, key=lambda one: not one.in_use))


def ticks_of(runner: User, *, on: dt.date) -> tuple[tuple[str, str, bool], ...]:
    """Return each routine's key and name and whether it was done on that day. One query."""
    done = set(RoutineTick.objects.filter(runner=runner, on=on).values_list("routine", flat=True))
    adult = runner.is_adult(on=on)
    return tuple(
        (key, name, key in done)
        for key, name in RoutineTick.Routine.choices
        if adult or key in done or key not in ADULTS_ONLY
    )


def _routine(key: str, name: str, done: set[dt.date], *, on: dt.date) -> Routine:
    week = [monday_of(on) + DAY * offset for offset in range(7)]
    return Routine(
        key=key,
        name=name,
        days=tuple(RoutineDay(day, day in done, day == on, day > on) for day in week),
        streak=streak(done, on=on),
        in_use=any(day > on - DAY * IN_USE_DAYS for day in done),
    )


def streak(days: set[dt.date], *, on: dt.date) -> int:
    """Return how many days in a row up to `on`; a day that is not over yet does not break it."""
    day = on if on in days else on - DAY
    count = 0
    while day - DAY * count in days:
        count += 1
    return count
