"""One runner's page: everything, status or nothing."""

import datetime as dt

import pytest

from dashboards.charts import PainDay
from dashboards.selectors.runner_page import runner_membership, runner_page
from injuries.models import CoachDecision, PainReport, RedFlagAnswers
from injuries.selectors.sharing import SharedHeel
from members.models import Sharing
from tests.factories import (
    ActivityFactory,
    AssessmentFactory,
    FlagFactory,
    HeelProblemFactory,
    MembershipFactory,
    MorningFactory,
    ReturnPlanFactory,
    ShoeFactory,
)

ON = dt.date(2026, 3, 18)


@pytest.fixture
def logged(runner, now):
    """A run that hurt, a sore morning, a pair of shoes, and two assessed weeks."""
    run = ActivityFactory(runner=runner, shoe=ShoeFactory(owner=runner, start_m=500_000))
    PainReport.objects.create(runner=runner, on=run.on, activity=run, during=4, after=2)
    MorningFactory(runner=runner, on=ON, first_step=7)
    AssessmentFactory(runner=runner, week=dt.date(2026, 3, 9), on=dt.date(2026, 3, 15))
    assessment = AssessmentFactory(runner=runner, training="ease")
    FlagFactory(assessment=assessment, for_coach=True, first_seen_at=now)
    FlagFactory(
        assessment=assessment,
        rule="P1",
        level="over_limit",
        action="ease",
        values={"during": 4, "run_on": "2026-03-17", "limit": 2},
        first_seen_at=now,
    )
    return run


def page_of(coach, membership, sharing):
    membership.sharing = sharing
    membership.save()
    return runner_page(coach, membership, on=ON)


def test_consent_taken_back_hides_pain_reported_before(coach_membership, membership, logged):
    membership.user.health_consent_at = None
    membership.user.save()
    page = page_of(coach_membership, membership, Sharing.EVERYTHING)
    assert page.timeline.days == (PainDay(dt.date(2026, 3, 17), distance_m=10_000),)
    assert [flag.rule for flag in page.flags] == ["L1"]


def test_everything(coach_membership, membership, logged, now):
    page = page_of(coach_membership, membership, Sharing.EVERYTHING)
    assert page.timeline.days == (
        PainDay(dt.date(2026, 3, 17), during=4, after=2, distance_m=10_000),
        PainDay(ON, first_step=7),
    )
    assert [(flag.rule, flag.sentence, flag.first_seen_at) for flag in page.flags] == [
        ("L1", "16.0 km on Saturday after a longest of 13.0 km.", now),
        ("P1", "Heel 4 of 10 during the run on Tuesday.", now),
    ]
    assert [shoe.distance_m for shoe in page.shoes] == [510_000]
    assert [(past.week, past.training) for past in page.weeks] == [
        (dt.date(2026, 3, 16), "ease"),
        (dt.date(2026, 3, 9), "carry_on"),
    ]


def test_status_has_runs_and_shoes_but_no_pain(coach_membership, membership, logged):
    page = page_of(coach_membership, membership, Sharing.STATUS)
    assert page.timeline.days == (PainDay(dt.date(2026, 3, 17), distance_m=10_000),)
    assert [flag.rule for flag in page.flags] == ["L1"]
    assert [shoe.distance_m for shoe in page.shoes] == [510_000]
    assert page.weeks[0].reasons == (
        "16.0 km on Saturday after a longest of 13.0 km.",
        "Asked to ease off.",
    )


def test_nothing_is_empty(coach_membership, membership, logged):
    page = page_of(coach_membership, membership, Sharing.NOTHING)
    assert page.shares_nothing
    assert (page.timeline, page.shoes, page.flags, page.weeks) == (None, (), (), ())


def test_two_runs_of_a_day_add_up_and_the_worst_pain_counts(coach_membership, membership, runner):
    for during in (2, 5):
        run = ActivityFactory(runner=runner, distance_m=4_000)
        PainReport.objects.create(runner=runner, on=run.on, activity=run, during=during)
    page = page_of(coach_membership, membership, Sharing.EVERYTHING)
    assert page.timeline.days == (PainDay(dt.date(2026, 3, 17), during=5, distance_m=8_000),)


@pytest.fixture
def sore(runner):
    """A sore spot, with a settled morning after the last run."""
    MorningFactory(runner=runner, on=ON, first_step=1)
    ActivityFactory(runner=runner)
    return HeelProblemFactory(runner=runner, since=dt.date(2026, 3, 12))


def test_where_the_heel_stands_is_for_who_sees_everything(coach_membership, membership, sore):
    heel = page_of(coach_membership, membership, Sharing.EVERYTHING).heel

    assert [one.state for one in heel.standing] == ["settled", "need_reports"]
    assert heel.standing[0].text == "The morning after Tuesday's run was back to usual."
    for sharing in (Sharing.STATUS, Sharing.NOTHING):
        assert page_of(coach_membership, membership, sharing).heel == SharedHeel()
    membership.user.health_consent_at = None
    membership.user.save()
    assert page_of(coach_membership, membership, Sharing.EVERYTHING).heel == SharedHeel()


def test_a_standing_safety_answer_silences_the_course(coach_membership, membership, sore):
    RedFlagAnswers.objects.create(runner=sore.runner, problem=sore, on=ON, answers={"wound": True})

    heel = page_of(coach_membership, membership, Sharing.EVERYTHING).heel

    assert heel.standing == ()


@pytest.mark.parametrize(("days", "hurt_before"), [(365, True), (366, False)])
def test_an_injury_of_the_last_twelve_months_is_a_label(
    coach_membership, membership, runner, days, hurt_before
):
    closed_on = ON - dt.timedelta(days=days)
    HeelProblemFactory(runner=runner, since=closed_on, closed_on=closed_on)

    heel = page_of(coach_membership, membership, Sharing.EVERYTHING).heel

    assert heel.hurt_before == hurt_before
    assert not page_of(coach_membership, membership, Sharing.STATUS).heel.hurt_before


def test_decisions_are_this_clubs_own(coach_membership, membership, runner, now):
    assessment = AssessmentFactory(runner=runner)
    ours = CoachDecision.objects.create(
        assessment=assessment, club=coach_membership.club, kind="accepted", decided_at=now
    )
    CoachDecision.objects.create(
        assessment=assessment, club=MembershipFactory().club, kind="accepted", decided_at=now
    )
    page = page_of(coach_membership, membership, Sharing.EVERYTHING)
    assert page.decisions == (ours,)


def test_only_runners_of_the_coachs_club_are_found(coach_membership, membership, now):
    assert runner_membership(coach_membership, pk=membership.pk) == membership
    assert runner_membership(coach_membership, pk=coach_membership.pk) is None
    assert runner_membership(coach_membership, pk=MembershipFactory().pk) is None
    assert runner_membership(membership, pk=membership.pk) is None


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow(
    rows, coach_membership, membership, runner, django_assert_num_queries
):
    for back in range(rows):
        ActivityFactory(runner=runner, shoe=ShoeFactory(owner=runner))
        MorningFactory(runner=runner, on=ON - dt.timedelta(days=back))
    for back in range(rows + 1):
        week = dt.date(2026, 3, 16) - dt.timedelta(weeks=back)
        FlagFactory(assessment=AssessmentFactory(runner=runner, week=week))
        ReturnPlanFactory(
            problem=HeelProblemFactory(runner=runner, closed_on=ON),
            ended_on=dt.date(2026, 3, 12),
        )
    with django_assert_num_queries(37):
        page = runner_page(coach_membership, membership, on=ON)
        assert len(page.timeline.shoes) == rows
