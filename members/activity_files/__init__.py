"""Activity files: bytes and a name in, activities or named errors out.

Everything in this package is pure: it shares nothing with Django, reads no clock, and touches no
disk but for a temporary file while an archive inside an archive is read.

**Two doors.** `read_activity_file` takes bytes and yields a `FileEntry` for each activity, and for
each file without one. `open_upload` takes an open file of any size, and gives an `Upload`: its
`entries` are numbered in a stable order without being read, `read(entry)` reads one, and
`results(start=n)` reads them from the n-th on, so that a killed job goes on where it was. For loose
files beside each other, a folder for instance, `open_files` does the same.

**Is it there already?** `find_same(outing, known)` says which of the known outings it is and how
that was told, from `same_file` to `typed`; subclass `Outing` to carry an id along.

**Tables nobody here knows.** A table that is not of a known layout comes out as `UnknownTable`: its
headings, first rows, separator, a `signature` (the same for every table with these headings), what
each column seems to be (`roles`) and a `suggestion`. Ask the member, put their answer into a
`TableColumns`, show what it makes of the first rows with `preview`, keep `as_dict()` under the
signature, and read the file again with `tables={signature: TableColumns.from_dict(...)}`.
"""

from members.activity_files.archive import LooseFile, is_junk
from members.activity_files.duplicates import Found, Match, Outing, find_same, how_same, same_outing
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
    UnreadableFile,
    UnreadableRow,
    UnsafeFile,
)
from members.activity_files.kinds import Kind
from members.activity_files.reader import EXTENSIONS
from members.activity_files.tables.columns import ROLES, TableColumns, WrongColumns
from members.activity_files.tables.reading import preview
from members.activity_files.types import FileEntry, ParsedActivity
from members.activity_files.upload import (
    Entry,
    Upload,
    is_archive,
    open_files,
    open_upload,
    read_activity_file,
)

__all__ = [
    "EXTENSIONS",
    "ROLES",
    "ActivityFileError",
    "CorruptFile",
    "EmptyFile",
    "EncryptedFile",
    "Entry",
    "FileEntry",
    "Found",
    "ImpossibleClock",
    "Kind",
    "LooseFile",
    "Match",
    "NestedArchive",
    "NoTimes",
    "NotAnActivity",
    "Outing",
    "ParsedActivity",
    "TableColumns",
    "TooLarge",
    "UnknownFormat",
    "UnknownTable",
    "UnreadableFile",
    "UnreadableRow",
    "UnsafeFile",
    "Upload",
    "WrongColumns",
    "find_same",
    "how_same",
    "is_archive",
    "is_junk",
    "open_files",
    "open_upload",
    "preview",
    "read_activity_file",
    "same_outing",
]
