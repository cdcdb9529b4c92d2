"""Roles, squads, leaving: audited, and a club always keeps an admin."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from members.models import AuditEntry, Membership
from members.services.memberships import change_role, change_squad, end_membership
from tests.factories import MembershipFactory, SquadFactory


def test_change_role_is_audited(membership, admin_membership, club, now):
    change_role(membership, role="coach", by=admin_membership, now=now)
    membership.refresh_from_db()
    assert membership.role == "coach"
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.by, entry.about, entry.club, entry.at) == (
        "role_changed",
        admin_membership.user,
        membership.user,
        club,
        now,
    )
    assert entry.details == {"before": "runner", "after": "coach"}


def test_the_same_again_is_no_change(membership, admin_membership, now):
    change_role(membership, role="runner", by=admin_membership, now=now)
    change_squad(membership, squad=None, by=admin_membership, now=now)
    assert not AuditEntry.objects.exists()


def test_a_coach_who_becomes_a_runner_coaches_no_squad(coach_membership, admin_membership, now):
    squad = SquadFactory(club=coach_membership.club)
    squad.coaches.add(coach_membership)
    change_role(coach_membership, role="runner", by=admin_membership, now=now)
    assert list(squad.coaches.all()) == []


def test_an_unknown_role_is_refused(membership, admin_membership, now):
    with pytest.raises(ValidationError) as error:
        change_role(membership, role="king", by=admin_membership, now=now)
    assert list(error.value.message_dict) == ["role"]


def test_the_last_admin_keeps_the_role_and_stays(admin_membership, now):
    with pytest.raises(ValidationError) as error:
        change_role(admin_membership, role="coach", by=admin_membership, now=now)
    assert list(error.value.message_dict) == ["role"]
    with pytest.raises(ValidationError):
        end_membership(admin_membership, by=admin_membership, now=now)
    admin_membership.refresh_from_db()
    assert (admin_membership.role, admin_membership.left_at) == ("admin", None)


def test_an_admin_who_left_or_may_not_log_in_does_not_count(admin_membership, club, now):
    MembershipFactory(club=club, role="admin", left_at=now)
    MembershipFactory(club=club, role="admin", user__is_active=False)
    MembershipFactory(role="admin")
    with pytest.raises(ValidationError):
        end_membership(admin_membership, by=admin_membership, now=now)


def test_one_of_two_admins_may_go(admin_membership, club, now):
    other = MembershipFactory(club=club, role="admin")
    end_membership(admin_membership, by=admin_membership, now=now)
    with pytest.raises(ValidationError):
        end_membership(other, by=other, now=now)


def test_squads_of_the_club_only(membership, admin_membership, now):
    squad = SquadFactory(club=membership.club)
    change_squad(membership, squad=squad, by=admin_membership, now=now)
    assert Membership.objects.get(pk=membership.pk).squad == squad
    assert AuditEntry.objects.get().details == {"before": None, "after": squad.pk}
    with pytest.raises(ValidationError) as error:
        change_squad(membership, squad=SquadFactory(), by=admin_membership, now=now)
    assert list(error.value.message_dict) == ["squad"]


def test_ending_a_membership_takes_the_squad_away_and_is_audited_once(
    membership, admin_membership, now
):
    membership.squad = SquadFactory(club=membership.club)
    membership.save()
    end_membership(membership, by=admin_membership, now=now)
    end_membership(membership, by=admin_membership, now=now)
    membership.refresh_from_db()
    assert (membership.left_at, membership.squad) == (now, None)
    assert [entry.action for entry in AuditEntry.objects.all()] == ["membership_ended"]
    assert not Membership.objects.active().filter(pk=membership.pk).exists()


def test_anybody_may_leave(membership, admin_membership, now):
    end_membership(membership, by=membership, now=now)
    assert AuditEntry.objects.get().by == membership.user


@pytest.mark.parametrize("role", ["runner", "coach"])
def test_only_admins_of_the_club_change_others(membership, club, role, now):
    for by in (
        MembershipFactory(club=club, role=role),
        MembershipFactory(role="admin"),
        MembershipFactory(club=club, role="admin", left_at=now),
    ):
        with pytest.raises(PermissionDenied):
            change_role(membership, role="admin", by=by, now=now)
        with pytest.raises(PermissionDenied):
            change_squad(membership, squad=None, by=by, now=now)
        with pytest.raises(PermissionDenied):
            end_membership(membership, by=by, now=now)
