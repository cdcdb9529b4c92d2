"""Which activity of the log a file's activity is, if any."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q

from members.activity_files import Kind, Match, Outing, ParsedActivity, find_same
from members.activity_files.duplicates import START_WINDOW
from members.models import Activity, DifferentOuting, User

NEAR_DAYS = dt.timedelta(days=2)  # a clock shifted by 14 h, and two zones to count days in


@dataclass(frozen=True, slots=True)
class Known(Outing):
    """An outing that stands in the log."""

    activity: Activity | None = None


@dataclass(frozen=True, slots=True)
class Recognised:
    """An activity of the log, and how it was recognised."""

    activity: Activity
    match: Match


def recognise(
    runner: User,
    found: ParsedActivity,
    *,
    alone: bool,
    taken: Collection[int] = (),
    planned: Iterable[Activity] = (),
) -> Recognised | None:
    """Return what of the log this is, or None. One query, and one more where something fits.

    `alone`: the file holds nothing else. `taken`: ids that earlier activities of the same file
    were found to be; two of one file are never the same outing. `planned`: what a dry run would
    have added by now.
    """
    rows = [row for row in (*_near(runner, found, alone), *planned) if row.pk not in taken]
    same = _same(runner, found, rows, alone=alone)
    apart = _said_to_be_others(found, rows) if same is not None else set()
    if same is not None and same.activity.pk in apart:
        rows = [row for row in rows if row.pk not in apart]
        same = _same(runner, found, rows, alone=alone)
    return same


def _near(runner: User, found: ParsedActivity, alone: bool) -> Iterable[Activity]:
    """Activities around that day; also what came from the same file and was moved since."""
    near = Q(on__range=(found.on - NEAR_DAYS, found.on + NEAR_DAYS))
    if alone:
        near |= Q(file_sha256=found.sha256)
    return Activity.objects.filter(near, runner=runner).order_by("pk")


def _same(
    runner: User, found: ParsedActivity, rows: Iterable[Activity], *, alone: bool
) -> Recognised | None:
    known = [_in_log(row) for row in rows]
    same = find_same(_of_file(found, runner), known)
    if same is not None and same.outing.activity is not None:
        return Recognised(same.outing.activity, same.match)
    moved = (row for row in rows if alone and row.file_sha256 == found.sha256)
    row = next(moved, None)
    return None if row is None else Recognised(row, Match.SAME_FILE)


def _said_to_be_others(found: ParsedActivity, rows: Iterable[Activity]) -> set[int]:
    """Those about which their owner said that they are not this outing."""
    near = (found.started_at - START_WINDOW, found.started_at + START_WINDOW)
    said = DifferentOuting.objects.filter(
        Q(started_at__range=near) | Q(file_sha256=found.sha256),
        activity__in=[row.pk for row in rows if row.pk],
    )
    return set(said.values_list("activity_id", flat=True))


def _of_file(found: ParsedActivity, runner: User) -> Outing:
    return Outing(
        found.started_at.astimezone(runner.zone),
        found.timer_s,
        found.distance_m or None,
        found.kind,
        elapsed_s=found.elapsed_s,
        sha256=found.sha256,
        day_only=found.day_only,
    )


def _in_log(row: Activity) -> Known:
    return Known(
        row.local_start,
        row.duration_s or 0,
        row.distance_m,
        Kind(row.kind),
        elapsed_s=row.elapsed_s or 0,
        sha256=row.file_sha256,
        typed=row.source == Activity.Source.TYPED,
        day_only=not row.start_said,
        activity=row,
    )
