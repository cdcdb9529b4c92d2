"""Planning a club's runs and keeping its routes."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from members.models import AuditEntry, ClubRun, RunGroup, SoftRoute
from members.services.club_runs import (
    forget_old_runs,
    remove_route,
    remove_run,
    save_route,
    save_run,
)
from tests.factories import ClubRunFactory, MembershipFactory, RunGroupFactory, SoftRouteFactory

SUNDAY = dt.date(2026, 3, 22)


def new_run(club, **fields):
    given = {"on": SUNDAY, "starts_at": dt.time(9), "place": "Park gate"} | fields
    return ClubRun(club=club, **given)


def test_a_run_with_its_groups(club, coach_membership, now):
    run = save_run(
        new_run(club), groups=[("steady", 12_000), ("", 18_000)], by=coach_membership, now=now
    )
    assert list(run.groups.values_list("name", "distance_m")) == [("", 18_000), ("steady", 12_000)]
    assert AuditEntry.objects.get().action == "club_run_planned"

    run.place = "Mill"
    save_run(run, groups=[("", 10_000)], by=coach_membership, now=now)
    assert ClubRun.objects.get().place == "Mill"
    assert list(RunGroup.objects.values_list("distance_m", flat=True)) == [10_000]


@pytest.mark.parametrize(
    ("fields", "groups", "field"),
    [
        ({"on": SUNDAY - dt.timedelta(days=5)}, [("", 9_000)], "on"),
        ({"on": SUNDAY + dt.timedelta(days=366)}, [("", 9_000)], "on"),
        ({"place": ""}, [("", 9_000)], "place"),
        ({}, [], "distance_1"),
        ({}, [("a", 9_000), ("b", 9_000)], "__all__"),
    ],
)
def test_what_cannot_be_planned(club, coach_membership, now, fields, groups, field):
    with pytest.raises(ValidationError) as refused:
        save_run(new_run(club, **fields), groups=groups, by=coach_membership, now=now)
    found = refused.value
    assert field in (found.message_dict if hasattr(found, "error_dict") else {"__all__": ""})
    assert not ClubRun.objects.exists()


def test_the_first_and_the_last_day_that_can_be_planned(club, coach_membership, now):
    today = now.date()
    for day in (today, today + dt.timedelta(days=366)):
        save_run(new_run(club, on=day), groups=[("", 9_000)], by=coach_membership, now=now)
    assert ClubRun.objects.count() == 2


def test_the_same_run_is_planned_once(club, coach_membership, now):
    ClubRunFactory(club=club)
    with pytest.raises(ValidationError) as refused:
        save_run(new_run(club, place="PARK GATE"), groups=[("", 1)], by=coach_membership, now=now)
    assert list(refused.value.message_dict) == ["place"]


@pytest.mark.parametrize("role", ["runner", "admin"])
def test_runs_are_planned_by_coaches(club, role, now):
    by = MembershipFactory(club=club, role=role)
    with pytest.raises(PermissionDenied):
        save_run(new_run(club), groups=[("", 9_000)], by=by, now=now)
    with pytest.raises(PermissionDenied):
        remove_run(ClubRunFactory(club=club), by=by, now=now)


def test_not_by_coaches_of_another_club_nor_by_former_ones(club, coach_membership, now):
    other = MembershipFactory(role="coach")
    coach_membership.left_at = now
    for by in (other, coach_membership):
        with pytest.raises(PermissionDenied):
            save_run(new_run(club), groups=[("", 9_000)], by=by, now=now)
        with pytest.raises(PermissionDenied):
            save_route(SoftRouteFactory(club=club), by=by, now=now)


def test_a_run_is_taken_out(club, coach_membership, now):
    remove_run(RunGroupFactory(run__club=club).run, by=coach_membership, now=now)
    assert not RunGroup.objects.exists()
    assert AuditEntry.objects.get().action == "club_run_removed"


def test_old_runs_are_forgotten_after_four_weeks(club):
    now = timezone.now()
    kept = ClubRunFactory(club=club, on=(now - dt.timedelta(days=28)).date())
    ClubRunFactory(club=club, on=(now - dt.timedelta(days=29)).date())
    assert forget_old_runs(now=now) == 1
    assert ClubRun.objects.get() == kept


def test_a_route_has_a_name_of_its_own(club, admin_membership, now):
    route = SoftRouteFactory(club=club, name="River path")
    save_route(route, by=admin_membership, now=now)
    again = SoftRoute(club=club, name="river PATH", distance_m=5_000, start="Mill")
    with pytest.raises(ValidationError) as refused:
        save_route(again, by=admin_membership, now=now)
    assert refused.value.message_dict == {"name": ["The club already has a route of this name."]}


def test_a_route_is_not_on_hard_ground(club, admin_membership, now):
    route = SoftRoute(club=club, name="Ring", surface="road", distance_m=5_000, start="Mill")
    with pytest.raises(ValidationError) as refused:
        save_route(route, by=admin_membership, now=now)
    assert list(refused.value.message_dict) == ["surface"]


def test_a_route_is_taken_off(club, coach_membership, now):
    remove_route(SoftRouteFactory(club=club), by=coach_membership, now=now)
    assert not SoftRoute.objects.exists()
    assert AuditEntry.objects.get().action == "route_removed"
