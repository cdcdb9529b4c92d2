"""The club over weeks: who stood where, how much was run, how many had a problem."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from dashboards.charts import AnswerRow, WeekLoad, WeekShare
from dashboards.selectors.weeks import club_loads, logged_by, mondays
from injuries.models import CoachDecision, RiskFlag, WeeklyAssessment, WeeklyCheck
from injuries.selectors.sharing import what_coach_sees
from members.models import Membership, Sharing
from members.selectors.people import runners_visible_to
from members.weeks import monday_of

GROUP_MIN = 5  # fewer answers could point at somebody


@dataclass(frozen=True, slots=True)
class DecisionCounts:
    """What coaches did with the weeks that asked for something."""

    accepted: int
    changed: int
    dismissed: int

    @property
    def total(self) -> int:
        """All decisions that stand."""
        return self.accepted + self.changed + self.dismissed


@dataclass(frozen=True, slots=True)
class Trends:
    """Twelve weeks of a club. Runners who share nothing are in none of the figures."""

    weeks: tuple[dt.date, ...]
    rows: tuple[AnswerRow, ...]
    load: tuple[WeekLoad, ...]
    shares: tuple[WeekShare, ...]
    decisions: DecisionCounts
    runners: int
    sharing: int
    group_min: int = GROUP_MIN


def trends(coach: Membership, *, on: dt.date) -> Trends:
    """Return the club's trends up to the week of `on`. A fixed number of queries."""
    memberships = list(runners_visible_to(coach))
    sharing = [one for one in memberships if one.sharing != Sharing.NOTHING]
    weeks = mondays(last=monday_of(on))
    return Trends(
        weeks=tuple(weeks),
        rows=_rows(sharing, weeks),
        load=tuple(_load(sharing, weeks, on=on)),
        shares=tuple(_shares(sharing, weeks)),
        decisions=_decision_counts(coach, weeks),
        runners=len(memberships),
        sharing=len(sharing),
    )


def _rows(memberships: Sequence[Membership], weeks: Sequence[dt.date]) -> tuple[AnswerRow, ...]:
    standing = RiskFlag.objects.filter(withdrawn_at__isnull=True).order_by("rule")
    assessments = WeeklyAssessment.objects.filter(
        runner__in=[one.user_id for one in memberships], week__range=(weeks[0], weeks[-1])
    ).prefetch_related(Prefetch("flags", queryset=standing, to_attr="standing_flags"))
    by_runner = {(one.runner_id, one.week): one for one in assessments}
    rows = []
    for membership in memberships:
        found = [by_runner.get((membership.user_id, week)) for week in weeks]
        answers = [what_coach_sees(membership, one).training if one else None for one in found]
        rows.append(AnswerRow(str(membership.user), tuple(answers)))
    return tuple(rows)


def _load(
    memberships: Sequence[Membership], weeks: Sequence[dt.date], *, on: dt.date
) -> list[WeekLoad]:
    logged = logged_by([one.user_id for one in memberships], first=weeks[0], last=on)
    return club_loads(logged.values(), weeks, current=monday_of(on))


def _shares(memberships: Sequence[Membership], weeks: Sequence[dt.date]) -> list[WeekShare]:
    """Return each week's answers; a runner counts from the week they joined.

    Whoever took back that answers are kept is in none of the weeks.
    """
    agreed = [one for one in memberships if one.user.health_consent_at is not None]
    joined = {one.user_id: monday_of(one.joined_at.date()) for one in agreed}
    checks = WeeklyCheck.objects.filter(
        runner__in=joined, week__range=(weeks[0], weeks[-1])
    ).values_list("runner_id", "week", "participation")
    worst: dict[tuple[int, dt.date], int] = {}  # somebody with two problems is one person
    for runner, week, participation in checks:
        if joined[runner] <= week:
            worst[runner, week] = max(participation, worst.get((runner, week), 0))
    answered = Counter(week for _, week in worst)
    problems = Counter(week for (_, week), participation in worst.items() if participation)
    return [
        WeekShare(
            week=week,
            runners=sum(first <= week for first in joined.values()),
            answered=answered[week],
            problems=problems[week] if answered[week] >= GROUP_MIN else None,
        )
        for week in weeks
    ]


def _decision_counts(coach: Membership, weeks: Sequence[dt.date]) -> DecisionCounts:
    kinds = CoachDecision.objects.filter(
        club=coach.club,
        assessment__week__range=(weeks[0], weeks[-1]),
        replaced_by__isnull=True,
    ).values_list("kind", flat=True)
    counts = Counter(kinds)
    return DecisionCounts(counts["accepted"], counts["changed"], counts["dismissed"])
