"""The one door: which reader a file goes to, decided by its content first and its name second."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from types import MappingProxyType
from zoneinfo import ZoneInfo

from members.activity_files.archive import gunzip, is_gzip, is_zip, members
from members.activity_files.errors import (
    ActivityFileError,
    EmptyFile,
    NestedArchive,
    TooLarge,
    UnknownFormat,
)
from members.activity_files.fit import read_fit
from members.activity_files.gpx import read_gpx
from members.activity_files.limits import MAX_FILE_BYTES, Budget, too_large_sentence
from members.activity_files.tables.columns import TableColumns
from members.activity_files.tables.reading import is_table, read_table
from members.activity_files.tcx import read_tcx
from members.activity_files.types import FileEntry, Outcome, Source
from members.activity_files.xml_stream import root_name


@dataclass(frozen=True, slots=True)
class Format:
    """One format: how it is recognised, and what reads it."""

    extensions: tuple[str, ...]
    recognises: Callable[[bytes], bool]
    read: Callable[[Source], list[Outcome]]


FORMATS = (
    Format(("gpx",), lambda content: root_name(content) == "gpx", read_gpx),
    Format(("tcx",), lambda content: root_name(content) == "TrainingCenterDatabase", read_tcx),
    Format(("fit",), lambda content: content[8:12] == b".FIT", read_fit),
    Format(("csv", "tsv"), is_table, read_table),
)

EXTENSIONS = (*(f".{one}" for known in FORMATS for one in known.extensions), ".gz", ".zip")
"""What a file picker should offer."""


def read_activity_file(
    content: bytes,
    *,
    name: str,
    default_time_zone: str,
    now: datetime,
    tables: Mapping[str, TableColumns] = MappingProxyType({}),
) -> Iterator[FileEntry]:
    """Every activity in a file, a .gz or a zip of such, and a reason for each file without one.

    Lazy: the members of a zip are unpacked and read one at a time. `default_time_zone` is the
    runner's (an IANA name), for files without their own; `now` is aware and tells which clocks ran
    ahead. `tables` holds what was said about tables nobody here knows, by their signature; without
    it such a table is an UnknownTable. Never raises for anything in `content`.
    """
    setting = _Setting(ZoneInfo(default_time_zone), now, tables)
    budget = Budget.for_packed(len(content))
    if not is_zip(content):
        yield from _entries(content, name, setting, budget)
        return
    try:
        for member, unpacked in members(content, budget):
            path = f"{name}/{member}"
            if isinstance(unpacked, ActivityFileError):
                yield FileEntry(path, unpacked)
            else:
                yield from _entries(unpacked, path, setting, budget)
    except ActivityFileError as error:
        yield FileEntry(name, error)


@dataclass(frozen=True, slots=True)
class _Setting:
    """What all files of an upload are read with."""

    zone: ZoneInfo
    now: datetime
    tables: Mapping[str, TableColumns]


def _entries(content: bytes, path: str, setting: "_Setting", budget: Budget) -> Iterator[FileEntry]:
    try:
        packed = is_gzip(content)
        plain = gunzip(content, budget) if packed else content
        reader = _format_of(plain, path.removesuffix(".gz") if packed else path)
        outcomes = reader.read(Source(plain, setting.zone, setting.now, setting.tables))
    except ActivityFileError as error:
        outcomes = [error]
    for outcome in outcomes:
        yield FileEntry(path, outcome)


def _format_of(content: bytes, name: str) -> Format:
    if not content:
        raise EmptyFile("The file is empty.")
    if is_zip(content) or is_gzip(content):
        raise NestedArchive("It is an archive inside an archive. Upload it by itself.")
    if len(content) > MAX_FILE_BYTES:
        raise TooLarge(too_large_sentence())
    extension = PurePosixPath(name).suffix.lower().removeprefix(".")
    by_content = (known for known in FORMATS if known.recognises(content))
    by_name = (known for known in FORMATS if extension in known.extensions)
    found = next(by_content, None) or next(by_name, None)
    if found is None:
        raise UnknownFormat("This is not an activity file of a kind that is read here.")
    return found
