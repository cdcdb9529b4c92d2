"""Runs summed by week. A week nobody said anything about is unknown, never zero.

The database returns one row a runner, however many runs stand behind it: twelve weeks of runs, row
by row, were most of what a board of two hundred cost, most of all where several threads read.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from dashboards.charts import WeekLoad
from dashboards.selectors.rows import rows_about
from injuries.models import WeeklyAssessment
from members.models import Activity, DayStatus, User
from members.weeks import monday_of

WEEK = dt.timedelta(days=7)
WEEKS_SHOWN = 12


class Run(NamedTuple):
    """One run: its local day and metres, None where not measured."""

    on: dt.date
    distance_m: int | None


class Week(NamedTuple):
    """What was run in one week that somebody said something about; None: runs of unknown length."""

    distance_m: int | None
    longest_m: int | None


@dataclass(slots=True)
class Logged:
    """What one runner logged: known weeks by their Monday, and the last days of each kind.

    Of several runs on the last day the longest is the last run.
    """

    weeks: dict[dt.date, Week] = field(default_factory=dict)
    last_run: Run | None = None
    last_entry: dt.date | None = None
    last_holiday: dt.date | None = None


def mondays(*, last: dt.date, count: int = WEEKS_SHOWN) -> list[dt.date]:
    """Return `count` Mondays, oldest first, the last of them `last`."""
    return [last - WEEK * back for back in range(count - 1, -1, -1)]


class Packed(NamedTuple):
    """What one runner logged, as texts: "2026-03-17" and metres, ? for unknown, - for no run.

    Days carry the first letter of what they were: r, i or h.
    """

    activities: str
    days: str


NOTHING_LOGGED = Packed("", "")
_ACTIVITIES = """
SELECT runner_id, {join}(CAST("on" AS text) || CASE WHEN kind = 'run'
    THEN COALESCE(CAST(distance_m AS text), '?') ELSE '-' END, ' ')
FROM {table} WHERE runner_id IN ({ids}) AND "on" BETWEEN %s AND %s GROUP BY runner_id
"""
_DAYS = """
SELECT runner_id, {join}(CAST("on" AS text) || substr(status, 1, 1), ' ')
FROM {table} WHERE runner_id IN ({ids}) AND "on" BETWEEN %s AND %s GROUP BY runner_id
"""


def packed_by(runner_ids: Sequence[int], *, first: dt.date, last: dt.date) -> dict[int, Packed]:
    """Return what these runners logged from `first` to `last`. Two queries."""
    activities = dict(rows_about(runner_ids, _ACTIVITIES, Activity, first, last))
    days = dict(rows_about(runner_ids, _DAYS, DayStatus, first, last))
    return {
        runner: Packed(activities.get(runner, ""), days.get(runner, ""))
        for runner in activities.keys() | days.keys()
    }


def unpacked(packed: Packed) -> Logged:
    """Return it by week, with the last days of each kind."""
    metres: defaultdict[dt.date, list[int]] = defaultdict(list)
    unmeasured, known = set(), set()
    logged = Logged()
    for text in sorted(packed.activities.split()):
        day, what = dt.date.fromisoformat(text[:10]), text[10:]
        monday = monday_of(day)
        known.add(monday)
        logged.last_entry = day
        if what == "?":
            unmeasured.add(monday)
        elif what != "-":
            metres[monday].append(int(what))
        if what != "-":
            logged.last_run = _later(logged.last_run, Run(day, None if what == "?" else int(what)))
    for text in packed.days.split():
        day = dt.date.fromisoformat(text[:10])
        known.add(monday_of(day))
        logged.last_entry = max(day, logged.last_entry or day)
        if text[10] == "h":
            logged.last_holiday = max(day, logged.last_holiday or day)
    for monday in known:
        if runs := metres.get(monday):
            logged.weeks[monday] = Week(sum(runs), max(runs))
        else:
            logged.weeks[monday] = Week(None if monday in unmeasured else 0, None)
    return logged


def _later(last: Run | None, run: Run) -> Run:
    """Return the run of the later day; of one day the longer."""
    if last is None or last.on < run.on:
        return run
    return max(last, run, key=lambda each: each.distance_m or 0)


def logged_by(
    runner_ids: Iterable[int], *, first: dt.date, last: dt.date
) -> defaultdict[int, Logged]:
    """Return what these runners logged from `first` to `last`. Two queries."""
    found: defaultdict[int, Logged] = defaultdict(Logged)
    for runner, packed in packed_by(list(runner_ids), first=first, last=last).items():
        found[runner] = unpacked(packed)
    return found


UNKNOWN = Week(None, None)


def week_loads(
    logged: Logged,
    weeks: Sequence[dt.date],
    *,
    current: dt.date,
    ceilings: dict[dt.date, int | None] | None = None,
) -> list[WeekLoad]:
    """Return one load per Monday in `weeks`; `ceilings` are metres by Monday."""
    known = logged.weeks
    return [
        WeekLoad(
            week,
            *known.get(week, UNKNOWN),
            ceiling_m=ceilings.get(week) if ceilings else None,
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


def longest_of(weeks: Iterable[WeekLoad]) -> int | None:
    """Return the metres of the longest run of some weeks; None where there is none."""
    return max((each.longest_m for each in weeks if each.longest_m), default=None)
