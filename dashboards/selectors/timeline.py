"""What stands on a runner's timeline for their coach. What is not shared is never read into it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from dashboards import words
from dashboards.charts import Moment, PainDay, Span, Timeline, day_label
from injuries.care.check import severity
from injuries.models import CoachDecision, PainReport, WeeklyAssessment, WeeklyCheck
from injuries.selectors.plan_course import Walked
from injuries.selectors.sharing import (
    SharedView,
    course_coach_sees,
    days_coach_sees,
    shares_pain,
    what_coach_sees,
)
from members.models import Activity, DayStatus, Membership, PlannedBreak

DAY = dt.timedelta(days=1)
FLAGS, DECISIONS, CHECKS, AWAY, WAY_BACK = "Flags", "Decisions", "Check", "Days off", "Way back"
LONG_AGO = dt.date.min


class Period(NamedTuple):
    """How far back a timeline goes; `days` None: to the first entry."""

    name: str
    words: str
    days: int | None

    def first(self, *, on: dt.date) -> dt.date:
        """Return the first day of the period that ends on `on`."""
        return LONG_AGO if self.days is None else on - (self.days - 1) * DAY


PERIODS = (
    Period("4w", "4 weeks", 28),
    Period("12w", "12 weeks", 84),
    Period("year", "a year", 365),
    Period("all", "all", None),
)
USUAL = PERIODS[1]


class Told(NamedTuple):
    """One assessed week and what the coach may know of it."""

    assessment: WeeklyAssessment
    view: SharedView


def told_weeks(
    membership: Membership, assessments: Iterable[WeeklyAssessment], *, unit: str
) -> list[Told]:
    """Return the weeks as they are shared, in the order given."""
    return [Told(each, what_coach_sees(membership, each, unit=unit)) for each in assessments]


def timeline(
    coach: Membership,
    membership: Membership,
    *,
    runs: Sequence[Activity],
    weeks: Sequence[Told],
    decisions: Iterable[CoachDecision],
    walked: Sequence[Walked],
    first: dt.date,
    on: dt.date,
) -> Timeline:
    """Return the runner's days from `first` to `on` as far as they are shared. Four queries.

    `weeks` are oldest first. Of who shares nothing this must not be asked.
    """
    days = _days(membership, runs, first=first, on=on)
    moments = sorted(
        moment
        for moment in (
            *_flags(weeks, coach),
            *_decided(decisions, coach),
            *_checks(membership, first=first),
        )
        if first <= moment.on <= on
    )
    spans = [*_away(membership, first=first, on=on), *_way_back(membership, walked, first=first)]
    spans = [span for span in spans if span.first <= on]
    known = [*(day.on for day in days), *(one.on for one in moments), *(s.first for s in spans)]
    return Timeline(
        first=min(known, default=on) if first == LONG_AGO else first,
        last=on,
        days=days,
        moments=tuple(sorted(moments, key=lambda one: (LANES.index(one.lane), one.on))),
        spans=tuple(spans),
        shoes=pairs_worn(runs),
        worn=tuple((run.on, str(run.shoe)) for run in runs if run.shoe is not None),
    )


LANES = (FLAGS, DECISIONS, CHECKS)


def _days(
    membership: Membership, runs: Iterable[Activity], *, first: dt.date, on: dt.date
) -> tuple[PainDay, ...]:
    """Return the days with a run or, where pain is shared, a report; oldest first."""
    metres: defaultdict[dt.date, int] = defaultdict(int)
    for run in runs:
        metres[run.on] += run.distance_m or 0
    pain = _pain_by_day(membership, first=first, on=on) if shares_pain(membership) else {}
    return tuple(
        PainDay(day, distance_m=metres.get(day) or None, **pain.get(day, {}))
        for day in sorted(metres.keys() | pain.keys())
    )


def _pain_by_day(
    membership: Membership, *, first: dt.date, on: dt.date
) -> dict[dt.date, dict[str, int]]:
    """Return each day's worst first step, during and after."""
    fields = ("first_step", "during", "after")
    reports = PainReport.objects.filter(runner=membership.user, on__range=(first, on))
    worst: defaultdict[dt.date, dict[str, int]] = defaultdict(dict)
    for day, *values in reports.values_list("on", *fields):
        for field, value in zip(fields, values, strict=True):
            if value is not None:
                worst[day][field] = max(value, worst[day].get(field, 0))
    return dict(worst)


def _flags(weeks: Iterable[Told], coach: Membership) -> Iterator[Moment]:
    """Yield each flag once: in the first of the weeks in a row that it stood in."""
    before: set[tuple[str, str]] = set()
    for assessment, view in weeks:
        standing = {(flag.rule, flag.level) for flag in view.flags}
        for flag in view.flags:
            if (flag.rule, flag.level) not in before:
                said = words.about(flag, on=assessment.on, unit=coach.user.unit)
                yield Moment(_seen_on(assessment, flag.first_seen_at, coach), FLAGS, said)
        before = standing


def _seen_on(assessment: WeeklyAssessment, at: dt.datetime, coach: Membership) -> dt.date:
    """Return the day a flag was seen, in its own week: an import may bring it up long after."""
    return max(assessment.week, min(at.astimezone(coach.user.zone).date(), assessment.on))


def _decided(decisions: Iterable[CoachDecision], coach: Membership) -> Iterator[Moment]:
    for one in decisions:
        who = "A former coach" if one.decided_by is None else str(one.decided_by)
        said = words.decided(one, day=day_label)
        on = one.decided_at.astimezone(coach.user.zone).date()
        yield Moment(on, DECISIONS, f"{who}: {said}")


def _checks(membership: Membership, *, first: dt.date) -> Iterator[Moment]:
    """Yield the weekly checks, of several about one week the worst; only where pain is shared."""
    if not shares_pain(membership):
        return
    rows = WeeklyCheck.objects.filter(runner=membership.user, answered_on__gte=first)
    fields = ("week", "answered_on", "participation", "volume", "performance", "pain")
    by_week: defaultdict[dt.date, list[tuple[dt.date, int | None]]] = defaultdict(list)
    for week, answered_on, *answers in rows.order_by("week", "pk").values_list(*fields):
        by_week[week].append((answered_on, severity(tuple(answers))))
    for week, answers in by_week.items():
        on, worst = max(answers, key=lambda one: -1 if one[1] is None else one[1])
        yield Moment(on, CHECKS, f"Check of the week of {day_label(week)}: {_scored(worst)}")


def _scored(worst: int | None) -> str:
    if worst is None:
        return "a problem"
    return f"{worst} of 100" if worst else "no problem"


# --- Stretches of days ------------------------------------------------------------------------
def _away(membership: Membership, *, first: dt.date, on: dt.date) -> list[Span]:
    """Return holidays, tapers and, where pain is shared, days ill or injured."""
    seen = days_coach_sees(membership)
    said = DayStatus.objects.filter(
        runner=membership.user, on__range=(first, on), status__in=sorted(seen)
    )
    days = set(said.values_list("on", "status"))
    spans = []
    planned = PlannedBreak.objects.filter(runner=membership.user, first__lte=on, last__gte=first)
    for one in planned:
        if one.kind == PlannedBreak.Kind.TAPER:
            spans.append(Span(one.first, one.last, AWAY, "Taper"))
        else:
            # What is past has become days; one taken back by hand does not return.
            days |= {(day, one.kind) for day in _to_come(one)}
    return sorted([*spans, *_in_a_row(days)])


def _to_come(planned: PlannedBreak) -> list[dt.date]:
    begin = planned.first
    if planned.filled_until is not None:
        begin = max(begin, planned.filled_until + DAY)
    return [begin + n * DAY for n in range((planned.last - begin).days + 1)]


def _in_a_row(days: Iterable[tuple[dt.date, str]]) -> Iterator[Span]:
    """Yield days of one kind that follow each other as one stretch."""
    ordered = sorted(days, key=lambda day: (day[1], day[0]))
    runs = groupby(enumerate(ordered), key=lambda at: (at[1][1], at[1][0].toordinal() - at[0]))
    for (kind, _), found in runs:
        dates = [day for _, (day, _) in found]
        yield Span(dates[0], dates[-1], AWAY, kind.capitalize())


def _way_back(
    membership: Membership, walked: Iterable[Walked], *, first: dt.date
) -> Iterator[Span]:
    for stretch in course_coach_sees(membership, walked):
        if stretch.last >= first:
            said = "On hold" if stretch.phase is None else f"Phase {stretch.phase} of 6"
            yield Span(stretch.first, stretch.last, WAY_BACK, said)


def pairs_worn(runs: Iterable[Activity]) -> tuple[Span, ...]:
    """Return each pair from its first to its last run, the last run in first."""
    worn: defaultdict[int, list[Activity]] = defaultdict(list)
    for run in runs:
        if run.shoe_id is not None:
            worn[run.shoe_id].append(run)
    spans = [
        Span(min(run.on for run in each), max(run.on for run in each), "", str(each[0].shoe))
        for each in worn.values()
    ]
    return tuple(sorted(spans, key=lambda span: (span.last, span.first, span.text), reverse=True))
