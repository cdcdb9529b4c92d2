"""A club's runs and its routes on soft ground: facts of the club, kept by those who run it."""

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from members.models import Club, ClubRun, Membership, RunGroup, SoftRoute
from members.permissions import Permission, may
from members.services.audit import record

FURTHEST = dt.timedelta(days=366)
MOST_RUNS = 100  # still to come
MOST_ROUTES = 100
KEPT_FOR = dt.timedelta(days=28)  # after a run nobody needs its plan

Group = tuple[str, int]  # its name, which may be empty, and metres


def save_run(run: ClubRun, *, groups: Sequence[Group], by: Membership, now: dt.datetime) -> ClubRun:
    """Store a new or changed run with all its groups. Raises ValidationError by field."""
    _require(by, run.club, Permission.PLAN_RUNS)
    today = by.user.today(now=now)
    if not today <= run.on <= today + FURTHEST:
        raise ValidationError({"on": "Choose a day from today to a year ahead."})
    _check_groups(groups)
    with transaction.atomic():
        Club.objects.select_for_update().get(pk=run.club_id)
        _check_run(run, today=today)
        run.save()
        run.groups.all().delete()
        RunGroup.objects.bulk_create(
            RunGroup(run=run, name=name, distance_m=metres) for name, metres in groups
        )
        record("club_run_planned", by=by.user, club=run.club, now=now, run=run.pk)
    return run


def _check_run(run: ClubRun, *, today: dt.date) -> None:
    run.full_clean(exclude={"club"}, validate_constraints=False)
    others = ClubRun.objects.filter(club=run.club).exclude(pk=run.pk)
    if others.filter(on=run.on, starts_at=run.starts_at, place__iexact=run.place).exists():
        raise ValidationError({"place": "A run from there at that time is planned already."})
    if run.pk is None and others.filter(on__gte=today).count() >= MOST_RUNS:
        raise ValidationError({"on": f"At most {MOST_RUNS} runs can be planned ahead."})


def _check_groups(groups: Sequence[Group]) -> None:
    if not groups:
        raise ValidationError({"distance_1": "Say how far at least one group runs."})
    if len({metres for _, metres in groups}) < len(groups):
        raise ValidationError("Two groups run the same distance; one of them is enough.")


def remove_run(run: ClubRun, *, by: Membership, now: dt.datetime) -> None:
    """Take a run out of the plan."""
    _require(by, run.club, Permission.PLAN_RUNS)
    with transaction.atomic():
        record("club_run_removed", by=by.user, club=run.club, now=now, run=run.pk)
        run.delete()


def forget_old_runs(*, now: dt.datetime) -> int:
    """Delete runs that are some weeks past; return how many."""
    old = ClubRun.objects.filter(on__lt=(now - KEPT_FOR).date())
    count = old.count()
    old.delete()
    return count


def save_route(route: SoftRoute, *, by: Membership, now: dt.datetime) -> SoftRoute:
    """Store a new or changed route. Raises ValidationError by field."""
    _require(by, route.club, Permission.EDIT_ROUTES)
    with transaction.atomic():
        Club.objects.select_for_update().get(pk=route.club_id)
        route.full_clean(exclude={"club"}, validate_constraints=False)
        others = SoftRoute.objects.filter(club=route.club).exclude(pk=route.pk)
        if others.filter(name__iexact=route.name).exists():
            raise ValidationError({"name": "The club already has a route of this name."})
        if route.pk is None and others.count() >= MOST_ROUTES:
            raise ValidationError({"name": f"A club keeps at most {MOST_ROUTES} routes."})
        route.save()
        record("route_saved", by=by.user, club=route.club, now=now, route=route.pk)
    return route


def remove_route(route: SoftRoute, *, by: Membership, now: dt.datetime) -> None:
    """Take a route off the list."""
    _require(by, route.club, Permission.EDIT_ROUTES)
    with transaction.atomic():
        record("route_removed", by=by.user, club=route.club, now=now, route=route.pk)
        route.delete()


def _require(by: Membership, club: Club, permission: Permission) -> None:
    if by.club_id != club.pk or by.left_at or not may(by, permission):
        raise PermissionDenied
