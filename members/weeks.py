"""Weeks are Monday to Sunday and named by their Monday, or as 2026-W10. Pure."""

import datetime as dt
import re
from functools import lru_cache

# Before anybody's watch. A slip such as the year 202 would have centuries of weeks assessed.
EARLIEST = dt.date(1990, 1, 1)


def day_refusal(day: dt.date, *, today: dt.date) -> str:
    """Return why nothing can be said about that day; empty where something can."""
    if day > today:
        return "This day lies in the future."
    return "Choose a day after 1990." if day < EARLIEST else ""


@lru_cache(maxsize=4096)
def monday_of(day: dt.date) -> dt.date:
    """Return the Monday of the week `day` lies in."""
    return day - dt.timedelta(days=day.weekday())


def sunday_of(day: dt.date) -> dt.date:
    """Return the Sunday of the week `day` lies in."""
    return monday_of(day) + dt.timedelta(days=6)


def season_start(day: dt.date) -> dt.date:
    """Return the first day of the season: of March, June, September or December."""
    months_in = day.month % 3
    year, month = (day.year, day.month - months_in) if day.month > 2 else (day.year - 1, 12)
    return dt.date(year, month, 1)


def week_name(day: dt.date) -> str:
    """Return the ISO name of the week, for example 2026-W10."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def week_from_name(name: str) -> dt.date:
    """Return the Monday of a week such as 2026-W10. Raises ValueError with a clear sentence."""
    match = re.fullmatch(r"(199[0-9]|2[0-9]{3})-W([0-9]{2})", name)
    if match is None:
        raise ValueError(f"{name!r} is not a week; write it like 2026-W10.")
    try:
        return dt.date.fromisocalendar(int(match[1]), int(match[2]), 1)
    except ValueError:
        raise ValueError(f"{name!r} is not a week of that year.") from None
