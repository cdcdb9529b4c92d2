"""When mail is due by a reader's own clock, right through clock changes and year's end. Pure.

An hour the clock skips is the next moment there is; of an hour that comes twice the first counts.
"""

import datetime as dt
from typing import NamedTuple
from zoneinfo import ZoneInfo

from members.weeks import monday_of

DAY, WEEK = dt.timedelta(days=1), dt.timedelta(days=7)
SECOND = dt.timedelta(seconds=1)


class WeeklyDue(NamedTuple):
    """A moment in UTC, and the Monday of the week the mail of that moment tells about."""

    at: dt.datetime
    week: dt.date


def moment(day: dt.date, hour: int, zone: ZoneInfo) -> dt.datetime:
    """Return the moment in UTC at which that day's clock shows that hour."""
    wall = dt.datetime.combine(day, dt.time(hour), zone)
    at = wall.astimezone(dt.UTC)
    is_skipped = at.astimezone(zone).replace(tzinfo=None) != wall.replace(tzinfo=None)
    if not is_skipped:
        return at
    return _change_between(wall.replace(fold=1).astimezone(dt.UTC), at, zone)


def _change_between(before: dt.datetime, after: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """Return the second from which the offset of `after` holds."""
    offset = after.astimezone(zone).utcoffset()
    while after - before > SECOND:
        middle = (before + (after - before) / 2).replace(microsecond=0)
        if middle.astimezone(zone).utcoffset() == offset:
            after = middle
        else:
            before = middle
    return after


def latest_weekly(weekday: int, hour: int, zone: ZoneInfo, *, now: dt.datetime) -> WeeklyDue:
    """Return the last weekly mail that has fallen due; it tells about the week before its own."""
    monday = monday_of(now.astimezone(zone).date())
    for week in (monday, monday - WEEK):
        due = WeeklyDue(moment(week + weekday * DAY, hour, zone), week - WEEK)
        if due.at <= now:
            break
    return due


def next_daily(hour: int, zone: ZoneInfo, *, now: dt.datetime) -> dt.datetime:
    """Return the first moment from `now` on at which the clock shows that hour."""
    today = now.astimezone(zone).date()
    at = moment(today, hour, zone)
    return at if at >= now else moment(today + DAY, hour, zone)
