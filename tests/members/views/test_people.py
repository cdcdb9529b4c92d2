"""Joining by a link, and what one decides about oneself; wrong forms come back with all typed."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils.http import urlencode

from members.links import join_token
from members.models import (
    ApiToken,
    AuditEntry,
    Consent,
    Invitation,
    Membership,
    Role,
    Sharing,
    User,
)
from members.services.tokens import create_token
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
SETTINGS, HEALTH, TOKENS = "/settings/", "/settings/health/", "/settings/tokens/"


@pytest.fixture(autouse=True)
def _today(time_machine, now):
    time_machine.move_to(now, tick=False)


@pytest.fixture
def page(client_of, runner):
    return client_of(runner)


def messages(response):
    return [str(message) for message in response.context["messages"]]


def assert_refused(response, form, field, error, typed):
    """Said at its field, with all that was typed still in the form."""
    assert response.status_code == 422
    assert {name: found[0][: len(error)] for name, found in form.errors.items()} == {field: error}
    assert {name: form[name].value() for name in typed} == typed


# --- Joining --------------------------------------------------------------------------------------
@pytest.fixture
def invitation(club, admin_membership, now):
    return Invitation.objects.create(
        club=club,
        email="newcomer@example.org",
        invited_by=admin_membership.user,
        created_at=now,
        expires_at=now + dt.timedelta(days=14),
    )


@pytest.fixture
def link(invitation):
    return reverse("members:join", args=[join_token(invitation.pk)])


def answers(**fields):
    return {
        "name": "Nell Newcomer",
        "password": "",
        "time_zone": "Europe/Berlin",
        "unit": "mi",
        "adult": "yes",
        "adult_from": "",
        "previous_injury": "no",
        "longest": "5",
        "health": "yes",
        "sharing": "status",
    } | fields


def test_a_newcomer_joins_and_is_logged_in(client, link, club, invitation):
    assert client.get(link).context["form"]["time_zone"].value() == "UTC"  # the admin's

    response = client.post(link, answers(), follow=True)

    assert messages(response) == ["Welcome to Heath Harriers."]
    person = User.objects.get(email="newcomer@example.org")
    assert response.wsgi_request.user == person
    assert (person.name, person.time_zone, person.unit) == ("Nell Newcomer", "Europe/Berlin", "mi")
    assert (person.declared_longest_m, person.previous_injury) == (8_047, False)
    assert person.health_consent_at is not None
    assert person.has_usable_password() is False
    assert Membership.objects.get(user=person).sharing == Sharing.STATUS
    assert client.get(link)["Location"] == "/"
    client.logout()
    assert client.get(link).status_code == 410


def test_a_young_newcomer_needs_somebody_who_agrees(client, link):
    young = answers(adult="no", adult_from="2028-05-01")

    response = client.post(link, young)
    error = "Under 18, a parent or guardian has to agree."
    assert_refused(response, response.context["form"], "guardian_agrees", error, young)
    assert client.post(link, young | {"guardian_agrees": "on"}).status_code == 302
    assert User.objects.get(name="Nell Newcomer").adult_from == dt.date(2028, 5, 1)


BAD_ANSWERS = [
    ("name", "", "This field is required."),
    ("name", "x" * 1_000_000, "Ensure this value has at most 120 characters"),
    ("name", "a\0b", "Null characters are not allowed."),
    ("time_zone", "Mars/Olympus", "Select a valid choice."),
    ("unit", "feet", "Select a valid choice."),
    ("adult", "", "Please choose yes or no."),
    ("previous_injury", "maybe", "Select a valid choice."),
    ("longest", "far", "Write the distance as a number of mi"),
    ("longest", "900", "Write a distance between 100 metres and 500 km."),
    ("health", "", "Please choose yes or no."),
    ("sharing", "", "Please choose one; you can change it at any time."),
    ("sharing", "a little", "Select a valid choice."),
]


@pytest.mark.parametrize(("field", "value", "error"), BAD_ANSWERS)
def test_bad_answers_are_kept_and_nobody_joins(field, value, error, client, link, admin_membership):
    typed = answers(**{field: value})

    response = client.post(link, typed)

    assert_refused(response, response.context["form"], field, error, typed)
    assert list(User.objects.all()) == [admin_membership.user]


@pytest.mark.parametrize("day", ["2026-03-18", "2050-01-01", "", "soon"])
def test_the_day_one_turns_18_lies_ahead(day, client, link):
    response = client.post(link, answers(adult="no", adult_from=day, guardian_agrees="on"))

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["adult_from"])


@pytest.mark.parametrize("password", ["short", "password123", "newcomer@example.org"])
def test_a_weak_password_is_refused_and_not_shown_again(password, client, link):
    response = client.post(link, answers(password=password))

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["password"])
    assert f'value="{password}"' not in response.content.decode()


def test_who_has_an_account_logs_in_and_joins_with_it(client, client_of, link, invitation):
    person = UserFactory(email=invitation.email)
    to_login = client.get(link)["Location"]
    assert to_login == f"{reverse('account_login')}?{urlencode({'next': link})}"

    logged_in = client_of(person)
    assert logged_in.post(link, {"sharing": ""}).status_code == 422
    assert logged_in.post(link, {"sharing": "everything"}).status_code == 302
    assert person.memberships.get().sharing == Sharing.EVERYTHING


@pytest.mark.parametrize("token", ["x", "1.x", "1", "99999999999999999999.x"])
def test_a_made_up_link_is_not_known(token, client):
    assert client.get(reverse("members:join", args=[token])).status_code == 404


@pytest.mark.parametrize("field", ["revoked_at", "expires_at"])
def test_a_link_that_has_ended_says_so(field, client, link, invitation, now):
    Invitation.objects.filter(pk=invitation.pk).update(**{field: now})

    assert client.get(link).status_code == 410
    assert client.post(link, answers()).status_code == 410
    assert not User.objects.filter(email=invitation.email).exists()


# --- Settings -------------------------------------------------------------------------------------
def person(**fields):
    return {
        "name": "Robin Runner",
        "time_zone": "UTC",
        "unit": "km",
        "previous_injury": "",
        "longest": "12.5",
    } | fields


def test_the_settings_are_saved(page, runner):
    response = page.post(SETTINGS, person(name="Rob", unit="mi", longest="10"), follow=True)

    assert messages(response) == ["Saved."]
    runner.refresh_from_db()
    assert (runner.name, runner.unit, runner.declared_longest_m) == ("Rob", "mi", 16_093)


def test_what_is_shown_rounded_is_not_changed_by_saving(page, runner, now):
    User.objects.filter(pk=runner.pk).update(declared_longest_m=12_543, declared_on=now.date())

    page.post(SETTINGS, person(longest="12.5"))

    runner.refresh_from_db()
    assert runner.declared_longest_m == 12_543


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("name", "", "This field is required."),
        ("name", "x" * 1_000_000, "Ensure this value has at most 120 characters"),
        ("time_zone", "Nowhere", "Select a valid choice."),
        ("unit", "feet", "Select a valid choice."),
        ("previous_injury", "11", "Select a valid choice."),
        ("longest", "-3", "Write the distance as a number of km"),
        ("longest", "900", "Write a distance between 100 metres and 500 km."),
    ],
)
def test_bad_settings_are_kept_and_explained(field, value, error, page, runner):
    before, typed = User.objects.values().get(pk=runner.pk), person(**{field: value})

    response = page.post(SETTINGS, typed)

    assert_refused(response, response.context["person"], field, error, typed)
    assert User.objects.values().get(pk=runner.pk) == before


def test_what_a_club_sees_is_changed_and_kept_on_record(page, membership):
    address = reverse("members:sharing", args=[membership.pk])

    page.post(address, {f"club-{membership.pk}-sharing": "nothing"})

    membership.refresh_from_db()
    consent = Consent.objects.get()
    assert (membership.sharing, consent.answer, consent.club) == (
        "nothing",
        "nothing",
        membership.club,
    )


@pytest.mark.parametrize("value", ["", "all"])
def test_a_bad_answer_about_sharing_changes_nothing(value, page, membership):
    response = page.post(
        reverse("members:sharing", args=[membership.pk]), {f"club-{membership.pk}-sharing": value}
    )

    (shown,) = response.context["memberships"]
    assert (response.status_code, list(shown["form"].errors)) == (422, ["sharing"])
    membership.refresh_from_db()
    assert membership.sharing == Sharing.EVERYTHING
    assert not Consent.objects.exists()


def test_coaches_have_nothing_to_share(client_of, coach_membership):
    address = reverse("members:sharing", args=[coach_membership.pk])
    assert client_of(coach_membership.user).post(address).status_code == 404


def test_consent_about_pain_is_taken_back_and_given_again(page, runner):
    page.post(HEALTH, {"health": "no"})
    runner.refresh_from_db()
    assert runner.health_consent_at is None
    page.post(HEALTH, {"health": "yes"})
    runner.refresh_from_db()
    assert runner.health_consent_at is not None
    assert [one.answer for one in Consent.objects.order_by("id")] == ["no", "yes"]


def test_a_young_runner_needs_somebody_who_agrees(page, runner):
    runner.adult_from, runner.health_consent_at = dt.date(2028, 1, 1), None
    runner.save()

    response = page.post(HEALTH, {"health": "yes"})

    assert response.status_code == 422
    assert list(response.context["health"].errors) == ["health"]
    runner.refresh_from_db()
    assert runner.health_consent_at is None
    assert page.post(HEALTH, {"health": "yes", "guardian_agrees": "on"}).status_code == 302


@pytest.mark.parametrize("value", ["", "maybe"])
def test_no_answer_about_pain_changes_nothing(value, page, runner):
    before = runner.health_consent_at

    assert page.post(HEALTH, {"health": value}).status_code == 422

    runner.refresh_from_db()
    assert runner.health_consent_at == before


def test_leaving_asks_first(page, membership):
    address = reverse("members:leave", args=[membership.pk])

    assert page.get(address).status_code == 200
    assert Membership.objects.active().filter(pk=membership.pk).exists()
    assert messages(page.post(address, follow=True)) == ["You have left Heath Harriers."]
    assert not Membership.objects.active().filter(pk=membership.pk).exists()
    assert page.get(address).status_code == 404


def test_the_only_admin_cannot_leave(client_of, admin_membership):
    address = reverse("members:leave", args=[admin_membership.pk])

    response = client_of(admin_membership.user).post(address)

    assert response.status_code == 422
    assert "This is the club&#x27;s only admin." in response.content.decode()
    admin_membership.refresh_from_db()
    assert admin_membership.left_at is None


def test_who_looked_is_told_to_oneself_only(page, runner, coach, club, now):
    for about in (runner, coach):
        AuditEntry.objects.create(at=now, by=coach, about=about, club=club, action="runner_viewed")

    response = page.get("/settings/who-looked/")

    assert len(response.context["entries"]) == 1
    assert "Casey Coach" in response.content.decode()


# --- Keys -----------------------------------------------------------------------------------------
def test_a_key_is_shown_once_opens_the_api_and_is_revoked(page, client, runner):
    made = page.post(TOKENS, {"name": "my watch"})
    key = made.context["key"]

    assert key in made.content.decode()
    assert key not in page.get(TOKENS).content.decode()
    headers = {"Authorization": f"Bearer {key}"}
    assert client.get("/api/v1/me/", headers=headers).json()["id"] == runner.pk
    assert client.get("/history/", headers=headers).status_code == 302  # a key opens no page
    page.post(reverse("members:token-revoke", args=[ApiToken.objects.get().pk]))
    assert client.get("/api/v1/me/", headers=headers).status_code == 401


@pytest.mark.parametrize("value", ["", "   ", "x" * 61, "a\0b"])
def test_a_key_needs_a_short_name(value, page):
    response = page.post(TOKENS, {"name": value})

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["name"])
    assert response.context["form"]["name"].value() == value
    assert not ApiToken.objects.exists()


def test_somebody_elses_key_is_not_listed(page, now):
    create_token(UserFactory(), name="theirs", now=now)

    assert "theirs" not in page.get(TOKENS).content.decode()


def test_a_former_member_keeps_their_settings(client_of, club, now):
    left = MembershipFactory(club=club, role=Role.RUNNER, left_at=now)
    response = client_of(left.user).get(SETTINGS)

    assert response.context["memberships"] == []


# --- Injured before, once a year ------------------------------------------------------------------
ASK = "Were you injured from running in the last 12 months?"


@pytest.mark.parametrize(
    ("injured", "kept"),
    [("yes", (True, True)), ("no", (False, True)), ("", (None, False)), ("11", (None, False))],
)
def test_a_year_later_my_week_asks_again_in_one_tap(
    client_of, runner, now, time_machine, injured, kept
):
    time_machine.move_to(now, tick=False)
    runner.previous_injury = True
    runner.previous_injury_answered_on = now.date() - dt.timedelta(days=365)
    runner.save()
    page = client_of(runner)
    assert ASK in page.get("/").content.decode()

    answer = page.post("/settings/previous-injury/", {"injured": injured, "next": "/"})

    assert answer.url == "/"
    runner.refresh_from_db()
    said_today = runner.previous_injury_answered_on == now.date()
    assert (runner.previous_injury, said_today) == kept
    assert ASK not in page.get("/").content.decode()
