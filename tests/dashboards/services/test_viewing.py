"""Looking leaves one row per coach, runner and day."""

import datetime as dt

from dashboards.services.viewing import record_view
from members.models import AuditEntry, Role
from tests.factories import MembershipFactory


def test_the_first_look_of_a_day_is_written_down(coach_membership, membership, now):
    entry = record_view(coach_membership, runner=membership, now=now)
    assert (entry.action, entry.by, entry.about, entry.club, entry.at) == (
        "runner_viewed",
        coach_membership.user,
        membership.user,
        coach_membership.club,
        now,
    )
    assert entry.details == {"sharing": "everything"}


def test_a_second_look_that_day_adds_nothing(coach_membership, membership, now):
    record_view(coach_membership, runner=membership, now=now)
    assert (
        record_view(coach_membership, runner=membership, now=now + dt.timedelta(hours=11)) is None
    )
    assert AuditEntry.objects.count() == 1


def test_the_next_day_another_coach_and_another_runner_each_add_one(
    coach_membership, membership, club, now
):
    other_coach = MembershipFactory(club=club, role=Role.COACH)
    record_view(coach_membership, runner=membership, now=now)
    record_view(coach_membership, runner=membership, now=now + dt.timedelta(hours=12))
    record_view(other_coach, runner=membership, now=now)
    record_view(coach_membership, runner=MembershipFactory(club=club), now=now)
    assert AuditEntry.objects.count() == 4


def test_a_day_is_the_coachs_own(coach_membership, membership):
    coach_membership.user.time_zone = "Pacific/Auckland"
    before = dt.datetime(2026, 3, 18, 10, 59, tzinfo=dt.UTC)  # 23:59 there
    assert record_view(coach_membership, runner=membership, now=before)
    assert record_view(coach_membership, runner=membership, now=before + dt.timedelta(minutes=2))
