"""A club's mail for its admins: what became of it and once more; nothing about anybody's heel."""

import datetime as dt

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse

from dashboards.models import Digest, Notice
from dashboards.selectors.club_mail import Entry, club_mail
from dashboards.services.digests import send_digest
from dashboards.services.resending import resend
from members.models import AuditEntry, Invitation, Role
from members.selectors.audit import entries_about
from members.services.invitations import invite
from tests.factories import ActivityFactory, AssessmentFactory, ClubFactory, MembershipFactory

PAGE = "/c/heath/mail/"
WEEK = dt.date(2026, 3, 9)
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)


@pytest.fixture
def page(client_of, admin_membership):
    return client_of(admin_membership.user)


def digest(membership, *, at, **fields):
    if fields.get("state") == "sent":
        fields["sent_at"] = at
    return Digest.objects.create(
        membership=membership, kind="runner", week=WEEK, due_at=at, **fields
    )


def notice(user, *, at, kind, **fields):
    return Notice.objects.create(user=user, kind=kind, key=str(WEEK), due_at=at, **fields)


def invited(club, *, at, **fields):
    invitation = Invitation.objects.create(
        club=club, email="new@example.org", expires_at=at + 14 * DAY
    )
    return Notice.objects.create(
        kind="invitation", invitation=invitation, key=str(invitation.pk), due_at=at, **fields
    )


def shown(response):
    return [(one.kind, one.who, one.state) for one, _ in response.context["entries"]]


def test_each_mail_of_the_club_with_what_became_of_it(page, membership, now):
    digest(membership, at=now - HOUR, state="sent", attempts=1)
    invited(
        membership.club, at=now - 2 * HOUR, attempts=3, reason="451 try later",
        next_try_at=now + HOUR,
    )  # fmt: skip

    response = page.get(PAGE)

    assert shown(response) == [
        ("runner", "Robin Runner", "sent"),
        ("invitation", None, "due"),
    ]
    text = response.content.decode()
    for said in ("✓ sent", "451 try later", "next try 18 Mar, 13:00", "week of 9 Mar"):
        assert said in text


def test_an_invited_stranger_is_a_number(page, admin_membership, now):
    invitation = invite(admin_membership, email="new@example.org", role="runner", now=now)

    text = page.get(PAGE).content.decode()

    assert f"invitation {invitation.pk}" in text
    assert "new@example.org" not in text


def test_what_follows_from_a_heel_or_is_ones_own_is_not_listed(
    page, membership, coach_membership, now
):
    for kind in ("morning", "reminder", "import", "export"):
        notice(membership.user, at=now, kind=kind)
    notice(
        coach_membership.user, at=now, kind="urgent", membership=coach_membership,
        about=membership.user,
    )  # fmt: skip
    assert shown(page.get(PAGE)) == []


def test_other_clubs_mail_is_not_listed(page, now):
    other = MembershipFactory()
    digest(other, at=now)
    invited(other.club, at=now)
    assert shown(page.get(PAGE)) == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?state=sent", ["runner"]),
        ("?state=waiting", ["invitation"]),
        ("?state=failed", []),
        ("?kind=invitation", ["invitation"]),
        ("?kind=runner&state=waiting", []),
        ("?kind=urgent&state=odd&page=x", ["runner", "invitation"]),  # odd values mean nothing
    ],
)
def test_it_is_narrowed_by_kind_and_state(query, found, page, membership, now):
    digest(membership, at=now, state="sent")
    invited(membership.club, at=now - HOUR)
    assert [kind for kind, *_ in shown(page.get(PAGE + query))] == found


def test_it_has_pages(page, club, now):
    for number in range(51):
        digest(MembershipFactory(club=club), at=now - number * HOUR, state="sent")

    first, second = page.get(PAGE), page.get(f"{PAGE}?page=2&state=sent")

    assert (len(shown(first)), len(shown(second))) == (50, 1)
    assert "page=1" in second.content.decode()
    assert "state=sent" in second.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_rows_cost_two_queries(count, club, admin_membership, now, django_assert_num_queries):
    for _ in range(count):
        digest(MembershipFactory(club=club), at=now)
        invited(club, at=now)
    with django_assert_num_queries(1):
        rows = [Entry(*row) for row in club_mail(admin_membership)]
    with django_assert_num_queries(1):
        assert club_mail(admin_membership).count() == len(rows) == 2 * count


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_queries(count, page, club, now, django_assert_num_queries):
    for _ in range(count):
        digest(MembershipFactory(club=club), at=now)
    with django_assert_num_queries(6):  # session, person, membership, count, rows, menu
        page.get(PAGE)


# --- Once more -----------------------------------------------------------------------------------
@pytest.fixture
def sent(membership, now):
    ActivityFactory(runner=membership.user, started_at=now - 6 * DAY)
    AssessmentFactory(runner=membership.user, week=WEEK, settled_at=now)
    row = digest(membership, at=now - HOUR)
    send_digest(row.pk, now=now)
    row.refresh_from_db()
    return row


def test_a_mail_that_was_sent_goes_again_under_another_id(
    sent, page, membership, admin_membership, now, time_machine,
    django_capture_on_commit_callbacks,
):  # fmt: skip
    time_machine.move_to(now + HOUR, tick=False)
    with django_capture_on_commit_callbacks() as after:
        page.post(reverse("dashboards:resend", args=["heath", "digest", sent.pk]))
    assert len(after) == 1
    assert send_digest(sent.pk, now=now + HOUR) == "sent"

    first, again = (one.extra_headers["Message-ID"] for one in mail.outbox)
    assert (first, again) == (f"<digest-{sent.pk}@127.0.0.1>", f"<digest-{sent.pk}-1@127.0.0.1>")
    sent.refresh_from_db()
    assert (sent.attempts, sent.resends, sent.sent_at) == (1, 1, now + HOUR)
    [entry] = AuditEntry.objects.filter(action="mail_resent")
    assert (entry.by, entry.about) == (admin_membership.user, membership.user)
    assert entry.details == {"mail": sent.pk, "kind": "runner"}
    assert entries_about(membership.user)[0].what == "had a mail sent to you again"


@pytest.mark.parametrize("state", ["failed", "skipped"])
def test_a_mail_that_was_not_sent_keeps_its_id(state, membership, admin_membership, now):
    row = digest(membership, at=now - HOUR, state=state, attempts=9, reason="550 no such box")

    resend(row, by=admin_membership, now=now)

    row.refresh_from_db()
    assert (row.state, row.attempts, row.resends, row.reason) == ("due", 0, 0, "")
    assert row.message_name == f"digest-{row.pk}"


@pytest.mark.parametrize(
    ("state", "age"), [("due", HOUR), ("claimed", HOUR), ("failed", 28 * DAY + HOUR)]
)
def test_what_is_on_its_way_or_old_is_not_sent_again(
    state, age, page, membership, admin_membership, now, time_machine
):
    time_machine.move_to(now, tick=False)
    row = digest(membership, at=now - age, state=state)
    with pytest.raises(ValidationError):
        resend(row, by=admin_membership, now=now)

    response = page.post(
        reverse("dashboards:resend", args=["heath", "digest", row.pk]), follow=True
    )
    assert "on its way already, or older than four weeks" in response.content.decode()
    assert "Send again" not in response.content.decode()
    assert not AuditEntry.objects.exists()


def test_nobody_has_another_clubs_or_a_persons_own_mail_sent_again(page, membership, now):
    theirs = digest(MembershipFactory(), at=now, state="failed")
    own = notice(membership.user, at=now, kind="morning", state="failed")
    for ledger, row in (("digest", theirs), ("notice", own), ("letters", own)):
        address = reverse("dashboards:resend", args=["heath", ledger, row.pk])
        assert page.post(address).status_code == 404


def test_the_service_itself_knows_whose_mail_it_is(admin_membership, membership, now):
    row = digest(membership, at=now, state="failed")
    elsewhere = MembershipFactory(role=Role.ADMIN, club=ClubFactory())
    with pytest.raises(ValidationError):
        resend(row, by=elsewhere, now=now)
