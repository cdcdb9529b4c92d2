"""Taking in files without keeping an import: for the command, and for the demo club."""

import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from members.activity_files import (
    ActivityFileError,
    FileEntry,
    LooseFile,
    UnknownTable,
    Upload,
    open_files,
    open_upload,
)
from members.activity_files.errors import unreadable
from members.models import Activity, ImportEntry, User
from members.services.imports.paths import Group
from members.services.imports.reading import setting_of, tables_of
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
            yield from self._take_upload(upload, named=name)

    def take_group(self, group: Group) -> Iterator[FileResult]:
        """The same for an archive on disk, of which one file at a time is in memory, or for files
        that lie beside each other."""
        if group.archive:
            return self._take_archive(group.archive)
        return self._take_files(group)

    def _take_archive(self, path: Path) -> Iterator[FileResult]:
        try:
            file = path.open("rb")
        except OSError as error:  # gone since it was found
            yield FileResult(str(path), FAILED, unreadable(error).reason)
            return
        with file, open_upload(file, name=str(path), **self._setting()) as upload:
            yield from self._take_upload(upload)

    def _take_files(self, group: Group) -> Iterator[FileResult]:
        files = [_loose(path) for path in group.files]
        with open_files(files, **self._setting()) as upload:
            yield from self._take_upload(upload, named=str(group.named or ""))

    def close(self) -> None:
        """Tell the listeners which days changed."""
        if self.first_day is None:
            return
        with transaction.atomic():
            training_changed.send(User, runner=self.runner, first_day=self.first_day, now=self.now)
        self.first_day = None

    def _setting(self) -> dict[str, Any]:
        return setting_of(self.runner, now=self.now, tables=tables_of(self.runner))

    def _take_upload(self, upload: Upload, *, named: str = "") -> Iterator[FileResult]:
        for entry, entries in upload.results():
            yield from self._take(entries, is_named=entry.name == named)

    def _take(self, entries: list[FileEntry], *, is_named: bool) -> Iterator[FileResult]:
        """Settle what one file holds; each activity in a transaction of its own."""
        taken: set[int] = set()
        planned: list[Activity] = []
        for file, found in ((entry.file, entry.outcome) for entry in entries):
            if isinstance(found, ActivityFileError):
                yield _without_activity(file, found, is_named=is_named)
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


def _without_activity(file: str, why: ActivityFileError, *, is_named: bool) -> FileResult:
    """A table nobody here knows failed where it was asked for by name. In a whole export, where
    many tables are none of activities, it is left out: nobody can be asked which column is which.
    """
    left_out = isinstance(why, UnknownTable) and not is_named
    return FileResult(file, SKIPPED if left_out else why.status, why.reason)


def _loose(path: Path) -> LooseFile:
    """Its size is nobody's concern here: nothing shows how far it is."""
    return LooseFile(str(path), 0, lambda: path.open("rb"))
