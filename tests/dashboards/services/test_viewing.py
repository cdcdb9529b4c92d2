"""Looking leaves one row per coach, runner and day."""

import datetime as dt

import pytest

from dashboards.services.viewing import (
    record_board_view,
    record_download,
    record_list_view,
    record_view,
)
from members.models import AuditEntry, Role
from members.selectors.audit import entries_about
from tests.factories import MembershipFactory, SquadFactory


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


def test_the_board_leaves_one_row_per_coach_and_day(coach_membership, club, now):
    entry = record_board_view(coach_membership, now=now)
    assert (entry.action, entry.by, entry.about, entry.club, entry.details) == (
        "board_viewed",
        coach_membership.user,
        None,
        club,
        {},
    )
    assert record_board_view(coach_membership, now=now + dt.timedelta(hours=11)) is None
    assert record_board_view(coach_membership, now=now + dt.timedelta(hours=12))
    assert record_board_view(MembershipFactory(club=club, role=Role.COACH), now=now)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_board_once_written_down_costs_one_query(
    rows, coach_membership, club, now, django_assert_num_queries
):
    for _ in range(rows):
        MembershipFactory(club=club)
        record_board_view(MembershipFactory(club=club, role=Role.COACH), now=now)
    record_board_view(coach_membership, now=now)
    with django_assert_num_queries(1):
        record_board_view(coach_membership, now=now)


def told(membership):
    return [one.what for one in entries_about(membership.user)]


def test_runners_read_that_the_board_was_opened_while_they_were_on_it(
    coach_membership, membership, club, now
):
    opened = "opened the club's board, with your row on it"
    record_board_view(coach_membership, now=now)
    newcomer = MembershipFactory(club=club, joined_at=now + dt.timedelta(hours=1))
    gone = MembershipFactory(club=club, left_at=now - dt.timedelta(hours=1))
    elsewhere = MembershipFactory()
    assert [told(one) for one in (membership, newcomer, gone, elsewhere, coach_membership)] == [
        [opened], [], [], [], [],
    ]  # fmt: skip


def test_an_assistants_look_is_told_to_their_own_squads(membership, club, now):
    squad = SquadFactory(club=club)
    assistant = MembershipFactory(club=club, role=Role.ASSISTANT)
    squad.coaches.add(assistant)
    mine = MembershipFactory(club=club, squad=squad)
    record_board_view(assistant, now=now)
    assert (len(told(mine)), told(membership)) == (1, [])


def test_looks_and_other_entries_stand_in_one_order(coach_membership, membership, now):
    for hours, look in ((0, "board"), (1, "page"), (30, "board")):
        at = now + dt.timedelta(hours=hours)
        if look == "board":
            record_board_view(coach_membership, now=at)
        else:
            record_view(coach_membership, runner=membership, now=at)
    assert [what[:15] for what in told(membership)] == [
        "opened the club", "opened your pag", "opened the club",
    ]  # fmt: skip
