"""From the rows of a table to activities."""

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from members.activity_files.archive import printable
from members.activity_files.errors import (
    ActivityFileError,
    EmptyFile,
    ImpossibleClock,
    NotAnActivity,
    UnknownTable,
    UnreadableRow,
)
from members.activity_files.kinds import Kind, kind_from_words
from members.activity_files.tables import cells, layouts
from members.activity_files.tables.columns import METRES, DistanceUnit, TableColumns, WrongColumns
from members.activity_files.tables.guess import guess
from members.activity_files.tables.sheet import Row, Sheet
from members.activity_files.times import clock_sentence
from members.activity_files.types import Outcome, ParsedActivity, Source

NOON = time(12)
"""Stands for a day without a time: the same day in every zone."""

FASTER_THAN_ANY_M_PER_S = 150 / 3.6
SLOWER_THAN_ANY_M_PER_S = 0.3
"""Programs list swims in metres among kilometres: a row too fast for anything in the table's unit
and not too slow in metres is one of them."""

PREVIEW_ROWS = 10


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row as it was understood; `file` names the recording it belongs to, "" for none."""

    outcome: Outcome
    file: str = ""


def is_table(head: bytes) -> bool:
    """Whether a file that begins so is a table that is known, or one with a date and a distance or
    a time."""
    if not head or head[:1] in b"<{[" or b"\0\0\0" in head[:64]:
        return False
    try:
        sheet = Sheet.of(head[: head.rfind(b"\n") + 1] or head)  # the last line may be cut
        if len(sheet.headings) < 2:
            return False
        return layouts.find(sheet) is not None or guess(sheet).columns is not None
    except ActivityFileError:
        return False


def read_table(source: Source) -> list[Outcome]:
    """One outcome for each row.

    Raises UnknownTable where the member has to say which column is what, EmptyFile for headings
    alone, NotAnActivity for a table of something else, CorruptFile or TooLarge.
    """
    return [row.outcome for row in table_rows(source)]


def table_rows(source: Source) -> list[TableRow]:
    """As `read_table`, each with the name of its recording."""
    sheet = Sheet.of(source.content)
    found = layouts.find(sheet)
    columns = source.tables.get(sheet.signature) or (found[1] if found else None)
    if columns is None:
        raise _unknown(sheet)
    layout = found[0] if found else None
    reader = _RowReader(columns, source, device=layout.source if layout else "")
    rows = _read_rows(reader, sheet, only_first=bool(layout and layout.one_row))
    if not rows:
        raise EmptyFile("The table has headings but no rows.")
    return rows


def _read_rows(reader: "_RowReader", sheet: Sheet, *, only_first: bool) -> list[TableRow]:
    """The rows; where the table breaks, what stood before it and a line about the break."""
    rows: list[TableRow] = []
    try:
        for number, row in enumerate(sheet.rows(), start=1):
            rows.append(reader.read(number, row))
            if only_first:
                break
    except ActivityFileError as error:
        if not rows:
            raise
        rows.append(TableRow(error))
    return rows


def preview(
    table: UnknownTable, columns: TableColumns, *, default_time_zone: str, now: datetime
) -> list[Outcome]:
    """The first rows of a table as they would be read with `columns`.

    Raises WrongColumns for a column the table does not have.
    """
    for role, column in columns.used.items():
        if column >= len(table.headings):
            raise WrongColumns(role, "Choose one of the columns.")
    source = Source(b"", ZoneInfo(default_time_zone), now)
    reader = _RowReader(columns, source, device="")
    return [
        reader.read(number, list(row)).outcome for number, row in enumerate(table.rows, start=1)
    ]


def _unknown(sheet: Sheet) -> ActivityFileError:
    first = tuple(tuple(row) for row in sheet.sample[:PREVIEW_ROWS])
    if not first:
        return EmptyFile("The table has no rows.")
    suggested = guess(sheet)
    if "date" not in suggested.roles and not _has_dates(first):
        return NotAnActivity("It is a table without dates, so not of activities.")
    return UnknownTable(
        headings=sheet.headings,
        rows=first,
        separator=sheet.separator,
        signature=sheet.signature,
        roles=suggested.roles,
        suggestion=suggested.columns,
    )


def _has_dates(rows: tuple[tuple[str, ...], ...]) -> bool:
    return any(cells.when(cell, "dmy") or cells.when(cell, "mdy") for row in rows for cell in row)


@dataclass(frozen=True, slots=True)
class _RowReader:
    columns: TableColumns
    source: Source
    device: str
    seen: Counter[str] = field(default_factory=Counter)
    """How often the same row came before."""

    def read(self, number: int, row: Row) -> TableRow:
        """The row's activity, or why it has none, naming the row as it is counted in the table."""
        file = self._cell(row, self.columns.file)
        return TableRow(self._outcome(number, row), file)

    def _outcome(self, number: int, row: Row) -> Outcome:
        start = self._start(row)
        if start is None:
            shown = printable(self._cell(row, self.columns.date), 40)
            return UnreadableRow(f"Row {number}: “{shown}” is no date that can be read.")
        if not self.source.believes(start.timestamp()):
            return ImpossibleClock(f"Row {number}: {clock_sentence(start.timestamp())}")
        timer_s, elapsed_s = (
            self._seconds(row, self.columns.duration),
            self._seconds(row, self.columns.elapsed),
        )
        distance_m = self._metres(row, timer_s or elapsed_s)
        if not distance_m and not timer_s and not elapsed_s:
            return NotAnActivity(f"Row {number}: it has neither distance nor time.")
        return self._activity(row, start, distance_m, timer_s or elapsed_s or 0, elapsed_s or 0)

    def _activity(
        self, row: Row, start: datetime, distance_m: float | None, timer_s: float, elapsed_s: float
    ) -> ParsedActivity:
        timer = round(timer_s)
        return ParsedActivity(
            kind=self._kind(row),
            started_at=start,
            on=start.astimezone(self._zone(row)).date(),
            distance_m=None if distance_m is None else round(distance_m),
            elapsed_s=max(round(elapsed_s), timer),
            timer_s=timer,
            moving_s=timer,
            points=0,
            title=printable(self._cell(row, self.columns.title)),
            device=self.device,
            source_format="csv",
            sha256=self._sha256(row),
            day_only=self._clock(row) is None,
            time_zone=self._zone(row).key if self._cell(row, self.columns.time_zone) else "",
        )

    def _sha256(self, row: Row) -> str:
        """Of the row, so that a longer export of the same log holds the same rows; twice the same
        row in one table are two."""
        text = "\x1f".join(row)
        self.seen[text] += 1
        return hashlib.sha256(f"{self.seen[text]}\x1e{text}".encode()).hexdigest()

    def _cell(self, row: Row, column: int | None) -> str:
        return row[column] if column is not None and column < len(row) else ""

    def _start(self, row: Row) -> datetime | None:
        found = cells.when(self._cell(row, self.columns.date), self.columns.date_order)
        if found is None:
            return None
        zone = UTC if self.columns.utc and found.clock else self._zone(row)
        local = datetime.combine(found.day, self._clock(row) or NOON)
        try:
            if found.offset is not None:
                return (local - found.offset).replace(tzinfo=UTC).astimezone(self._zone(row))
            return local.replace(tzinfo=zone).astimezone(self._zone(row))
        except OverflowError:
            return None

    def _clock(self, row: Row) -> time | None:
        """The time of day; midnight sharp in a list of days is none."""
        found = cells.when(self._cell(row, self.columns.date), self.columns.date_order)
        said = self._cell(row, self.columns.time_of_day)
        return cells.clock(said) if said else found and found.clock

    def _zone(self, row: Row) -> ZoneInfo:
        name = self._cell(row, self.columns.time_zone)
        try:
            return ZoneInfo(name) if name else self.source.zone
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return self.source.zone

    def _kind(self, row: Row) -> Kind:
        said = kind_from_words(self._cell(row, self.columns.kind))
        return said or kind_from_words(self.columns.kind_if_unsaid) or Kind.OTHER

    def _seconds(self, row: Row, column: int | None) -> float | None:
        return cells.seconds(
            self._cell(row, column), self.columns.duration_format, self.columns.decimal_mark
        )

    def _metres(self, row: Row, seconds: float | None) -> float | None:
        figure, unit = cells.distance(
            self._cell(row, self.columns.distance), self.columns.decimal_mark
        )
        if figure is None or figure < 0:
            return None
        metres = figure * METRES[unit or self.columns.distance_unit]
        if unit or not seconds or metres / seconds <= FASTER_THAN_ANY_M_PER_S:
            return metres
        small: DistanceUnit = "yd" if self.columns.distance_unit == "mi" else "m"
        smaller = figure * METRES[small]
        return smaller if smaller / seconds >= SLOWER_THAN_ANY_M_PER_S else metres
