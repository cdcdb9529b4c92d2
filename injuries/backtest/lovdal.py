"""Reads training logs in the layout of Lovdal 2021 (doi:10.34894/UWU9PV). Nothing is filled in.

`daily_long.csv` has a row per athlete-day, `events.csv` one per day on which an injury began or
did not, with what is known of the 37 days before it; either may be gzipped. An empty cell is an
unknown day. Distances become whole metres.
"""

import csv
import gzip
import math
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

DAYS_BEFORE = tuple(f"h{back}" for back in range(23, 38))  # km of D-23 to D-37; D-22 is never there
DAILY = ("athlete", "sessions", "km", "day", "injury")
EVENTS = (
    *("athlete", "day", "injury"),
    *(f"km_{back}" for back in range(1, 8)),
    *("week0", "week1", "week2", "max0", "max1", "max2"),
    *DAYS_BEFORE,
)
NAMES = ("daily_long.csv", "daily_long.csv.gz", "events.csv", "events.csv.gz")
LONGEST_FIELD = 1_000


class Malformed(ValueError):
    """A file that is not of this layout; the message names file, line and column."""


@dataclass(frozen=True, slots=True)
class LoggedDay:
    """One athlete-day; `metres` None: nothing is known of it."""

    day: int
    metres: int | None
    sessions: float | None
    injury: bool


@dataclass(frozen=True, slots=True)
class Event:
    """A day on which an injury began or did not, and what is known of the days before it.

    `weeks` and `longest` are of D-7..D-1, D-14..D-8 and D-21..D-15, `before` of D-23 to D-37.
    """

    day: int
    injury: bool
    last: tuple[int | None, ...]  # yesterday first, seven days
    weeks: tuple[int | None, ...]
    longest: tuple[int | None, ...]
    before: tuple[int | None, ...]


@dataclass(slots=True)
class Logs:
    """Everything read, by athlete; days and events oldest first."""

    days: dict[str, list[LoggedDay]] = field(default_factory=dict)
    events: dict[str, list[Event]] = field(default_factory=dict)

    @property
    def athletes(self) -> list[str]:
        """Everybody, in one order whatever the order of the files."""
        return sorted({*self.days, *self.events}, key=lambda one: (len(one), one))


def read(paths: Sequence[Path]) -> Logs:
    """Return what these files and folders hold together. Raises Malformed."""
    logs = Logs()
    seen: set[tuple[bool, str, int]] = set()
    for path in _files(paths):
        with _named_errors(path), _open(path) as text:
            _read_file(path, text, logs, seen)
    for mine in (*logs.days.values(), *logs.events.values()):
        mine.sort(key=lambda row: row.day)  # type: ignore[attr-defined]
    return logs


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        found = [path / name for name in NAMES if (path / name).is_file()]
        if not found:
            raise Malformed(f"{path}: holds neither daily_long.csv nor events.csv.")
        yield from found


@contextmanager
def _named_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise Malformed(f"{path}: there is no such file.") from None
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise Malformed(f"{path}: is not a whole gzip file.") from None
    except UnicodeDecodeError:
        raise Malformed(f"{path}: is not UTF-8 text.") from None
    except OSError as error:
        raise Malformed(f"{path}: cannot be read ({error.strerror}).") from None


@contextmanager
def _open(path: Path) -> Iterator[TextIO]:
    opened: Callable[..., Any] = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8-sig", newline="") as text:
        yield text


def _read_file(path: Path, text: TextIO, logs: Logs, seen: set[tuple[bool, str, int]]) -> None:
    table = csv.reader(text)
    lines = _lines(path, table)
    header = next(lines, [])
    is_daily = "km" in header and "km_1" not in header
    places = _places(path, header, DAILY if is_daily else EVENTS)
    for cells in lines:
        row = Row(path, table.line_num, cells, places)
        if len(cells) != len(header):
            raise row.wrong(f"has {len(cells)} columns instead of {len(header)}")
        athlete, day = row.text("athlete"), row.whole("day")
        if (is_daily, athlete, day) in seen:
            raise row.wrong(f"athlete {athlete} has day {day} twice", "day")
        seen.add((is_daily, athlete, day))
        if is_daily:
            logs.days.setdefault(athlete, []).append(_logged_day(row, day))
        else:
            logs.events.setdefault(athlete, []).append(_event(row, day))


def _lines(path: Path, table: Any) -> Iterator[list[str]]:
    try:
        yield from (cells for cells in table if cells)
    except csv.Error as error:
        raise Malformed(f"{path}: line {table.line_num}: {error}.") from None


def _places(path: Path, header: list[str], wanted: Sequence[str]) -> dict[str, int]:
    places = {name.strip(): place for place, name in enumerate(header)}
    missing = [name for name in wanted if name not in places]
    if missing:
        raise Malformed(f"{path}: line 1, column {missing[0]}: is missing.")
    return places


@dataclass(frozen=True, slots=True)
class Row:
    """One line, read cell by cell; what is wrong names file, line and column."""

    path: Path
    line: int
    cells: list[str]
    places: dict[str, int]

    def wrong(self, what: str, column: str = "") -> Malformed:
        """Return the error."""
        where = f", column {column}" if column else ""
        return Malformed(f"{self.path}: line {self.line}{where}: {what}.")

    def text(self, column: str) -> str:
        """Return a cell that must not be empty."""
        value = self.cells[self.places[column]].strip()
        if not value or len(value) > LONGEST_FIELD:
            raise self.wrong("is required" if not value else "is too long", column)
        return value

    def whole(self, column: str) -> int:
        """Return a whole number."""
        value = self.text(column)
        try:
            number = int(value)
        except ValueError:
            number = 10**9
        if abs(number) > 10**6:
            raise self.wrong(f"{value[:40]!r} is not a whole number of days", column)
        return number

    def number(self, column: str) -> float | None:
        """Return a number of 0 or more; None where the cell is empty."""
        value = self.cells[self.places[column]]
        if not value:
            return None
        try:
            number = float(value)
        except ValueError:
            number = math.nan
        if not 0 <= number < 10_000:
            raise self.wrong(f"{value[:40]!r} is not a number from 0 to 10000", column)
        return number

    def metres(self, column: str) -> int | None:
        """Return kilometres as whole metres."""
        number = self.number(column)
        return None if number is None else round(number * 1000)

    def yes(self, column: str, *, may_be_empty: bool) -> bool:
        """Return whether the cell is 1; empty is no event."""
        value = self.cells[self.places[column]].strip()
        if value not in {"0", "1", "0.0", "1.0"} and (value or not may_be_empty):
            raise self.wrong(f"{value[:40]!r} is not 0 or 1", column)
        return value.startswith("1")


def _logged_day(row: Row, day: int) -> LoggedDay:
    injury = row.yes("injury", may_be_empty=True)
    return LoggedDay(day, row.metres("km"), row.number("sessions"), injury)


def _event(row: Row, day: int) -> Event:
    return Event(
        day=day,
        injury=row.yes("injury", may_be_empty=False),
        last=tuple(row.metres(f"km_{back}") for back in range(1, 8)),
        weeks=tuple(row.metres(f"week{back}") for back in range(3)),
        longest=tuple(row.metres(f"max{back}") for back in range(3)),
        before=tuple(row.metres(name) for name in DAYS_BEFORE),
    )
