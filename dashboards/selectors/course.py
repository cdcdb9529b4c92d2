"""The course of one sore spot for its runner: mornings, runs, pairs, what happened meanwhile."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.db.models import QuerySet

from dashboards.charts import Moment, PainDay, Span, Timeline
from dashboards.selectors.timeline import LONG_AGO, Period, pairs_worn
from injuries.models import HeelProblem, RedFlagAnswers
from injuries.selectors.heel import course_of
from injuries.selectors.plan_course import plans_walked
from members.models import Activity, User

DAY = dt.timedelta(days=1)
BEFORE_DAYS = 28  # the weeks before it began say what led to it
PERIODS = (
    Period("4w", "4 weeks", 28),
    Period("12w", "12 weeks", 84),
    Period("whole", "all of it", None),
)
USUAL = PERIODS[1]
HEEL, WAY_BACK = "This spot", "Way back"


def heel_course(problem: HeelProblem, *, on: dt.date, period: Period = USUAL) -> Timeline:
    """Return the days of a problem up to `on` or the day it was closed. Four queries.

    Two more, and seven for the history, where there was a way back.
    """
    last = min(on, problem.closed_on or on)
    first = period.first(on=last)
    if first == LONG_AGO:
        first = min(problem.since, last) - BEFORE_DAYS * DAY
    runs = list(_runs(problem.runner, first=first, last=last))
    return Timeline(
        first=first,
        last=last,
        days=_days(problem.runner, runs, first=first, last=last),
        moments=tuple(one for one in _moments(problem) if first <= one.on <= last),
        spans=tuple(_way_back(problem, first=first, last=last)),
        shoes=pairs_worn(runs),
        worn=tuple((run.on, str(run.shoe)) for run in runs if run.shoe is not None),
    )


def _runs(runner: User, *, first: dt.date, last: dt.date) -> QuerySet[Activity]:
    runs = Activity.objects.filter(runner=runner, kind=Activity.Kind.RUN, on__range=(first, last))
    return runs.select_related("shoe").order_by("on", "pk")


def _days(
    runner: User, runs: Sequence[Activity], *, first: dt.date, last: dt.date
) -> tuple[PainDay, ...]:
    """Return the days with a run or a report, oldest first."""
    metres: defaultdict[dt.date, int] = defaultdict(int)
    for run in runs:
        metres[run.on] += run.distance_m or 0
    said = {day.on: day for day in course_of(runner, first=first, last=last)}
    return tuple(
        PainDay(
            on,
            first_step=said[on].first_step if on in said else None,
            during=said[on].during if on in said else None,
            after=said[on].after if on in said else None,
            distance_m=metres.get(on) or None,
        )
        for on in sorted(metres.keys() | said.keys())
    )


def _moments(problem: HeelProblem) -> Iterator[Moment]:
    yield Moment(problem.since, HEEL, "It began")
    looked = RedFlagAnswers.objects.filter(problem=problem).order_by("assessed_on", "pk")
    for day in looked.values_list("assessed_on", flat=True):
        if day is not None:
            yield Moment(day, HEEL, "A clinician looked at it")
    if problem.closed_on is not None:
        yield Moment(problem.closed_on, HEEL, "It was over")


def _way_back(problem: HeelProblem, *, first: dt.date, last: dt.date) -> Iterator[Span]:
    for walked in plans_walked(problem.runner, since=first, on=last):
        if walked.plan.problem_id != problem.pk:
            continue
        for stretch in walked.stretches:
            if stretch.last >= first and stretch.first <= last:
                said = "On hold" if stretch.phase is None else f"Phase {stretch.phase} of 6"
                yield Span(stretch.first, stretch.last, WAY_BACK, said)
