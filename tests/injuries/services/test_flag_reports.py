"""A club's figures about its flags: of whom, how often, and never of too few."""

import datetime as dt

import pytest

from injuries.models import FlagReport, RiskFlag, WeeklyAssessment
from injuries.selectors.backtest import club_lives, flag_report
from injuries.selectors.coach_list import club_step, told_by_runner
from injuries.services.flag_reports import club_figures, clubs_due, make_flag_report
from injuries.tasks import make_flag_report as one_task
from injuries.tasks import make_flag_reports
from members.models import Membership, Role, Sharing
from tests.factories import (
    AssessmentFactory,
    ClubFactory,
    FlagFactory,
    HeelProblemFactory,
    MembershipFactory,
)
from tests.injuries.clubs import DAY, FIRST, WEEK, logging_runner, sore_in

pytestmark = pytest.mark.django_db
LAST_SUNDAY = dt.date(2026, 3, 15)


def figures(club, now):
    return club_figures(club, now=now, resamples=20)


def of_rule(found, rule):
    (row,) = [row for row in found["replay"]["rules"] if row["rule"] == rule]
    return row


# --- Who ------------------------------------------------------------------------------------------
def test_only_runners_who_share_everything_and_let_answers_be_kept(club, now):
    shown = logging_runner(club)
    logging_runner(club, sharing=Sharing.STATUS)
    logging_runner(club, sharing=Sharing.NOTHING)
    logging_runner(club, user__health_consent_at=None)
    logging_runner(club, left_at=now)
    logging_runner(club, role=Role.COACH)
    logging_runner(ClubFactory(slug="other"))
    assert [one.runner for one in club_lives(club, now=now)] == [str(shown.user_id)]


def test_weeks_are_whole_ended_and_those_of_the_membership(club, now):
    logging_runner(club)
    joined = dt.datetime(2026, 2, 9, tzinfo=dt.UTC)  # ten weeks after the first
    logging_runner(club, joined_at=joined)
    old, new = club_lives(club, now=now)
    assert old.sundays[-1] == new.sundays[-1] == LAST_SUNDAY
    assert (len(old.sundays), len(new.sundays)) == (52, 5)


def test_of_many_runners_the_same_few_are_drawn(club, now):
    for _ in range(5):
        MembershipFactory(club=club, sharing=Sharing.EVERYTHING)
    drawn = [one.runner for one in club_lives(club, now=now, at_most=3)]
    assert len(drawn) == 3
    assert [one.runner for one in club_lives(club, now=now, at_most=3)] == drawn


def test_somebody_is_followed_as_long_as_they_answer(club, now):
    runner = logging_runner(club).user
    (life,) = club_lives(club, now=now)
    assert life.followed_until == LAST_SUNDAY
    runner.weekly_checks.filter(week__gt=FIRST + 5 * WEEK).delete()
    (life,) = club_lives(club, now=now)
    assert life.followed_until == FIRST + 5 * WEEK + dt.timedelta(days=6)
    HeelProblemFactory(runner=runner, since=dt.date(2026, 3, 17))
    (life,) = club_lives(club, now=now)
    assert life.followed_until == dt.date(2026, 3, 17)


@pytest.mark.parametrize("runners", [1, 3])
def test_the_number_of_queries_does_not_grow(runners, club, now, django_assert_num_queries):
    for _ in range(runners):
        logging_runner(club)
    with django_assert_num_queries(8):
        assert len(list(club_lives(club, now=now))) == runners


# --- What -----------------------------------------------------------------------------------------
def test_a_club_of_four_gets_no_number(club, now):
    for _ in range(4):
        logging_runner(club, jump_in={8})
    found = figures(club, now)
    assert found["replay"] is None
    assert found["why"] == "fewer than 5 runners share everything and have 28 known days"


def test_five_runners_with_a_jump_and_an_onset_after_it(club, now):
    for _ in range(5):
        membership = logging_runner(club, jump_in={6, 11})
        sore_in(membership, 7)
        sore_in(membership, 12)
    found = figures(club, now)
    weekly = found["replay"]
    # Of 15 weeks four end with 28 known days; the first of these counts.
    assert (weekly["runners"], weekly["athlete_weeks"]) == (5, 5 * 12)
    assert weekly["onsets"] == {"value": 10}
    # The jump of week 6 stays open until the end of week 7, that of week 11 has a base of 8 km too.
    row = of_rule(found, "L1")
    assert (row["episodes"], row["runners"]) == (10, 5)
    assert row["onset"]["14"]["hits"] == 10
    assert row["onset"]["14"]["ppv"]["value"] == 1.0
    assert row["lead_days"]["median"] == 2
    assert of_rule(found, "L4")["burden"]["value"] is not None


def test_few_onsets_say_so(club, now):
    for _ in range(9):
        sore_in(logging_runner(club, jump_in={6}), 7)
    found = figures(club, now)
    assert found["replay"]["onsets"]["value"] is None
    assert of_rule(found, "L1")["onset"]["14"]["ppv"]["why"] == "too few onsets: fewer than 10"
    assert of_rule(found, "L1")["episodes"] == 9


# --- When -----------------------------------------------------------------------------------------
def test_figures_are_made_once_a_week(club, now):
    assert clubs_due(now=now) == [club.pk]
    assert make_flag_report(club.pk, now=now)
    assert not make_flag_report(club.pk, now=now + dt.timedelta(days=6))
    later = now + dt.timedelta(days=7)
    assert clubs_due(now=later) == [club.pk]
    assert make_flag_report(club.pk, now=later)
    assert FlagReport.objects.get().made_at == later


def test_figures_of_another_format_are_made_anew(club, now, admin_membership):
    make_flag_report(club.pk, now=now)
    report = FlagReport.objects.get()
    assert flag_report(admin_membership) == report
    report.figures["format"] = 0
    report.save()
    assert flag_report(admin_membership) is None
    assert clubs_due(now=now) == [club.pk]


def test_a_club_that_is_gone_is_nothing_to_do(now):
    assert not make_flag_report(99, now=now)


def test_the_sweep_may_come_twice(club, now, time_machine, settings):
    time_machine.move_to(now, tick=False)
    settings.CELERY_TASK_ALWAYS_EAGER = True
    make_flag_reports.app.conf.task_always_eager = True
    try:
        assert [make_flag_reports(), make_flag_reports()] == [1, 0]
        assert one_task(club.pk) is False
    finally:
        make_flag_reports.app.conf.task_always_eager = False
    assert FlagReport.objects.count() == 1


# --- For whom -------------------------------------------------------------------------------------
def test_coaches_and_admins_of_the_club_read_it_and_nobody_else(
    club, now, membership, coach_membership, admin_membership
):
    make_flag_report(club.pk, now=now)
    elsewhere = MembershipFactory(role=Role.COACH)
    assert flag_report(coach_membership) is not None
    assert flag_report(admin_membership) is not None
    assert flag_report(membership) is None
    assert flag_report(elsewhere) is None


# --- At which step its coaches are alerted --------------------------------------------------------
SPIKE = {"distance_m": 12_000, "longest_30d_m": 10_000, "ratio": 1.2, "run_on": "2026-01-01"}


def alerted(club, *weeks, runners=4, **fields):
    """Settled weeks of some runners up to last Sunday; in each so many have a small spike."""
    members = [MembershipFactory(club=club, sharing=Sharing.STATUS) for _ in range(runners)]
    first = dt.date(2026, 3, 9) - (len(weeks) - 1) * WEEK
    for number, spikes in enumerate(weeks):
        monday = first + number * WEEK
        for place, member in enumerate(members):
            week = AssessmentFactory(
                runner=member.user, week=monday, on=monday + 6 * DAY,
                settled_at=dt.datetime(2026, 3, 16, 4, tzinfo=dt.UTC),
            )  # fmt: skip
            # Each week other runners, so that each alert is a new one.
            if (place + number * spikes) % runners < spikes:
                FlagFactory(assessment=week, values=SPIKE, for_coach=True, **fields)
    return members


def step_of(club):
    report = FlagReport.objects.get(club=club)
    return report.coach_step, report.coach_step_since, report.coach_step_judged


def test_three_weeks_with_too_much_shorten_the_list(club, now):
    alerted(club, 2, 2, 2)
    assert club_step(club) == 0
    make_flag_report(club.pk, now=now)
    assert step_of(club) == (1, dt.date(2026, 3, 16), dt.date(2026, 3, 9))
    assert club_step(club) == 1


def test_it_is_kept_week_after_week_and_judged_once(club, now):
    members = alerted(club, 2, 2, 2)
    make_flag_report(club.pk, now=now)
    FlagReport.objects.update(figures={"format": 0})  # made again within the week
    assert make_flag_report(club.pk, now=now + DAY)
    assert step_of(club) == (1, dt.date(2026, 3, 16), dt.date(2026, 3, 9))
    later = dt.date(2026, 3, 16)
    AssessmentFactory(runner=members[0].user, week=later, on=later + 6 * DAY, settled_at=now + WEEK)
    assert make_flag_report(club.pk, now=now + WEEK + DAY)
    assert step_of(club) == (1, dt.date(2026, 3, 16), later)


def test_old_weeks_and_a_step_from_before_are_gone_on_from(club, now):
    FlagReport.objects.create(
        club=club, made_at=now - 8 * DAY, figures={}, coach_step=1,
        coach_step_since=dt.date(2025, 12, 22), coach_step_judged=dt.date(2026, 3, 2),
    )  # fmt: skip
    alerted(club, *[0] * 12)
    make_flag_report(club.pk, now=now)
    assert step_of(club) == (0, dt.date(2026, 3, 16), dt.date(2026, 3, 9))


@pytest.mark.parametrize("hidden", ["withdrawn", "nothing", "left", "unsettled", "runner only"])
def test_what_coaches_were_not_alerted_to_counts_for_nothing(club, now, hidden):
    members = alerted(club, 2, 2, 2)
    if hidden == "withdrawn":
        RiskFlag.objects.update(withdrawn_at=now)
    elif hidden == "nothing":
        Membership.objects.update(sharing=Sharing.NOTHING)
    elif hidden == "left":
        Membership.objects.filter(pk__in=[one.pk for one in members]).update(left_at=now)
    elif hidden == "unsettled":
        WeeklyAssessment.objects.update(settled_at=None)
    else:
        RiskFlag.objects.update(for_coach=False)
    make_flag_report(club.pk, now=now)
    assert FlagReport.objects.get(club=club).coach_step == 0


def test_a_week_is_judged_once_it_is_over_everywhere(club, now):
    alerted(club, 2, 2, 2)
    monday = dt.datetime(2026, 3, 16, 12, tzinfo=dt.UTC)
    assert {week for life in told_by_runner(club, now=monday) for week in life} == {
        dt.date(2026, 2, 23),
        dt.date(2026, 3, 2),
    }
    wednesday = monday + 2 * DAY
    assert {week for life in told_by_runner(club, now=wednesday) for week in life} == {
        dt.date(2026, 2, 23),
        dt.date(2026, 3, 2),
        dt.date(2026, 3, 9),
    }


@pytest.mark.parametrize("runners", [1, 3])
def test_what_was_told_is_read_in_three_queries(runners, club, now, django_assert_num_queries):
    alerted(club, 1, 1, runners=runners)
    with django_assert_num_queries(3):
        told = told_by_runner(club, now=now)
    assert [sum(map(len, life.values())) for life in told].count(0) == max(0, runners - 2)
