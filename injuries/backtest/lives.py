"""Makes lives to replay of training logs: the day's distance stands for one run."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Sequence
from typing import TypeVar

from injuries.backtest.lovdal import LoggedDay
from injuries.backtest.replay import Lived
from injuries.risk import Activity, Day, History

T = TypeVar("T", Activity, Day)
MONDAY = dt.date(2001, 1, 1)  # day 0 of a log that counts its days
YEAR = dt.timedelta(days=365)
WHY_NO_OUTCOME = (
    "the days from D-22 to D-8 before every injury are missing, so no alert of the weeks before "
    "one could be seen; single days are scored instead"
)


def lived_by(athlete: str, days: Sequence[LoggedDay]) -> Lived:
    """Return the athlete's log as a life. Weeks without a known day are no athlete-weeks.

    An injury, having neither place nor end, is no heel problem here: it only says "injured within
    12 months" on the days after it. What came after an alert cannot be told (WHY_NO_OUTCOME).
    """
    known = [(MONDAY + dt.timedelta(days=one.day), one) for one in days if one.metres is not None]
    runs = [Activity(on, distance_m=one.metres) for on, one in known if one.metres]
    others = [Activity(on, "other") for on, one in known if not one.metres and one.sessions]
    rests = [Day(on, "rest") for on, one in known if not one.metres and not one.sessions]
    injured = [MONDAY + dt.timedelta(days=one.day) for one in days if one.injury]

    def as_of(on: dt.date) -> History:
        return History(
            on=on,
            previous_injury_12m=any(on - YEAR <= day < on for day in injured) or None,
            activities=(*_until(runs, on), *_until(others, on)),
            days=tuple(_until(rests, on)),
        )

    return Lived(
        runner=athlete,
        as_of=as_of,
        sundays=tuple(sorted({on + dt.timedelta(days=6 - on.weekday()) for on, _ in known})),
        known=tuple(on for on, _ in known),
    )


def _until(rows: list[T], on: dt.date) -> list[T]:
    return rows[: bisect_right(rows, on, key=lambda row: row.on)]
