"""After the plan: no hills and no speed until a week is half of what it was (evidence 3.6)."""

import datetime as dt
from collections.abc import Iterable

from injuries.care import numbers as n
from injuries.care.days import DAY
from injuries.risk.types import Activity


def week_before_m(activities: Iterable[Activity], *, since: dt.date) -> int | None:
    """Return the mean weekly metres of the 28 days before a problem began; None: not known."""
    runs = _runs(activities, since - n.BEFORE_DAYS * DAY, since - DAY)
    if not runs or any(metres is None for metres in runs):
        return None
    return sum(metres or 0 for metres in runs) * 7 // n.BEFORE_DAYS


def unlocked_on(
    activities: Iterable[Activity], *, left_on: dt.date, week_m: int | None, on: dt.date
) -> dt.date | None:
    """Return the day hills and speed came back; None: still locked on `on`.

    The first day since leaving whose last seven days reach half of `week_m`; where that is not
    known, four weeks after leaving.
    """
    rows = list(activities)
    if not week_m:
        day = left_on + n.LOCKED_DAYS * DAY
        return day if day <= on else None
    day = left_on
    while day <= on:
        week = _runs(rows, day - 6 * DAY, day)
        if sum(metres or 0 for metres in week) * 100 >= week_m * n.WEEK_SHARE_PERCENT:
            return day
        day += DAY
    return None


def _runs(activities: Iterable[Activity], first: dt.date, last: dt.date) -> list[int | None]:
    return [row.distance_m for row in activities if row.kind == "run" and first <= row.on <= last]
