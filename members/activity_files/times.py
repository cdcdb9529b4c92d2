"""Moments as XML formats write them."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple


class Moment(NamedTuple):
    """Seconds since 1970, and the offset from UTC where one was written that tells something."""

    seconds: float
    offset: timedelta | None


def read_moment(text: str) -> Moment | None:
    """An ISO 8601 date with time; None for anything else.

    Without a zone it is UTC, as the standards say. "Z" and "+00:00" are what programs write that
    do not know the local zone, so neither counts as an offset.
    """
    if len(text) < len("20200101T00"):
        return None
    moment = _strictly(text) or _loosely(text)
    if moment is None:
        return None
    try:
        offset = moment.utcoffset()
        seconds = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None
    return Moment(seconds, offset or None)


def _strictly(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


_LOOSE = re.compile(
    r"(\d{4})[-/](\d\d?)[-/](\d\d?)[T ]+(\d\d?):(\d\d?):(\d\d?)(?:[.,]\d*)? ?(Z|[+-]\d\d:?\d\d)?",
    re.IGNORECASE,
)


def _loosely(text: str) -> datetime | None:
    """Dates as some programs write them: figures without their zeros, slashes, a blank before Z."""
    found = _LOOSE.fullmatch(text.strip())
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(part) for part in found.groups()[:6])
    zone = "" if (found[7] or "Z") in "Zz" else found[7]
    try:
        return datetime.fromisoformat(
            f"{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{zone}"
        )
    except ValueError:
        return None


@dataclass(slots=True)
class Clock:
    """Reads the times of one recording, and notices what they tell about the device's clock."""

    believes: Callable[[float], bool]
    offset: timedelta | None = None
    """The first offset from UTC that was written."""
    unbelievable: float | None = None
    """The first time that cannot be, in seconds since 1970."""

    def read(self, text: str) -> float | None:
        """Seconds since 1970; None for what is no time or one that cannot be."""
        moment = read_moment(text)
        if moment is None:
            return None
        self.offset = self.offset or moment.offset
        if self.believes(moment.seconds):
            return moment.seconds
        if self.unbelievable is None:
            self.unbelievable = moment.seconds
        return None


def clock_sentence(seconds: float) -> str:
    """Why a clock that showed `seconds` since 1970 is not believed."""
    moment = datetime.min.replace(tzinfo=UTC)
    if seconds > moment.timestamp():
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    return f"Its clock was not set: it says {moment.day} {moment:%B} {moment.year}."
