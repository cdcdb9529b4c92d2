"""A club's members, invitations, settings and squads; wrong forms come back with all typed."""

import datetime as dt

import pytest
from django.urls import reverse

from members.models import Club, Invitation, Membership, Role, Squad
from tests.factories import MembershipFactory, SquadFactory

pytestmark = pytest.mark.django_db
MEMBERS, INVITE, SETTINGS, SQUADS = (
    f"/c/heath/{end}/" for end in ("members", "members/invite", "settings", "squads")
)


@pytest.fixture(autouse=True)
def _today(time_machine, now):
    time_machine.move_to(now, tick=False)


@pytest.fixture
def page(client_of, admin_membership):
    return client_of(admin_membership.user)


def messages(response):
    return [str(message) for message in response.context["messages"]]


def assert_refused(response, field, error, typed, form="form"):
    """Said at its field, with all that was typed still in the form."""
    form = response.context[form]
    assert response.status_code == 422
    assert {name: found[0][: len(error)] for name, found in form.errors.items()} == {field: error}
    assert {name: form[name].value() for name in typed} == typed


# --- Members --------------------------------------------------------------------------------------
def test_an_admin_sees_who_is_in_and_a_coach_names_only(page, client_of, membership, coach):
    seen_by_admin = page.get(MEMBERS).content.decode()
    seen_by_coach = client_of(coach).get(MEMBERS).content.decode()

    assert membership.user.email in seen_by_admin
    assert "Robin Runner" in seen_by_coach
    assert membership.user.email not in seen_by_coach


@pytest.mark.parametrize("runners", [1, 3])
def test_the_members_cost_the_same_for_one_and_three(
    runners, page, club, django_assert_num_queries
):
    for _ in range(runners):
        MembershipFactory(club=club, squad=SquadFactory(club=club))

    with django_assert_num_queries(8):  # session, user, door, clubs, members, invitations, squads
        page.get(MEMBERS)


def test_an_invitation_is_put_into_the_ledger_and_taken_back(page, club):
    squad = SquadFactory(club=club)

    sent = page.post(
        INVITE, {"email": "New@Example.org", "role": "runner", "squad": squad.pk}, follow=True
    )

    assert messages(sent) == ["The invitation is on its way to new@example.org."]
    invitation = Invitation.objects.get()
    assert (invitation.club, invitation.squad, invitation.notices.count()) == (club, squad, 1)
    page.post(reverse("members:invitation-revoke", args=["heath", invitation.pk]))
    invitation.refresh_from_db()
    assert invitation.revoked_at is not None


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("email", "", "This field is required."),
        ("email", "nobody", "Enter a valid email address."),
        ("email", "x" * 1_000_000 + "@example.org", "Enter a valid email address."),
        ("email", "a@b.org\r\nBcc: c@d.org", "Enter a valid email address."),
        ("role", "owner", "Select a valid choice."),
        ("squad", "none", "Select a valid choice."),
    ],
)
def test_a_bad_invitation_is_kept_and_not_sent(field, value, error, page):
    typed = {"email": "new@example.org", "role": "runner", "squad": ""} | {field: value}

    assert_refused(page.post(INVITE, typed), field, error, typed)
    assert not Invitation.objects.exists()


def test_nobody_is_invited_twice_or_into_another_clubs_squad(page, membership):
    theirs = SquadFactory()
    typed = {"email": membership.user.email, "role": "coach", "squad": ""}
    assert_refused(page.post(INVITE, typed), "email", "This person is in the club already.", typed)
    typed = {"email": "new@example.org", "role": "runner", "squad": str(theirs.pk)}
    assert_refused(page.post(INVITE, typed), "squad", "Select a valid choice.", typed)
    assert not Invitation.objects.exists()


def one(membership):
    return reverse("members:club-member", args=["heath", membership.pk])


def test_a_member_gets_a_role_and_a_squad(page, club, membership):
    squad = SquadFactory(club=club)

    page.post(one(membership), {"role": "coach", "squad": squad.pk})

    membership.refresh_from_db()
    assert (membership.role, membership.squad) == (Role.COACH, squad)


@pytest.mark.parametrize(("field", "value"), [("role", "owner"), ("role", ""), ("squad", "99999")])
def test_a_bad_change_of_a_member_changes_nothing(field, value, page, membership):
    typed = {"role": "coach", "squad": ""} | {field: value}

    response = page.post(one(membership), typed)

    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    membership.refresh_from_db()
    assert (membership.role, membership.squad) == (Role.RUNNER, None)


def test_the_club_keeps_an_admin(page, admin_membership, club):
    typed = {"role": "runner", "squad": str(SquadFactory(club=club).pk)}
    error = "This is the club's only admin."

    assert_refused(page.post(one(admin_membership), typed), "role", error, typed)
    end = reverse("members:club-member-end", args=["heath", admin_membership.pk])
    assert page.post(end).status_code == 422
    admin_membership.refresh_from_db()
    assert (admin_membership.role, admin_membership.squad) == (Role.ADMIN, None)
    assert admin_membership.left_at is None


def test_a_membership_ends_after_asking(page, membership):
    end = reverse("members:club-member-end", args=["heath", membership.pk])

    assert page.get(end).status_code == 200
    assert messages(page.post(end, follow=True)) == ["Robin Runner is no longer in the club."]
    assert not Membership.objects.active().filter(pk=membership.pk).exists()
    assert page.get(one(membership)).status_code == 404


# --- Settings -------------------------------------------------------------------------------------
def facts(**fields):
    facts = {"name": "Heath & Hill", "digest_weekday": "2", "digest_hour": "18"}
    return facts | {"digest_names": "counts"} | fields


def test_the_clubs_facts_are_saved(page, club):
    assert messages(page.post(SETTINGS, facts(), follow=True)) == ["Saved."]
    club.refresh_from_db()
    assert (club.name, club.digest_weekday, club.digest_hour) == ("Heath & Hill", 2, 18)
    assert club.digest_names is False


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("name", "", "This field is required."),
        ("name", "x" * 1_000_000, "Ensure this value has at most 120 characters"),
        ("digest_weekday", "7", "Select a valid choice."),
        ("digest_weekday", "Monday", "Select a valid choice."),
        ("digest_hour", "-1", "Select a valid choice."),
        ("digest_hour", "24", "Select a valid choice."),
        ("digest_names", "faces", "Select a valid choice."),
    ],
)
def test_bad_facts_are_kept_and_not_saved(field, value, error, page, club):
    before, typed = Club.objects.values().get(), facts(**{field: value})

    response = page.post(SETTINGS, typed)

    assert_refused(response, field, error, typed)
    assert Club.objects.values().get() == before
    assert "Settings of Heath Harriers" in response.content.decode()


# --- Squads ---------------------------------------------------------------------------------------
def test_a_squad_is_added_coached_and_removed(page, club, coach_membership, membership):
    page.post(SQUADS, {"name": " Track "})
    squad = Squad.objects.get()
    assert (squad.club, squad.name) == (club, "Track")

    address = reverse("members:squad", args=["heath", squad.pk])
    page.post(address, {"name": "Trail", "coaches": [coach_membership.pk]})
    squad.refresh_from_db()
    assert (squad.name, list(squad.coaches.all())) == ("Trail", [coach_membership])

    Membership.objects.filter(pk=membership.pk).update(squad=squad)
    removed = page.post(reverse("members:squad-remove", args=["heath", squad.pk]), follow=True)
    assert messages(removed)[-1] == "The squad Trail is removed."
    membership.refresh_from_db()
    assert membership.squad is None


BAD_NAMES = [
    ("", "This field is required."),
    ("x" * 81, "Ensure this value has at most 80 characters"),
    ("TRACK", "The club already has a squad of this name."),
    ("a\0b", "Null characters are not allowed."),
]


@pytest.mark.parametrize(("name", "error"), BAD_NAMES)
def test_a_bad_squad_is_kept_and_not_saved(name, error, page, club):
    SquadFactory(club=club, name="Track")
    hills = SquadFactory(club=club, name="Hills")
    typed = {"name": name}

    assert_refused(page.post(SQUADS, typed), "name", error, typed, form="squad_form")
    address = reverse("members:squad", args=["heath", hills.pk])
    assert_refused(page.post(address, typed), "name", error, typed)
    assert sorted(Squad.objects.values_list("name", flat=True)) == ["Hills", "Track"]


def test_only_this_clubs_coaches_coach_a_squad(page, club, membership, now):
    squad = SquadFactory(club=club, name="Track")
    elsewhere = MembershipFactory(role=Role.COACH)
    left = MembershipFactory(club=club, role=Role.COACH, left_at=now - dt.timedelta(days=1))
    address = reverse("members:squad", args=["heath", squad.pk])

    for wrong in (elsewhere, left, membership):
        typed = {"name": "Trail", "coaches": [str(wrong.pk)]}
        assert_refused(page.post(address, typed), "coaches", "Select a valid choice.", typed)
    squad.refresh_from_db()
    assert (squad.name, squad.coaches.count()) == ("Track", 0)
