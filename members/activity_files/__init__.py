"""Activity files: bytes and a name in, activities or named errors out.

Everything in this package is pure: it shares nothing with Django, reads no clock and touches no
disk. The one door is `read_activity_file`; the rest of what callers need stands beside it.
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
    UnsafeFile,
)
from members.activity_files.kinds import Kind
from members.activity_files.reader import EXTENSIONS, read_activity_file
from members.activity_files.types import FileEntry, ParsedActivity

__all__ = [
    "EXTENSIONS",
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
    "TooLarge",
    "UnknownFormat",
    "UnsafeFile",
    "read_activity_file",
    "same_outing",
]
