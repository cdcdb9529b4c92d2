"""/heel/…/plan/: begin, log, see where it stands; holds; what coaches may see of it."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from injuries.models import PainReport, PlanHold, RedFlagAnswers, ReturnPlan
from injuries.selectors.plans import going_on, plan_page, state_of, usual_pace
from injuries.selectors.sharing import SEEK_ADVICE, plan_coach_sees
from injuries.services.plans import hold_plan, release_plan
from members.models import Activity, AuditEntry, Sharing
from tests.conftest import NOW
from tests.factories import (
    ActivityFactory,
    HeelProblemFactory,
    MembershipFactory,
    MorningFactory,
    ReturnPlanFactory,
)

DAY = dt.timedelta(days=1)
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def page(client_of, runner):
    return client_of(runner)


@pytest.fixture
def problem(runner):
    return HeelProblemFactory(runner=runner)


def entered(problem, *, on=TODAY):
    """A plan entered on that day: a walk two days before and two settled mornings."""
    plan = ReturnPlanFactory(problem=problem, started_on=on - 3 * DAY)
    log(problem.runner, on - 2 * DAY, kind="walk", distance_m=3000, duration_s=1800)
    for back in (1, 0):
        MorningFactory(runner=problem.runner, on=on - back * DAY, first_step=1)
    return plan


def log(runner, on, *, during=0, gait_changed=False, **fields):
    start = dt.datetime.combine(on, dt.time(8), dt.UTC)
    activity = ActivityFactory(runner=runner, started_at=start, **fields)
    PainReport.objects.create(
        runner=runner, activity=activity, on=on, during=during, gait_changed=gait_changed
    )
    return activity


def url(problem, more=""):
    return f"/heel/{problem.pk}/plan/{more}"


# --- Begin and end -------------------------------------------------------------------------------
def test_before_it_is_begun_the_page_offers_it(page, problem):
    shown = page.get(url(problem)).content.decode()

    assert "From walking to running" in shown
    assert "No trial" not in shown
    assert "no trial has compared such plans" in shown


def test_beginning_leads_to_the_walk(page, problem):
    page.post(url(problem), {"start": "1"})

    plan = ReturnPlan.objects.get()
    assert (plan.problem, plan.started_on, plan.ended_on) == (problem, TODAY, None)
    assert "Walk for 30 minutes and note it" in page.get(url(problem)).content.decode()


def test_one_plan_at_a_time(page, runner, problem):
    other = HeelProblemFactory(runner=runner, side="right")
    page.post(url(problem), {"start": "1"})
    page.post(url(problem), {"start": "1"})
    page.post(url(other), {"start": "1"})

    assert ReturnPlan.objects.count() == 1
    assert "You are on the way back already" in page.get(url(other)).content.decode()


def test_during_a_red_flag_no_plan_is_begun(page, runner, problem):
    RedFlagAnswers.objects.create(
        runner=runner, problem=problem, on=TODAY, answers={"night_pain": True}
    )

    response = page.post(url(problem), {"start": "1"}, follow=True)

    assert "should be looked at first" in response.content.decode()
    assert not ReturnPlan.objects.exists()


def test_without_consent_no_plan_is_begun(page, runner, problem):
    runner.health_consent_at = None
    runner.save()

    response = page.post(url(problem), {"start": "1"}, follow=True)

    assert "You have not agreed" in response.content.decode()
    assert not ReturnPlan.objects.exists()


def test_it_can_be_ended_any_day_and_begun_again(page, problem):
    entered(problem)

    page.post(url(problem), {"end": "1"})
    assert ReturnPlan.objects.get().ended_on == TODAY
    assert "You ended it on Wednesday 18 March." in page.get(url(problem)).content.decode()
    page.post(url(problem), {"start": "1"})
    assert ReturnPlan.objects.filter(ended_on=None).count() == 1


def test_acting_on_a_plan_that_is_not_there_does_nothing(page, problem):
    for action in ("end", "hold", "release", "dance"):
        assert page.post(url(problem), {action: "1"}).status_code == 302
    assert not ReturnPlan.objects.exists()
    assert not PlanHold.objects.exists()


# --- Today's session -----------------------------------------------------------------------------
def test_the_page_says_what_to_run_what_decides_and_when(page, problem):
    entered(problem)

    shown = page.get(url(problem)).content.decode()

    assert "Walk 2 min, run 3 min, about three times, until you have done 1.6 km." in shown
    assert "The next session may be today." in shown
    assert "Two sessions in a row lead to phase 2" in shown
    assert "1 (here)" in shown


def test_a_session_is_logged_with_all_that_decides(page, problem, clock):
    entered(problem)
    form = page.get(url(problem, "session/")).context["form"]
    assert (form["kind"].value(), form["distance"].value()) == ("run", "1.6")

    response = page.post(
        url(problem, "session/"),
        {"on": "2026-03-18", "distance": "1.6", "duration": "16", "kind": "run", "during": "1",
         "gait_changed": "no"},
    )  # fmt: skip

    assert response.url == url(problem)
    run = Activity.objects.get(kind="run")
    assert (run.distance_m, run.duration_s, run.on) == (1600, 960, TODAY)
    assert (run.pain_report.during, run.pain_report.gait_changed) == (1, False)
    shown = page.get(url(problem)).content.decode()
    assert "The morning after decides." in shown
    assert "Your first steps on Thursday 19 March decide" in shown
    assert "may be on <strong>Fri 20 March</strong>" in shown

    clock.move_to(NOW + DAY)
    page.post("/heel/morning/", {"on": "2026-03-19", "first_step": "1"})
    assert "one of two good sessions" in page.get(url(problem)).content.decode()


def test_the_walk_comes_first_and_its_form_is_half_an_hour(page, problem):
    ReturnPlanFactory(problem=problem, started_on=TODAY)
    form = page.get(url(problem, "session/")).context["form"]
    assert (form["kind"].value(), form["duration"].value()) == ("walk", "30:00")

    page.post(
        url(problem, "session/"),
        {"on": "2026-03-18", "duration": "30:00", "kind": "walk", "during": "0",
         "gait_changed": "no"},
    )  # fmt: skip
    assert "Your walk on Wednesday 18 March went well" in page.get(url(problem)).content.decode()


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("during", "", "Choose a number from 0 to 10; 0 is no pain."),
        ("during", "11", "Choose a number from 0 to 10."),
        ("gait_changed", "", "Choose yes or no."),
        ("distance", "far", "Write a distance such as 8 or 8.5."),
        ("on", "2026-03-19", "This day lies in the future."),
    ],
)
def test_a_bad_session_is_kept_and_explained(page, problem, field, value, error):
    ReturnPlanFactory(problem=problem, started_on=TODAY)
    typed = {"on": "2026-03-18", "distance": "1.6", "during": "0", "gait_changed": "no"}

    response = page.post(url(problem, "session/"), typed | {field: value})

    form = response.context["form"]
    assert response.status_code == 422
    assert list(form.errors) == [field]
    assert error in form.errors[field][0] or field == "distance"
    assert not Activity.objects.exists()


def test_a_session_without_a_plan_is_not_there(page, problem):
    assert page.get(url(problem, "session/")).status_code == 404


def test_turns_are_at_the_runners_own_pace(problem):
    for back in (10, 20, 30):
        start = dt.datetime.combine(TODAY - back * DAY, dt.time(8), dt.UTC)
        ActivityFactory(runner=problem.runner, started_at=start, duration_s=6000)
    plan = entered(problem)

    assert plan_page(plan, on=TODAY).session[0].startswith("Walk 2 min, run 3 min, about three")
    runs = Activity.objects.filter(kind="run")
    assert usual_pace(runs, before=plan.started_on) == 600.0
    assert usual_pace(runs, before=TODAY - 40 * DAY) is None


# --- Left ----------------------------------------------------------------------------------------
def run_to_the_end(problem, *, first):
    """Log thirteen good sessions; return the last morning."""
    metres = [1600] * 2 + [2400] * 4 + [3200] * 7
    for n, distance_m in enumerate(metres):
        on = first + 2 * n * DAY
        log(problem.runner, on, distance_m=distance_m, duration_s=None)
        MorningFactory(runner=problem.runner, on=on + DAY, first_step=1)
    return first + 25 * DAY


def test_after_thirteen_sessions_it_is_left_and_hills_wait_for_half_the_old_week(problem):
    for back in (3, 10, 17, 24):
        start = dt.datetime.combine(problem.since - back * DAY, dt.time(8), dt.UTC)
        ActivityFactory(runner=problem.runner, started_at=start, distance_m=30_000)
    plan = entered(problem)
    last = run_to_the_end(problem, first=TODAY)

    page = plan_page(plan, on=last)
    assert (page.state.status, page.state.since) == ("left", last)
    assert page.hills == "Hills and speed wait until a week is half of what it was before it began."
    log(problem.runner, last + 2 * DAY, distance_m=9_000)
    assert plan_page(plan, on=last + 2 * DAY).hills == (
        "Hills and speed may come back, one at a time."
    )


def test_a_plan_that_was_left_makes_way_for_the_next(page, problem, clock):
    plan = entered(problem)
    last = run_to_the_end(problem, first=TODAY)
    clock.move_to(dt.datetime.combine(last + DAY, dt.time(12), dt.UTC))

    page.post(url(problem), {"start": "1"})

    plan.refresh_from_db()
    assert plan.ended_on == last
    assert going_on(problem.runner).started_on == last + DAY


# --- Holds ---------------------------------------------------------------------------------------
def test_a_clinicians_hold_stops_it_until_the_runner_says_otherwise(page, problem, clock):
    plan = entered(problem)

    page.post(url(problem), {"hold": "1"})
    page.post(url(problem), {"hold": "1"})
    assert PlanHold.objects.count() == 1
    assert "On hold since Wednesday 18 March" in page.get(url(problem)).content.decode()
    clock.move_to(NOW + DAY)
    page.post(url(problem), {"release": "1"})
    assert state_of(plan, on=TODAY + DAY).status == "active"
    hold = PlanHold.objects.get()
    assert (hold.held_by, hold.released_by, hold.released_on) == (
        problem.runner,
        problem.runner,
        TODAY + DAY,
    )


def test_a_coachs_hold_stops_it_with_an_audit_row_and_the_runner_cannot_lift_it(
    page, client_of, membership, coach, problem, clock
):
    plan = entered(problem)
    hold = f"/c/heath/runners/{membership.pk}/hold/"

    assert client_of(coach).post(hold, {"hold": "1"}).url == f"/c/heath/runners/{membership.pk}/"
    page.post(url(problem), {"release": "1"})
    assert state_of(plan, on=TODAY).status == "held"
    assert "Held by a coach of Heath Harriers" in page.get(url(problem)).content.decode()
    clock.move_to(NOW + DAY)
    client_of(coach).post(hold, {"release": "1"})
    assert state_of(plan, on=TODAY + DAY).status == "active"
    rows = AuditEntry.objects.filter(about=membership.user, by=coach)
    assert [(row.action, row.details) for row in rows.order_by("at", "pk")] == [
        ("plan held", {"plan": plan.pk}),
        ("plan released", {"plan": plan.pk}),
    ]


def test_whoever_leaves_the_club_leaves_its_hold(membership, coach_membership, problem, now):
    plan = entered(problem)
    hold_plan(coach_membership, runner=problem.runner, now=now)
    assert state_of(plan, on=TODAY).status == "held"

    membership.left_at = now
    membership.save()

    assert state_of(plan, on=TODAY).status == "active"


def test_only_a_coach_of_the_club_holds_and_only_a_plan_there_is(
    coach_membership, admin_membership, membership, problem, now
):
    with pytest.raises(ValidationError, match="There is no plan to hold"):
        hold_plan(coach_membership, runner=problem.runner, now=now)
    entered(problem)
    elsewhere = MembershipFactory(role="coach", club__slug="elsewhere")
    for nobody in (admin_membership, membership, elsewhere):
        with pytest.raises(PermissionDenied):
            hold_plan(nobody, runner=problem.runner, now=now)
        with pytest.raises(PermissionDenied):
            release_plan(nobody, runner=problem.runner, now=now)
    assert not PlanHold.objects.exists()
    assert not AuditEntry.objects.exists()


def test_a_hold_without_a_plan_says_so(client_of, coach, membership, problem):
    response = client_of(coach).post(f"/c/heath/runners/{membership.pk}/hold/", follow=True)

    assert "There is no plan to hold." in response.content.decode()


# --- What others see -----------------------------------------------------------------------------
def test_coaches_see_status_only_and_the_phase_where_everything_is_shared(membership, problem):
    plan = entered(problem)
    state = state_of(plan, on=TODAY)

    everything = plan_coach_sees(membership, state)
    assert (everything.phase, everything.is_stopped) == (1, False)
    membership.sharing = Sharing.STATUS
    status = plan_coach_sees(membership, state)
    assert (status.text, status.phase) == (
        "On the way back to running, by a walk and run plan.",
        None,
    )
    membership.sharing = Sharing.NOTHING
    assert plan_coach_sees(membership, state) is None
    membership.sharing = Sharing.EVERYTHING
    membership.user.health_consent_at = None
    assert plan_coach_sees(membership, state) is None
    assert plan_coach_sees(membership, None) is None


def test_what_stopped_it_is_told_no_coach(membership, coach_membership, problem, now):
    plan = entered(problem)
    hold_plan(coach_membership, runner=problem.runner, now=now)
    held = plan_coach_sees(membership, state_of(plan, on=TODAY))
    assert (held.text, held.is_stopped) == ("On the way back to running; on hold.", True)

    RedFlagAnswers.objects.create(
        runner=problem.runner, problem=problem, on=TODAY, answers={"night_pain": True}
    )
    stopped = plan_coach_sees(membership, state_of(plan, on=TODAY))
    assert (stopped.text, stopped.phase, stopped.is_stopped) == (SEEK_ADVICE, None, True)


def test_the_runners_page_shows_the_coach_the_status_and_a_button(
    client_of, coach, membership, problem
):
    entered(problem)
    address = f"/c/heath/runners/{membership.pk}/"

    shown = client_of(coach).get(address).content.decode()
    assert "On the way back to running" in shown
    assert "Phase 1 of 6." in shown
    assert "Hold it" in shown
    client_of(coach).post(f"{address}hold/", {"hold": "1"})
    assert "Let it go on" in client_of(coach).get(address).content.decode()
    membership.sharing = Sharing.NOTHING
    membership.save()
    assert "On the way back" not in client_of(coach).get(address).content.decode()


def test_my_week_shows_the_plan_and_the_morning_in_one_tap(page, problem):
    entered(problem)
    PainReport.objects.filter(on=TODAY).delete()

    shown = page.get("/").content.decode()
    assert "way back" in shown
    assert 'name="first_step" value="10"' in shown
    page.post("/heel/morning/", {"on": "2026-03-18", "first_step": "1", "next": "/"})
    shown = page.get("/").content.decode()
    assert "Walk 2 min, run 3 min, about three times" in shown
    assert "It may be today." in shown
    assert "First steps this morning: 1 of 10. Another tap changes it." in shown


@pytest.mark.parametrize("sessions", [1, 3])
def test_the_plans_page_costs_the_same_for_one_and_three(
    page, problem, sessions, django_assert_num_queries
):
    entered(problem, on=TODAY - 6 * DAY)
    for n in range(sessions):
        log(problem.runner, TODAY - (6 - 2 * n) * DAY, distance_m=1600)

    with django_assert_num_queries(14):
        assert page.get(url(problem)).status_code == 200
