"""The timeline for a coach, fact by fact: shared in full, as status only, and not at all."""

import datetime as dt

import pytest

from dashboards.charts import PainDay
from dashboards.selectors.runner_page import runner_page
from dashboards.selectors.timeline import PERIODS
from injuries.models import CoachDecision, PainReport, PlanHold, WeeklyCheck
from members.models import Sharing
from tests.factories import (
    ActivityFactory,
    AssessmentFactory,
    DayStatusFactory,
    FlagFactory,
    HeelProblemFactory,
    MorningFactory,
    PlannedBreakFactory,
    ReturnPlanFactory,
    ShoeFactory,
)

ON = dt.date(2026, 3, 18)
PERIOD = {period.name: period for period in PERIODS}


def at(day, hour=18):
    return dt.datetime(2026, 3, day, hour, tzinfo=dt.UTC)


@pytest.fixture
def lived(runner, coach_membership, now):
    """Everything a timeline can show, in the half month before 18 March."""
    blue, red = ShoeFactory(owner=runner, name="Blue"), ShoeFactory(owner=runner, name="Red")
    for day, metres, shoe in ((2, 9_000, red), (10, 10_000, blue), (12, 12_000, blue)):
        run = ActivityFactory(runner=runner, started_at=at(day), distance_m=metres, shoe=shoe)
    PainReport.objects.create(runner=runner, on=run.on, activity=run, during=4, after=2)
    MorningFactory(runner=runner, on=dt.date(2026, 3, 13), first_step=7)
    problem = HeelProblemFactory(runner=runner)
    for about, participation in ((None, 8), (problem, 25)):
        WeeklyCheck.objects.create(
            runner=runner,
            problem=about,
            week=dt.date(2026, 3, 9),
            answered_on=dt.date(2026, 3, 15),
            participation=participation,
        )
    for day, status in ((4, "ill"), (5, "ill"), (6, "holiday"), (7, "injured"), (8, "rest")):
        DayStatusFactory(runner=runner, on=dt.date(2026, 3, day), status=status)
    PlannedBreakFactory(runner=runner, first=dt.date(2026, 3, 17), last=dt.date(2026, 3, 20))
    plan = ReturnPlanFactory(problem=problem, started_on=dt.date(2026, 3, 14))
    PlanHold.objects.create(plan=plan, held_on=dt.date(2026, 3, 16), held_at=now)
    for week, judged in ((dt.date(2026, 3, 9), dt.date(2026, 3, 15)), (dt.date(2026, 3, 16), ON)):
        assessment = AssessmentFactory(runner=runner, week=week, on=judged, training="ease")
        FlagFactory(assessment=assessment, for_coach=True, first_seen_at=at(12))
    FlagFactory(
        assessment=assessment,
        rule="P1",
        level="over_limit",
        action="ease",
        values={"during": 4, "run_on": "2026-03-12", "limit": 2},
        first_seen_at=at(17),
    )
    CoachDecision.objects.create(
        assessment=assessment,
        club=coach_membership.club,
        kind="accepted",
        decided_at=at(17),
        decided_by=coach_membership.user,
        note="never in the timeline",
    )


def seen_by(coach, membership, sharing, period="12w"):
    membership.sharing = sharing
    membership.save()
    return runner_page(coach, membership, on=ON, period=PERIOD[period]).timeline


LOAD = (dt.date(2026, 3, 12), "Flags", "16.0 km on Saturday after a longest of 13.0 km.")
HURT = (dt.date(2026, 3, 17), "Flags", "Heel 4 of 10 during the run on Thursday.")
AGREED = (dt.date(2026, 3, 17), "Decisions", "Casey Coach: agreed")
CHECK = (dt.date(2026, 3, 15), "Check", "Check of the week of 9 Mar: 100 of 100")


def test_everything(coach_membership, membership, lived):
    seen = seen_by(coach_membership, membership, Sharing.EVERYTHING)
    assert seen.days == (
        PainDay(dt.date(2026, 3, 2), distance_m=9_000),
        PainDay(dt.date(2026, 3, 10), distance_m=10_000),
        PainDay(dt.date(2026, 3, 12), distance_m=12_000, during=4, after=2),
        PainDay(dt.date(2026, 3, 13), first_step=7),
    )
    # A flag that stands in two weeks is told once, where it began.
    assert seen.moments == (LOAD, HURT, AGREED, CHECK)
    assert seen.spans == (
        (dt.date(2026, 3, 4), dt.date(2026, 3, 5), "Days off", "Ill"),
        (dt.date(2026, 3, 6), dt.date(2026, 3, 6), "Days off", "Holiday"),
        (dt.date(2026, 3, 7), dt.date(2026, 3, 7), "Days off", "Injured"),
        (dt.date(2026, 3, 17), dt.date(2026, 3, 20), "Days off", "Holiday"),
        (dt.date(2026, 3, 16), ON, "Way back", "On hold"),
    )
    assert seen.shoes == (
        (dt.date(2026, 3, 10), dt.date(2026, 3, 12), "", "Blue"),
        (dt.date(2026, 3, 2), dt.date(2026, 3, 2), "", "Red"),
    )


def test_status_keeps_what_tells_nothing_about_a_heel(coach_membership, membership, lived):
    seen = seen_by(coach_membership, membership, Sharing.STATUS)
    assert [(day.on.day, day.distance_m) for day in seen.days] == [
        (2, 9_000),
        (10, 10_000),
        (12, 12_000),
    ]
    assert not seen.says_pain
    assert seen.moments == (LOAD, AGREED)
    assert [span.text for span in seen.spans] == ["Holiday", "Holiday"]
    assert [pair.text for pair in seen.shoes] == ["Blue", "Red"]


def test_consent_taken_back_is_as_status(coach_membership, membership, lived):
    shared = seen_by(coach_membership, membership, Sharing.STATUS)
    membership.user.health_consent_at = None
    membership.user.save()
    assert seen_by(coach_membership, membership, Sharing.EVERYTHING) == shared


def test_nothing_has_no_timeline(coach_membership, membership, lived):
    assert seen_by(coach_membership, membership, Sharing.NOTHING) is None


@pytest.mark.parametrize(
    ("period", "first", "runs"),
    [
        ("4w", dt.date(2026, 2, 19), 1),
        ("12w", dt.date(2025, 12, 25), 2),
        ("year", dt.date(2025, 3, 19), 3),
        ("all", dt.date(2024, 3, 1), 4),
    ],
)
def test_a_range_ends_today_and_shows_its_first_day(
    period, first, runs, coach_membership, membership, runner
):
    for day in (ON, dt.date(2025, 12, 25), dt.date(2025, 3, 19), dt.date(2024, 3, 1)):
        started = dt.datetime.combine(day, dt.time(7), dt.UTC)
        ActivityFactory(runner=runner, started_at=started)
    seen = seen_by(coach_membership, membership, Sharing.EVERYTHING, period)
    assert (seen.first, seen.last, len(seen.days)) == (first, ON, runs)


def test_a_plan_that_was_walked_shows_its_phases(coach_membership, membership, runner):
    problem = HeelProblemFactory(runner=runner, since=dt.date(2026, 2, 1))
    ReturnPlanFactory(problem=problem, started_on=dt.date(2026, 3, 4))
    walk = ActivityFactory(runner=runner, kind="walk", started_at=at(4), duration_s=2_400)
    runs = [
        ActivityFactory(runner=runner, started_at=at(day), distance_m=1_600) for day in (7, 9, 11)
    ]
    for day in (4, 5, 6, 7, 8, 9, 10, 11, 12):
        MorningFactory(runner=runner, on=dt.date(2026, 3, day), first_step=0)
    for one in (walk, *runs):
        PainReport.objects.create(
            runner=runner, on=one.on, activity=one, during=0, after=0, gait_changed=False
        )
    seen = seen_by(coach_membership, membership, Sharing.EVERYTHING)
    assert [span for span in seen.spans if span.lane == "Way back"] == [
        (dt.date(2026, 3, 7), dt.date(2026, 3, 10), "Way back", "Phase 1 of 6"),
        (dt.date(2026, 3, 11), ON, "Way back", "Phase 2 of 6"),
    ]
