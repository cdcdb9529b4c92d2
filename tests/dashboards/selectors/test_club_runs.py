"""Which group of a club's run is for whom, as far as each shares."""

import datetime as dt

import pytest

from dashboards.selectors.club_runs import fits_of, own_club_runs
from injuries.models import WeeklyAssessment
from injuries.risk import what_if
from injuries.selectors.history import history_of
from members.models import DayStatus, Sharing
from tests.factories import (
    ActivityFactory,
    AssessmentFactory,
    ClubRunFactory,
    MembershipFactory,
    MorningFactory,
    PlannedBreakFactory,
    ReturnPlanFactory,
    RunGroupFactory,
    SquadFactory,
)

SUNDAY = dt.date(2026, 3, 22)
WEEK = dt.date(2026, 3, 16)


@pytest.fixture
def run(club):
    run = ClubRunFactory(club=club, on=SUNDAY)
    for metres in (8_000, 12_000, 18_000):
        RunGroupFactory(run=run, distance_m=metres)
    return run


def trained(runner, longest_m, *, now, training="carry_on", **answer):
    """The same run every other day of six weeks until three days ago."""
    for back in range(3, 42, 2):
        start = now - dt.timedelta(days=back)
        ActivityFactory(runner=runner, started_at=start, distance_m=longest_m)
        DayStatus.objects.create(
            runner=runner, on=start.date() + dt.timedelta(days=1), status="rest"
        )
    AssessmentFactory(runner=runner, week=WEEK, on=now.date(), training=training, **answer)


def fit_of(coach_membership, run, now):
    (fit,) = fits_of(coach_membership, run, on=now.date())
    return fit


@pytest.mark.parametrize(
    ("longest_m", "kind", "group_m", "too_long"),
    [
        (17_000, "fits", 18_000, []),
        (16_300, "shorter", 12_000, [18_000]),
        (11_000, "shorter", 12_000, [18_000]),
        (7_000, "none_fits", None, [18_000, 12_000, 8_000]),
    ],
)
def test_the_longest_group_within_the_ceiling(
    coach_membership, membership, run, now, longest_m, kind, group_m, too_long
):
    trained(membership.user, longest_m, now=now)
    fit = fit_of(coach_membership, run, now)
    assert fit.kind == kind
    assert (fit.group.distance_m if fit.group else None) == group_m
    assert [group.distance_m for group in fit.too_long] == too_long
    said = what_if(history_of(membership.user, on=SUNDAY), distance_m=8_000)
    assert (fit.limit_m, fit.is_ceiling) == (said.ceiling_m, True)


def test_with_status_the_longest_run_stands_for_the_ceiling(coach_membership, membership, run, now):
    """A sore morning lowers the ceiling; who shares their status does not tell it that way."""
    trained(membership.user, 11_000, now=now)
    MorningFactory(runner=membership.user, on=now.date(), first_step=6)
    membership.sharing = Sharing.STATUS
    membership.save()
    fit = fit_of(coach_membership, run, now)
    assert (fit.kind, fit.limit_m, fit.is_ceiling) == ("shorter", 11_000, False)
    assert fit.group.distance_m == 12_000


def test_who_shares_nothing_is_named_and_not_judged(coach_membership, membership, run, now):
    trained(membership.user, 7_000, now=now, training="rest")
    membership.sharing = Sharing.NOTHING
    membership.save()
    fit = fit_of(coach_membership, run, now)
    assert (fit.kind, fit.training, fit.group, fit.too_long, fit.limit_m, fit.why) == (
        "nothing", None, None, (), None, "",
    )  # fmt: skip


@pytest.mark.parametrize("training", ["rest", "cross_train"])
def test_who_should_not_run_is_given_no_group(coach_membership, membership, run, now, training):
    trained(membership.user, 17_000, now=now, training=training)
    fit = fit_of(coach_membership, run, now)
    assert (fit.kind, fit.group, fit.limit_m) == (training, None, None)


def test_a_clinician_and_a_way_back_and_a_holiday_come_first(
    coach_membership, membership, run, now
):
    runner = membership.user
    trained(runner, 17_000, now=now)
    PlannedBreakFactory(runner=runner, kind="holiday", first=SUNDAY, last=SUNDAY)
    assert fit_of(coach_membership, run, now).kind == "holiday"
    ReturnPlanFactory(problem__runner=runner)
    assert fit_of(coach_membership, run, now).kind == "returning"
    WeeklyAssessment.objects.update(clinician="book")
    assert fit_of(coach_membership, run, now).kind == "clinician"


def test_who_said_nothing_is_unknown_and_never_fits(coach_membership, membership, run, now):
    fit = fit_of(coach_membership, run, now)
    assert (fit.kind, fit.group) == ("unknown", None)
    assert fit.why


def test_an_assistant_sees_their_own_squads(club, membership, run, now):
    assistant = MembershipFactory(club=club, role="assistant")
    assert fits_of(assistant, run, on=now.date()) == []
    squad = SquadFactory(club=club)
    squad.coaches.add(assistant)
    membership.squad = squad
    membership.save()
    assert [fit.who.user_id for fit in fits_of(assistant, run, on=now.date())] == [
        membership.user_id
    ]


@pytest.mark.parametrize("runners", [1, 3])
def test_a_fixed_number_of_queries(
    coach_membership, club, run, now, runners, django_assert_num_queries
):
    for _ in range(runners):
        trained(MembershipFactory(club=club, sharing="everything").user, 9_000, now=now)
    with django_assert_num_queries(22):
        assert len(fits_of(coach_membership, run, on=now.date())) == runners


def test_ones_own_runs_of_the_coming_seven_days(membership, run, now):
    trained(membership.user, 11_000, now=now)
    ClubRunFactory(on=SUNDAY)  # of another club
    for day in (now.date() + dt.timedelta(days=7), now.date() - dt.timedelta(days=1)):
        RunGroupFactory(run__club=run.club, run__on=day)
    (own,) = own_club_runs(membership.user, training="carry_on", on=now.date())
    assert (own.run, own.group.distance_m, own.why) == (run, 12_000, "")
    assert own.ceiling_m == what_if(history_of(membership.user, on=SUNDAY), distance_m=1).ceiling_m


def test_no_run_costs_one_query(membership, now, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        assert own_club_runs(membership.user, training="carry_on", on=now.date()) == []
