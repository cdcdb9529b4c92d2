"""What becomes of one activity of a file: added, merged into what is there, or refused, and why.

One judgement for the page, the API, the job and the command.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError

from members.activity_files import Match, ParsedActivity
from members.activity_files.minimum import too_little
from members.models import Activity, ImportEntry, User
from members.models.training import MAX_DISTANCE_M, MAX_DURATION_S
from members.services.activities import edit_activity, log_activity
from members.services.imports.matching import Recognised, recognise
from members.services.imports.words import already_there, merged

Status = ImportEntry.Status
NOTE_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of one activity, or of a file without one."""

    status: ImportEntry.Status
    reason: str = ""
    match: str = ""
    activity: Activity | None = None
    matched: Activity | None = None
    changes: dict[str, list[Any]] = field(default_factory=dict)
    """What a merge changed: {field: [before, after]}, instants as ISO 8601."""


def settle(
    runner: User,
    found: ParsedActivity,
    *,
    now: dt.datetime,
    alone: bool,
    taken: Collection[int] = (),
    planned: Iterable[Activity] = (),
    dry_run: bool = False,
) -> Settled:
    """Add the activity, merge it into the one it is, or say why neither.

    Nothing about the file makes it raise. Weeks are marked for assessing, not assessed: whoever
    imports says `training_changed` once at the end. The other arguments: see `recognise`.
    """
    known = recognise(runner, found, alone=alone, taken=taken, planned=planned)
    refused = "" if known else refusal(found)
    if refused:
        return Settled(Status.SKIPPED, refused)
    try:
        if known is not None:
            return _merge(known, found, now=now, dry_run=dry_run)
        activity = planned_activity(runner, found) if dry_run else _add(runner, found, now=now)
    except ValidationError as error:
        return Settled(Status.FAILED, " ".join(error.messages))
    except (DataError, IntegrityError):
        return Settled(Status.FAILED, "Its figures cannot be stored.")
    return Settled(Status.ADDED, found.partial, activity=activity)


def refusal(found: ParsedActivity) -> str:
    """Return why an activity cannot stand in a log; empty: it can."""
    if not found.distance_m and not found.timer_s and not found.elapsed_s:
        return "It has neither distance nor time."
    if (found.distance_m or 0) > MAX_DISTANCE_M:
        return "It is longer than 500 km."
    if max(found.timer_s or 0, found.elapsed_s or 0) > MAX_DURATION_S:
        return "It is longer than three days."
    return too_little(found)


def planned_activity(runner: User, found: ParsedActivity) -> Activity:
    """Return the activity as it would be added, unsaved."""
    row = Activity(runner=runner, source=Activity.Source.FILE, **figures(runner, found))
    row.on = row.local_start.date()
    return row


def figures(runner: User, found: ParsedActivity) -> dict[str, Any]:
    """Return the fields of an activity that a file tells."""
    return {
        "kind": str(found.kind),
        "started_at": found.started_at,
        "start_said": not found.day_only,
        "time_zone": zone_name(found, runner),
        "distance_m": found.distance_m or None,
        "duration_s": found.timer_s or None,
        "elapsed_s": found.elapsed_s or None,
        "note": found.title[:NOTE_LENGTH],
        "file_sha256": found.sha256,
    }


def zone_name(found: ParsedActivity, runner: User) -> str:
    """The zone the file names, else the runner's, unless the file counts it for another day."""
    if found.time_zone:
        return found.time_zone
    if found.started_at.astimezone(runner.zone).date() == found.on:
        return runner.time_zone
    offset = found.started_at.utcoffset() or dt.timedelta()
    hours = round(offset / dt.timedelta(hours=1))
    return f"Etc/GMT{-hours:+d}" if -12 <= hours <= 12 else runner.time_zone


def _add(runner: User, found: ParsedActivity, *, now: dt.datetime) -> Activity:
    return log_activity(
        runner, source=Activity.Source.FILE, now=now, soon=False, **figures(runner, found)
    )


# --- Merging -------------------------------------------------------------------------------------
def _merge(known: Recognised, found: ParsedActivity, *, now: dt.datetime, dry_run: bool) -> Settled:
    row, match = known.activity, known.match
    if row.pk and not dry_run:  # nobody's edit of this moment is overwritten
        row = Activity.objects.select_for_update(of=("self",)).get(pk=row.pk)
    gained = {} if match == Match.SAME_FILE else gains(row, found, match=match)
    before = {name: getattr(row, name) for name in gained}
    if not gained:
        reason = already_there(row, match, started_at=found.started_at)
        return Settled(Status.DUPLICATE, reason, match, matched=row)
    reason = merged(row, match, gained, started_at=found.started_at)
    if not dry_run:
        edit_activity(row, now=now, soon=False, **gained)
    changes = {name: [_plain(before[name]), _plain(value)] for name, value in gained.items()}
    return Settled(Status.MERGED, reason, match, matched=row, changes=changes)


def gains(row: Activity, found: ParsedActivity, *, match: Match) -> dict[str, Any]:
    """Return what a row of the log gains by the file: {field: new value}.

    A file knows distance, times and start better than what was typed; of two files the first
    stands, and only what it lacks is filled in. Effort, surface, shoes, note and pain stay.
    """
    told = {
        "distance_m": found.distance_m or None,
        "duration_s": found.timer_s or None,
        "elapsed_s": found.elapsed_s or None,
    }
    is_typed = row.source == Activity.Source.TYPED
    gained: dict[str, Any] = {
        name: value
        for name, value in told.items()
        if value and (getattr(row, name) is None or (is_typed and value != getattr(row, name)))
    }
    if _knows_start_better(row, found, match=match):
        gained |= {"started_at": found.started_at, "start_said": True}
    if is_typed:
        gained |= {"source": Activity.Source.FILE, "file_sha256": found.sha256}
        if found.title and not row.note:
            gained["note"] = found.title[:NOTE_LENGTH]
    elif gained and not row.file_sha256:
        gained["file_sha256"] = found.sha256
    return gained


def _knows_start_better(row: Activity, found: ParsedActivity, *, match: Match) -> bool:
    """Whether to take the file's start: that of a typed run, or where none was known.

    Never by a shifted clock, never from a list of days, and never to another day: what was said
    about that day stays there.
    """
    is_news = found.started_at != row.started_at or not row.start_said
    return (
        (row.source == Activity.Source.TYPED or not row.start_said)
        and match != Match.SHIFTED_CLOCK
        and not found.day_only
        and is_news
        and found.started_at.astimezone(row.local_start.tzinfo).date() == row.on
    )


def _plain(value: Any) -> Any:
    return value.astimezone(dt.UTC).isoformat() if isinstance(value, dt.datetime) else value
