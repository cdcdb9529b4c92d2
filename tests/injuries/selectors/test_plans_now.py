"""Where the plans of many runners stand: the same as one by one, in a fixed number of queries."""

import datetime as dt

import pytest

from injuries.models import PlanHold, RedFlagAnswers
from injuries.selectors.plan_course import plans_now
from injuries.selectors.plans import going_on, state_of
from tests.conftest import NOW
from tests.factories import HeelProblemFactory, MembershipFactory, ReturnPlanFactory

ON = NOW.date()


def plan_for(runner, **fields):
    problem = HeelProblemFactory(runner=runner)
    return ReturnPlanFactory(problem=problem, started_on=ON - dt.timedelta(days=3), **fields)


def test_it_says_of_each_what_their_own_page_says(club, coach):
    entering, held, stopped, left_club, none, ended = (
        MembershipFactory(club=club).user for _ in range(6)
    )
    for runner in (entering, held, stopped, left_club):
        plan = plan_for(runner)
        if runner in (held, left_club):
            PlanHold.objects.create(plan=plan, club=club, held_on=ON, held_at=NOW, held_by=coach)
        if runner == stopped:
            RedFlagAnswers.objects.create(
                runner=runner, problem=plan.problem, on=ON, answers={"wound": True}
            )
    left_club.memberships.update(left_at=NOW)
    plan_for(ended, ended_on=ON)
    everybody = [entering, held, stopped, left_club, none, ended]

    found = plans_now([one.pk for one in everybody], on=ON)

    assert {pk: state.status for pk, state in found.items()} == {
        entering.pk: "entering",
        held.pk: "held",
        stopped.pk: "red_flag",
        left_club.pk: "entering",
    }
    for runner in (entering, held, stopped, left_club):
        assert found[runner.pk] == state_of(going_on(runner), on=ON)


@pytest.mark.parametrize(("rows", "queries"), [(0, 1), (1, 10), (3, 10)])
def test_the_number_of_queries_does_not_grow(db, rows, queries, django_assert_num_queries):
    runners = [MembershipFactory().user for _ in range(max(rows, 1))]
    for runner in runners[:rows]:
        plan_for(runner)

    with django_assert_num_queries(queries):
        assert len(plans_now([one.pk for one in runners], on=ON)) == rows
