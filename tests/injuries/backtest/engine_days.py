"""The engine asked about every day of one athlete's log, from the days up to it alone."""

import datetime as dt
from collections.abc import Sequence

from injuries.backtest.lives import lived_by
from injuries.backtest.lovdal import LoggedDay
from injuries.risk.facts import Facts
from injuries.risk.load import measures

Numbers = tuple[float | None, float | None, float | None]
DAY = dt.timedelta(days=1)


def numbers_of(days: Sequence[LoggedDay], first: dt.date) -> list[Numbers]:
    """Return L1's ratio, L4's change and L7's z on each day of the log; `first` is its day 0."""
    as_of = lived_by("", days).as_of
    found = [measures(Facts(as_of(first + one.day * DAY))) for one in days]
    return [(one.ratio, one.change, one.z) for one in found]
