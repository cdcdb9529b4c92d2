"""Every mail that is no weekly digest: one row each, as its reader wishes."""

import datetime as dt

import pytest

from dashboards.models import DataExport, Notice
from dashboards.services import notices
from dashboards.services.mail_preferences import change_wishes, set_frequency, set_hour
from members.models import Role
from members.services.invitations import invite
from tests.factories import (
    ActivityFactory,
    AssessmentFactory,
    FlagFactory,
    HeelProblemFactory,
    ImportBatchFactory,
    MembershipFactory,
    UserFactory,
)

DAY, HOUR, MINUTE = dt.timedelta(days=1), dt.timedelta(hours=1), dt.timedelta(minutes=1)


def rows():
    columns = ("kind", "user", "state", "due_at", "bundled_on", "reason")
    return list(Notice.objects.order_by("pk").values_list(*columns))


@pytest.fixture
def imported(runner, now):
    return ImportBatchFactory(runner=runner, created_at=now - HOUR, finished_at=now)


def alarm(membership, now):
    assessment = AssessmentFactory(
        runner=membership.user, clinician="urgent_today", training="rest", assessed_at=now
    )
    return FlagFactory(
        assessment=assessment, rule="RF1", level="yes", action="urgent_today",
        values={"questions": ["snap_pop_grind"], "since": "2026-03-18"},
    )  # fmt: skip


def test_news_go_into_the_ledger_once(imported, runner, now):
    assert [notices.insert_news(now=now + number * MINUTE) for number in range(2)] == [1, 0]
    assert rows() == [("import", runner.pk, "due", now, None, "")]


def test_a_new_download_is_another_mail(runner, now):
    export = DataExport.objects.create(
        user=runner, state="ready", asked_at=now - HOUR, ready_at=now, file="x",
        expires_at=now + DAY,
    )  # fmt: skip
    assert notices.insert_news(now=now) == 1
    export.asked_at, export.ready_at = now + HOUR, now + 2 * HOUR
    export.save()
    assert notices.insert_news(now=now + 2 * HOUR) == 1


def test_what_is_not_wished_is_not_in_the_ledger(imported, runner, now):
    set_frequency(runner, kind="import", frequency="off", now=now)
    assert notices.insert_news(now=now) == 0
    assert rows() == []


def test_once_a_day_means_at_the_readers_next_hour(imported, runner, now):
    runner.time_zone = "America/New_York"
    runner.save()
    change_wishes(runner, wishes={"import": "daily"}, hour=6, now=now)

    notices.insert_news(now=now)

    six = dt.datetime(2026, 3, 19, 10, tzinfo=dt.UTC)
    assert rows() == [("import", runner.pk, "due", six, dt.date(2026, 3, 19), "")]


@pytest.mark.parametrize(
    ("urgent", "weekly", "state", "reason"),
    [
        ("at_once", "weekly", "due", ""),
        ("weekly", "weekly", "skipped", "it is in the weekly mail"),
        ("weekly", "off", "due", ""),  # without the weekly mail it would be lost
    ],
)
def test_an_alarm_is_never_lost(
    urgent, weekly, state, reason, membership, coach_membership, coach, now
):
    change_wishes(coach, wishes={"urgent": urgent, "coach": weekly}, hour=7, now=now)
    alarm(membership, now)

    assert notices.insert_news(now=now) == 1
    [row] = Notice.objects.all()
    assert (row.state, row.reason) == (state, reason)
    assert (row.user, row.membership, row.about) == (coach, coach_membership, membership.user)


def test_the_alarm_of_one_answer_is_one_mail_though_the_next_week_says_it_again(
    membership, coach_membership, now
):
    first = alarm(membership, now)
    notices.insert_news(now=now)
    later = AssessmentFactory(
        runner=membership.user, week=dt.date(2026, 3, 23), assessed_at=now + DAY
    )
    FlagFactory(
        assessment=later, rule="RF1", level="yes", action="urgent_today", values=first.values
    )

    assert notices.insert_news(now=now + DAY) == 0


def test_questions_and_reminders_go_into_the_ledger_once(runner, now):
    HeelProblemFactory(runner=runner)
    ActivityFactory(runner=runner, started_at=now - 15 * HOUR)
    set_frequency(runner, kind="morning", frequency="daily", now=now)
    set_hour(runner, hour=11, now=now)

    assert [notices.insert_asked(now=now + number * MINUTE) for number in range(2)] == [1, 0]
    assert rows() == [("morning", runner.pk, "due", now - HOUR, None, "")]
    assert Notice.objects.get().key == "2026-03-18"


def test_an_invitation_is_a_row_without_a_reader(admin_membership, now):
    invitation = invite(admin_membership, email="new@example.org", role="runner", now=now)
    [row] = Notice.objects.all()
    assert (row.kind, row.user, row.invitation, row.due_at) == ("invitation", None, invitation, now)


def test_the_invitations_mail_is_queued_after_the_commit(
    admin_membership, now, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as after:
        invite(admin_membership, email="new@example.org", role="runner", now=now)
    assert len(after) == 1


@pytest.mark.parametrize("count", [1, 3])
def test_news_cost_the_same_queries_however_many(count, now, django_assert_num_queries, db):
    for _ in range(count):
        ImportBatchFactory(runner=UserFactory(), created_at=now - HOUR, finished_at=now)
    # What ended, what is there, wishes, hours, zones, one insert; downloads; alarms.
    with django_assert_num_queries(8):
        assert notices.insert_news(now=now) == count


@pytest.mark.parametrize("count", [1, 3])
def test_alarms_cost_the_same_queries_however_many(
    count, club, coach_membership, now, django_assert_num_queries
):
    for _ in range(count):
        alarm(MembershipFactory(club=club, sharing="everything", role=Role.RUNNER), now)
    with django_assert_num_queries(10):
        assert notices.insert_news(now=now) == count


@pytest.mark.parametrize(
    ("state", "age", "left"),
    [("skipped", 91, 0), ("failed", 91, 0), ("skipped", 89, 1), ("due", 91, 1)],
)
def test_rows_that_ended_long_ago_are_forgotten(state, age, left, runner, now):
    Notice.objects.create(user=runner, kind="import", key="1", due_at=now - age * DAY, state=state)
    assert notices.forget_old(now=now) == 1 - left
    assert Notice.objects.count() == left
