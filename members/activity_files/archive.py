"""Unpacking .gz files and zip archives, one member at a time and within limits."""

import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress

from members.activity_files.errors import (
    ActivityFileError,
    CorruptFile,
    EmptyFile,
    EncryptedFile,
    TooLarge,
)
from members.activity_files.limits import MAX_MEMBERS, Budget

_JUNK_NAMES = {"thumbs.db", "desktop.ini"}
_READABLE_PACKINGS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_DIRECTORY_ENTRY = b"PK\x01\x02"

Member = tuple[str, bytes | ActivityFileError]
"""A member's name with its bytes, or with the reason why it could not be unpacked."""


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


def members(content: bytes, budget: Budget) -> Iterator[Member]:
    """The files of a zip in their order, unpacked one by one; what systems leave in is passed over.

    Raises CorruptFile, EmptyFile or TooLarge where the archive as a whole cannot be read on.
    """
    with _open(content) as archive:
        infos = [info for info in archive.infolist() if not _is_junk(info)]
        if not infos:
            raise EmptyFile("There are no files in this archive.")
        for info in infos:
            yield _printable_name(info), _unpack(archive, info, budget)
            if budget.spent:
                return


def _open(content: bytes) -> zipfile.ZipFile:
    # Counted in the bytes, because opening a directory of millions would already cost the memory.
    if content.count(_DIRECTORY_ENTRY) > MAX_MEMBERS:
        raise TooLarge(f"The archive holds more than {MAX_MEMBERS:,} files. Upload it in parts.")
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError) as error:
        raise CorruptFile("The zip archive is damaged or incomplete.") from error


def _unpack(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget
) -> bytes | ActivityFileError:
    if info.flag_bits & 0x1:
        return EncryptedFile("It is protected by a password. Unpack it and upload the file itself.")
    if info.compress_type not in _READABLE_PACKINGS:
        return CorruptFile("It is packed in a way not read here. Pack it as a plain zip.")
    try:
        with archive.open(info) as stream:
            return budget.read(stream.read)
    except TooLarge as error:
        return error
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError):
        return CorruptFile("It is damaged inside the archive.")


def _is_junk(info: zipfile.ZipInfo) -> bool:
    """Folders, and what macOS and Windows add unasked."""
    parts = info.filename.replace("\\", "/").split("/")
    return (
        info.is_dir()
        or parts[-1].lower() in _JUNK_NAMES
        or any(part == "__MACOSX" or re.match(r"\.[^.]", part) for part in parts)
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
