"""Looking leaves one row per coach, runner and day."""

import datetime as dt

from dashboards.services.viewing import record_download, record_list_view, record_view
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


def test_reading_the_list_leaves_a_row_for_each_runner_in_it_a_day(
    coach_membership, membership, club, now
):
    other = MembershipFactory(club=club)
    assert record_list_view(coach_membership, runners=[membership], now=now) == 1
    assert record_list_view(coach_membership, runners=[membership, other, other], now=now) == 1
    later = now + dt.timedelta(hours=12)
    assert record_list_view(coach_membership, runners=[membership], now=later) == 1
    entries = AuditEntry.objects.order_by("id").values_list("action", "by", "about", "club", "at")
    coach, club_id = coach_membership.user_id, club.pk
    assert list(entries) == [
        ("injuries_viewed", coach, membership.user_id, club_id, now),
        ("injuries_viewed", coach, other.user_id, club_id, now),
        ("injuries_viewed", coach, membership.user_id, club_id, later),
    ]


def test_every_download_is_written_down(coach_membership, membership, now):
    for _ in range(2):
        assert record_download(coach_membership, runners=[membership] * 2, now=now) == 1
    assert [one.action for one in AuditEntry.objects.all()] == ["injuries_downloaded"] * 2
    assert AuditEntry.objects.filter(about=membership.user).count() == 2
