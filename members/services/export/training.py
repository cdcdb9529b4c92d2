"""Of what a member does: activities, days, shoes, plans and routines."""

import datetime as dt

from django.core.exceptions import ValidationError

from members.models import (
    Activity,
    DayStatus,
    PlannedBreak,
    RoutineTick,
    Shoe,
    ShoeCheck,
    ShoeComfort,
    User,
)
from members.models.people import validate_time_zone
from members.models.shoes import free_name
from members.services.activities import check_activity
from members.services.export.shared import THE_PROGRAM, WORKED_OUT, check_days
from members.services.plans import check_break
from members.services.portable import Restoring, Table, names


def _check_activity(row: Activity, *, runner: User, now: dt.datetime) -> None:
    try:
        validate_time_zone(row.time_zone)
    except ValidationError as error:
        raise ValidationError({"time_zone": error}) from None
    check_activity(row, now=now)


def _fit_shoe(row: Shoe, there: list[Shoe]) -> str:
    """What is filled in now stays so: one default, one for each ground; names stay different."""
    row.is_default = row.is_default and not any(pair.is_default for pair in there)
    if any(pair.default_surface == row.default_surface for pair in there):
        row.default_surface = ""
    if row.retired_on is None:
        alike = [one for one in there if one.colour.casefold() == row.colour.casefold()]
        taken = [one.name for one in alike if one.retired_on is None]
        row.name = free_name(row.name, taken)
    return ""


def _check_break(row: PlannedBreak, *, runner: User, now: dt.datetime) -> None:
    check_break(row.kind, row.first, row.last, today=runner.today(now=now))
    if row.filled_until is not None and row.filled_until > row.last:
        raise ValidationError({"filled_until": "It lies after the last day."})


def _fit_break(row: PlannedBreak, there: list[PlannedBreak]) -> str:
    """A runner's breaks never overlap."""
    overlaps = any(one.first <= row.last and row.first <= one.last for one in there)
    return "It overlaps with a break that is planned already." if overlaps else ""


def _local_start(activity: Activity) -> str:
    """The start in its own zone; the day alone where no time of day was said."""
    return activity.local_start.isoformat() if activity.start_said else activity.on.isoformat()


def _pair_name(activity: Activity) -> str:
    return activity.shoe.name if activity.shoe else ""


TABLES: tuple[Table, ...] = (
    Table(
        name="shoes",
        words="pairs of shoes",
        model=Shoe,
        of="owner",
        columns=names(
            "name brand model colour start_m limit_m first_used retired_on "
            "is_default default_surface"
        ),
        more=("comfort_skipped_on", "created_at"),
        restoring=Restoring(
            keys=(
                lambda row: (row.created_at, row.name),
                lambda row: (row.name, row.first_used),
                # One whose name was taken has another here.
                lambda row: (row.created_at, row.make, row.first_used, row.start_m),
            ),
            check=check_days("first_used", "retired_on", "comfort_skipped_on"),
            fit=_fit_shoe,
        ),
    ),
    Table(
        name="activities",
        model=Activity,
        of="runner",
        columns=names(
            "kind started_at time_zone distance_m duration_s elapsed_s effort "
            "surface shoe note source"
        ),
        more=("start_said", "file_sha256", "client_key", "created_at"),
        left_out={"on": WORKED_OUT, "updated_at": THE_PROGRAM},
        refers_to={"shoe": "shoes"},
        csv_values={"started_at": _local_start, "shoe": _pair_name},
        related=("shoe",),
        restoring=Restoring(
            keys=(
                lambda row: row.client_key,
                lambda row: (row.created_at, row.started_at, row.kind),
                lambda row: (row.started_at, row.kind, row.distance_m, row.duration_s),
            ),
            check=_check_activity,
            first_day=lambda row: row.on,
        ),
    ),
    Table(
        name="days",
        words="days without a run",
        model=DayStatus,
        of="runner",
        columns=("on", "status", "planned"),
        more=("said_at",),
        restoring=Restoring(
            keys=(lambda row: row.on,),
            check=check_days("on"),
            first_day=lambda row: row.on,
        ),
    ),
    Table(
        name="shoe_comfort",
        words="answers about comfort",
        model=ShoeComfort,
        of="shoe__owner",
        columns=("shoe", "on", "comfort"),
        more=("said_at",),
        refers_to={"shoe": "shoes"},
        restoring=Restoring(
            keys=(lambda row: (row.shoe_id, row.on),),
            check=check_days("on"),
            first_day=lambda row: row.on,
        ),
    ),
    Table(
        name="shoe_checks",
        words="shoe checks",
        model=ShoeCheck,
        of="shoe__owner",
        columns=("shoe", "on", "where", "outcome", "note", "distance_m", "new_shoe"),
        more=("recorded_at",),
        refers_to={"shoe": "shoes", "new_shoe": "shoes"},
        restoring=Restoring(
            keys=(lambda row: (row.shoe_id, row.on),),
            check=check_days("on"),
            first_day=lambda row: row.on,
        ),
    ),
    Table(
        name="planned_breaks",
        model=PlannedBreak,
        of="runner",
        columns=("kind", "first", "last"),
        more=("filled_until", "created_at"),
        restoring=Restoring(
            keys=(lambda row: (row.kind, row.first, row.last),),
            check=_check_break,
            fit=_fit_break,
        ),
    ),
    Table(
        name="routines",
        words="ticks of routines",
        model=RoutineTick,
        of="runner",
        columns=("on", "routine"),
        more=("ticked_at",),
        restoring=Restoring(
            keys=(lambda row: (row.on, row.routine),),
            check=check_days("on"),
        ),
    ),
)
