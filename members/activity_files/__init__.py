"""Activity files: bytes and a name in, activities or named errors out.

Everything in this package is pure: it shares nothing with Django, reads no clock and touches no
disk. The one door is `read_activity_file`; the rest of what callers need stands beside it.

**Tables nobody here knows.** A table that is not of a known layout comes out as `UnknownTable`: its
headings, first rows, separator, a `signature` (the same for every table with these headings), what
each column seems to be (`roles`) and a `suggestion`. Ask the member, put their answer into a
`TableColumns`, show what it makes of the first rows with `preview`, keep `as_dict()` under the
signature, and read the file again with `tables={signature: TableColumns.from_dict(...)}`.
"""

from members.activity_files.duplicates import Outing, same_outing
from members.activity_files.errors import (
    ActivityFileError,
    CorruptFile,
    EmptyFile,
    EncryptedFile,
    ImpossibleClock,
    NestedArchive,
    NotAnActivity,
    NoTimes,
    TooLarge,
    UnknownFormat,
    UnknownTable,
    UnreadableRow,
    UnsafeFile,
)
from members.activity_files.kinds import Kind
from members.activity_files.reader import EXTENSIONS, read_activity_file
from members.activity_files.tables.columns import ROLES, TableColumns, WrongColumns
from members.activity_files.tables.reading import preview
from members.activity_files.types import FileEntry, ParsedActivity

__all__ = [
    "EXTENSIONS",
    "ROLES",
    "ActivityFileError",
    "CorruptFile",
    "EmptyFile",
    "EncryptedFile",
    "FileEntry",
    "ImpossibleClock",
    "Kind",
    "NestedArchive",
    "NoTimes",
    "NotAnActivity",
    "Outing",
    "ParsedActivity",
    "TableColumns",
    "TooLarge",
    "UnknownFormat",
    "UnknownTable",
    "UnreadableRow",
    "UnsafeFile",
    "WrongColumns",
    "preview",
    "read_activity_file",
    "same_outing",
]
