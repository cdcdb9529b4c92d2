"""Taking in files without keeping an import: for the command, and for the demo club."""

import datetime as dt
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from members.activity_files import (
    ActivityFileError,
    FileEntry,
    LooseFile,
    Upload,
    open_files,
    open_upload,
)
from members.models import Activity, ImportEntry, User
from members.services.imports.reading import opened, setting_of, tables_of
from members.services.imports.settling import Settled, settle
from members.signals import training_changed

ADDED, DUPLICATE, SKIPPED, FAILED = "added", "duplicate", "skipped", "failed"


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of one activity, or of a file without one. Metres, seconds of timer time."""

    file: str
    status: str
    reason: str = ""
    kind: str = ""
    started_at: dt.datetime | None = None
    distance_m: int | None = None
    duration_s: int | None = None
    activity_id: int | None = None


def import_content(
    runner: User, *, name: str, content: bytes, now: dt.datetime, dry_run: bool = False
) -> tuple[FileResult, ...]:
    """Take in one file, or every file of a zip; nothing in `content` makes it raise."""
    incoming = Import(runner, now=now, dry_run=dry_run)
    results = tuple(incoming.take(name=name, content=content))
    incoming.close()
    return results


class Import:
    """One import of several files. A dry run stores nothing and remembers what it would have.

    Call `close` at the end: it has the weeks assessed once, instead of after every file.
    """

    def __init__(self, runner: User, *, now: dt.datetime, dry_run: bool = False) -> None:
        self.runner = runner
        self.now = now
        self.dry_run = dry_run
        self.planned: list[Activity] = []
        self.first_day: dt.date | None = None

    def take(self, *, name: str, content: bytes) -> Iterator[FileResult]:
        """Yield a result for each activity of the file, and for each file without one."""
        with open_upload(io.BytesIO(content), name=name, **self._setting()) as upload:
            yield from self._take_upload(upload)

    def take_archive(self, path: Path) -> Iterator[FileResult]:
        """The same for an archive on disk; one of its files at a time is in memory."""
        tables = tables_of(self.runner)
        with opened(
            path, name=str(path), runner=self.runner, now=self.now, tables=tables
        ) as upload:
            yield from self._take_upload(upload)

    def take_files(self, paths: Sequence[Path]) -> Iterator[FileResult]:
        """The same for files that lie beside each other; a table finds its recordings."""
        files = [_loose(path) for path in paths]
        with open_files(files, **self._setting()) as upload:
            yield from self._take_upload(upload)

    def close(self) -> None:
        """Tell the listeners which days changed."""
        if self.first_day is None:
            return
        with transaction.atomic():
            training_changed.send(User, runner=self.runner, first_day=self.first_day, now=self.now)
        self.first_day = None

    def _setting(self) -> dict[str, Any]:
        return setting_of(self.runner, now=self.now, tables=tables_of(self.runner))

    def _take_upload(self, upload: Upload) -> Iterator[FileResult]:
        for _, entries in upload.results():
            yield from self._take(entries)

    def _take(self, entries: list[FileEntry]) -> Iterator[FileResult]:
        """Settle what one file holds; each activity in a transaction of its own."""
        taken: set[int] = set()
        planned: list[Activity] = []
        for file, found in ((entry.file, entry.outcome) for entry in entries):
            if isinstance(found, ActivityFileError):
                yield FileResult(file, found.status, found.reason)
                continue
            with transaction.atomic():
                settled = settle(
                    self.runner,
                    found,
                    now=self.now,
                    alone=len(entries) == 1,
                    taken=taken,
                    planned=self.planned,
                    dry_run=self.dry_run,
                )
            self._remember(settled, taken, planned)
            yield FileResult(
                file,
                _STATUS.get(settled.status, settled.status),
                settled.reason,
                kind=str(found.kind),
                started_at=found.started_at,
                distance_m=found.distance_m,
                duration_s=found.timer_s,
                activity_id=settled.activity.pk if settled.activity else None,
            )
        self.planned += planned

    def _remember(self, settled: Settled, taken: set[int], planned: list[Activity]) -> None:
        row = settled.activity or settled.matched
        if row is None:
            return
        if row.pk:
            taken.add(row.pk)
        if self.dry_run and settled.activity:
            planned.append(row)
        changed = settled.status in {ImportEntry.Status.ADDED, ImportEntry.Status.MERGED}
        if changed and not self.dry_run:
            self.first_day = min(self.first_day or row.on, row.on)


_STATUS = {
    ImportEntry.Status.ADDED: ADDED,
    # The command's words are fixed: a merge is a duplicate whose reason says what was taken over.
    ImportEntry.Status.MERGED: DUPLICATE,
    ImportEntry.Status.DUPLICATE: DUPLICATE,
    ImportEntry.Status.SKIPPED: SKIPPED,
    ImportEntry.Status.FAILED: FAILED,
}


def _loose(path: Path) -> LooseFile:
    return LooseFile(str(path), path.stat().st_size, lambda: path.open("rb"))
