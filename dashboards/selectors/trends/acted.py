"""What became of what the rules asked of coaches: how much was answered, how fast, how it ended.

A week asks where its row of the board would press a coach (injuries/selectors/sharing.py), by the
flags that stand and at the step at which the club's coaches are alerted today. It is answered by
the first decision that agrees, changes or sets aside; a note or a snooze answers nothing.
"""

import datetime as dt
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from statistics import median
from typing import Any, NamedTuple

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from dashboards.selectors.trends.asked import Asked
from injuries.models import CoachDecision, RiskFlag, Training, WeeklyAssessment
from injuries.selectors.coach_list import club_step
from injuries.selectors.sharing import asks_coaches
from injuries.small_groups import GROUP_MIN
from members.models import Membership

A_DAY_S = 86_400
OUTCOMES = dict(CoachDecision.Outcome.choices)


class Flagged(NamedTuple):
    """One standing flag. Has what sharing.py asks of a flag."""

    rule: str
    level: str
    action: str
    numbers: str  # JSON
    for_coach: bool
    first_seen_at: dt.datetime

    @property
    def values(self) -> Mapping[str, Any]:
        """The numbers, read only where they decide whether coaches are alerted: seldom."""
        found: Mapping[str, Any] = json.loads(self.numbers)
        return found


class Judged(NamedTuple):
    """What the rules said of one week. Has what sharing.py asks of a week."""

    pk: int
    runner_id: int
    week: dt.date
    on: dt.date
    training: str
    clinician: str
    shoes: bool


class Decided(NamedTuple):
    """One decision of the club, standing or replaced."""

    kind: str
    decided_at: dt.datetime
    outcome_kind: str


@dataclass(frozen=True, slots=True)
class Acted:
    """What coaches did. `by_kind` and `outcomes` count weeks of runners, by the last word said."""

    asked: int
    answered: int
    noted: int  # noted, or let wait, and not answered yet
    median_days: float | None  # from when coaches could first see it to the first answer
    by_kind: Mapping[str, int]
    outcomes: Mapping[str, int] | None  # None where they are about fewer runners than group_min
    weeks: tuple[tuple[dt.date, int, int], ...]  # Monday, asked, answered
    group_min: int = GROUP_MIN

    @property
    def untouched(self) -> int:
        """How many nobody did anything about."""
        return self.asked - self.answered - self.noted

    @property
    def outcome_total(self) -> int:
        """How many times it was said what came of it, as far as that is shown."""
        return sum((self.outcomes or {}).values())

    @property
    def percent(self) -> int | None:
        """The share answered, whole per cent; None where nothing was asked."""
        return round(100 * self.answered / self.asked) if self.asked else None


@dataclass(slots=True)
class _Sums:
    asked: Counter[dt.date] = field(default_factory=Counter)
    answered: Counter[dt.date] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    runners: set[int] = field(default_factory=set)  # with an outcome
    days: list[float] = field(default_factory=list)
    noted: int = 0


def acted(coach: Membership, asked: Asked) -> Acted:
    """Return what became of these weeks. Four queries."""
    runners = {runner.user_id: runner for runner in asked.runners}
    step, flags, decisions = club_step(coach.club), _flags(asked), _decisions(coach, asked)
    sums = _Sums()
    for week in _judged(asked):
        fired = flags[week.pk]
        if asks_coaches(runners[week.runner_id], week, flags=fired, step=step):
            _count(sums, week, fired, decisions[week.pk])
    return _acted(sums, asked)


def _count(sums: _Sums, week: Judged, flags: Iterable[Flagged], decisions: list[Decided]) -> None:
    sums.asked[week.week] += 1
    answers = [one for one in decisions if one.kind in CoachDecision.ANSWERS]
    if answers:
        sums.answered[week.week] += 1
        sums.kinds[answers[-1].kind] += 1
        sums.days += _days(flags, until=answers[0].decided_at)
    elif decisions:
        sums.noted += 1
    said = [one.outcome_kind for one in decisions if one.outcome_kind]
    if said:
        sums.outcomes[said[-1]] += 1
        sums.runners.add(week.runner_id)


def _days(flags: Iterable[Flagged], *, until: dt.datetime) -> list[float]:
    """Return the days since the first of the flags was seen; none where it is not known."""
    seen = [flag.first_seen_at for flag in flags if flag.action != "context"]
    return [max(0.0, (until - min(seen)).total_seconds() / A_DAY_S)] if seen else []


def _acted(sums: _Sums, asked: Asked) -> Acted:
    is_shown = not sums.runners or len(sums.runners) >= GROUP_MIN
    kinds = CoachDecision.ANSWERS
    return Acted(
        asked=sums.asked.total(),
        answered=sums.answered.total(),
        noted=sums.noted,
        median_days=round(median(sums.days), 1) if sums.days else None,
        by_kind={kind: sums.kinds[kind] for kind in CoachDecision.Kind.values if kind in kinds},
        outcomes={kind: sums.outcomes[kind] for kind in OUTCOMES} if is_shown else None,
        weeks=tuple((week, sums.asked[week], sums.answered[week]) for week in asked.weeks),
    )


def _judged(asked: Asked) -> Iterable[Judged]:
    """Return the weeks that may ask something."""
    asks = ~Q(training__in=(Training.CARRY_ON, Training.NOT_ASSESSED)) | ~Q(clinician="")
    rows = WeeklyAssessment.objects.filter(
        asks | Q(shoes=True), runner__in=asked.user_ids, week__range=asked.span
    ).order_by()
    fields = ("pk", "runner_id", "week", "on", "training", "clinician", "shoes")
    return map(Judged._make, rows.values_list(*fields).iterator())


def _flags(asked: Asked) -> Mapping[int, list[Flagged]]:
    rows = (
        RiskFlag.objects.standing()
        .filter(assessment__runner__in=asked.user_ids, assessment__week__range=asked.span)
        .exclude(action="context")
        .order_by()
        .values_list(
            "assessment_id",
            "rule",
            "level",
            "action",
            Cast("values", TextField()),
            "for_coach",
            "first_seen_at",
        )
    )
    found: defaultdict[int, list[Flagged]] = defaultdict(list)
    for pk, *flag in rows:
        found[pk].append(Flagged._make(flag))
    return found


def _decisions(coach: Membership, asked: Asked) -> Mapping[int, list[Decided]]:
    """Return all decisions of the club by assessment, the oldest first."""
    rows = CoachDecision.objects.filter(
        club=coach.club_id,
        assessment__runner__in=asked.user_ids,
        assessment__week__range=asked.span,
    ).order_by("decided_at", "pk")
    found: defaultdict[int, list[Decided]] = defaultdict(list)
    for pk, *rest in rows.values_list("assessment_id", "kind", "decided_at", "outcome_kind"):
        found[pk].append(Decided._make(rest))
    return found
