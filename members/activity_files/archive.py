"""Zip archives, one member at a time and within limits; .gz files; names that can be shown.

A zip inside a zip is opened too (a Garmin export is one of those), one level deep and no deeper.
The inner one is unpacked into a temporary file, one at a time, because a zip can only be read from
a file; nothing else here touches a disk, and nothing is written under a name from an archive.
"""

import gzip
import io
import re
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from typing import IO, Protocol

from members.activity_files.errors import (
    ActivityFileError,
    CorruptFile,
    EmptyFile,
    EncryptedFile,
    TooLarge,
    unreadable,
)
from members.activity_files.limits import (
    MAX_DIRECTORY_BYTES,
    MAX_MEMBERS,
    MAX_NESTED_BYTES,
    SPOOL_BYTES,
    Budget,
)

_JUNK_NAMES = {"thumbs.db", "desktop.ini"}
_READABLE_PACKINGS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
    NotImplementedError,
)

Read = Callable[[int], bytes]


def is_gzip(content: bytes) -> bool:
    return content[:2] == b"\x1f\x8b"


def is_zip(content: bytes) -> bool:
    """Whether it is a zip; the second mark is that of a zip with nothing in it."""
    return content[:4] in (b"PK\x03\x04", b"PK\x05\x06")


def gunzip(content: bytes, budget: Budget) -> bytes:
    """The unpacked bytes of a .gz file. Raises CorruptFile or TooLarge."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as stream:
            return budget.read(stream.read)
    except (OSError, EOFError, zlib.error) as error:
        raise CorruptFile("The packed file is damaged or incomplete.") from error


@dataclass(frozen=True, slots=True)
class Member:
    """One file in an archive. `error` says why it cannot be unpacked, where that is known."""

    name: str
    """Its path, printable; behind that of the inner archive where it lies in one."""
    size: int
    """Packed bytes, as the archive claims."""
    info: zipfile.ZipInfo
    within: zipfile.ZipInfo | None = None
    """The inner archive it lies in."""
    error: ActivityFileError | None = None


@dataclass(frozen=True, slots=True)
class _Inner:
    """The inner zip that is open, and the temporary file it was unpacked into."""

    info: zipfile.ZipInfo
    opened: zipfile.ZipFile
    spool: IO[bytes]


class Holder(Protocol):
    """What holds several files: an archive, or loose files."""

    @property
    def members(self) -> Sequence["Member | LooseFile"]:
        """In an order that is the same every time."""

    def read(self, number: int, use: Callable[[Read], bytes]) -> bytes:
        """What `use` makes of a member's stream. Raises the named error that stopped it."""

    def close(self) -> None:
        """Let go of what is open."""


@dataclass(frozen=True, slots=True)
class LooseFile:
    """A file that lies in no archive, opened when it is its turn."""

    name: str
    size: int
    open: Callable[[], AbstractContextManager[IO[bytes]]]


class LooseFiles:
    """Files beside each other, as in a folder."""

    def __init__(self, members: Sequence[LooseFile]) -> None:
        self.members = members

    def read(self, number: int, use: Callable[[Read], bytes]) -> bytes:
        """What `use` makes of a file. Raises UnreadableFile where it cannot be opened."""
        try:
            with self.members[number].open() as stream:
                return use(stream.read)
        except OSError as error:
            raise unreadable(error) from error

    def close(self) -> None:
        """Nothing stays open."""


class Archive:
    """A zip with its members in stable order, those of inner zips in the place of these.

    What systems leave in unasked (`__MACOSX`, `.DS_Store`) is passed over. Raises CorruptFile,
    EmptyFile or TooLarge where the archive as a whole cannot be read.
    """

    def __init__(self, file: IO[bytes], budget: Budget) -> None:
        self._zip = _open(file)
        self._inner: _Inner | None = None
        self._budget = budget
        try:
            self.members = self._members()
        except BaseException:
            self.close()
            raise

    def read(self, number: int, use: Callable[[Read], bytes]) -> bytes:
        """What `use` makes of a member's stream. Raises the named error that stopped it."""
        member = self.members[number]
        if member.error:
            raise member.error
        archive = self._zip if member.within is None else self._open_inner(member.within)
        return _unpack(archive, member.info, use)

    def close(self) -> None:
        """Remove the temporary file, if there is one."""
        if self._inner:
            self._inner.spool.close()
            self._inner = None

    def _members(self) -> list[Member]:
        found: list[Member] = []
        for info in _files(self._zip):
            found += self._inside(info) if _is_inner_zip(info) else [_member(info)]
            if len(found) > MAX_MEMBERS:
                raise TooLarge(_too_many())
        if not found:
            raise EmptyFile("There are no files in this archive.")
        return found

    def _inside(self, info: zipfile.ZipInfo) -> list[Member]:
        """The members of an inner zip; where it cannot be opened, itself with the reason."""
        try:
            inner = self._open_inner(info)
        except ActivityFileError as error:
            return [Member(_printable_name(info), info.compress_size, info, error=error)]
        return [_member(one, within=info) for one in _files(inner)]

    def _open_inner(self, info: zipfile.ZipInfo) -> zipfile.ZipFile:
        if self._inner and self._inner.info is info:
            return self._inner.opened
        self.close()
        spool = tempfile.SpooledTemporaryFile(max_size=SPOOL_BYTES)  # noqa: SIM115
        try:
            _unpack(self._zip, info, lambda read: _copy(read, spool, self._budget))
            self._inner = _Inner(info, _open(spool), spool)
        except BaseException:
            spool.close()
            raise
        return self._inner.opened


class _Careful:
    """A file that refuses to hand out a whole directory of millions at once: opening one would
    already cost the memory."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.seek, self.tell, self.close = file.seek, file.tell, file.close

    def seekable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        found = self._file.read(
            size if 0 <= size <= MAX_DIRECTORY_BYTES else MAX_DIRECTORY_BYTES + 1
        )
        if len(found) > MAX_DIRECTORY_BYTES:
            raise TooLarge(_too_many())
        return found


def _open(file: IO[bytes]) -> zipfile.ZipFile:
    try:
        opened = zipfile.ZipFile(_Careful(file))
    except _DAMAGED as error:
        raise CorruptFile("The zip archive is damaged or incomplete.") from error
    if len(opened.filelist) > MAX_MEMBERS:
        raise TooLarge(_too_many())
    return opened


def _too_many() -> str:
    return f"The archive holds more than {MAX_MEMBERS:,} files. Upload it in parts."


def _files(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    return [one for one in archive.infolist() if not (one.is_dir() or is_junk(one.filename))]


def _member(info: zipfile.ZipInfo, within: zipfile.ZipInfo | None = None) -> Member:
    folder = f"{_printable_name(within)}/" if within else ""
    return Member(folder + _printable_name(info), info.compress_size, info, within)


def _is_inner_zip(info: zipfile.ZipInfo) -> bool:
    return info.filename.lower().endswith(".zip")


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, use: Callable[[Read], bytes]) -> bytes:
    if info.flag_bits & 0x1:
        raise EncryptedFile("It is protected by a password. Unpack it and upload the file itself.")
    if info.compress_type not in _READABLE_PACKINGS:
        raise CorruptFile("It is packed in a way not read here. Pack it as a plain zip.")
    try:
        with archive.open(info) as stream:
            return use(stream.read)
    except _DAMAGED as error:
        raise CorruptFile("It is damaged inside the archive.") from error


def _copy(read: Read, into: IO[bytes], budget: Budget) -> bytes:
    """Write all that `read` gives into a file, within the limits."""
    size = 0
    while chunk := read(1024 * 1024):
        size += len(chunk)
        budget.spend(len(chunk))
        if size > MAX_NESTED_BYTES:
            raise TooLarge("The archive inside is too large. Upload it by itself.")
        into.write(chunk)
    return b""


def is_junk(path: str) -> bool:
    """What macOS and Windows add unasked."""
    parts = path.replace("\\", "/").split("/")
    return parts[-1].lower() in _JUNK_NAMES or any(
        part == "__MACOSX" or re.match(r"\.[^.]", part) for part in parts
    )


def _printable_name(info: zipfile.ZipInfo) -> str:
    name = info.filename
    if not info.flag_bits & 0x800:  # not marked as UTF-8, though many programs write it unmarked
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return printable(name)


def printable(text: str, length: int = 200) -> str:
    """`text` on one line, without control characters, no longer than `length`."""
    shown = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(shown.split())[:length]
