"""One runner as a coach may see them: timeline, shoes, flags and decisions."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from dashboards import words
from dashboards.charts import PainDay
from dashboards.selectors.board_rows import BoardRow, board_row
from injuries.models import CoachDecision, PainReport, RiskFlag
from injuries.selectors.assessments import assessments_between
from injuries.selectors.plans import going_on, is_held_by, state_of
from injuries.selectors.sharing import SharedPlan, plan_coach_sees, what_coach_sees
from members.models import Activity, Membership, Shoe
from members.selectors.people import runners_visible_to
from members.selectors.shoes import shoes_with_distance
from members.weeks import monday_of

DAYS_SHOWN = 182
WEEKS_SHOWN = 12


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


@dataclass(frozen=True, slots=True)
class RunnerPage:
    """All that the page shows. Empty, apart from `row`, where nothing is shared."""

    row: BoardRow
    days: tuple[PainDay, ...] = ()
    runs: tuple[Activity, ...] = ()
    shoes: tuple[Shoe, ...] = ()
    flags: tuple[SeenFlag, ...] = ()
    weeks: tuple[PastWeek, ...] = ()
    decisions: tuple[CoachDecision, ...] = ()
    plan: SharedPlan | None = None
    holds_plan: bool = False  # whether a coach of this club holds it

    @property
    def shares_nothing(self) -> bool:
        """Whether there is nothing to show."""
        return self.row.view.training is None


def runner_membership(coach: Membership, *, pk: int) -> Membership | None:
    """Return the membership of a runner this coach looks after, or None."""
    return runners_visible_to(coach).filter(pk=pk).first()


def runner_page(coach: Membership, membership: Membership, *, on: dt.date) -> RunnerPage:
    """Return what the coach may see of the runner on the day `on`."""
    row = board_row(coach, membership, on=on)
    if row.view.training is None:
        return RunnerPage(row)
    runner = membership.user
    runs = tuple(
        Activity.objects.filter(
            runner=runner,
            kind=Activity.Kind.RUN,
            on__range=(on - dt.timedelta(days=DAYS_SHOWN - 1), on),
        ).select_related("shoe")
    )
    weeks = _past_weeks(membership, on=on, unit=coach.user.unit)
    way_back = going_on(runner)
    state = state_of(way_back, on=on) if way_back else None
    return RunnerPage(
        row=row,
        days=_days(membership, runs, on=on, sees_pain=row.view.sees_pain),
        runs=runs,
        shoes=tuple(shoes_with_distance(runner, include_retired=False)),
        flags=_flags(membership, row, unit=coach.user.unit),
        weeks=weeks,
        decisions=_decisions(coach, membership),
        plan=plan_coach_sees(membership, state),
        holds_plan=way_back is not None and is_held_by(way_back, club_id=coach.club_id),
    )


def _flags(membership: Membership, row: BoardRow, *, unit: str) -> tuple[SeenFlag, ...]:
    """Return the shared flags of the week the row stands on, with when each was first seen."""
    if row.judged is None:
        return ()
    first_seen = dict(
        RiskFlag.objects.standing()
        .filter(assessment=row.judged.pk)
        .values_list("rule", "first_seen_at")
    )
    return tuple(
        SeenFlag(flag.rule, words.about(flag, on=row.judged.on, unit=unit), first_seen[flag.rule])
        for flag in row.view.flags
    )


def _days(
    membership: Membership, runs: tuple[Activity, ...], *, on: dt.date, sees_pain: bool
) -> tuple[PainDay, ...]:
    """Return the days with a run or, where pain is shared, a report; oldest first."""
    metres: defaultdict[dt.date, int] = defaultdict(int)
    for run in runs:
        metres[run.on] += run.distance_m or 0
    pain = _pain_by_day(membership, on=on) if sees_pain else {}
    return tuple(
        PainDay(day, distance_m=metres.get(day) or None, **pain.get(day, {}))
        for day in sorted(metres.keys() | pain.keys())
    )


def _pain_by_day(membership: Membership, *, on: dt.date) -> dict[dt.date, dict[str, int]]:
    """Return each day's worst first step, during and after."""
    reports = PainReport.objects.filter(
        runner=membership.user, on__range=(on - dt.timedelta(days=DAYS_SHOWN - 1), on)
    )
    worst: defaultdict[dt.date, dict[str, int]] = defaultdict(dict)
    for report in reports:
        for field in ("first_step", "during", "after"):
            value = getattr(report, field)
            if value is not None:
                worst[report.on][field] = max(value, worst[report.on].get(field, 0))
    return dict(worst)


def _past_weeks(membership: Membership, *, on: dt.date, unit: str) -> tuple[PastWeek, ...]:
    last = monday_of(on)
    first = last - dt.timedelta(weeks=WEEKS_SHOWN - 1)
    found = assessments_between(membership.user, first=first, last=last)
    views = [(each.week, what_coach_sees(membership, each, unit=unit)) for each in found]
    return tuple(
        PastWeek(week, view.training or "", view.clinician, view.reasons)
        for week, view in reversed(views)
    )


def _decisions(coach: Membership, membership: Membership) -> tuple[CoachDecision, ...]:
    """Return everything this club's coaches decided, newest first; replaced ones included."""
    decisions = CoachDecision.objects.filter(
        club=coach.club, assessment__runner=membership.user
    ).select_related("assessment", "decided_by")
    return tuple(decisions[:50])
