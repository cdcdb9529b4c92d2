"""The values that go in and out of the readers."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cached_property
from zoneinfo import ZoneInfo

from members.activity_files.errors import ActivityFileError
from members.activity_files.kinds import Kind
from members.activity_files.tables.columns import TableColumns

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""Nothing was recorded by GPS watches before; a clock there was never set."""

CLOCK_SLACK = timedelta(minutes=10)
"""How far ahead of ours a device's clock may run before its times count as the future."""


@dataclass(frozen=True, slots=True)
class ParsedActivity:
    """One thing done, as a file tells it. Whole metres and whole seconds."""

    kind: Kind
    started_at: datetime
    """Aware, to the second; in the file's own offset where it has one, else in UTC."""
    on: date
    """The day it counts for: by the file's offset, else in the runner's time zone."""
    distance_m: int | None
    """None when the file does not say; 0 when it says nothing was covered."""
    elapsed_s: int
    """From the first moment to the last, pauses included; 0 in a table that does not say."""
    timer_s: int
    """While the recording ran: what the club calls the duration; 0 in a table that does not say."""
    moving_s: int
    """Timer time without standing still."""
    points: int
    title: str
    device: str
    """The device or program that wrote the file, "" where unknown."""
    source_format: str
    sha256: str
    """Of the unpacked file, hex: several activities of one file share it. Of the row in a table."""
    partial: str = ""
    """A sentence saying what of the file could not be used, "" when all of it was read."""
    day_only: bool = False
    """Whether only the day is known; `started_at` is then noon of it."""
    time_zone: str = ""
    """The IANA zone where the file names one, as our own export does; else ""."""


Outcome = ParsedActivity | ActivityFileError


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One line of an import list: an activity, or the reason why there is none."""

    file: str
    """The path as given, inside an archive followed by the member's name."""
    outcome: Outcome


@dataclass(frozen=True)
class Source:
    """One unpacked file on its way into a reader, with what the reader may need to know."""

    content: bytes
    zone: ZoneInfo
    now: datetime
    tables: Mapping[str, TableColumns] = field(default_factory=dict)
    """What members said about tables nobody here knows, by the table's signature."""

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    def believes(self, moment: float) -> bool:
        """Whether `moment` (seconds since 1970) lies between the first GPS watches and now."""
        earliest, latest = self._time_limits
        return earliest <= moment <= latest

    @cached_property
    def _time_limits(self) -> tuple[float, float]:
        return EARLIEST.timestamp(), (self.now + CLOCK_SLACK).timestamp()

    def local_start(self, moment: float, offset: timedelta | None) -> tuple[datetime, date]:
        """`started_at` and `on` of an activity that began at `moment` (seconds since 1970).

        Fractions of a second are cut off, as clocks do.
        """
        start = datetime.fromtimestamp(int(moment), timezone(offset) if offset else UTC)
        return start, start.date() if offset else start.astimezone(self.zone).date()
