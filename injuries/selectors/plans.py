"""Where somebody is on the way back: the stored decision, replayed over what they logged."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from injuries import care
from injuries.care.hills import unlocked_on, week_before_m
from injuries.care.phases import phase, session_in_words
from injuries.care.types import ACTIVE, LEFT
from injuries.care.words import became, decides, where
from injuries.models import HeelProblem, PlanHold, ReturnPlan
from injuries.risk import Activity, History
from injuries.selectors.history import history_of
from members.models import Membership, User

PACE_DAYS = 90


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One session of the plan and what became of it."""

    on: dt.date
    phase: int
    outcome: str
    text: str


@dataclass(frozen=True, slots=True)
class PlanPage:
    """All the plan's page shows. `session`: what to do next and how; empty while stopped."""

    plan: ReturnPlan
    state: care.PlanState
    where: str
    decides: str
    session: tuple[str, ...]
    distance_m: int | None
    sessions: tuple[SessionLine, ...]
    hills: str
    clinician_holds: bool
    coach_holds: tuple[str, ...]  # the clubs whose coach holds it

    @property
    def may_log(self) -> bool:
        """Whether there is something to log for it now."""
        return self.state.status in ("entering", "active")


def going_on(runner: User) -> ReturnPlan | None:
    """Return the runner's plan that nobody has ended, or None."""
    return (
        ReturnPlan.objects.filter(problem__runner=runner, ended_on__isnull=True)
        .select_related("problem__runner")
        .first()
    )


def plan_of(problem: HeelProblem) -> ReturnPlan | None:
    """Return the problem's newest plan, or None."""
    return problem.return_plans.select_related("problem__runner").order_by("-pk").first()


def is_held_by(plan: ReturnPlan, *, club_id: int) -> bool:
    """Tell whether a coach of that club holds the plan now."""
    return plan.holds.filter(club=club_id, released_at__isnull=True).exists()


def state_of(plan: ReturnPlan, *, on: dt.date, history: History | None = None) -> care.PlanState:
    """Return where the plan stands on the runner's day `on`; `history` where it is known."""
    seen = history or history_of(plan.problem.runner, on=on)
    return care.replay(_decided(plan, _holds(plan)), seen)


def plan_page(plan: ReturnPlan, *, on: dt.date, history: History | None = None) -> PlanPage:
    """Return what the runner sees of their plan on their day `on`; `history` where it is known."""
    runner = plan.problem.runner
    history = history or history_of(runner, on=on)
    holds = _holds(plan)
    state = care.replay(_decided(plan, holds), history)
    at = phase(state.phase) if state.status == ACTIVE and state.phase else None
    pace = usual_pace(history.activities, before=plan.started_on)
    standing = [hold for hold in holds if hold.released_at is None]
    return PlanPage(
        plan=plan,
        state=state,
        where=where(state),
        decides=decides(state),
        session=session_in_words(at, unit=runner.unit, pace_s_per_km=pace) if at else (),
        distance_m=at.distance_m if at else None,
        sessions=tuple(
            SessionLine(one.on, one.phase, one.outcome, became(one))
            for one in reversed(state.sessions)
        ),
        hills=_hills(plan, state, history),
        clinician_holds=any(hold.club is None for hold in standing),
        coach_holds=tuple(hold.club.name for hold in standing if hold.club is not None),
    )


def usual_pace(activities: Iterable[Activity], *, before: dt.date) -> float | None:
    """Return the median seconds per km of the runs of the 90 days before a day, or None."""
    first = before - dt.timedelta(days=PACE_DAYS)
    paces = [
        run.duration_s * 1000 / run.distance_m
        for run in activities
        if run.kind == "run" and first <= run.on < before and run.distance_m and run.duration_s
    ]
    return median(paces) if paces else None


def _holds(plan: ReturnPlan) -> list[PlanHold]:
    """Return the holds that count: a clinician's, and those of clubs the runner is still in."""
    if plan.pk is None:
        return []
    clubs = Membership.objects.active().filter(user=plan.problem.runner_id).values("club")
    holds = plan.holds.select_related("club")
    return list(holds.filter(club__isnull=True) | holds.filter(club__in=clubs))


def _decided(plan: ReturnPlan, holds: Iterable[PlanHold]) -> care.Plan:
    return care.Plan(
        started_on=plan.started_on,
        achilles_named=plan.problem.achilles_named,
        holds=tuple(care.Hold(hold.held_on, hold.released_on) for hold in holds),
        ended_on=plan.ended_on,
    )


def _hills(plan: ReturnPlan, state: care.PlanState, history: History) -> str:
    """Return whether hills and speed are back."""
    if state.status != LEFT or state.since is None:
        return "" if state.is_over else "Hills and speed wait until after the plan."
    week_m = week_before_m(history.activities, since=plan.problem.since)
    back_on = unlocked_on(history.activities, left_on=state.since, week_m=week_m, on=history.on)
    if back_on is not None:
        return "Hills and speed may come back, one at a time."
    if not week_m:
        return "Hills and speed wait for four weeks of ordinary running."
    return "Hills and speed wait until a week is half of what it was before it began."
