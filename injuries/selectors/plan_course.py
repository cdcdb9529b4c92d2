"""The way back over the weeks: when each phase was, and when it was on hold."""

import datetime as dt
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import NamedTuple

from django.db.models import Q

from injuries import care
from injuries.models import PlanHold, ReturnPlan
from injuries.selectors.history import history_of
from members.models import Membership, User

DAY = dt.timedelta(days=1)


class Stretch(NamedTuple):
    """Days, both included, in one phase of a plan, or on hold (`phase` None)."""

    first: dt.date
    last: dt.date
    phase: int | None


@dataclass(frozen=True, slots=True)
class Walked:
    """One plan as far as it has gone, with the holds that count."""

    plan: ReturnPlan
    state: care.PlanState
    holds: tuple[PlanHold, ...]
    stretches: tuple[Stretch, ...]

    def is_held_by(self, *, club_id: int) -> bool:
        """Tell whether a coach of that club holds it now."""
        return any(hold.club_id == club_id and hold.released_at is None for hold in self.holds)


def plans_walked(runner: User, *, since: dt.date, on: dt.date) -> tuple[Walked, ...]:
    """Return the plans that went on after `since`, as they stand on `on`, oldest first.

    Two queries, and seven for the history where there is any plan.
    """
    plans = list(
        ReturnPlan.objects.filter(problem__runner=runner)
        .filter(Q(ended_on__isnull=True) | Q(ended_on__gte=since))
        .select_related("problem")
        .order_by("started_on", "pk")
    )
    if not plans:
        return ()
    history = history_of(runner, on=on)
    holds = _holds(plans, runner)
    walked = []
    for plan in plans:
        own = tuple(hold for hold in holds if hold.plan_id == plan.pk)
        decided = care.Plan(
            started_on=plan.started_on,
            achilles_named=plan.problem.achilles_named,
            holds=tuple(care.Hold(hold.held_on, hold.released_on) for hold in own),
            ended_on=plan.ended_on,
        )
        state = care.replay(decided, history)
        walked.append(Walked(plan, state, own, (*_phases(state, on=on), *_held(own, on=on))))
    return tuple(walked)


def _holds(plans: list[ReturnPlan], runner: User) -> list[PlanHold]:
    """Return a clinician's holds and those of clubs the runner is still in."""
    clubs = Membership.objects.active().filter(user=runner).values("club")
    counts = Q(club__isnull=True) | Q(club__in=clubs)
    return list(PlanHold.objects.filter(counts, plan__in=plans).order_by("held_at", "pk"))


def _phases(state: care.PlanState, *, on: dt.date) -> list[Stretch]:
    """Return each phase from its first session to the day before the next phase began."""
    begun = [
        (next(sessions).on, phase)
        for phase, sessions in groupby(state.sessions, key=lambda session: session.phase)
    ]
    if not begun:
        return []
    end = max(state.since or on, begun[-1][0])
    between = [Stretch(at, later - DAY, phase) for (at, phase), (later, _) in pairwise(begun)]
    return [*between, Stretch(begun[-1][0], end, begun[-1][1])]


def _held(holds: tuple[PlanHold, ...], *, on: dt.date) -> list[Stretch]:
    return [Stretch(hold.held_on, hold.released_on or on, None) for hold in holds]
