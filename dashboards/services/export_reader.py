"""Open an export somebody uploads. Nothing in it is trusted: not its sizes, names or types."""

import io
import json
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass
from typing import Any, NoReturn

from dashboards.services.export import FORMAT, TABLES, VERSION
from members.services.portable import Record

MEGABYTE = 1024 * 1024
MAX_UPLOAD_BYTES = 16 * MEGABYTE  # twenty years of a run a day are 2 MB
MAX_FILE_BYTES = 16 * MEGABYTE  # unpacked; the same twenty years are 5 MB
MAX_UNPACKED_BYTES = 48 * MEGABYTE
MAX_MEMBERS = 200
_DIRECTORY_ENTRY = b"PK\x01\x02"


class NotAnExport(Exception):
    """What was uploaded is no export that can be read; its words say why."""


@dataclass(frozen=True, slots=True)
class Export:
    """What stands in an export, by table; no value has been looked at yet."""

    engine: str
    rows: dict[str, list[Record]]


def read_export(content: bytes) -> Export:
    """Return what an uploaded zip holds. Raises NotAnExport."""
    if len(content) > MAX_UPLOAD_BYTES:
        raise NotAnExport(f"It is larger than {MAX_UPLOAD_BYTES // MEGABYTE} MB.")
    with _open(content) as archive:
        names = Counter(archive.namelist())
        twice = [name for name, count in names.items() if count > 1]
        if twice:
            raise NotAnExport("It holds two files of one name.")
        if "manifest.json" not in names:
            raise NotAnExport(
                "It is no download from “My data”: manifest.json is missing. Files of activities "
                "go to the import page."
            )
        engine = _check_manifest(_json(archive, "manifest.json", MAX_FILE_BYTES))
        left, rows = MAX_UNPACKED_BYTES, {}
        for table in TABLES:
            name = f"{table.name}.json"
            if name in names:
                text = _unpack(archive, name, min(left, MAX_FILE_BYTES))
                left -= len(text)
                rows[table.name] = _records(name, _parse(name, text))
    return Export(engine=engine, rows=rows)


def _open(content: bytes) -> zipfile.ZipFile:
    # Counted in the bytes, because opening a directory of millions would already cost the memory.
    if content.count(_DIRECTORY_ENTRY) > MAX_MEMBERS:
        raise NotAnExport(f"It holds more than {MAX_MEMBERS} files.")
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError, OSError):
        raise NotAnExport("It is no zip, or a damaged one.") from None


def _unpack(archive: zipfile.ZipFile, name: str, limit: int) -> bytes:
    """The unpacked size is counted, whatever the header says."""
    try:
        with archive.open(name) as member:
            text = member.read(limit + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError):
        raise NotAnExport(f"{name} is damaged or locked by a password.") from None
    if len(text) > limit:
        raise NotAnExport(f"{name} unpacks to more than any export holds.")
    return text


def _json(archive: zipfile.ZipFile, name: str, limit: int) -> Any:
    return _parse(name, _unpack(archive, name, limit))


def _parse(name: str, text: bytes) -> Any:
    def refuse(constant: str) -> NoReturn:
        raise ValueError(constant)

    try:
        return json.loads(text.decode(), parse_constant=refuse)
    except (ValueError, RecursionError):
        raise NotAnExport(f"{name} is not JSON as an export has it.") from None


def _check_manifest(about: Any) -> str:
    if not isinstance(about, dict) or about.get("format") != FORMAT:
        raise NotAnExport("manifest.json does not say that this is an export of Surefoot.")
    version = about.get("version")
    if type(version) is not int or version < 1:
        raise NotAnExport("manifest.json names no version.")
    if version > VERSION:
        raise NotAnExport(
            f"It has version {version}, made by a newer Surefoot; this one reads up to {VERSION}."
        )
    return str(about.get("engine", ""))


def _records(name: str, rows: Any) -> list[Record]:
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise NotAnExport(f"{name} is not a list of rows.")
    ids = [row.get("id") for row in rows]
    if not all(type(one) is int for one in ids) or len(set(ids)) < len(ids):
        raise NotAnExport(f"{name}: each row needs an id of its own, a whole number.")
    return rows
