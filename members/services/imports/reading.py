"""What one runner's files are read with: their time zone, and what they said about tables."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from members.activity_files import (
    ActivityFileError,
    FileEntry,
    ParsedActivity,
    TableColumns,
    Upload,
    WrongColumns,
    open_upload,
)
from members.models import TableLayout, User

Outcome = tuple[str, ParsedActivity | ActivityFileError]
"""The file's name, in an archive behind the archive's, and an activity or why there is none."""

Tables = Mapping[str, TableColumns]


def tables_of(runner: User) -> Tables:
    """Return what the runner said about tables nobody here knows, by their signature. One query."""
    tables = {}
    for layout in TableLayout.objects.filter(runner=runner):
        try:
            tables[layout.signature] = TableColumns.from_dict(layout.columns)
        except (WrongColumns, TypeError):  # kept by another version: ask again
            continue
    return tables


def setting_of(runner: User, *, now: dt.datetime, tables: Tables) -> dict[str, Any]:
    """Return the keyword arguments to open a runner's files with."""
    return {"default_time_zone": runner.time_zone, "now": now, "tables": tables}


@contextmanager
def opened(
    path: Path, *, name: str, runner: User, now: dt.datetime, tables: Tables
) -> Iterator[Upload]:
    """Open a file on disk; of an archive one file at a time is in memory. May raise OSError."""
    with (
        path.open("rb") as file,
        open_upload(file, name=name, **setting_of(runner, now=now, tables=tables)) as upload,
    ):
        yield upload


def outcomes(entries: Sequence[FileEntry]) -> list[Outcome]:
    """Return what one file holds."""
    return [(entry.file, entry.outcome) for entry in entries]
