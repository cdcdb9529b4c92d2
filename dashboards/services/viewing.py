"""Who looked at whose page or took it along: audit rows that the runner can read."""

import datetime as dt
from collections.abc import Iterable
from typing import Protocol

from django.db import transaction
from django.db.models import QuerySet

from dashboards.selectors.trends.heat import PAIN, HeatMap
from members.models import AuditEntry, Membership, Role
from members.services.audit import record

VIEWED = "runner_viewed"
BOARD_VIEWED = "board_viewed"
LIST_VIEWED = "injuries_viewed"
MORNINGS_VIEWED = "mornings_viewed"
LIST_DOWNLOADED = "injuries_downloaded"
PLAN_VIEWED = "plan_viewed"


def record_view(coach: Membership, *, runner: Membership, now: dt.datetime) -> AuditEntry | None:
    """Write that the coach opened the runner's page; None where that day already has its row."""
    with transaction.atomic():
        # Two tabs opened at once wait for each other here, so that the day gets one row.
        Membership.objects.select_for_update().get(pk=coach.pk)
        if _seen_today(coach, VIEWED, now=now).filter(about=runner.user).exists():
            return None
        return record(
            VIEWED,
            by=coach.user,
            about=runner.user,
            club=coach.club,
            now=now,
            sharing=runner.sharing,
        )


class Named(Protocol):
    """A runner whose row was read: a Membership, or the part of one that a list reads."""

    @property
    def user_id(self) -> int: ...


def record_board_view(coach: Membership, *, now: dt.datetime) -> AuditEntry | None:
    """Write that the coach opened the board; None where that day already has its row.

    One row for the whole club, whoever is on it: `squads` names those an assistant coach sees.
    """
    if _seen_today(coach, BOARD_VIEWED, now=now).exists():
        return None
    with transaction.atomic():
        Membership.objects.select_for_update().get(pk=coach.pk)
        if _seen_today(coach, BOARD_VIEWED, now=now).exists():
            return None
        if coach.role != Role.ASSISTANT:
            return record(BOARD_VIEWED, by=coach.user, club=coach.club, now=now)
        squads = list(coach.coached_squads.values_list("pk", flat=True))
        return record(BOARD_VIEWED, by=coach.user, club=coach.club, now=now, squads=squads)


def record_list_view(
    coach: Membership, *, runners: Iterable[Named], now: dt.datetime, what: str = LIST_VIEWED
) -> int:
    """Write that the coach read these runners' rows of a list; return for how many it is new.

    One row per coach, runner and day, in a number of queries that does not grow.
    """
    with transaction.atomic():
        Membership.objects.select_for_update().get(pk=coach.pk)
        seen = set(_seen_today(coach, what, now=now).values_list("about_id", flat=True))
        return _record_all(what, coach, {one.user_id for one in runners} - seen, now=now)


def record_grid(coach: Membership, *, grid: HeatMap, now: dt.datetime) -> int:
    """Write that the coach read these runners' mornings; what else a grid shows, the board does."""
    if grid.shows != PAIN:
        return 0
    runners = [row.runner for row in grid.rows]
    return record_list_view(coach, runners=runners, now=now, what=MORNINGS_VIEWED)


def record_download(coach: Membership, *, runners: Iterable[Membership], now: dt.datetime) -> int:
    """Write that the coach took these runners' rows along, each time; return how many there are."""
    return _record_all(LIST_DOWNLOADED, coach, {one.user_id for one in runners}, now=now)


def _seen_today(coach: Membership, action: str, *, now: dt.datetime) -> QuerySet[AuditEntry]:
    midnight = now.astimezone(coach.user.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return AuditEntry.objects.filter(
        action=action, by=coach.user, club=coach.club, at__gte=midnight
    )


def _record_all(action: str, coach: Membership, runners: set[int], *, now: dt.datetime) -> int:
    AuditEntry.objects.bulk_create(
        AuditEntry(action=action, by=coach.user, about_id=pk, club=coach.club, at=now)
        for pk in sorted(runners)
    )
    return len(runners)
