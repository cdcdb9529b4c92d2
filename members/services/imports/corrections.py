"""Taking back what an import got wrong: one guess about an activity, or the whole of it."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q

from members.models import Activity, DifferentOuting, ImportBatch, ImportEntry, User
from members.services.activities import edit_activity, log_activity
from members.services.imports.claims import State, Status, end, lock_runner
from members.services.imports.words import which
from members.signals import training_changed


def keep_apart(entry: ImportEntry, *, now: dt.datetime) -> Activity:
    """Log what was taken for another activity as one of its own, and remember that it is one.

    What a merge changed in the other is as it was before, apart from what its owner has changed
    since. Raises ValidationError where the entry was not recognised as anything.
    """
    runner = entry.batch.runner
    with transaction.atomic():
        lock_runner(runner.pk)
        entry.refresh_from_db()
        if not entry.may_be_another or entry.started_at is None:
            raise ValidationError("This one was not taken for another.")
        other = entry.matched
        said = ""
        if other is not None:
            other = _unmerge(other, entry.changes, now=now)
            said = f"You said that it is not {which(other)}."
            DifferentOuting.objects.get_or_create(
                activity=other,
                started_at=entry.started_at,
                defaults={"file_sha256": entry.file_sha256, "said_at": now},
            )
        entry.activity = log_activity(
            runner,
            kind=entry.kind,
            started_at=entry.started_at,
            start_said=entry.start_said,
            time_zone=entry.time_zone,
            distance_m=entry.distance_m,
            duration_s=entry.duration_s,
            elapsed_s=entry.elapsed_s,
            note=entry.title,
            source=Activity.Source.FILE,
            file_sha256=entry.file_sha256,
            now=now,
        )
        entry.status, entry.reason, entry.changes = Status.ADDED, said, {}
        entry.settled_at = now
        entry.save()
    return entry.activity


def _unmerge(row: Activity, changes: dict[str, list[Any]], *, now: dt.datetime) -> Activity:
    """Put back what a merge changed, where it still stands as the merge left it."""
    row = Activity.objects.select_for_update(of=("self",)).get(pk=row.pk)
    restored = {
        name: _value(name, before)
        for name, (before, after) in changes.items()
        if getattr(row, name) == _value(name, after)
    }
    if "started_at" not in restored:  # its owner has said another start since
        restored.pop("start_said", None)
    if restored:
        edit_activity(row, now=now, soon=False, **restored)
    return row


def _value(name: str, stored: Any) -> Any:
    return dt.datetime.fromisoformat(stored) if name == "started_at" else stored


# --- The whole import ----------------------------------------------------------------------------
def added_by(batch: ImportBatch) -> tuple[list[Activity], list[Activity]]:
    """Return what an import added and is still in the log: as it came, and changed since."""
    entries = batch.entries.filter(status=Status.ADDED, activity__isnull=False)
    as_it_came: list[Activity] = []
    changed: list[Activity] = []
    with_more = set(_with_more_said(batch).values_list("pk", flat=True))
    for entry in entries.select_related("activity"):
        row = entry.activity
        assert row is not None  # noqa: S101 (the filter says so)
        is_changed = row.pk in with_more or _is_changed(row, entry)
        (changed if is_changed else as_it_came).append(row)
    return as_it_came, changed


def _is_changed(row: Activity, entry: ImportEntry) -> bool:
    same = ("kind", "started_at", "start_said", "distance_m", "duration_s", "elapsed_s")
    return (
        any(getattr(row, name) != getattr(entry, name) for name in same)
        or row.note != entry.title
        or row.effort is not None
        or bool(row.surface)
        or row.shoe_id is not None
    )


def _with_more_said(batch: ImportBatch) -> models.QuerySet[Activity]:
    """Activities with something of other tables that would go with them, such as pain."""
    said = Q(pk__in=[])
    for relation in Activity._meta.related_objects:
        if relation.on_delete is models.CASCADE:
            said |= Q(**{f"{relation.name}__isnull": False})
    return Activity.objects.filter(
        said, import_entries__batch=batch, import_entries__status=Status.ADDED
    )


def undo_import(
    batch: ImportBatch, *, now: dt.datetime, also_changed: bool = False
) -> tuple[int, int]:
    """Take back what an import added and merged; return how many went and how many were kept.

    What its owner has changed since stays, unless `also_changed`. A worker at it loses its claim.
    """
    runner = batch.runner
    with transaction.atomic():
        lock_runner(runner.pk)
        batch.refresh_from_db()
        if batch.state == State.UNDONE:
            return 0, 0
        if batch.has_ended:
            ImportBatch.objects.filter(pk=batch.pk).update(state=State.UNDONE, error="")
        elif not end(batch, state=State.UNDONE, now=now):
            raise ValidationError("It was being read at this moment. Try once more.")
        going, changed = added_by(batch)
        if also_changed:
            going, changed = going + changed, []
        merged = _take_back_merges(batch, now=now)
        batch.entries.filter(Q(activity__in=going) | Q(status=Status.WAITING)).update(
            status=Status.TAKEN_BACK, reason="", table=None
        )
        days = [row.on for row in (*going, *merged)]
        Activity.objects.filter(pk__in=[row.pk for row in going]).delete()
        if days:
            training_changed.send(User, runner=runner, first_day=min(days), now=now)
    return len(going) + len(merged), len(changed)


def _take_back_merges(batch: ImportBatch, *, now: dt.datetime) -> list[Activity]:
    entries = batch.entries.filter(status=Status.MERGED, matched__isnull=False)
    rows = []
    for entry in entries.select_related("matched"):
        assert entry.matched is not None  # noqa: S101 (the filter says so)
        rows.append(entry.matched)
        _unmerge(entry.matched, entry.changes, now=now)
        entry.status, entry.reason, entry.changes = Status.TAKEN_BACK, "", {}
        entry.save(update_fields=["status", "reason", "changes"])
    return rows
