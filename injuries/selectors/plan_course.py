"""The way back over the weeks: when each phase was, and when it was on hold."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import NamedTuple

from django.db.models import Q

from injuries import care
from injuries.models import PlanHold, ReturnPlan
from injuries.selectors.history import history_of, records_of
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
        state = care.replay(_decided(plan, own), history)
        walked.append(Walked(plan, state, own, (*_phases(state, on=on), *_held(own, on=on))))
    return tuple(walked)


def plans_now(runner_ids: Sequence[int], *, on: dt.date) -> dict[int, care.PlanState]:
    """Return where the plan of each of these runners stands on `on`; who has none is left out.

    One query; where there is a plan at all, nine more however many there are.
    """
    plans = list(
        ReturnPlan.objects.filter(problem__runner__in=runner_ids, ended_on__isnull=True)
        .select_related("problem__runner")
        .order_by("pk")
    )
    if not plans:
        return {}
    records = records_of([plan.problem.runner for plan in plans])
    members = Membership.objects.active().filter(user__in=records).values_list("user_id", "club_id")
    clubs = set(members)
    holds = PlanHold.objects.filter(plan__in=plans).order_by("held_at", "pk")
    counted: defaultdict[int, list[PlanHold]] = defaultdict(list)
    runner_of = {plan.pk: plan.problem.runner_id for plan in plans}
    for hold in holds:
        if hold.club_id is None or (runner_of[hold.plan_id], hold.club_id) in clubs:
            counted[hold.plan_id].append(hold)
    return {
        runner_of[plan.pk]: care.replay(
            _decided(plan, counted[plan.pk]), records[runner_of[plan.pk]].as_of(on)
        )
        for plan in plans
    }


def _decided(plan: ReturnPlan, holds: Iterable[PlanHold]) -> care.Plan:
    return care.Plan(
        started_on=plan.started_on,
        achilles_named=plan.problem.achilles_named,
        holds=tuple(care.Hold(hold.held_on, hold.released_on) for hold in holds),
        ended_on=plan.ended_on,
    )


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
