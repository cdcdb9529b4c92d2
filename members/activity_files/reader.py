"""Which reader a file goes to, decided by its content first and its name second."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

from members.activity_files.archive import Read, gunzip, is_gzip, is_zip
from members.activity_files.errors import (
    ActivityFileError,
    CorruptFile,
    EmptyFile,
    NestedArchive,
    UnknownFormat,
)
from members.activity_files.fit import read_fit
from members.activity_files.gpx import read_gpx
from members.activity_files.limits import Budget
from members.activity_files.tables.columns import TableColumns
from members.activity_files.tables.reading import is_table, read_table
from members.activity_files.tcx import read_tcx
from members.activity_files.types import Outcome, Source
from members.activity_files.xml_stream import root_name

HEAD_BYTES = 64 * 1024
"""As much of a file is looked at before the rest is read: pictures, films and a health export of
gigabytes are told by it."""


@dataclass(frozen=True, slots=True)
class Format:
    """One format: how it is recognised by the head of a file, and what reads it."""

    extensions: tuple[str, ...]
    recognises: Callable[[bytes], bool]
    read: Callable[[Source], list[Outcome]]


FORMATS = (
    Format(("gpx",), lambda head: root_name(head) == "gpx", read_gpx),
    Format(("tcx",), lambda head: root_name(head) == "TrainingCenterDatabase", read_tcx),
    Format(("fit",), lambda head: head[8:12] == b".FIT", read_fit),
    Format(("csv", "tsv"), is_table, read_table),
)

EXTENSIONS = (*(f".{one}" for known in FORMATS for one in known.extensions), ".gz", ".zip")
"""What a file picker should offer."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What all files of an upload are read with."""

    zone: ZoneInfo
    now: datetime
    tables: Mapping[str, TableColumns]

    def source(self, content: bytes) -> Source:
        """A file on its way into a reader."""
        return Source(content, self.zone, self.now, self.tables)


def whole(read: Read, name: str, budget: Budget) -> bytes:
    """All bytes of a file of a kind that is read here, out of its .gz where it is in one (or in
    two: some browsers pack once more what they download).

    Raises EmptyFile, UnknownFormat or NestedArchive by its head, TooLarge or CorruptFile after.
    """
    head = read(HEAD_BYTES)
    budget.spend(len(head))
    if is_gzip(head):
        packed = head + budget.read(read, already=len(head))
        content = gunzip(packed, budget)
        if is_gzip(content):
            content = gunzip(content, budget)
        format_of(content[:HEAD_BYTES], _unpacked_name(name))
        return content
    format_of(head, name)
    return head + budget.read(read, already=len(head))


def read_content(content: bytes, name: str, setting: Setting) -> list[Outcome]:
    """What is in the bytes of one file; an error is an outcome too."""
    try:
        reader = format_of(content[:HEAD_BYTES], _unpacked_name(name))
        return reader.read(setting.source(content))
    except ActivityFileError as error:
        return [error]


def format_of(head: bytes, name: str) -> Format:
    """The format of a file that begins so. Raises EmptyFile, NestedArchive, CorruptFile or
    UnknownFormat."""
    if not head:
        raise EmptyFile("The file is empty.")
    extension = PurePosixPath(name).suffix.lower().removeprefix(".")
    if is_gzip(head) or (is_zip(head) and not is_of_a_program(name)):
        raise NestedArchive("It is an archive inside an archive. Upload it by itself.")
    if _is_web_page(head) and any(extension in known.extensions for known in FORMATS):
        raise CorruptFile(
            "It is a web page under the name of an activity, perhaps one that asks for a login. "
            "Download the activity again."
        )
    by_content = (known for known in FORMATS if known.recognises(head))
    by_name = (known for known in FORMATS if extension in known.extensions)
    found = next(by_content, None) or next(by_name, None)
    if found is None:
        raise UnknownFormat(_unknown_sentence(head, extension))
    return found


def _is_web_page(head: bytes) -> bool:
    begin = head[:512].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return begin.startswith((b"<!doctype html", b"<html"))


def is_of_a_program(name: str) -> bool:
    """Whether a zip is one only in how it is packed: a spreadsheet, a map, a text."""
    return PurePosixPath(name).suffix.lower() in _ZIPS_OF_PROGRAMS


def _unpacked_name(name: str) -> str:
    return re.sub(r"(\.gz){1,2}$", "", name, flags=re.IGNORECASE)


_ZIPS_OF_PROGRAMS = {".xlsx", ".docx", ".pptx", ".ods", ".odt", ".kmz", ".apk", ".jar", ".epub"}

_WHAT_ELSE = {
    "a picture": "jpg jpeg png gif heic webp bmp tif tiff svg",
    "a film": "mp4 mov m4v avi mkv webm",
    "a spreadsheet (save it as CSV)": "xlsx xls ods numbers",
    "a map for Google Earth, without times that tell how long it took": "kml kmz",
    "data of a program (JSON), not a recording of a kind that is read here": "json",
    "an archive of another kind (pack the files as a zip)": "rar 7z tar tgz bz2 xz",
}
_OTHER_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")
_NAMED = {one: what for what, extensions in _WHAT_ELSE.items() for one in extensions.split()}


def _unknown_sentence(head: bytes, extension: str) -> str:
    what = _NAMED.get("rar" if head.startswith(_OTHER_ARCHIVES) else extension)
    if what:
        return f"This is {what}."
    return "This is not an activity file of a kind that is read here."
