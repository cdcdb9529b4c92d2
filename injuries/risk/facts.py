"""What the rules look at, worked out once from a history: days, sessions, breaks, mornings.

Days are ordinals (`date.toordinal`) here, because windows are arithmetic on days.
"""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import compress, pairwise
from operator import lt, sub
from statistics import median
from typing import Any, TypeVar

from injuries.risk import thresholds as t
from injuries.risk.types import Activity, Check, History, Pain, Problem

T = TypeVar("T")
DAY_S = 86_400
RECENT_DAYS = 49  # as far back as any rule looks where nobody was away


@dataclass(slots=True)
class Session:
    """One run, or several with less than half an hour between them (evidence 0.4)."""

    day: int
    distance_m: int | None
    imputed: bool
    pain: int | None  # None: not said, or hidden by a painkiller
    gait_changed: bool


@dataclass(frozen=True, slots=True)
class Layoff:
    """A break: `known` days without a run after `last_run`; `back` is the first run after it."""

    last_run: int | None
    back: int | None
    known: int
    after_problem: bool

    @property
    def return_days(self) -> int:
        """How long the return lasts: a week, or as long as the break (evidence 1.8)."""
        if self.known < t.LONG_LAYOFF_DAYS:
            return t.FIRST_WEEK_DAYS
        return min(self.known, t.LONGEST_RETURN_DAYS)

    def covers(self, day: int) -> bool:
        """Tell whether `day` lies in the return from this break."""
        return self.back is not None and self.back <= day < self.back + self.return_days


class Facts:
    """A history seen from its day `on`. Order of the input does not matter."""

    def __init__(self, history: History) -> None:
        self.history = history
        self.on = history.on.toordinal()
        said = [day.on for day in history.days if day.status != "unknown"]
        said += [activity.on for activity in history.activities]
        self.known = set(map(dt.date.toordinal, said))
        self.first_day = min(self.known, default=self.on + 1)
        self.runs = _in_order(
            [a for a in history.activities if a.kind == "run" and a.distance_m != 0]
        )
        self._days = [run.on.toordinal() for run in self.runs]
        self._apart = _are_apart(self.runs, self._days)
        self._worked_out: dict[str, Any] = {}

    def once(self, name: str, work: Callable[["Facts"], T]) -> T:
        """Return what `work` makes of these facts; several rules share it, one works it out."""
        if name not in self._worked_out:
            self._worked_out[name] = work(self)
        result: T = self._worked_out[name]
        return result

    @cached_property
    def run_metres(self) -> list[tuple[int, int | None]]:
        """Day and metres of every session, in order; one past midnight counts where it began."""
        if not self._apart:
            return [(session.day, session.distance_m) for session in self._all_sessions[0]]
        metres = [run.distance_m for run in self.runs]
        if None in metres:
            metres = [self.distance_of(run)[0] for run in self.runs]
        return list(zip(self._days, metres, strict=True))

    @cached_property
    def run_days(self) -> list[int]:
        """The days on which a run began."""
        return sorted({day for day, _ in self.run_metres})

    def coverage(self, last: int, days: int = t.COVERAGE_DAYS) -> float:
        """Share of known days among the `days` that end on `last`."""
        return sum(map(self.known.__contains__, range(last - days + 1, last + 1))) / days

    def is_new(self, day: int) -> bool:
        """Tell whether there are less than 30 days of data before `day`."""
        return self.first_day > day - t.COVERAGE_DAYS

    def sessions_between(self, first: int, last: int) -> list[Session]:
        """The runs of these days, both included."""
        is_recent = first > self.on - RECENT_DAYS
        sessions, days = self._recent_sessions if is_recent else self._all_sessions
        start = bisect_left(days, first)
        return sessions[start : bisect_right(days, last, lo=start)]

    @cached_property
    def _recent_sessions(self) -> tuple[list[Session], list[int]]:
        """Nearly every rule looks here only; a session begun before it is not of it."""
        start = bisect_left(self._days, self.on - RECENT_DAYS)
        return self._sessions(self.runs[start:], self._days[start:])

    @cached_property
    def _all_sessions(self) -> tuple[list[Session], list[int]]:
        return self._sessions(self.runs, self._days)

    def _sessions(self, runs: list[Activity], days: list[int]) -> tuple[list[Session], list[int]]:
        """Return the sessions of these runs, and their days to look them up by."""
        if self._apart:
            return list(map(self._session, runs)), days
        sessions: list[Session] = []
        before: Activity | None = None
        for run in runs:
            if before is not None and _goes_on(before, run):
                _join(sessions[-1], self._session(run))
            else:
                sessions.append(self._session(run))
            before = run
        return sessions, [session.day for session in sessions]

    def _session(self, run: Activity) -> Session:
        distance_m, imputed = run.distance_m, run.imputed
        if distance_m is None:
            distance_m, imputed = self.distance_of(run)
        pain = None if run.painkiller else run.pain_during
        return Session(run.on.toordinal(), distance_m, imputed, pain, run.gait_changed is True)

    def distance_of(self, run: Activity) -> tuple[int | None, bool]:
        """Metres and whether they are imputed: at the median pace of the 90 days before."""
        if run.distance_m is not None or not run.duration_s:
            return run.distance_m, run.imputed
        day = run.on.toordinal()
        recent = [pace for on, pace in self._paces if day - t.IMPUTE_DAYS <= on < day]
        return (round(run.duration_s / median(recent)), True) if recent else (None, run.imputed)

    @cached_property
    def _paces(self) -> list[tuple[int, float]]:
        """Day and seconds per metre of each run with both."""
        return [
            (run.on.toordinal(), run.duration_s / run.distance_m)
            for run in self.runs
            if run.distance_m and run.duration_s and not run.imputed
        ]

    # --- Breaks ----------------------------------------------------------------------------------
    @cached_property
    def breaks(self) -> list[Layoff]:
        """Every break of a week or more, oldest first; the last may still go on."""
        found = []
        # The day before the first known one and the day after today stand where there is no run.
        days = [self.first_day - 1, *self.run_days, self.on + 1]
        for before, back in pairwise(days):
            if back - before <= t.LAYOFF_DAYS:
                continue
            known = len(self.known.intersection(range(before + 1, back)))
            if known >= t.LAYOFF_DAYS:
                mended = self._closed_problem_within(before + 1, back - 1)
                last_run = before if before >= self.first_day else None
                found.append(Layoff(last_run, back if back <= self.on else None, known, mended))
        return found

    def _closed_problem_within(self, start: int, end: int) -> bool:
        return any(
            problem.closed is not None
            and problem.since.toordinal() <= end
            and problem.closed.toordinal() >= start
            and self.on - problem.closed.toordinal() <= t.WATCH_DAYS
            for problem in self.history.problems
        )

    def return_at(self, day: int) -> Layoff | None:
        """The break somebody is coming back from on `day`; the longest of several."""
        active = [layoff for layoff in self.breaks if layoff.covers(day)]
        if not active:
            return None
        return max(active, key=lambda layoff: (layoff.known, layoff.back))

    @cached_property
    def layoff(self) -> Layoff | None:
        """The break that still speaks today, going on or being returned from; the longest."""
        going_on = [layoff for layoff in self.breaks[-1:] if layoff.back is None]
        returning = self.return_at(self.on)
        speaking = going_on if returning is None else [*going_on, returning]
        return max(speaking, key=lambda layoff: layoff.known, default=None)

    # --- Pain ------------------------------------------------------------------------------------
    @cached_property
    def mornings(self) -> dict[int, int]:
        """First steps by day; of two reports for one day the worse counts."""
        worst: dict[int, int] = {}
        for report in self.history.pain:
            if report.first_step is not None:
                day = report.on.toordinal()
                worst[day] = max(report.first_step, worst.get(day, 0))
        return worst

    def morning_median(self, first: int, last: int) -> float | None:
        """Median first steps of these days; None with fewer than three values."""
        values = [self.mornings[day] for day in range(first, last + 1) if day in self.mornings]
        return median(values) if len(values) >= t.BASE_VALUES else None

    @cached_property
    def week_medians(self) -> list[float | None]:
        """Morning medians of the last four weeks, this week first."""
        return [
            self.morning_median(self.on - 7 * back - 6, self.on - 7 * back) for back in range(4)
        ]

    @cached_property
    def getting_better(self) -> bool:
        """P3's BETTER (evidence 2.3): two points, or 30 % from four upwards."""
        now, before = self.week_medians[:2]
        if now is None or before is None:
            return False
        drop = before - now
        by_share = before >= t.TREND_BETTER_FROM and drop / before >= t.TREND_BETTER_SHARE
        return drop >= t.TREND_CHANGE or by_share

    def pain_values(self, first: int, last: int) -> list[tuple[int, int]]:
        """Every (day, pain) said for these days; a run under painkillers says nothing."""
        values = [
            (report.on.toordinal(), value)
            for report in self.history.pain
            for value in (report.first_step, report.after)
            if value is not None
        ]
        values += [
            (activity.on.toordinal(), activity.pain_during)
            for activity in self.history.activities
            if activity.pain_during is not None and not activity.painkiller
        ]
        return [(day, value) for day, value in values if first <= day <= last]

    # --- Problems and answers --------------------------------------------------------------------
    @cached_property
    def open_problems(self) -> list[Problem]:
        """Problems nobody has closed, oldest first."""
        still = [problem for problem in self.history.problems if problem.closed is None]
        return sorted(still, key=lambda problem: (problem.since, problem.side, problem.spot))

    @cached_property
    def closed_on(self) -> int | None:
        """The last day a problem was closed while none is open since; pain before it is over."""
        if self.open_problems:
            return None
        closed = [p.closed.toordinal() for p in self.history.problems if p.closed is not None]
        return max(closed, default=None)

    @cached_property
    def previous_injury(self) -> bool:
        """M1: said so, or a problem closed within twelve months."""
        return self.history.previous_injury_12m is True or any(
            problem.closed is not None
            and self.on - problem.closed.toordinal() <= t.PREVIOUS_INJURY_DAYS
            for problem in self.history.problems
        )

    @cached_property
    def one_step_up(self) -> bool:
        """Whether P1 to P3 answer one step stricter: same spot again, or recently returned."""
        closed = [problem for problem in self.history.problems if problem.closed is not None]
        ages = {id(p): self.on - p.closed.toordinal() for p in closed if p.closed is not None}
        open_spots = {problem.spot for problem in self.open_problems}
        same_spot = any(
            problem.spot in open_spots and ages[id(problem)] <= t.PREVIOUS_INJURY_DAYS
            for problem in closed
        )
        mended = any(age <= t.WATCH_DAYS for age in ages.values())
        returned = any(
            layoff.back is not None
            and layoff.known >= t.LONG_LAYOFF_DAYS
            and self.on - layoff.back <= t.WATCH_DAYS
            for layoff in self.breaks
        )
        return same_spot or mended or returned

    @cached_property
    def latest_check(self) -> Check | None:
        """The newest weekly check of the last 10 days."""
        recent = [
            check
            for check in self.history.checks
            if self.on - check.answered_on.toordinal() < t.ANSWER_DAYS
        ]
        return max(
            recent,
            key=lambda check: (
                check.week,
                check.answered_on,
                [-1 if answer is None else answer for answer in check.answers],
            ),
            default=None,
        )

    @cached_property
    def last_answer(self) -> int | None:
        """The last day anything was said about how the heel is."""
        said = [report.on for report in self.history.pain if _says_something(report)]
        said += [
            activity.on
            for activity in self.history.activities
            if activity.pain_during is not None or activity.gait_changed is not None
        ]
        said += [check.answered_on for check in self.history.checks]
        said += [entry.on for entry in self.history.red_flags]
        return max(said).toordinal() if said else None


def _says_something(report: Pain) -> bool:
    return report.first_step is not None or report.after is not None


def _in_order(runs: list[Activity]) -> list[Activity]:
    """By day, then start; without a start by the figures, so that input order is nothing."""
    days = [run.on for run in runs]
    if not all(map(lt, days, days[1:])):
        runs.sort(key=_order)
    return runs


def _are_apart(runs: list[Activity], days: list[int]) -> bool:
    """Tell at a glance that no run goes on with the next; False: each has to be looked at.

    Only the time between two runs tells: the hour of a start depends on its offset.
    """
    starts = [run.started_at for run in runs]
    if None in starts:
        return False
    least_s = max(filter(None, [run.duration_s for run in runs]), default=0) + t.MERGE_GAP_S
    near = [between <= 1 + least_s // DAY_S for between in map(sub, days[1:], days)]
    gaps = map(sub, compress(starts[1:], near), compress(starts, near))
    return min(gaps, default=dt.timedelta.max) >= dt.timedelta(seconds=least_s)


def _order(run: Activity) -> tuple[dt.date, bool, float, int, int]:
    started = run.started_at
    return (
        run.on,
        started is not None,
        0.0 if started is None else started.timestamp(),
        -1 if run.distance_m is None else run.distance_m,
        -1 if run.duration_s is None else run.duration_s,
    )


def _goes_on(before: Activity, run: Activity) -> bool:
    """Tell whether a run began less than half an hour after the one before had ended."""
    if before.started_at is None or before.duration_s is None or run.started_at is None:
        return False
    if (run.on - before.on).days > 1 + before.duration_s // DAY_S:
        return False  # whatever the clocks say, these are not the same outing
    between_s = (run.started_at - before.started_at).total_seconds()
    return between_s < before.duration_s + t.MERGE_GAP_S


def _join(first: Session, second: Session) -> None:
    """Make one session of two: distances add up, the worse pain counts."""
    if first.distance_m is None or second.distance_m is None:
        first.distance_m = None
    else:
        first.distance_m += second.distance_m
    first.imputed = first.imputed or second.imputed
    pains = [pain for pain in (first.pain, second.pain) if pain is not None]
    first.pain = max(pains, default=None)
    first.gait_changed = first.gait_changed or second.gait_changed


def day_of(ordinal: int) -> dt.date:
    """Return the date of a day ordinal."""
    return dt.date.fromordinal(ordinal)
