"""Injury surveillance: what happened to a heel, in the terms of the field. Pure.

Terms of the IOC consensus of 2020 (evidence 2.6): mode of onset, body region, side, first problem,
exacerbation or recurrence, and severity by days lost. Recurrences are early up to two months after
the earlier problem was over, late up to a year, then delayed (Fuller 2006).
"""

import datetime as dt
from collections.abc import Mapping, Set
from dataclasses import dataclass
from enum import StrEnum

from members.weeks import monday_of

RAN_LESS, COULD_NOT = 17, 25  # first answers of the weekly check
EARLY_DAYS, LATE_DAYS = 60, 365
DAY = dt.timedelta(days=1)

# The body regions of the consensus: the heel bone is of the foot, what is above it of the lower
# leg. At the back of the heel both meet, and nobody here tells which of them hurts.
REGIONS: Mapping[str, str] = {
    "under_heel_inner": "foot",
    "under_heel_centre": "foot",
    "whole_heel": "foot",
    "back_of_heel": "foot or lower leg",
    "above_heel": "lower leg",
    "inner_ankle": "ankle",
    "elsewhere": "",
}


class Episode(StrEnum):
    """Whether a problem is the first at its spot, in the field's terms."""

    INDEX = "index"
    EXACERBATION = "exacerbation"
    EARLY = "early_recurrence"
    LATE = "late_recurrence"
    DELAYED = "delayed_recurrence"


def episode(*, has_earlier: bool, days_since: int | None) -> Episode:
    """Return which one a problem is, `days_since` the earlier one at its spot was over.

    None: it is not over. Worse before it was over is an exacerbation, later is a recurrence.
    """
    if not has_earlier:
        return Episode.INDEX
    if days_since is None or days_since <= 0:
        return Episode.EXACERBATION
    if days_since <= EARLY_DAYS:
        return Episode.EARLY
    return Episode.LATE if days_since <= LATE_DAYS else Episode.DELAYED


@dataclass(frozen=True, slots=True)
class TimeLoss:
    """Days without running because of a problem, and days of which nothing is known."""

    lost: int
    unknown: int

    @property
    def days(self) -> int | None:
        """The days lost; None where a day is unknown."""
        return None if self.unknown else self.lost

    @property
    def severity(self) -> str:
        """The class by days lost: none, 1 to 7, 8 to 28, over 28; empty where it may be another."""
        least, most = _class(self.lost), _class(self.lost + self.unknown)
        return least if least == most else ""


def _class(days: int) -> str:
    if days == 0:
        return "none"
    return "1 to 7" if days <= 7 else "8 to 28" if days <= 28 else "over 28"


@dataclass(frozen=True, slots=True)
class Course:
    """What is known of a runner's days while they had a problem. A week is its Monday."""

    ran: Set[dt.date]
    said: Mapping[dt.date, str]  # rest, ill, injured, holiday
    checks: Mapping[dt.date, int]  # first answer of the weekly check, the worst of a week
    rest_weeks: Set[dt.date]  # in which the rules answered rest


def time_loss(course: Course, *, since: dt.date, until: dt.date) -> TimeLoss:
    """Return what was lost after the day it began, up to the day before `until`."""
    days = [since + DAY * n for n in range(1, (until - since).days)]
    found = [is_lost(course, day) for day in days]
    return TimeLoss(lost=found.count(True), unknown=found.count(None))


def is_lost(course: Course, day: dt.date) -> bool | None:
    """Tell whether the runner could not run on that day; None where nothing says it."""
    said, check = course.said.get(day), course.checks.get(monday_of(day))
    if said == "injured":
        return True
    if day in course.ran:
        return False
    if check == COULD_NOT:
        return True
    if said in {"ill", "holiday"}:
        return False
    if said == "rest" and monday_of(day) in course.rest_weeks:
        return True
    if check == RAN_LESS or (check is None and said is None):
        return None
    return False
