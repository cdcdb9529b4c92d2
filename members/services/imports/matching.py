"""Which activity of the log a file's activity is, if any."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q

from members.activity_files import Kind, Outing, ParsedActivity, same_outing
from members.activity_files.duplicates import START_WINDOW
from members.models import Activity, DifferentOuting, ImportEntry, User

NEAR_DAYS = dt.timedelta(days=2)  # a clock shifted by 14 h, and two zones to count days in
Match = ImportEntry.Match
BEST_FIRST = (Match.SAME_FILE, Match.SAME_OUTING, Match.SHIFTED_CLOCK, Match.TYPED)


@dataclass(frozen=True, slots=True)
class Recognised:
    """An activity of the log, and how it was recognised."""

    activity: Activity
    match: ImportEntry.Match


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
    fitting = [
        Recognised(row, match)
        for row in rows
        if (match := _match(found, row, alone=alone)) is not None
    ]
    if not fitting:
        return None
    apart = _said_to_be_others(found, fitting)
    fitting = [one for one in fitting if one.activity.pk not in apart]
    return min(fitting, key=lambda one: _rank(one, found), default=None)


def _near(runner: User, found: ParsedActivity, alone: bool) -> Iterable[Activity]:
    """Activities around that day; also what came from the same file and was moved since."""
    near = Q(on__range=(found.on - NEAR_DAYS, found.on + NEAR_DAYS))
    if alone:
        near |= Q(file_sha256=found.sha256)
    return Activity.objects.filter(near, runner=runner).order_by("pk")


def _match(found: ParsedActivity, row: Activity, *, alone: bool) -> ImportEntry.Match | None:
    if row.file_sha256 == found.sha256 and (alone or row.started_at == found.started_at):
        return Match.SAME_FILE
    if not same_outing(_outing_of(found), _outing_in_log(row)):
        return None
    apart = abs(found.started_at - row.started_at)
    return Match.SAME_OUTING if apart <= START_WINDOW else Match.SHIFTED_CLOCK


def _rank(one: Recognised, found: ParsedActivity) -> tuple[int, dt.timedelta]:
    apart = abs(one.activity.started_at - found.started_at)
    return BEST_FIRST.index(one.match), apart


def _said_to_be_others(found: ParsedActivity, fitting: Iterable[Recognised]) -> set[int]:
    """Those about which their owner said that they are not this outing."""
    near = (found.started_at - START_WINDOW, found.started_at + START_WINDOW)
    said = DifferentOuting.objects.filter(
        Q(started_at__range=near) | Q(file_sha256=found.sha256),
        activity__in=[one.activity.pk for one in fitting if one.activity.pk],
    )
    return set(said.values_list("activity_id", flat=True))


def _outing_of(found: ParsedActivity) -> Outing:
    return Outing(found.started_at, found.timer_s, found.distance_m, found.kind)


def _outing_in_log(row: Activity) -> Outing:
    return Outing(
        row.started_at, row.duration_s or row.elapsed_s or 0, row.distance_m, Kind(row.kind)
    )
