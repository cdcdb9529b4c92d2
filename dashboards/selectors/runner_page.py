"""One runner as a coach may see them: timeline, shoes, flags and decisions."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from dashboards import words
from dashboards.charts import Timeline
from dashboards.selectors.board_rows import BoardRow, board_row
from dashboards.selectors.timeline import USUAL, Period, Told, timeline, told_weeks
from injuries.models import CoachDecision, RiskFlag
from injuries.risk import Why
from injuries.selectors.assessments import assessments_between
from injuries.selectors.history import history_of
from injuries.selectors.plan_course import plans_walked
from injuries.selectors.sharing import SharedHeel, SharedPlan, heel_coach_sees, plan_coach_sees
from members.models import Activity, Membership, Shoe
from members.selectors.people import runners_visible_to
from members.selectors.shoes import shoes_with_distance
from members.weeks import EARLIEST, monday_of

DECISIONS_SHOWN = 50
NO_WORD = SharedHeel()


@dataclass(frozen=True, slots=True)
class PastWeek:
    """What the rules said in one week, as far as it is shared."""

    week: dt.date
    training: str
    clinician: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SeenFlag:
    """One flag in the words for coaches."""

    rule: str
    sentence: str
    first_seen_at: dt.datetime
    why: Why


@dataclass(frozen=True, slots=True)
class RunnerPage:
    """All that the page shows. Empty, apart from `row`, where nothing is shared."""

    row: BoardRow
    period: Period
    timeline: Timeline | None = None
    shoes: tuple[Shoe, ...] = ()
    flags: tuple[SeenFlag, ...] = ()
    weeks: tuple[PastWeek, ...] = ()  # newest first
    decisions: tuple[CoachDecision, ...] = ()
    plan: SharedPlan | None = None
    heel: SharedHeel = NO_WORD
    holds_plan: bool = False  # whether a coach of this club holds it

    @property
    def shares_nothing(self) -> bool:
        """Whether there is nothing to show."""
        return self.row.view.training is None


def runner_membership(coach: Membership, *, pk: int) -> Membership | None:
    """Return the membership of a runner this coach looks after, or None."""
    return runners_visible_to(coach).filter(pk=pk).first()


def runner_page(
    coach: Membership, membership: Membership, *, on: dt.date, period: Period = USUAL
) -> RunnerPage:
    """Return what the coach may see of the runner on the day `on`, as far back as `period`."""
    row = board_row(coach, membership, on=on)
    if row.view.training is None:
        return RunnerPage(row, period)
    runner, first = membership.user, period.first(on=on)
    assessed = assessments_between(runner, first=monday_of(max(first, EARLIEST)), last=on)
    weeks = told_weeks(membership, assessed, unit=coach.user.unit)
    decisions = _decisions(coach, membership)
    walked = plans_walked(runner, since=first, on=on)
    now_on = next((one for one in walked if one.plan.ended_on is None), None)
    return RunnerPage(
        row=row,
        period=period,
        timeline=timeline(
            coach,
            membership,
            runs=list(_runs(membership, first=first, on=on)),
            weeks=weeks,
            decisions=decisions,
            walked=walked,
            first=first,
            on=on,
        ),
        shoes=tuple(shoes_with_distance(runner, include_retired=False)),
        flags=_flags(row, unit=coach.user.unit),
        weeks=_past_weeks(weeks),
        decisions=tuple(decisions[:DECISIONS_SHOWN]),
        plan=plan_coach_sees(membership, now_on.state if now_on else None),
        heel=heel_coach_sees(membership, lambda: history_of(runner, on=on)),
        holds_plan=now_on is not None and now_on.is_held_by(club_id=coach.club_id),
    )


def _runs(membership: Membership, *, first: dt.date, on: dt.date) -> QuerySet[Activity]:
    """Return the runs, oldest first, no more of each than is shown."""
    return (
        Activity.objects.filter(
            runner=membership.user, kind=Activity.Kind.RUN, on__range=(first, on)
        )
        .select_related("shoe")
        .only("on", "distance_m", "shoe__name", "shoe__colour")
        .order_by("on", "pk")
    )


def _flags(row: BoardRow, *, unit: str) -> tuple[SeenFlag, ...]:
    """Return the shared flags of the week the row stands on, with when each was first seen."""
    if row.judged is None:
        return ()
    first_seen = dict(
        RiskFlag.objects.standing()
        .filter(assessment=row.judged.pk)
        .values_list("rule", "first_seen_at")
    )
    return tuple(
        SeenFlag(
            flag.rule,
            words.about(flag, on=row.judged.on, unit=unit),
            first_seen[flag.rule],
            words.behind(flag, unit=unit, own=False),
        )
        for flag in row.view.flags
    )


def _past_weeks(weeks: Iterable[Told]) -> tuple[PastWeek, ...]:
    return tuple(
        PastWeek(each.week, view.training or "", view.clinician, view.reasons)
        for each, view in reversed(list(weeks))
    )


def _decisions(coach: Membership, membership: Membership) -> list[CoachDecision]:
    """Return everything this club's coaches decided, newest first; replaced ones included."""
    decisions = CoachDecision.objects.filter(
        club=coach.club, assessment__runner=membership.user
    ).select_related("assessment", "decided_by")
    return list(decisions)
