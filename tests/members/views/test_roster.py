"""A club's list in, links to hand over, and joining by a code."""

import datetime as dt
import re

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from members.links import claim_token, join_token
from members.models import AuditEntry, Invitation, JoinCode, Membership, Role, User
from members.services.invitations import MOST_BY_CODE, invite
from members.services.join_codes import open_code
from members.services.memberships import end_membership
from members.views.roster import TRIES
from tests.factories import SquadFactory

PAGE = "/c/heath/members/roster/"
LIST = """Name;E-Mail;Rolle;Gruppe
Ann Arbor;ann@example.org;Läuferin;Tuesday
Bo Beck;bo(at)example.org;;
Cy Clark;cy@example.org;King;
Di Dunn;di@example.org;Trainerin;Nowhere
Robin Runner;{robin};;
"""


@pytest.fixture(autouse=True)
def _today(time_machine, now):
    time_machine.move_to(now, tick=False)
    cache.clear()


@pytest.fixture
def admin(client_of, admin_membership):
    return client_of(admin_membership.user)


@pytest.fixture
def tuesday(club):
    return SquadFactory(club=club, name="Tuesday")


def rows(*people, **more):
    """What the second page sends."""
    data = {"form-TOTAL_FORMS": str(len(people)), "form-INITIAL_FORMS": "0"} | more
    for number, (name, email, role, squad) in enumerate(people):
        row = {"name": name, "email": email, "role": role, "squad": squad}
        data |= {f"form-{number}-{field}": value for field, value in row.items()}
    return data


def test_a_list_is_shown_with_what_is_wrong_at_its_field(admin, runner, tuesday):
    answer = admin.post(PAGE, {"text": LIST.format(robin=runner.email)})
    assert answer.status_code == 200
    forms = answer.context["rows"].forms
    assert [form.errors for form in forms] == [
        {},
        {"email": ["Enter a valid email address."]},
        {"role": ["“King” is no role here; choose one."]},
        {"squad": ["The club has no squad “Nowhere”; choose one or none."]},
        {},
    ]
    assert [form.is_member for form in forms] == [False, False, False, False, True]
    assert forms[0]["squad"].value() == str(tuesday.pk)
    html = answer.content.decode()
    assert 'value="bo(at)example.org"' in html
    assert "3 of 5 need a look; nobody has been invited yet." in html
    assert not Invitation.objects.exists()


def test_nobody_is_invited_while_a_row_is_wrong(admin):
    sent = rows(("Ann", "ann@example.org", "runner", ""), ("Bo", "bo", "runner", ""))
    answer = admin.post(PAGE, sent)
    assert answer.status_code == 422
    assert 'value="Ann"' in answer.content.decode()
    assert not Invitation.objects.exists()


def test_mended_and_confirmed_each_is_invited_once(admin, runner, tuesday):
    sent = rows(
        ("Ann Arbor", "Ann@example.org", "runner", str(tuesday.pk)),
        ("Bo Beck", "bo", "runner", ""),
        ("Di Dunn", "di@example.org", "coach", ""),
        ("Robin Runner", runner.email, "runner", ""),
        **{"form-1-leave_out": "on"},
    )
    answer = admin.post(PAGE, sent, follow=True)
    assert "2 people are invited; the mails are on their way." in answer.content.decode()
    said = Invitation.objects.order_by("email").values_list("name", "email", "role", "squad")
    assert list(said) == [
        ("Ann Arbor", "ann@example.org", "runner", tuesday.pk),
        ("Di Dunn", "di@example.org", "coach", None),
    ]
    assert AuditEntry.objects.filter(action="invited").count() == 2

    again = admin.post(PAGE, sent, follow=True)
    assert "Nobody new was on the list; no mail was sent." in again.content.decode()
    assert Invitation.objects.count() == 2


def test_an_address_stands_in_it_once(admin):
    twice = ("Ann", "ann@example.org", "runner", "")
    answer = admin.post(PAGE, rows(twice, twice))
    assert answer.context["rows"].forms[1].errors == {
        "email": ["Stands in the list twice; leave one of them out."]
    }


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "name,email"}, "text"),
        ({"file": SimpleUploadedFile("list.csv", b"PK\x03\0")}, "file"),
    ],
)
def test_what_is_no_list_is_said(admin, sent, field):
    answer = admin.post(PAGE, sent)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]


def test_a_file_is_read(admin):
    given = SimpleUploadedFile("list.csv", "Name,Email\nJörg,j@example.org".encode("cp1252"))
    (form,) = admin.post(PAGE, {"file": given}).context["rows"].forms
    assert (form["name"].value(), form.errors) == ("Jörg", {})


@pytest.mark.parametrize("people", [1, 3])
def test_a_fixed_number_of_queries(admin, tuesday, people, django_assert_num_queries):
    text = "\n".join(f"P{n},p{n}@example.org" for n in range(people))
    with django_assert_num_queries(8):
        admin.post(PAGE, {"text": text})


# --- Links to hand over --------------------------------------------------------------------------
def joined(token, **changed):
    said = {
        "name": "Ann Arbor", "time_zone": "Europe/London", "unit": "km", "adult": "yes",
        "previous_injury": "", "health": "no", "sharing": "nothing",
    } | changed  # fmt: skip
    return Client().post(f"/join/{token}/", said)


def test_a_link_is_handed_over(admin, admin_membership, now):
    invitation = invite(
        admin_membership, email="ann@example.org", role="runner", name="Ann", now=now
    )
    html = admin.post(f"/c/heath/invitations/{invitation.pk}/link/").content.decode()
    (token,) = set(re.findall(r"/join/([^/]+)/\"", html))
    assert token == claim_token(invitation.pk)
    shown = AuditEntry.objects.get(action="claim_link_shown")
    assert (shown.by, shown.details) == (admin_membership.user, {"invitation": invitation.pk})
    assert 'value="Ann"' in Client().get(f"/join/{token}/").content.decode()
    assert joined(token).status_code == 302
    assert Membership.objects.filter(user__email="ann@example.org").exists()
    assert joined(token).status_code == 410


@pytest.mark.parametrize(("make", "verified"), [(claim_token, False), (join_token, True)])
def test_only_a_mailed_link_proves_the_mailbox(admin_membership, now, make, verified):
    invitation = invite(admin_membership, email="ann@example.org", role="runner", now=now)
    joined(make(invitation.pk))
    assert EmailAddress.objects.get(email="ann@example.org").verified is verified


def test_a_link_that_is_taken_back_is_not_shown(admin, admin_membership, now):
    invitation = invite(admin_membership, email="ann@example.org", role="runner", now=now)
    Invitation.objects.update(revoked_at=now)
    html = admin.post(f"/c/heath/invitations/{invitation.pk}/link/").content.decode()
    assert "/join/" not in html
    assert "taken back" in html
    assert not AuditEntry.objects.filter(action="claim_link_shown").exists()


# --- The code ------------------------------------------------------------------------------------
@pytest.fixture
def code(admin_membership, now):
    return open_code(admin_membership, now=now).code


def ask(code, email="ann@example.org", client=None):
    return (client or Client()).post("/join/", {"code": code, "email": email})


def test_the_code_is_made_replaced_and_closed(admin):
    admin.post("/c/heath/members/code/")
    first = JoinCode.objects.get().code
    admin.post("/c/heath/members/code/")
    second = JoinCode.objects.get()
    assert second.code != first
    assert str(second) in admin.get("/c/heath/members/").content.decode()
    admin.post("/c/heath/members/code/", {"close": "1"})
    assert not JoinCode.objects.exists()
    actions = AuditEntry.objects.order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["join_code_made", "join_code_made", "join_code_closed"]


@pytest.mark.parametrize("typed", [str.lower, lambda code: f" {code[:4]}-{code[4:]} "])
def test_with_it_one_is_mailed_a_link_as_a_runner(code, typed):
    assert ask(typed(code), " Ann@Example.org ").status_code == 200
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.role, invitation.by_code) == (
        "ann@example.org", Role.RUNNER, True,
    )  # fmt: skip
    assert not User.objects.filter(email="ann@example.org").exists()


def test_a_wrong_or_old_code_is_refused(code, time_machine, now):
    wrong = ask("AAAABBBB")
    assert wrong.status_code == 422
    assert wrong.context["form"].errors == {
        "code": ["No club has this code now; ask for the newest one."]
    }
    time_machine.move_to(now + dt.timedelta(days=90))
    assert ask(code).status_code == 422
    assert not Invitation.objects.exists()


def test_it_does_not_tell_who_is_in_the_club(code, runner):
    known, unknown = ask(code, runner.email), ask(code, "new@example.org")
    strip = re.compile(r'csrf\w*" value="[^"]+"|X-CSRFToken[^}]+')
    assert strip.sub("", known.content.decode()) == strip.sub("", unknown.content.decode())
    assert [one.email for one in Invitation.objects.all()] == ["new@example.org"]


def test_who_was_taken_out_comes_back_by_name_only(code, membership, admin_membership, now):
    end_membership(membership, by=admin_membership, now=now)
    assert ask(code, membership.user.email).status_code == 200
    assert not Invitation.objects.exists()
    assert invite(admin_membership, email=membership.user.email, role="runner", now=now)


def test_an_invitation_by_name_is_not_replaced_by_a_stranger(code, admin_membership, now):
    invite(admin_membership, email="ann@example.org", role="coach", now=now)
    ask(code)
    assert Invitation.objects.get().role == "coach"


def test_one_mailbox_is_not_filled(code):
    for _ in range(MOST_BY_CODE + 2):
        ask(code)
    assert Invitation.objects.count() == MOST_BY_CODE


def test_guessing_ends(code):
    client = Client()
    assert [ask("AAAABBBB", client=client).status_code for _ in range(TRIES)] == [422] * TRIES
    assert ask(code, client=client).status_code == 429
    assert not Invitation.objects.exists()
