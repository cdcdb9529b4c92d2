"""What lies under the paths somebody names: files, archives, and what cannot be looked into."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from members.activity_files import is_archive, is_junk


class Group(NamedTuple):
    """An archive, or files that lie beside each other, for a table finds its recordings."""

    files: Sequence[Path]
    archive: Path | None = None
    named: Path | None = None
    """The file itself, where it was named and not its folder."""


def groups(path: Path) -> Iterator[Group]:
    """The groups of a folder, in stable order, or of a file. Raises FileNotFoundError."""
    files = _files(path)
    archives = [one for one in files if _is_archive(one)]
    loose = [one for one in files if one not in set(archives)]
    if loose:
        yield Group(loose, named=path if loose == [path] else None)
    yield from (Group([], archive=one) for one in archives)


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        return [one for one in _walk(path) if not is_junk(str(one.relative_to(path)))]
    if path.is_file():
        return [path]
    raise FileNotFoundError(path)


def _walk(folder: Path) -> list[Path]:
    """All files below, and the folders that cannot be looked into: they say so when they are read.

    Links to folders are not followed, so none leads round in a circle.
    """
    closed: list[Path] = []
    walk = os.walk(folder, onerror=lambda error: closed.append(Path(error.filename)))
    found = [Path(where, name) for where, _, names in walk for name in names]
    return sorted([one for one in found if one.is_file()] + closed)


def _is_archive(path: Path) -> bool:
    """By its content; a file that cannot be opened says so when it is read."""
    try:
        with path.open("rb") as file:
            return is_archive(file.read(4), path.name)
    except OSError:
        return False
