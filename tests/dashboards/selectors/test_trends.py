"""The club over weeks; too small groups and those who share nothing are left out."""

import datetime as dt

import pytest

from dashboards.selectors.trends import trends
from injuries.models import CoachDecision, WeeklyCheck
from members.models import Sharing
from tests.factories import ActivityFactory, AssessmentFactory, MembershipFactory

ON = dt.date(2026, 3, 18)
LAST_WEEK = dt.date(2026, 3, 9)
EARLY = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)


def members(club, count, **fields):
    fields = {"sharing": Sharing.STATUS, "joined_at": EARLY} | fields
    return [MembershipFactory(club=club, **fields) for _ in range(count)]


def check(membership, participation, week=LAST_WEEK):
    WeeklyCheck.objects.create(
        runner=membership.user,
        week=week,
        answered_on=week + dt.timedelta(days=6),
        participation=participation,
    )


def share_of(coach, week=LAST_WEEK):
    (found,) = [each for each in trends(coach, on=ON).shares if each.week == week]
    return found


def test_prevalence_is_of_those_who_answered(coach_membership, club):
    six = members(club, 6)
    for number, one in enumerate(six[:5]):
        check(one, 8 if number < 2 else 0)
    found = share_of(coach_membership)
    assert (found.runners, found.answered, found.problems) == (6, 5, 2)
    assert (found.response, found.prevalence) == (5 / 6, 0.4)


def test_fewer_than_five_answers_are_suppressed(coach_membership, club):
    for one in members(club, 6)[:4]:
        check(one, 25)
    found = share_of(coach_membership)
    assert (found.answered, found.problems, found.prevalence) == (4, None, None)


def test_who_shares_nothing_or_had_not_joined_is_not_counted(coach_membership, club):
    for one in members(club, 5):
        check(one, 0)
    (silent,) = members(club, 1, sharing=Sharing.NOTHING)
    (later,) = members(club, 1, joined_at=dt.datetime(2026, 3, 17, tzinfo=dt.UTC))
    check(silent, 25)
    check(later, 25)
    found = share_of(coach_membership)
    assert (found.runners, found.answered, found.problems) == (5, 5, 0)


def test_who_took_back_that_answers_are_kept_is_not_counted(coach_membership, club):
    *five, sixth = members(club, 6)
    for one in five:
        check(one, 0)
    check(sixth, 25)
    sixth.user.health_consent_at = None
    sixth.user.save()
    found = share_of(coach_membership)
    assert (found.runners, found.answered, found.problems) == (5, 5, 0)


def test_rows_show_each_weeks_answer_and_leave_out_who_shares_nothing(coach_membership, club):
    (one,) = members(club, 1, user__name="One")
    (hidden,) = members(club, 1, sharing=Sharing.NOTHING)
    AssessmentFactory(runner=one.user, training="ease")
    AssessmentFactory(runner=one.user, week=LAST_WEEK, on=dt.date(2026, 3, 15), training="rest")
    AssessmentFactory(runner=hidden.user, training="rest")
    seen = trends(coach_membership, on=ON)
    assert [(row.name, row.answers) for row in seen.rows] == [
        ("One", (None,) * 10 + ("rest", "ease"))
    ]
    assert (seen.runners, seen.sharing) == (2, 1)


def test_load_adds_up_the_club_and_leaves_unknown_weeks_empty(coach_membership, club):
    for one in members(club, 2):
        ActivityFactory(runner=one.user)
        ActivityFactory(runner=one.user, kind="ride", distance_m=40_000)
    ActivityFactory(runner=members(club, 1, sharing=Sharing.NOTHING)[0].user)
    load = trends(coach_membership, on=ON).load
    assert [week.distance_m for week in load] == [None] * 11 + [20_000]


def test_decisions_are_counted_once_each(coach_membership, club, now):
    (one,) = members(club, 1)
    assessment = AssessmentFactory(runner=one.user)
    first = CoachDecision.objects.create(
        assessment=assessment, club=club, kind="accepted", decided_at=now
    )
    CoachDecision.objects.create(
        assessment=assessment, club=club, kind="dismissed", replaces=first, decided_at=now
    )
    counts = trends(coach_membership, on=ON).decisions
    assert (counts.accepted, counts.changed, counts.dismissed, counts.total) == (0, 0, 1, 1)


@pytest.mark.parametrize("runners", [1, 3])
def test_the_number_of_queries_does_not_grow(
    runners, coach_membership, club, django_assert_num_queries
):
    for one in members(club, runners):
        AssessmentFactory(runner=one.user)
        check(one, 0)
    with django_assert_num_queries(7):
        assert len(trends(coach_membership, on=ON).rows) == runners
