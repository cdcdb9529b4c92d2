"""Take back a change or a deletion of an activity: once, for thirty days, exactly as it was.

Before either, everything that will be lost is written down beside it in the same transaction: the
activity, what was said about pain, the morning and the day statuses it touches and, of a deletion,
every row that goes with it.
"""

import datetime as dt
import json
import uuid
import zoneinfo
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.contrib.admin.utils import NestedObjects
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from injuries.models import ActivityUndo, PainReport
from members.models import Activity, DayStatus, User
from members.services.activities import delete_activity, edit_activity
from members.signals import training_changed

KEPT_FOR = dt.timedelta(days=30)
GONE = "This was undone already, or longer ago than 30 days."
CHANGED_SINCE = "It was changed again since. Undo the later change first."
NOT_THERE = "That entry is no longer there."

Snapshot = dict[str, Any]


def snapshot(activity: Activity, *, days: Iterable[dt.date]) -> Snapshot:
    """Return what an activity, its pain report and these days hold, as JSON can keep it."""
    rows: list[models.Model] = [activity, *PainReport.objects.filter(activity=activity)]
    return {"rows": _written(rows), "days": _days(activity.runner, {activity.on, *days})}


def remember_edit(activity: Activity, before: Snapshot, *, now: dt.datetime) -> ActivityUndo | None:
    """Keep what an activity was before the change just made; None where nothing changed."""
    days = [dt.date.fromisoformat(day) for day in before["days"]]
    after = snapshot(activity, days=days)
    if _without_stamps(after) == _without_stamps(before):
        return None
    before["after"] = after["days"]
    return _remember(activity, "edited", before, now=now)


def delete_with_undo(activity: Activity, *, now: dt.datetime) -> ActivityUndo:
    """Delete an activity with everything that goes with it, and keep that for thirty days."""
    with transaction.atomic():
        collected = NestedObjects(using=activity._state.db or "default")
        collected.collect([activity])
        rows = [row for found in collected.data.values() for row in found]
        rows.sort(key=lambda row: not isinstance(row, Activity))
        undo = _remember(activity, "deleted", {"rows": _written(rows), "days": {}}, now=now)
        delete_activity(activity, now=now)
    return undo


def edit_with_undo(activity: Activity, *, now: dt.datetime, **changes: Any) -> Activity:
    """Change some fields of an activity and keep what it was for thirty days.

    What was said about pain during it goes with it to another day.
    """
    start = changes.get("started_at", activity.started_at)
    zone = zoneinfo.ZoneInfo(changes.get("time_zone", activity.time_zone))
    with transaction.atomic():
        before = snapshot(activity, days=[start.astimezone(zone).date()])
        edit_activity(activity, now=now, **changes)
        PainReport.objects.filter(activity=activity).update(on=activity.on)
        remember_edit(activity, before, now=now)
    return activity


def undo_change(runner: User, *, pk: int, now: dt.datetime) -> ActivityUndo:
    """Bring back what was there and return what was undone. Raises ValidationError with a sentence.

    Two at once: one of them finds nothing left to undo.
    """
    with transaction.atomic():
        undo = _open(runner, now=now).select_for_update().filter(pk=pk).first()
        if undo is None:
            raise ValidationError(GONE)
        _check(undo)
        try:
            with transaction.atomic():
                _restore(undo, runner)
        except IntegrityError:
            raise ValidationError("Something newer stands in its place.") from None
        first_day = _first_day(undo)
        undo.before, undo.undone_at = {}, now
        undo.save(update_fields=["before", "undone_at"])
        training_changed.send(User, runner=runner, first_day=first_day, now=now)
    return undo


def undo_newest(runner: User, *, activity_id: int, now: dt.datetime) -> ActivityUndo:
    """Undo what was done last with that activity. Raises ValidationError with a sentence."""
    newest = _open(runner, now=now).filter(activity_id=activity_id).first()
    if newest is None:
        raise ValidationError(GONE)
    return undo_change(runner, pk=newest.pk, now=now)


def may_have_undos(runner: User, *, activity_id: int) -> bool:
    """Tell whether the activity is or was the runner's."""
    mine = {"runner": runner, "activity_id": activity_id}
    return (
        ActivityUndo.objects.filter(**mine).exists()
        or Activity.objects.filter(runner=runner, pk=activity_id).exists()
    )


def open_undos(runner: User, *, now: dt.datetime) -> models.QuerySet[ActivityUndo]:
    """Return what the runner may still undo, newest first."""
    return _open(runner, now=now)


def was_deleted(runner: User, client_key: uuid.UUID | None, *, now: dt.datetime) -> bool:
    """Whether an entry with this key was stored before and then deleted by its owner."""
    if client_key is None:
        return False
    return _open(runner, now=now).filter(what="deleted", client_key=client_key).exists()


def forget_old_undos(*, now: dt.datetime) -> int:
    """Delete what can no longer be undone; return how many."""
    return ActivityUndo.objects.filter(created_at__lte=now - KEPT_FOR).delete()[0]


# --- Writing down ---------------------------------------------------------------------------------
def _remember(activity: Activity, what: str, before: Snapshot, *, now: dt.datetime) -> ActivityUndo:
    return ActivityUndo.objects.create(
        runner_id=activity.runner_id,
        what=what,
        activity_id=activity.pk,
        kind=activity.kind,
        on=activity.on,
        client_key=activity.client_key,
        before=before,
        changed_at=activity.updated_at,
        created_at=now,
    )


def _written(rows: Iterable[models.Model]) -> list[dict[str, Any]]:
    """Return rows as plain JSON values; moments keep their microseconds."""
    return list(json.loads(json.dumps(serializers.serialize("python", rows), default=str)))


def _days(runner: User, days: set[dt.date]) -> dict[str, dict[str, Any]]:
    mornings = PainReport.objects.filter(runner=runner, activity__isnull=True, on__in=days)
    statuses = DayStatus.objects.filter(runner=runner, on__in=days)
    found: dict[str, dict[str, Any]] = {
        day.isoformat(): {"morning": None, "status": None} for day in sorted(days)
    }
    for name, rows in (("morning", mornings), ("status", statuses)):
        for row in rows:
            found[row.on.isoformat()][name] = _written([row])[0]
    return found


STAMPS = {"updated_at", "reported_at"}


def _without_stamps(said: Snapshot) -> list[Any]:
    days = [one for day in said["days"].values() for one in day.values() if one]
    return [
        {name: value for name, value in row["fields"].items() if name not in STAMPS}
        for row in (*said["rows"], *days)
    ]


# --- Bringing back --------------------------------------------------------------------------------
def _open(runner: User, *, now: dt.datetime) -> models.QuerySet[ActivityUndo]:
    return ActivityUndo.objects.filter(
        runner=runner, undone_at__isnull=True, created_at__gt=now - KEPT_FOR
    )


def _check(undo: ActivityUndo) -> None:
    """Refuse to overwrite a later change."""
    if undo.what == ActivityUndo.What.DELETED:
        return
    there = Activity.objects.select_for_update().filter(pk=undo.activity_id).first()
    if there is None:
        raise ValidationError(NOT_THERE)
    if there.updated_at != undo.changed_at:
        raise ValidationError(CHANGED_SINCE)


def _restore(undo: ActivityUndo, runner: User) -> None:
    before = undo.before
    kept = [row["pk"] for row in before["rows"] if row["model"] == "injuries.painreport"]
    PainReport.objects.filter(activity=undo.activity_id).exclude(pk__in=kept).delete()
    for row in _read(before["rows"]):
        if isinstance(row, PainReport) and runner.health_consent_at is None:
            continue
        _save_as_it_was(row)
    if undo.what == ActivityUndo.What.DELETED:
        DayStatus.objects.filter(runner=runner, on=undo.on, status="rest").delete()
    _restore_days(before, runner)


def _restore_days(before: Mapping[str, Any], runner: User) -> None:
    """Bring back mornings and statuses the change took; what was said since stays."""
    now_there = _days(runner, {dt.date.fromisoformat(day) for day in before["days"]})
    for day, was in before["days"].items():
        for name, row in was.items():
            if now_there[day][name] != before["after"][day][name] or row == now_there[day][name]:
                continue
            if row is None:
                _read_one(now_there[day][name]).delete()
            elif name == "status" or runner.health_consent_at is not None:
                _save_as_it_was(_read_one(row))


def _read(rows: Iterable[Mapping[str, Any]]) -> Iterator[models.Model]:
    for found in serializers.deserialize("python", rows, ignorenonexistent=True):
        yield found.object


def _read_one(row: Mapping[str, Any]) -> models.Model:
    return next(_read([row]))


def _save_as_it_was(row: models.Model) -> None:
    """Store a row with its own id and moments; what it pointed to and is gone is left empty."""
    for field in row._meta.concrete_fields:
        wanted = getattr(row, field.attname)
        if field.remote_field is None or not field.null or wanted is None:
            continue
        target: Any = field.remote_field.model
        if not target._base_manager.filter(pk=wanted).exists():
            setattr(row, field.attname, None)
    row.save_base(raw=True)


def _first_day(undo: ActivityUndo) -> dt.date:
    days = [dt.date.fromisoformat(day) for day in undo.before["days"]]
    return min([undo.on, *days])
