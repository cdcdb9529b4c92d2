"""What is checked before a mail leaves, what it says, and what goes into one mail a day."""

import datetime as dt
import smtplib

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from dashboards.models import DataExport, Digest, Notice
from dashboards.services import ledger, notices
from dashboards.services.mail_preferences import change_wishes, set_frequency
from dashboards.services.notice_sending import send_notice
from injuries.links import morning_url
from members.links import days_link, join_link
from members.models import AuditEntry
from members.selectors.audit import entries_about
from members.services.invitations import invite, revoke
from tests.factories import (
    ActivityFactory,
    AssessmentFactory,
    DayStatusFactory,
    FlagFactory,
    HeelProblemFactory,
    ImportBatchFactory,
    MorningFactory,
)
from tests.mail_checks import wrong_with

DAY, HOUR, MINUTE = dt.timedelta(days=1), dt.timedelta(hours=1), dt.timedelta(minutes=1)
SITE = "http://127.0.0.1:8000"
HEALTH_WORDS = ("heel", "pain", "sore", "snap", "first step", "injur", "clinician", "urgent")


@pytest.fixture
def morning(runner, now):
    HeelProblemFactory(runner=runner)
    ActivityFactory(runner=runner, started_at=now - 15 * HOUR)
    set_frequency(runner, kind="morning", frequency="daily", now=now)
    return Notice.objects.create(user=runner, kind="morning", key="2026-03-18", due_at=now)


@pytest.fixture
def reminder(runner, now):
    ActivityFactory(runner=runner, started_at=now - 12 * DAY)
    return Notice.objects.create(user=runner, kind="reminder", key="2026-03-09", due_at=now)


@pytest.fixture
def imported(runner, now):
    batch = ImportBatchFactory(runner=runner, created_at=now - HOUR, finished_at=now)
    return Notice.objects.create(user=runner, kind="import", key=str(batch.pk), due_at=now)


@pytest.fixture
def download(runner, now):
    DataExport.objects.create(
        user=runner, state="ready", asked_at=now - HOUR, ready_at=now, file="x",
        expires_at=now + 7 * DAY,
    )  # fmt: skip
    return Notice.objects.create(user=runner, kind="export", key="x", due_at=now)


@pytest.fixture
def urgent(membership, coach_membership, now):
    assessment = AssessmentFactory(
        runner=membership.user, clinician="urgent_today", training="rest", assessed_at=now
    )
    FlagFactory(
        assessment=assessment, rule="RF1", level="yes", action="urgent_today",
        values={"questions": ["snap_pop_grind"], "since": "2026-03-18"},
    )  # fmt: skip
    notices.insert_news(now=now)
    return Notice.objects.get(kind="urgent")


@pytest.fixture
def invitation(admin_membership, now):
    invite(admin_membership, email="new@example.org", role="runner", now=now)
    return Notice.objects.get(kind="invitation")


KINDS = {
    "morning": ("Good morning: one question", "/morning/"),
    "reminder": ("Nothing is logged for last week", "/days/link/"),
    "imported": ("Your import has ended", "/import/"),
    "download": ("Your download is ready", "/data/"),
    "urgent": ("Heath Harriers: please look at the board today", "/c/heath/"),
    "invitation": ("Your invitation to Heath Harriers", "/join/"),
}


@pytest.fixture
def row(request):
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize(("row", "said"), KINDS.items(), indirect=["row"], ids=list(KINDS))
def test_each_kind_is_sent_once_whole_and_says_nothing_about_anybodys_heel(row, said, now):
    assert send_notice(row.pk, now=now) == "sent"
    assert send_notice(row.pk, now=now + MINUTE) is None

    [sent] = mail.outbox
    subject, link = said
    assert sent.subject == subject
    assert f"{SITE}{link}" in sent.body
    assert wrong_with(sent, site=SITE) == []
    assert sent.extra_headers["Message-ID"] == f"<notice-{row.pk}@127.0.0.1>"
    for text in (sent.subject, sent.body, sent.alternatives[0].content, str(sent.extra_headers)):
        assert [word for word in HEALTH_WORDS if word in text.lower()] in ([], ["urgent"])
        assert "Robin Runner" not in text or row.kind != "urgent"
    row.refresh_from_db()
    assert (row.state, row.sent_at, row.attempts) == ("sent", now, 1)


@pytest.mark.parametrize(
    "row", ["morning", "reminder", "imported", "download", "urgent"], indirect=True
)
def test_each_can_be_stopped_by_one_click_without_a_login(row, now, client):
    send_notice(row.pk, now=now)
    headers = mail.outbox[0].extra_headers
    off = headers["List-Unsubscribe"].strip("<>").removeprefix(SITE)
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert off in mail.outbox[0].body

    assert client.get(off).status_code == 200
    assert client.post(off).status_code == 200

    row.pk, row.key = None, row.key + " "
    row.state, row.sent_at = "due", None
    row.save()
    assert send_notice(row.pk, now=now) == "skipped"
    row.refresh_from_db()
    assert row.reason == "does not want this mail"


def test_the_invitation_has_the_link_and_no_other(invitation, now):
    send_notice(invitation.pk, now=now)
    [sent] = mail.outbox
    assert sent.to == ["new@example.org"]
    assert join_link(invitation.invitation_id) in sent.body
    assert "List-Unsubscribe" not in sent.extra_headers


def test_the_morning_has_its_signed_link(morning, runner, now):
    send_notice(morning.pk, now=now)
    assert morning_url(runner, on=now.date()) in mail.outbox[0].body


def test_the_reminder_has_the_signed_link_to_the_empty_weeks_days(
    reminder, runner, client, now, time_machine
):
    time_machine.move_to(now, tick=False)
    send_notice(reminder.pk, now=now)
    link = days_link(runner.pk, week=dt.date(2026, 3, 9))
    assert link in mail.outbox[0].body
    assert client.get(link.removeprefix(SITE)).status_code == 200


# --- What is true when it is sent decides --------------------------------------------------------
def answered(row, now):
    MorningFactory(runner=row.user, on=now.date())


def consent_back(row, now):
    row.user.health_consent_at = None
    row.user.save()


def inactive(row, now):
    row.user.is_active = False
    row.user.save()


def logged(row, now):
    DayStatusFactory(runner=row.user, on=dt.date(2026, 3, 11))


def told(row, now):
    Digest.objects.create(
        membership=row.user.memberships.get(), kind="runner", week=dt.date(2026, 3, 9),
        state="sent", sent_at=now, due_at=now,
    )  # fmt: skip


def taken_back(row, now):
    row.user.imports.update(state="undone")


def swept(row, now):
    DataExport.objects.all().delete()


def not_shared(row, now):
    row.about.memberships.update(sharing="status")


def settled(row, now):
    row.about.assessments.get().flags.update(withdrawn_at=now)


def no_coach(row, now):
    row.membership.left_at = now
    row.membership.save()


def revoked(row, now):
    invitation = row.invitation
    by = invitation.invited_by.memberships.get()
    revoke(invitation, by=by, now=now)


@pytest.mark.parametrize(
    ("row", "change", "reason"),
    [
        ("morning", answered, "nothing to ask any more"),
        ("morning", consent_back, "nothing to ask any more"),
        ("morning", inactive, "no longer a member"),
        ("reminder", logged, "something was logged meanwhile"),
        ("reminder", told, "the weekly mail said it"),
        ("imported", taken_back, "it was taken back"),
        ("download", swept, "it is there no longer"),
        ("urgent", not_shared, "settled, or not shared any more"),
        ("urgent", settled, "settled, or not shared any more"),
        ("urgent", no_coach, "settled, or not shared any more"),
        ("invitation", revoked, "used, taken back or expired"),
    ],
    indirect=["row"],
)
def test_what_is_no_longer_true_is_not_sent(row, change, reason, now):
    change(row, now)

    assert send_notice(row.pk, now=now) == "skipped"
    row.refresh_from_db()
    assert (row.reason, mail.outbox) == (reason, [])


def test_yesterdays_question_is_not_asked_today(morning, now):
    assert send_notice(morning.pk, now=now + 12 * HOUR) == "skipped"
    morning.refresh_from_db()
    assert morning.reason == "that morning is over"


def test_two_days_late_is_too_late(imported, now):
    assert send_notice(imported.pk, now=now + 2 * DAY + MINUTE) == "skipped"
    imported.refresh_from_db()
    assert imported.reason == "too late to be of use"


def test_a_runner_reads_which_coach_was_mailed_because_of_them(urgent, membership, coach, now):
    send_notice(urgent.pk, now=now)

    [entry] = AuditEntry.objects.filter(action="coach_mailed")
    assert (entry.by, entry.about, entry.club) == (coach, membership.user, membership.club)
    assert entry.details == {}
    [looked] = entries_about(membership.user)
    assert (looked.who, looked.what) == ("Casey Coach", "was asked by mail to look at the board")


# --- One mail a day ------------------------------------------------------------------------------
@pytest.fixture
def day(imported, download, runner, now):
    """Two news that go into the mail of today."""
    change_wishes(runner, wishes={"import": "daily", "export": "daily"}, hour=12, now=now)
    Notice.objects.update(bundled_on=now.date())
    return [imported, download]


def states():
    return list(Notice.objects.order_by("pk").values_list("state", "attempts", "reason"))


def test_what_fell_due_until_the_hour_is_one_mail(day, now):
    first, second = day
    assert send_notice(second.pk, now=now) is None  # the older row takes it along
    assert send_notice(first.pk, now=now) == "sent"
    assert send_notice(second.pk, now=now) is None

    [sent] = mail.outbox
    assert sent.subject == "Surefoot: 2 things today"
    assert "Your import has ended" in sent.body
    assert "Your download is ready" in sent.body
    assert sent.body.count("No more mail") == 2
    assert wrong_with(sent, site=SITE) == []
    assert states() == [("sent", 1, ""), ("sent", 1, "")]


def test_what_is_off_meanwhile_stays_out_of_it(day, runner, now):
    set_frequency(runner, kind="import", frequency="off", now=now)

    assert send_notice(day[0].pk, now=now) == "sent"
    assert mail.outbox[0].subject == "Your download is ready"
    assert states() == [("skipped", 1, "does not want this mail"), ("sent", 1, "")]


def test_a_refused_daily_mail_is_tried_again_as_one(day, now, monkeypatch):
    def refuse(self, messages):
        raise smtplib.SMTPDataError(451, b"try later")

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    assert send_notice(day[0].pk, now=now) == "due"
    monkeypatch.undo()

    assert send_notice(day[0].pk, now=now + 5 * MINUTE) == "sent"
    assert len(mail.outbox) == 1
    assert states() == [("sent", 2, ""), ("sent", 2, "")]


def test_a_sender_that_died_leaves_both_rows_to_the_next(day, now):
    ledger.claim(Notice, day[0].pk, now=now)
    assert send_notice(day[1].pk, now=now) is None  # the other sender may still be at it

    later = now + 11 * MINUTE
    assert ledger.release_stuck(now=later) == 1
    assert send_notice(day[0].pk, now=later) == "sent"
    assert len(mail.outbox) == 1


def test_two_runners_of_one_club_are_one_line(urgent, coach, now):
    Notice.objects.create(
        user=coach, kind="urgent", key="other", membership=urgent.membership, about=urgent.about,
        due_at=now, bundled_on=now.date(),
    )  # fmt: skip
    Notice.objects.filter(pk=urgent.pk).update(bundled_on=now.date())

    assert send_notice(urgent.pk, now=now) == "sent"
    assert mail.outbox[0].subject == "Heath Harriers: please look at the board today"
    assert mail.outbox[0].body.count("Open the board") == 1


@pytest.mark.parametrize("count", [1, 3])
def test_a_mail_of_a_day_costs_the_same_for_each_row(count, runner, now, django_assert_num_queries):
    set_frequency(runner, kind="import", frequency="daily", now=now)
    for _ in range(count):
        batch = ImportBatchFactory(runner=runner, created_at=now - HOUR, finished_at=now)
        row = Notice.objects.create(
            user=runner, kind="import", key=str(batch.pk), due_at=now, bundled_on=now.date()
        )
    first = Notice.objects.order_by("pk").first()
    # Older rows twice, the claim, its rows thrice; then five of each.
    with django_assert_num_queries(6 + 5 * count):
        assert send_notice(first.pk, now=now) == "sent"
    assert row.kind == "import"
