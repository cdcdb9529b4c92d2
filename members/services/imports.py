"""Take in activity files: each activity is added, known already, skipped or failed, with a reason.

Every activity is saved in a transaction of its own: a broken file loses nothing and leaves nothing
half saved.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypedDict

from django.core.exceptions import ValidationError

from members.activity_files import (
    ActivityFileError,
    FileEntry,
    Kind,
    Outing,
    ParsedActivity,
    read_activity_file,
    same_outing,
)
from members.models import Activity, User
from members.models.training import MAX_DISTANCE_M, MAX_DURATION_S
from members.services.activities import log_activity

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


class Figures(TypedDict):
    """What a result tells of the activity, whatever became of it."""

    kind: str
    started_at: dt.datetime
    distance_m: int | None
    duration_s: int | None


def import_content(
    runner: User, *, name: str, content: bytes, now: dt.datetime, dry_run: bool = False
) -> tuple[FileResult, ...]:
    """Take in one file, or every file of a zip; nothing in `content` makes it raise."""
    return tuple(Import(runner, now=now, dry_run=dry_run).take(name=name, content=content))


class Import:
    """One import of several files: knows what the runner has and what came earlier in it."""

    def __init__(self, runner: User, *, now: dt.datetime, dry_run: bool = False) -> None:
        self.runner = runner
        self.now = now
        self.dry_run = dry_run
        self.known: dict[dt.date, list[Outing]] = defaultdict(list)
        for row in Activity.objects.filter(runner=runner):
            self._remember(_outing(row))

    def take(self, *, name: str, content: bytes) -> Iterator[FileResult]:
        """Yield a result for each activity of the file, and for each file without one."""
        entries = read_activity_file(
            content, name=name, default_time_zone=self.runner.time_zone, now=self.now
        )
        for entry in entries:
            yield self._take_entry(entry)

    def _take_entry(self, entry: FileEntry) -> FileResult:
        if isinstance(entry.outcome, ActivityFileError):
            return FileResult(entry.file, entry.outcome.status, entry.outcome.reason)
        return self._take_activity(entry.file, entry.outcome)

    def _take_activity(self, file: str, found: ParsedActivity) -> FileResult:
        figures: Figures = {
            "kind": str(found.kind),
            "started_at": found.started_at,
            "distance_m": found.distance_m,
            "duration_s": found.timer_s,
        }
        outing = Outing(found.started_at, found.timer_s, found.distance_m, found.kind)
        if self._is_known(outing):
            return FileResult(file, DUPLICATE, "It is in your log already.", **figures)
        refused = _refusal(found)
        if refused:
            return FileResult(file, SKIPPED, refused, **figures)
        activity_id = None
        if not self.dry_run:
            try:
                activity_id = self._save(found).pk
            except ValidationError as error:
                return FileResult(file, FAILED, " ".join(error.messages), **figures)
        self._remember(outing)
        return FileResult(file, ADDED, found.partial, activity_id=activity_id, **figures)

    def _save(self, found: ParsedActivity) -> Activity:
        return log_activity(
            self.runner,
            kind=found.kind,
            started_at=found.started_at,
            time_zone=_zone_name(found, self.runner),
            distance_m=found.distance_m or None,
            duration_s=found.timer_s or None,
            elapsed_s=found.elapsed_s or None,
            note=found.title[:200],
            source=Activity.Source.FILE,
            file_sha256=found.sha256,
            now=self.now,
        )

    def _remember(self, outing: Outing) -> None:
        self.known[outing.started_at.astimezone(dt.UTC).date()].append(outing)

    def _is_known(self, outing: Outing) -> bool:
        day = outing.started_at.astimezone(dt.UTC).date()
        near = (day + dt.timedelta(days=shift) for shift in (-1, 0, 1))
        return any(same_outing(outing, other) for one in near for other in self.known.get(one, ()))


def _zone_name(found: ParsedActivity, runner: User) -> str:
    """The runner's zone, unless the file counts the run for another day by its own offset."""
    if found.started_at.astimezone(runner.zone).date() == found.on:
        return runner.time_zone
    offset = found.started_at.utcoffset() or dt.timedelta()
    hours = round(offset / dt.timedelta(hours=1))
    return f"Etc/GMT{-hours:+d}" if -12 <= hours <= 12 else runner.time_zone


def _refusal(found: ParsedActivity) -> str:
    if not found.distance_m and not found.timer_s:
        return "It has neither distance nor time."
    if (found.distance_m or 0) > MAX_DISTANCE_M:
        return "It is longer than 500 km."
    if max(found.timer_s or 0, found.elapsed_s or 0) > MAX_DURATION_S:
        return "It is longer than three days."
    return ""


def _outing(row: Activity) -> Outing:
    return Outing(
        row.started_at, row.duration_s or row.elapsed_s or 0, row.distance_m, Kind(row.kind)
    )
