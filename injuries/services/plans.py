"""The way back: begin and end a plan, hold it and let it go. Where it stands is never stored."""

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from injuries.care.types import LEFT, RED_FLAG
from injuries.models import HeelProblem, PlanHold, ReturnPlan
from injuries.selectors.plans import going_on, state_of
from injuries.services.pain import require_consent
from members.models import Membership, User
from members.permissions import Permission, may
from members.selectors.people import runners_visible_to
from members.services.audit import record

STOPPED = (
    "One of your safety answers should be looked at first. Note it on the page of the sore spot "
    "once somebody has, and begin then."
)
ONE_AT_A_TIME = "You are on the way back already; one plan at a time is enough."


def start_plan(problem: HeelProblem, *, now: dt.datetime) -> ReturnPlan:
    """Begin the way back of a problem.

    Raises ValidationError without consent, during a red flag, or beside another plan.
    """
    runner = problem.runner
    require_consent(runner)
    today = runner.today(now=now)
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=runner.pk)
        earlier = going_on(runner)
        if earlier is not None:
            state = state_of(earlier, on=today)
            if state.status != LEFT:
                raise ValidationError(ONE_AT_A_TIME)
            earlier.ended_on = state.since
            earlier.save(update_fields=["ended_on"])
        plan = ReturnPlan(problem=problem, started_on=today, started_at=now)
        if state_of(plan, on=today).status == RED_FLAG:
            raise ValidationError(STOPPED)
        plan.save()
    return plan


def end_plan(plan: ReturnPlan, *, now: dt.datetime) -> ReturnPlan:
    """End a plan as of the runner's today; ending it twice changes nothing."""
    if plan.ended_on is None:
        plan.ended_on = plan.problem.runner.today(now=now)
        plan.save(update_fields=["ended_on"])
    return plan


# --- Holds ---------------------------------------------------------------------------------------
def note_clinicians_hold(plan: ReturnPlan, *, now: dt.datetime) -> PlanHold:
    """Keep that a clinician told the runner to wait; saying it twice changes nothing."""
    runner = plan.problem.runner
    return _hold(plan, None, by=runner, on=runner.today(now=now), now=now)


def release_clinicians_hold(plan: ReturnPlan, *, now: dt.datetime) -> None:
    """Keep that the clinician lets the runner go on."""
    runner = plan.problem.runner
    _release(plan, None, by=runner, on=runner.today(now=now), now=now)


def hold_plan(coach: Membership, *, runner: User, now: dt.datetime) -> PlanHold:
    """Hold a runner's plan, with its audit row. Raises PermissionDenied, or ValidationError."""
    plan = _plan_for(coach, runner)
    with transaction.atomic():
        held = _hold(plan, coach, by=coach.user, on=runner.today(now=now), now=now)
        record("plan held", by=coach.user, about=runner, club=coach.club, now=now, plan=plan.pk)
    return held


def release_plan(coach: Membership, *, runner: User, now: dt.datetime) -> None:
    """Let a plan go that this club holds, with its audit row."""
    plan = _plan_for(coach, runner)
    with transaction.atomic():
        _release(plan, coach, by=coach.user, on=runner.today(now=now), now=now)
        record("plan released", by=coach.user, about=runner, club=coach.club, now=now, plan=plan.pk)


def _plan_for(coach: Membership, runner: User) -> ReturnPlan:
    visible = runners_visible_to(coach).filter(user=runner)
    if not may(coach, Permission.DECIDE) or not visible.exists():
        raise PermissionDenied
    plan = going_on(runner)
    if plan is None:
        raise ValidationError("There is no plan to hold.")
    return plan


def _hold(
    plan: ReturnPlan, coach: Membership | None, *, by: User, on: dt.date, now: dt.datetime
) -> PlanHold:
    club = coach.club if coach else None
    held, _ = PlanHold.objects.get_or_create(
        plan=plan,
        club=club,
        released_at=None,
        defaults={"held_on": on, "held_at": now, "held_by": by},
    )
    return held


def _release(
    plan: ReturnPlan, coach: Membership | None, *, by: User, on: dt.date, now: dt.datetime
) -> None:
    held = PlanHold.objects.filter(
        plan=plan, club=coach.club if coach else None, released_at__isnull=True
    )
    held.update(released_on=on, released_at=now, released_by=by)
