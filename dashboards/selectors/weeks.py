"""Runs summed by week. A week nobody said anything about is unknown, never zero."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from dashboards.charts import WeekLoad
from injuries.models import WeeklyAssessment
from members.models import Activity, DayStatus, User
from members.weeks import monday_of

WEEK = dt.timedelta(days=7)
WEEKS_SHOWN = 12


class Run(NamedTuple):
    """One run: its local day and metres, None where not measured."""

    on: dt.date
    distance_m: int | None


@dataclass(slots=True)
class Logged:
    """What one runner logged: runs, oldest first, and the last day anything was said."""

    runs: list[Run] = field(default_factory=list)
    known_weeks: set[dt.date] = field(default_factory=set)
    last_run: Run | None = None
    last_entry: dt.date | None = None


def mondays(*, last: dt.date, count: int = WEEKS_SHOWN) -> list[dt.date]:
    """Return `count` Mondays, oldest first, the last of them `last`."""
    return [last - WEEK * back for back in range(count - 1, -1, -1)]


def logged_by(
    runner_ids: Iterable[int], *, first: dt.date, last: dt.date
) -> defaultdict[int, Logged]:
    """Return what these runners logged from `first` to `last`. Two queries however many."""
    found: defaultdict[int, Logged] = defaultdict(Logged)
    ids = list(runner_ids)
    rows = Activity.objects.filter(runner__in=ids, on__range=(first, last)).order_by("on")
    for runner, on, kind, distance_m in rows.values_list("runner_id", "on", "kind", "distance_m"):
        logged = found[runner]
        logged.known_weeks.add(monday_of(on))
        logged.last_entry = on
        if kind == Activity.Kind.RUN:
            logged.last_run = Run(on, distance_m)
            logged.runs.append(logged.last_run)
    days = DayStatus.objects.filter(runner__in=ids, on__range=(first, last)).order_by("on")
    for runner, on in days.values_list("runner_id", "on"):
        logged = found[runner]
        logged.known_weeks.add(monday_of(on))
        logged.last_entry = max(on, logged.last_entry or on)
    return found


def week_loads(
    logged: Logged,
    weeks: Sequence[dt.date],
    *,
    current: dt.date,
    ceilings: dict[dt.date, int | None] | None = None,
) -> list[WeekLoad]:
    """Return one load per Monday in `weeks`; `ceilings` are metres by Monday."""
    by_week: defaultdict[dt.date, list[int]] = defaultdict(list)
    for on, distance_m in logged.runs:
        if distance_m is not None:
            by_week[monday_of(on)].append(distance_m)
    unmeasured = {monday_of(on) for on, distance_m in logged.runs if distance_m is None}
    known = {week for week in logged.known_weeks if by_week[week] or week not in unmeasured}
    return [
        WeekLoad(
            week=week,
            distance_m=sum(by_week[week]) if week in known else None,
            longest_m=max(by_week[week], default=None),
            ceiling_m=(ceilings or {}).get(week),
            current=week == current,
        )
        for week in weeks
    ]


def ceilings_by_week(runner: User, weeks: Sequence[dt.date]) -> dict[dt.date, int | None]:
    """Return the ceiling in metres as each week was last assessed. One query."""
    rows = WeeklyAssessment.objects.filter(runner=runner, week__range=(weeks[0], weeks[-1]))
    return dict(rows.values_list("week", "ceiling_m"))


def weeks_of(runner: User, *, last: dt.date, current: dt.date) -> list[WeekLoad]:
    """Return a runner's twelve weeks up to the Monday `last`. Three queries."""
    weeks = mondays(last=last)
    sunday = last + dt.timedelta(days=6)
    logged = logged_by([runner.pk], first=weeks[0], last=sunday)[runner.pk]
    return week_loads(logged, weeks, current=current, ceilings=ceilings_by_week(runner, weeks))
