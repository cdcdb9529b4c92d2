"""A runner's history day by day, as the plan looks at it. Of several answers for one day the
worst counts, and one that is missing leaves the day unknown: the order of the input is nothing.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from injuries.care import numbers as n
from injuries.risk import STANDING_FACTS, History, RedFlags
from injuries.risk import thresholds as t
from injuries.risk.types import Activity

DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Effort:
    """What was run, or walked, on one day. None: not known."""

    distance_m: int | None
    longest_s: int | None  # the longest single activity
    during: int | None  # None as well where a painkiller hid it
    worst: int | None  # the worst number said, hidden or not
    gait_changed: bool | None


class Days:
    """The runs, walks, mornings and safety answers of a history, by day."""

    def __init__(self, history: History) -> None:
        self.on = history.on
        self.adult = history.adult
        self.runs = _by_day(a for a in history.activities if a.kind == "run" and a.distance_m != 0)
        self.walks = _by_day(a for a in history.activities if a.kind == "walk")
        self.mornings = _mornings(history)
        self.assessed = sorted({e.assessed_on for e in history.red_flags if e.assessed_on})
        self._red = _red_periods(history.red_flags, self.assessed)

    def red_flag(self, day: dt.date) -> bool:
        """Tell whether a yes that nobody has assessed stood at the end of `day`."""
        return self.red_flag_since(day) is not None

    def red_flag_since(self, day: dt.date) -> dt.date | None:
        """Return since when a yes has stood that nobody had assessed by the end of `day`."""
        standing = [
            first for first, last in self._red if first <= day and (last is None or day < last)
        ]
        return min(standing, default=None)

    def settled_limit(self, walk_on: dt.date) -> int:
        """Return the highest first steps that are settled, for a plan entered with that walk.

        P2's rule (less than 2 above the median of the 7 days before, or at most 2 without one)
        with a base that stays as it was: else mornings could creep up, each a little above the
        last, and all of them settled. Never above 5.
        """
        window = [walk_on - DAY * back for back in range(1, t.BASE_DAYS + 1)]
        values = [self.mornings[day] for day in window if day in self.mornings]
        if len(values) < t.BASE_VALUES:
            return t.SETTLED_WITHOUT_BASE
        highest = max(v for v in range(11) if v - median(values) < t.SETTLED_RISE)
        return min(highest, n.STOP)

    def last_run_before(self, day: dt.date) -> dt.date | None:
        """Return the last day with a run before `day`."""
        return max((on for on in self.runs if on < day), default=None)


def _by_day(activities: Iterable[Activity]) -> dict[dt.date, Effort]:
    rows: dict[dt.date, list[Activity]] = {}
    for activity in activities:
        rows.setdefault(activity.on, []).append(activity)
    return {on: _together(of_day) for on, of_day in rows.items()}


def _together(rows: list[Activity]) -> Effort:
    said = [row.pain_during for row in rows]
    hidden = any(row.painkiller for row in rows)
    gaits = [row.gait_changed for row in rows]
    known = [pain for pain in said if pain is not None]
    return Effort(
        distance_m=_sum([None if row.imputed else row.distance_m for row in rows]),
        longest_s=max((row.duration_s or 0 for row in rows), default=0) or None,
        during=max(known) if len(known) == len(said) and not hidden else None,
        worst=max(known, default=None),
        gait_changed=True if True in gaits else None if None in gaits else False,
    )


def _sum(values: list[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


def _mornings(history: History) -> dict[dt.date, int]:
    worst: dict[dt.date, int] = {}
    for report in history.pain:
        if report.first_step is not None:
            worst[report.on] = max(report.first_step, worst.get(report.on, 0))
    return worst


def _red_periods(
    entries: Iterable[RedFlags], assessed: list[dt.date]
) -> list[tuple[dt.date, dt.date | None]]:
    """Return from when to when (not included) each yes stood; a standing fact only once."""
    first_yes: dict[str, dt.date] = {}
    days: set[dt.date] = set()
    for entry in entries:
        for question in (q for q, answer in entry.answers.items() if answer):
            if question in STANDING_FACTS:
                first_yes[question] = min(entry.on, first_yes.get(question, entry.on))
            else:
                days.add(entry.on)
    days |= set(first_yes.values())
    return [(day, next((on for on in assessed if on >= day), None)) for day in sorted(days)]
