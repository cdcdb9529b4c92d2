"""How often one run was a big step: rule L1 by the week of the run (evidence 1.1, 6.4)."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, F, Q, TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from dashboards.selectors.trends.asked import Asked
from injuries.models import RiskFlag, WeeklyAssessment
from members.weeks import monday_of

OVER_10, OVER_100 = "over_10", "over_100"


@dataclass(frozen=True, slots=True)
class SpikeWeek:
    """How many runners had such a run in the week, by their largest one, of how many judged."""

    week: dt.date
    over_10: int  # up to 100 %
    over_100: int
    judged: int  # runners whose single runs could be compared
    unjudged: int  # whose could not: too little known
    current: bool = False

    @property
    def per_100(self) -> float | None:
        """Such runner-weeks per 100 that were judged; None where none was."""
        if not self.judged:
            return None
        return round(100 * (self.over_10 + self.over_100) / self.judged, 1)


def spikes(asked: Asked) -> tuple[SpikeWeek, ...]:
    """Return each week's count. Two queries.

    A run stays open for 14 days, so the flag of the week after counts for the week of the run, and
    a runner counts once a week.
    """
    levels = Counter((week, level) for (_, week), level in _largest(asked).items())
    judged = _judged(asked)
    return tuple(
        SpikeWeek(
            week,
            levels[week, OVER_10],
            levels[week, OVER_100],
            *judged.get(week, (0, 0)),
            current=week == asked.weeks[-1],
        )
        for week in asked.weeks
    )


def _largest(asked: Asked) -> dict[tuple[int, dt.date], str]:
    flags = RiskFlag.objects.standing().filter(
        rule="L1", assessment__runner__in=asked.user_ids, assessment__week__range=asked.span
    )
    found: dict[tuple[int, dt.date], str] = {}
    for runner, run_on, level in flags.order_by().values_list(
        "assessment__runner", KT("values__run_on"), "level"
    ):
        week = monday_of(dt.date.fromisoformat(run_on))
        found[runner, week] = max(level, found.get((runner, week), level), key=_LEVELS.index)
    return found


_LEVELS = (OVER_10, OVER_100)


def _judged(asked: Asked) -> dict[dt.date, tuple[int, int]]:
    """Return how many weeks were judged and not; under 18 single runs are not compared (M9)."""
    is_unjudged = Q(said__contains='"rule": "L1"')
    adult = Q(runner__adult_from__isnull=True) | Q(runner__adult_from__lte=F("on"))
    rows = (
        WeeklyAssessment.objects.filter(adult, runner__in=asked.user_ids, week__range=asked.span)
        .alias(said=Cast("not_assessed", TextField()))
        .order_by()
        .values_list("week")
        .annotate(judged=Count("pk", filter=~is_unjudged), unjudged=Count("pk", filter=is_unjudged))
    )
    return {week: (judged, unjudged) for week, judged, unjudged in rows}
