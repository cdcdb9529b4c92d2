"""A club's name, digest time and squads."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from members.models import AuditEntry, Club, Squad
from members.services.clubs import add_squad, change_club, create_club, edit_squad, remove_squad
from tests.factories import ClubFactory, MembershipFactory, SquadFactory


def test_create_makes_a_slug_of_the_name(db, now):
    club = create_club(name=" Heath & Hill Harriers ", now=now)
    assert (club.name, club.slug, club.created_at) == (
        "Heath & Hill Harriers",
        "heath-hill-harriers",
        now,
    )
    assert AuditEntry.objects.get().action == "club_created"


def test_create_refuses_a_taken_slug_and_no_name(db, now):
    ClubFactory(slug="heath")
    with pytest.raises(ValidationError) as error:
        create_club(name="Heath", now=now)
    assert list(error.value.message_dict) == ["slug"]
    with pytest.raises(ValidationError) as error:
        create_club(name="!!!", now=now)
    assert list(error.value.message_dict) == ["slug"]


def test_change_is_audited_by_field(club, admin_membership, now):
    change_club(
        club, name="New Name", digest_weekday=6, digest_hour=7, by=admin_membership, now=now
    )
    club.refresh_from_db()
    assert (club.name, club.slug, club.digest_weekday, club.digest_hour) == (
        "New Name",
        "heath",
        6,
        7,
    )
    assert AuditEntry.objects.get().details == {"fields": ["digest_weekday", "name"]}


def test_nothing_changed_is_not_audited(club, admin_membership, now):
    change_club(club, name=club.name, digest_weekday=0, digest_hour=7, by=admin_membership, now=now)
    assert not AuditEntry.objects.exists()


def test_a_squad_is_added_changed_and_removed(club, admin_membership, coach_membership, now):
    squad = add_squad(club, name=" Sunday ", by=admin_membership, now=now)
    runner = MembershipFactory(club=club, squad=squad)
    edit_squad(squad, name="Long", coaches=[coach_membership], by=admin_membership, now=now)
    squad.refresh_from_db()
    assert (squad.name, list(squad.coaches.all())) == ("Long", [coach_membership])
    remove_squad(squad, by=admin_membership, now=now)
    runner.refresh_from_db()
    assert (runner.squad, runner.left_at) == (None, None)
    actions = list(AuditEntry.objects.order_by("id").values_list("action", flat=True))
    assert actions == ["squad_added", "squad_changed", "squad_removed"]


def test_squad_names_are_one_of_a_kind_in_a_club(club, admin_membership, now):
    SquadFactory(club=club, name="Long")
    SquadFactory(name="Short")
    with pytest.raises(ValidationError) as error:
        add_squad(club, name="long ", by=admin_membership, now=now)
    assert list(error.value.message_dict) == ["name"]
    add_squad(club, name="Short", by=admin_membership, now=now)
    with pytest.raises(ValidationError):
        add_squad(club, name="  ", by=admin_membership, now=now)


def test_coaches_of_the_club_only(club, admin_membership, membership, now):
    squad = SquadFactory(club=club)
    for wrong in (membership, MembershipFactory(role="coach")):
        with pytest.raises(ValidationError) as error:
            edit_squad(squad, name="X", coaches=[wrong], by=admin_membership, now=now)
        assert list(error.value.message_dict) == ["coaches"]


def test_only_admins_of_the_club(club, coach_membership, now):
    squad = SquadFactory(club=club)
    for by in (coach_membership, MembershipFactory(role="admin")):
        with pytest.raises(PermissionDenied):
            change_club(club, name="X", digest_weekday=0, digest_hour=0, by=by, now=now)
        with pytest.raises(PermissionDenied):
            add_squad(club, name="X", by=by, now=now)
        with pytest.raises(PermissionDenied):
            edit_squad(squad, name="X", coaches=[], by=by, now=now)
        with pytest.raises(PermissionDenied):
            remove_squad(squad, by=by, now=now)
    assert Club.objects.filter(name="Heath Harriers").exists()
    assert Squad.objects.count() == 1
