"""Log, edit and delete what a member did. Each tells whoever listens which days changed."""

import datetime as dt
import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q

from members.models import Activity, DayStatus, Shoe, User
from members.signals import training_changed
from members.weeks import EARLIEST


def log_activity(
    runner: User,
    *,
    kind: str,
    started_at: dt.datetime,
    time_zone: str,
    distance_m: int | None,
    duration_s: int | None,
    now: dt.datetime,
    start_said: bool = True,
    effort: int | None = None,
    surface: str = "",
    shoe: Shoe | None = None,
    note: str = "",
    source: str = Activity.Source.TYPED,
    client_key: uuid.UUID | None = None,
    elapsed_s: int | None = None,
    file_sha256: str = "",
    soon: bool = True,
) -> Activity:
    """Store an activity and return it; a second call with the same `client_key` finds the first.

    `is_repeat` of what is returned says which.

    Metres, seconds, an aware start; without `start_said` only its day counts. `soon=False`: see
    `members.signals`. Raises ValidationError by field.
    """
    activity = Activity(
        runner=runner,
        kind=kind,
        started_at=started_at,
        start_said=start_said,
        time_zone=time_zone,
        distance_m=distance_m,
        duration_s=duration_s,
        effort=effort,
        surface=surface,
        shoe=shoe,
        note=note,
        source=source,
        client_key=client_key,
        elapsed_s=elapsed_s,
        file_sha256=file_sha256,
        created_at=now,
    )
    first = _sent_before(runner, client_key)
    if first is not None:
        return first
    check_activity(activity, now=now)
    try:
        with transaction.atomic():
            activity.save()
            _changed(activity, first_day=activity.on, now=now, soon=soon)
    except IntegrityError:
        first = _sent_before(runner, client_key)
        if first is None:
            raise
        return first
    return activity


def edit_activity(
    activity: Activity, *, now: dt.datetime, soon: bool = True, **changes: Any
) -> Activity:
    """Change some fields of an activity; both its old and its new day count as changed."""
    before = activity.on
    for field, value in changes.items():
        setattr(activity, field, value)
    check_activity(activity, now=now)
    with transaction.atomic():
        activity.save()
        _changed(activity, first_day=min(before, activity.on), now=now, soon=soon)
    return activity


def delete_activity(activity: Activity, *, now: dt.datetime) -> None:
    """Delete an activity with what was said about pain during it."""
    with transaction.atomic():
        runner, day = activity.runner, activity.on
        activity.delete()
        training_changed.send(User, runner=runner, first_day=day, now=now)


def _sent_before(runner: User, client_key: uuid.UUID | None) -> Activity | None:
    if client_key is None:
        return None
    first = Activity.objects.filter(runner=runner, client_key=client_key).first()
    if first is not None:
        first.is_repeat = True
    return first


def check_activity(activity: Activity, *, now: dt.datetime) -> None:
    """Set the local day. Raises ValidationError by field, whoever writes and however."""
    errors: dict[str, str] = {}
    shoe = activity.shoe
    if shoe is not None and shoe.owner_id != activity.runner_id:
        errors["shoe"] = "Choose one of your own pairs."
    if activity.started_at.date() < EARLIEST:
        errors["started_at"] = "Choose a day after 1990."
    if _lies_ahead(activity, now=now):
        errors["started_at"] = "This lies in the future."
    if errors:
        raise ValidationError(errors)
    activity.on = activity.local_start.date()
    activity.clean_fields(exclude={"runner", "shoe"})


def _lies_ahead(activity: Activity, *, now: dt.datetime) -> bool:
    """A day without a time of day may be today, whatever stands for its start."""
    if activity.start_said:
        return activity.started_at > now + dt.timedelta(hours=1)
    start = activity.local_start
    return start.date() > now.astimezone(start.tzinfo).date()


def _changed(activity: Activity, *, first_day: dt.date, now: dt.datetime, soon: bool) -> None:
    """A day with a run is no rest day, nor one of a planned holiday; tell the listeners."""
    runner = activity.runner
    assumed = Q(status=DayStatus.Status.REST, said_at__lt=now) | Q(planned=True)
    DayStatus.objects.filter(assumed, runner=runner, on=activity.on).delete()
    training_changed.send(User, runner=runner, first_day=first_day, now=now, soon=soon)
