"""The send ledger: one row and one sender per mail, whatever dies or comes twice."""

import datetime as dt
import smtplib

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from dashboards.models import Digest, MailPreference
from dashboards.services import digests, ledger
from members.models import Role
from tests.factories import ActivityFactory, AssessmentFactory, MembershipFactory

LAST_MONDAY = dt.date(2026, 3, 9)
MONDAY_SEVEN = dt.datetime(2026, 3, 16, 7, 0, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def reader(membership):
    """A runner who joined long ago, with a judged week and a run in it."""
    membership.joined_at = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    membership.save()
    ActivityFactory(runner=membership.user, started_at=dt.datetime(2026, 3, 12, 18, tzinfo=dt.UTC))
    AssessmentFactory(
        runner=membership.user, week=LAST_MONDAY, settled_at=MONDAY_SEVEN, on=dt.date(2026, 3, 15)
    )
    return membership


@pytest.fixture
def row(reader):
    return Digest.objects.create(
        membership=reader, kind="runner", week=LAST_MONDAY, due_at=MONDAY_SEVEN
    )


def test_a_row_is_due_from_the_clubs_hour_in_the_readers_zone(reader):
    reader.user.time_zone = "America/New_York"
    reader.user.save()

    assert digests.insert_due(now=MONDAY_SEVEN) == 0
    assert digests.insert_due(now=MONDAY_SEVEN + dt.timedelta(hours=4)) == 1

    row = Digest.objects.get()
    assert (row.week, row.due_at) == (LAST_MONDAY, MONDAY_SEVEN + dt.timedelta(hours=4))


def test_two_beats_insert_one_row(reader):
    assert [digests.insert_due(now=MONDAY_SEVEN) for _ in range(2)] == [1, 0]


def test_who_gets_which_mail(club, reader, coach_membership, admin_membership):
    for one in (coach_membership, admin_membership):
        one.joined_at = reader.joined_at
        one.save()
    MembershipFactory(user=reader.user, joined_at=reader.joined_at)  # a second club

    digests.insert_due(now=MONDAY_SEVEN)

    rows = Digest.objects.order_by("kind").values_list("membership", "kind")
    assert list(rows) == [(coach_membership.pk, "coach"), (reader.pk, "runner")]


def test_a_runner_of_two_clubs_gets_the_mail_of_the_club_joined_first(reader):
    second = MembershipFactory(
        user=reader.user, joined_at=reader.joined_at - dt.timedelta(days=9), club__digest_weekday=2
    )

    assert digests.insert_due(now=MONDAY_SEVEN) == 0
    assert digests.insert_due(now=MONDAY_SEVEN + dt.timedelta(days=2)) == 1
    assert Digest.objects.get().membership == second


def test_who_leaves_the_first_club_is_not_mailed_twice_about_a_week(reader):
    MembershipFactory(user=reader.user, joined_at=MONDAY_SEVEN - dt.timedelta(days=20))
    assert digests.insert_due(now=MONDAY_SEVEN) == 1
    reader.left_at = MONDAY_SEVEN
    reader.save()

    assert digests.insert_due(now=MONDAY_SEVEN + MINUTE) == 0
    assert digests.send_digest(Digest.objects.get().pk, now=MONDAY_SEVEN) == "skipped"
    assert digests.insert_due(now=MONDAY_SEVEN + MINUTE) == 1  # the second club's


def test_after_weeks_without_a_schedule_only_this_weeks_mail_goes_out(reader, row):
    later = MONDAY_SEVEN + dt.timedelta(days=15)
    ActivityFactory(runner=reader.user, started_at=later - dt.timedelta(days=4))

    assert digests.insert_due(now=later) == 1
    states = [digests.send_digest(one.pk, now=later) for one in Digest.objects.sendable(now=later)]
    weeks = list(Digest.objects.order_by("week").values_list("week", "state", "reason"))
    assert states == ["skipped", "sent"]
    assert weeks[0] == (LAST_MONDAY, "skipped", "too late to be of use")
    assert [week for week, *_ in weeks] == [LAST_MONDAY, LAST_MONDAY + dt.timedelta(days=14)]


def test_exactly_one_of_two_senders_gets_the_row(row):
    assert [ledger.claim(Digest, row.pk, now=MONDAY_SEVEN) for _ in range(2)] == [True, False]


def test_a_mail_is_sent_once(row):
    assert digests.send_digest(row.pk, now=MONDAY_SEVEN) == "sent"
    assert digests.send_digest(row.pk, now=MONDAY_SEVEN + MINUTE) is None

    row.refresh_from_db()
    assert (row.state, row.sent_at, row.attempts) == ("sent", MONDAY_SEVEN, 1)
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("verified", "state", "reason"),
    [(True, "sent", ""), (False, "skipped", "address not confirmed yet")],
)
def test_nothing_goes_to_an_address_nobody_proved_theirs(row, verified, state, reason):
    """A link that was handed over with a mistyped address would mail a stranger."""
    user = row.membership.user
    EmailAddress.objects.create(user=user, email=user.email, verified=verified, primary=True)
    digests.send_digest(row.pk, now=MONDAY_SEVEN)
    row.refresh_from_db()
    assert (row.state, row.reason, len(mail.outbox)) == (state, reason, int(verified))


def test_a_dead_senders_claim_is_given_back(row):
    ledger.claim(Digest, row.pk, now=MONDAY_SEVEN)

    assert ledger.release_stuck(now=MONDAY_SEVEN + 9 * MINUTE) == 0
    assert ledger.release_stuck(now=MONDAY_SEVEN + 11 * MINUTE) == 1
    assert digests.send_digest(row.pk, now=MONDAY_SEVEN + 12 * MINUTE) == "sent"
    row.refresh_from_db()
    assert row.attempts == 2


def test_a_slow_sender_does_not_overwrite_the_one_after_it(row):
    ledger.claim(Digest, row.pk, now=MONDAY_SEVEN)
    slow = Digest.objects.get(pk=row.pk)
    ledger.release_stuck(now=MONDAY_SEVEN + 11 * MINUTE)
    digests.send_digest(row.pk, now=MONDAY_SEVEN + 12 * MINUTE)

    ledger.store(slow, "failed", reason="too slow")

    row.refresh_from_db()
    assert row.state == "sent"


def refuse(monkeypatch, error):
    def send_messages(self, messages):
        raise error

    monkeypatch.setattr(EmailBackend, "send_messages", send_messages)


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPDataError(451, b"try later"),
        ConnectionRefusedError(111, "refused"),
        smtplib.SMTPServerDisconnected("gone"),
    ],
)
def test_a_refusal_for_now_is_tried_again_with_growing_patience(row, monkeypatch, error):
    refuse(monkeypatch, error)
    now = MONDAY_SEVEN
    waits = []
    for _ in range(3):
        assert digests.send_digest(row.pk, now=now) == "due"
        row.refresh_from_db()
        waits.append(row.next_try_at - now)
        assert digests.send_digest(row.pk, now=now + MINUTE) is None
        now = row.next_try_at
    assert waits == [5 * MINUTE, 15 * MINUTE, 45 * MINUTE]
    monkeypatch.undo()

    assert row.reason


def test_trying_ends_with_the_last_error_kept(row, monkeypatch):
    refuse(monkeypatch, smtplib.SMTPDataError(451, b"try <robin@example.org> later"))
    now, tries = MONDAY_SEVEN, 0
    while digests.send_digest(row.pk, now=now) == "due":
        row.refresh_from_db()
        now, tries = row.next_try_at, tries + 1

    row.refresh_from_db()
    # 5, 15, 45, 135 minutes, then every six hours until four days are over.
    assert (row.state, tries) == ("failed", 20)
    assert row.reason == (
        "given up after 20 attempts; the last: SMTPDataError: (451, b'try (address) later')"
    )


def test_patience_stays_finite_after_many_deaths(row, monkeypatch):
    row.attempts = 2_000
    row.save()
    refuse(monkeypatch, ConnectionRefusedError(111, "refused"))

    assert digests.send_digest(row.pk, now=MONDAY_SEVEN) == "due"
    row.refresh_from_db()
    assert row.next_try_at == MONDAY_SEVEN + dt.timedelta(hours=6)


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (smtplib.SMTPDataError(550, b"no such box"), "SMTPDataError: (550, b'no such box')"),
        (smtplib.SMTPRecipientsRefused({"a@b": (553, b"bad")}), "553 bad"),
    ],
)
def test_a_refusal_for_good_is_kept_with_smtps_words(row, monkeypatch, error, reason):
    refuse(monkeypatch, error)

    assert digests.send_digest(row.pk, now=MONDAY_SEVEN) == "failed"
    row.refresh_from_db()
    assert row.reason == reason


def test_it_waits_for_the_week_to_be_judged_but_not_for_ever(row):
    row.membership.user.assessments.update(settled_at=None)

    assert digests.send_digest(row.pk, now=MONDAY_SEVEN) == "due"
    row.refresh_from_db()
    assert (row.attempts, row.next_try_at) == (0, MONDAY_SEVEN + 15 * MINUTE)
    assert digests.send_digest(row.pk, now=MONDAY_SEVEN + dt.timedelta(hours=7)) == "sent"


@pytest.mark.parametrize("why", ["left", "inactive", "role", "wish", "late"])
def test_why_a_mail_is_not_sent_any_more(row, why):
    now, membership = MONDAY_SEVEN, row.membership
    if why == "left":
        membership.left_at = now
    elif why == "role":
        membership.role = Role.ADMIN
    elif why == "inactive":
        membership.user.is_active = False
        membership.user.save()
    elif why == "wish":
        MailPreference.objects.create(
            user=membership.user, kind="runner", frequency="off", changed_at=now
        )
    else:
        now += dt.timedelta(days=5)
    membership.save()

    assert digests.send_digest(row.pk, now=now) == "skipped"
    assert not mail.outbox


def test_the_runners_mail_has_the_fact_in_its_subject_and_can_be_stopped(row):
    digests.send_digest(row.pk, now=MONDAY_SEVEN)

    (sent,) = mail.outbox
    assert sent.subject == "Your week: 10.0 km"
    headers = sent.extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["Message-ID"] == f"<digest-{row.pk}@127.0.0.1>"
    assert headers["Auto-Submitted"] == "auto-generated"


def test_a_second_sending_has_the_same_message_id(row):
    first = digests.mail_of(row, on=dt.date(2026, 3, 16)).extra_headers["Message-ID"]
    second = digests.mail_of(row, on=dt.date(2026, 3, 17)).extra_headers["Message-ID"]

    assert first == second
