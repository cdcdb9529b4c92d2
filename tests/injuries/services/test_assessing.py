"""Assessing: once per runner and week, whatever happens in between."""

import datetime as dt

import pytest

from injuries import risk
from injuries.models import AssessmentDue, RiskFlag, WeeklyAssessment
from injuries.risk import engine
from injuries.services import assessing
from members.models import Activity, Role
from tests.factories import ActivityFactory, DayStatusFactory, MembershipFactory

MONDAY = dt.date(2026, 3, 16)
LAST_MONDAY = dt.date(2026, 3, 9)
WEEK = dt.timedelta(days=7)


def runs_every_third_day(runner, *, today, days=60, distance_m=10_000):
    """A plain history: a run every third day, rest between."""
    for back in range(1, days):
        day = today - dt.timedelta(days=back)
        if back % 3 == 0:
            ActivityFactory(
                runner=runner,
                started_at=dt.datetime.combine(day, dt.time(9), dt.UTC),
                distance_m=distance_m,
            )
        else:
            DayStatusFactory(runner=runner, on=day)


@pytest.fixture
def steady(runner, now):
    runs_every_third_day(runner, today=now.date())
    return runner


def test_a_steady_runner_carries_on_with_a_ceiling(steady, now):
    assessment = assessing.assess_today(steady, now=now)

    assert (assessment.week, assessment.on, assessment.training) == (
        MONDAY,
        dt.date(2026, 3, 18),
        "carry_on",
    )
    assert (assessment.ceiling_m, assessment.ceiling_until) == (11_000, dt.date(2026, 4, 14))
    assert assessment.settled_at is None


def test_the_single_run_flag_keeps_when_it_was_first_seen_and_is_withdrawn_not_deleted(steady, now):
    run = ActivityFactory(runner=steady, started_at=now, distance_m=13_000)
    assessing.assess_today(steady, now=now)
    later = now + dt.timedelta(hours=1)
    assessing.assess_today(steady, now=later)
    flag = RiskFlag.objects.get(rule="L1")
    assert (flag.first_seen_at, flag.withdrawn_at, flag.values["ratio"]) == (now, None, 1.3)

    Activity.objects.filter(pk=run.pk).update(distance_m=10_500)
    assessing.assess_today(steady, now=later)
    flag.refresh_from_db()
    assert (flag.first_seen_at, flag.withdrawn_at) == (now, later)


def test_the_monday_job_settles_once_however_often_it_runs(steady, now):
    later = now + dt.timedelta(hours=1)

    assert assessing.settle_weeks([steady.pk], week=LAST_MONDAY, now=now) == 1
    assert assessing.settle_weeks([steady.pk], week=LAST_MONDAY, now=later) == 0

    assessment = WeeklyAssessment.objects.get()
    assert (assessment.on, assessment.settled_at) == (dt.date(2026, 3, 15), now)


def test_a_late_run_changes_its_week_but_not_when_it_was_settled(steady, now):
    assessing.settle_weeks([steady.pk], week=LAST_MONDAY, now=now)
    sunday = dt.datetime(2026, 3, 15, 9, tzinfo=dt.UTC)
    ActivityFactory(runner=steady, started_at=sunday, distance_m=25_000)
    assessing.mark_changed(steady, first_day=sunday.date(), now=now)

    assert assessing.assess_changed(steady.pk, now=now + dt.timedelta(hours=1)) == 2

    last_week = WeeklyAssessment.objects.get(week=LAST_MONDAY)
    assert (last_week.training, last_week.settled_at) == ("ease", now)
    assert not AssessmentDue.objects.exists()


def stored(runner):
    """Everything stored about the runner's weeks but when it was last looked at."""
    weeks = WeeklyAssessment.objects.filter(runner=runner).order_by("week")
    flags = RiskFlag.objects.filter(assessment__runner=runner).order_by("pk")
    return [
        *weeks.values_list(
            "week", "on", "engine", "training", "ceiling_m", "measures", "settled_at"
        ),
        *flags.values_list("rule", "level", "values", "text", "first_seen_at", "withdrawn_at"),
    ]


def test_the_same_version_says_the_same_of_an_old_week_again(steady, now):
    sunday = dt.datetime(2026, 3, 15, 9, tzinfo=dt.UTC)
    ActivityFactory(runner=steady, started_at=sunday, distance_m=25_000)
    assessing.settle_weeks([steady.pk], week=LAST_MONDAY, now=now)
    before = stored(steady)
    assert before[0][2] == risk.ENGINE_VERSION

    assessing.mark_changed(steady, first_day=LAST_MONDAY, now=now)
    assessing.assess_changed(steady.pk, now=now + dt.timedelta(hours=1))

    assert set(map(str, before)) <= set(map(str, stored(steady)))


def test_a_new_version_leaves_settled_weeks_alone(steady, now, monkeypatch):
    sunday = dt.datetime(2026, 3, 15, 9, tzinfo=dt.UTC)
    ActivityFactory(runner=steady, started_at=sunday, distance_m=25_000)
    assessing.settle_weeks([steady.pk], week=LAST_MONDAY, now=now)
    before = stored(steady)
    monkeypatch.setattr(engine, "ENGINE_VERSION", "9.0.0")

    assert assessing.settle_weeks([steady.pk], week=LAST_MONDAY, now=now + WEEK) == 0
    assert (steady.pk, LAST_MONDAY) not in assessing.runners_due(now=now)
    assert stored(steady) == before


def test_what_was_seen_first_stays_where_a_new_version_judges_a_changed_week(
    steady, now, monkeypatch
):
    sunday = dt.datetime(2026, 3, 15, 9, tzinfo=dt.UTC)
    ActivityFactory(runner=steady, started_at=sunday, distance_m=25_000)
    assessing.settle_weeks([steady.pk], week=LAST_MONDAY, now=now)
    monkeypatch.setattr(engine, "ENGINE_VERSION", "9.0.0")

    assessing.mark_changed(steady, first_day=LAST_MONDAY, now=now)
    assessing.assess_changed(steady.pk, now=now + dt.timedelta(hours=1))

    week = WeeklyAssessment.objects.get(week=LAST_MONDAY)
    assert (week.engine, week.settled_at) == ("9.0.0", now)
    assert RiskFlag.objects.get(assessment=week, rule="L1").first_seen_at == now


def test_a_change_during_the_assessing_stays_due(steady, now, monkeypatch):
    assessing.mark_changed(steady, first_day=MONDAY, now=now)
    real = assessing.records_of

    def change_meanwhile(runners):
        assessing.mark_changed(steady, first_day=MONDAY, now=now)
        return real(runners)

    monkeypatch.setattr(assessing, "records_of", change_meanwhile)
    assessing.assess_changed(steady.pk, now=now)

    assert AssessmentDue.objects.get().change == 2


def test_two_changes_keep_the_earlier_day(runner, now):
    assessing.mark_changed(runner, first_day=MONDAY, now=now)
    assessing.mark_changed(runner, first_day=LAST_MONDAY, now=now)
    assessing.mark_changed(runner, first_day=MONDAY, now=now)

    due = AssessmentDue.objects.get()
    assert (due.from_day, due.change) == (LAST_MONDAY, 3)


@pytest.mark.parametrize(
    ("zone", "moment", "is_due"),
    [
        ("UTC", "2026-03-16T03:59:59+00:00", False),
        ("UTC", "2026-03-16T04:00:00+00:00", True),
        ("Pacific/Auckland", "2026-03-15T14:59:59+00:00", False),
        ("Pacific/Auckland", "2026-03-15T15:00:00+00:00", True),
    ],
)
def test_a_week_is_due_from_the_local_monday_at_four(runner, zone, moment, is_due):
    runner.time_zone = zone
    runner.date_joined = dt.datetime(2026, 3, 11, tzinfo=dt.UTC)
    runner.save()

    due = assessing.runners_due(now=dt.datetime.fromisoformat(moment))

    assert due == ([(runner.pk, LAST_MONDAY)] if is_due else [])


def test_a_job_that_slept_catches_up_on_the_weeks_it_missed(runner, now):
    runner.date_joined = now - dt.timedelta(weeks=2)
    runner.save()

    due = assessing.runners_due(now=now)

    assert due == [(runner.pk, LAST_MONDAY), (runner.pk, dt.date(2026, 3, 2))]


def test_nobody_is_due_who_neither_runs_for_a_club_nor_logs(coach, admin_membership, now):
    assert assessing.runners_due(now=now) == []


@pytest.mark.parametrize("runners", [1, 3])
def test_a_chunk_costs_the_same_queries_for_one_and_three_runners(
    runners, club, now, django_assert_num_queries
):
    ids = [MembershipFactory(club=club, role=Role.RUNNER).user_id for _ in range(runners)]

    with django_assert_num_queries(14):
        assert assessing.settle_weeks(ids, week=LAST_MONDAY, now=now) == runners
