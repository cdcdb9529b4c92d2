"""What somebody hands in: a file, an archive, or files beside each other; read entry by entry.

Entries are numbered in an order that is the same every time, so that a job that was killed opens
the upload again and goes on behind the last one it did, without reading those before.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from types import MappingProxyType
from typing import IO, Self
from zoneinfo import ZoneInfo

from members.activity_files.archive import (
    Archive,
    Holder,
    LooseFile,
    LooseFiles,
    is_zip,
)
from members.activity_files.errors import (
    ActivityFileError,
    EmptyFile,
    NotAnActivity,
    UnknownTable,
)
from members.activity_files.limits import MAX_UNPACKED_BYTES, Budget
from members.activity_files.links import Links, find_links, merged
from members.activity_files.reader import Setting, is_of_a_program, read_content, whole
from members.activity_files.tables.columns import TableColumns
from members.activity_files.tables.reading import TableRow, table_rows
from members.activity_files.types import FileEntry, Outcome

MAX_LINKED_TABLES = 100
"""Tables of an upload that are looked through for the names of recordings."""

NO_TABLES: Mapping[str, TableColumns] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of an upload, before it is read."""

    number: int
    """From 0, in the stable order."""
    name: str
    """The path as given, inside an archive followed by the member's name."""
    size: int
    """Packed bytes, as the archive or the folder says: for showing progress."""


class Upload:
    """An upload opened by `open_upload` or `open_files`.

        with open_upload(file, name="export.zip", default_time_zone=..., now=...) as upload:
            for entry, found in upload.results(start=done):
                ...

    `entries` lists what is there without reading it. Nothing in the content raises: whatever is
    wrong is an outcome.
    """

    def __init__(self, holder: Holder, *, folder: str, setting: Setting, budget: Budget) -> None:
        self._holder = holder
        self._folder = folder
        self._setting = setting
        self._budget = budget

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """All there is, in the stable order."""
        return tuple(
            Entry(number, self._folder + member.name, member.size)
            for number, member in enumerate(self._holder.members)
        )

    def results(self, *, start: int = 0) -> Iterator[tuple[Entry, list[FileEntry]]]:
        """Each entry from number `start` on with what is in it, read when it is its turn.

        Ends early once a limit of the whole upload is passed; the last entry then says so.
        """
        for entry in self.entries[start:]:
            yield entry, self.read(entry)
            if self._budget.spent:
                return

    def read(self, entry: Entry) -> list[FileEntry]:
        """The activities of one entry, or the reason why there is none."""
        return [FileEntry(entry.name, outcome) for outcome in self._outcomes(entry)]

    def close(self) -> None:
        """Remove what was unpacked for reading. The file itself stays open."""
        self._holder.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _outcomes(self, entry: Entry) -> list[Outcome]:
        if entry.number in self._links.left:
            rows = self._links.left[entry.number]
            return [row.outcome for row in rows] or [_all_beside()]
        return merged(self._plainly(entry.number), self._links.by_file.get(entry.number, ()))

    def _plainly(self, number: int) -> list[Outcome]:
        name = self._holder.members[number].name
        try:
            found = read_content(self._content(number), name, self._setting)
        except ActivityFileError as error:
            found = [error]
        is_one_of_many = len(self._holder.members) > 1
        return [_left_out(one, name) if is_one_of_many else one for one in found]

    def _content(self, number: int) -> bytes:
        name = self._holder.members[number].name
        return self._holder.read(number, lambda read: whole(read, name, self._budget))

    @cached_property
    def _links(self) -> Links:
        """Which rows of which tables belong to which files."""
        names = [member.name for member in self._holder.members]
        tables = [number for number, name in enumerate(names) if name.lower().endswith(".csv")]
        if len(names) == 1:
            return Links({}, {})
        linking = ((number, self._linking_rows(number)) for number in tables[:MAX_LINKED_TABLES])
        return find_links(names, {number: rows for number, rows in linking if rows})

    def _linking_rows(self, number: int) -> list[TableRow]:
        """The rows of a table that names recordings; none for any other."""
        try:
            rows = table_rows(self._setting.source(self._content(number)))
        except ActivityFileError:
            return []
        return rows if any(row.file for row in rows) else []


def _left_out(outcome: Outcome, name: str) -> Outcome:
    """A whole export holds tables of much else, and empty ones; nobody wants to be asked what is
    what in a list of logins."""
    if isinstance(outcome, UnknownTable) and outcome.suggestion is None:
        return NotAnActivity(
            "It is a table in which nothing looks like a distance or a time. "
            "If it is a log of activities, import it by itself."
        )
    if isinstance(outcome, EmptyFile) and name.lower().endswith((".csv", ".tsv")):
        return NotAnActivity("It is an empty table.")
    return outcome


def _all_beside() -> NotAnActivity:
    return NotAnActivity("All its activities are read from the recordings beside it.")


def open_upload(
    file: IO[bytes],
    *,
    name: str,
    default_time_zone: str,
    now: datetime,
    tables: Mapping[str, TableColumns] = NO_TABLES,
) -> Upload:
    """A file, or an archive with all that is in it. `file` can seek, and stays open.

    `default_time_zone` is the runner's (an IANA name), for files without their own; `now` is aware
    and tells which clocks ran ahead; `tables` holds what was said about tables nobody here knows,
    by their signature: without it such a table is an UnknownTable.
    """
    size = file.seek(0, io.SEEK_END)
    budget = Budget.for_packed(size)
    holder, folder = _holder(file, name, size, budget)
    setting = Setting(ZoneInfo(default_time_zone), now, tables)
    return Upload(holder, folder=folder, setting=setting, budget=budget)


def open_files(
    files: Sequence[LooseFile],
    *,
    default_time_zone: str,
    now: datetime,
    tables: Mapping[str, TableColumns] = NO_TABLES,
) -> Upload:
    """Files that lie beside each other, so that a table finds its recordings; as `open_upload`.

    An archive among them is refused: it is an upload by itself.
    """
    setting = Setting(ZoneInfo(default_time_zone), now, tables)
    budget = Budget(left=MAX_UNPACKED_BYTES)
    return Upload(LooseFiles(files), folder="", setting=setting, budget=budget)


def read_activity_file(
    content: bytes,
    *,
    name: str,
    default_time_zone: str,
    now: datetime,
    tables: Mapping[str, TableColumns] = NO_TABLES,
) -> Iterator[FileEntry]:
    """Every activity in a file, a .gz or an archive, and a reason for each file without one.

    As `open_upload`, for bytes that are in memory already.
    """
    file = io.BytesIO(content)
    with open_upload(
        file, name=name, default_time_zone=default_time_zone, now=now, tables=tables
    ) as upload:
        for _, found in upload.results():
            yield from found


def is_archive(head: bytes, name: str) -> bool:
    """Whether a file that begins so is an archive to look into; a spreadsheet is packed as one."""
    return is_zip(head) and not is_of_a_program(name)


def _holder(file: IO[bytes], name: str, size: int, budget: Budget) -> tuple[Holder, str]:
    """What holds the members, and what stands before their names."""
    if not is_archive(_begin(file), name):
        return LooseFiles([LooseFile(name, size, lambda: _lent(file))]), ""
    try:
        return Archive(file, budget), f"{name}/"
    except ActivityFileError as error:
        return LooseFiles([LooseFile(name, size, partial(_refuse, error))]), ""


def _begin(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read(4)


def _lent(file: IO[bytes]) -> AbstractContextManager[IO[bytes]]:
    """The file from its begin; it stays open when its reader is done."""
    file.seek(0)
    return nullcontext(file)


def _refuse(error: ActivityFileError) -> AbstractContextManager[IO[bytes]]:
    raise error
