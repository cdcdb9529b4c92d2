"""Is this the same outing as that one, and how do we know?

The same run comes in twice when it is typed and then uploaded, when the watch and the phone both
recorded it, when it was exported in two formats, or when a program wrote local time as UTC. A wrong
yes hides a run and a wrong no counts one twice, so each yes says how it was found, from certain to
likely, for a page to show and a member to undo.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Generic, TypeVar

from members.activity_files.kinds import Kind

START_WINDOW = timedelta(minutes=5)
"""Two devices started by hand at the same door; a phone app that waited for a fix."""

LOOSE = 0.10
"""Same start: distance and duration may differ by a tenth. Programs smooth tracks differently
(some percent), and one says elapsed where the other says moving time."""

SLACK_M = 100
SLACK_S = 60
"""Differences below these never tell two outings apart (used with the loose share only)."""

LARGEST_SHIFT = timedelta(hours=14)
"""The largest offset from UTC anywhere; a larger difference is another day's run."""

QUARTER_HOUR = timedelta(minutes=15)
"""All offsets from UTC are whole numbers of it."""

KNOWN_SHIFT_WINDOW = timedelta(seconds=10)
KNOWN_SHIFT_SHARE = 0.05
"""Shifted by the very offset the runner lives in, the mistake that programs make: a few seconds and
a twentieth are allowed."""

OTHER_SHIFT_WINDOW = timedelta(seconds=2)
OTHER_SHIFT_DISTANCE = 0.04
OTHER_SHIFT_DURATION = 0.02
"""Any other shift wants nearly the same record, for a runner's usual loop repeats daily: somebody
who runs to work and back would else meet these by chance once a year."""

TYPED_MINUTES = 5
"""People type round times: two starts on full five minutes, hours apart, prove no shift."""

TYPED_DISTANCE = 0.05
TYPED_SLACK_M = 300
TYPED_DURATION = 0.10
TYPED_SLACK_S = 120
"""People round: 10 km for 9.8, 50 minutes for 48."""

TYPED_WINDOW = timedelta(hours=1)
"""How far a typed time of day may be from the recorded one."""


class Match(StrEnum):
    """How two records were found to be one outing, the surest first."""

    SAME_FILE = "same_file"
    SAME_OUTING = "same_outing"
    SHIFTED_CLOCK = "shifted_clock"
    TYPED = "typed"


@dataclass(frozen=True, slots=True)
class Outing:
    """As much of an activity as is needed to recognise it; metres and seconds.

    `started_at` is aware and best in the runner's zone: its day is the day that was typed, and its
    offset is the one that programs shift by.
    """

    started_at: datetime
    duration_s: int
    """Timer time; 0 where it is not known."""
    distance_m: int | None
    kind: Kind
    elapsed_s: int = 0
    """0 where it is not known."""
    sha256: str = ""
    """Of the file it came from."""
    typed: bool = False
    """Whether a person typed it, so that its figures are round and its time of day too."""
    day_only: bool = False
    """Whether only its day is known: no time was typed, or it is a row of a list of days."""


Known = TypeVar("Known", bound=Outing)


@dataclass(frozen=True, slots=True)
class Found(Generic[Known]):
    """The outing that was recognised, and how."""

    outing: Known
    match: Match


def find_same(outing: Outing, known: Iterable[Known]) -> Found[Known] | None:
    """The one of `known` that is the same outing, by the surest sign; None where there is none.

    A typed one counts only if it alone fits: of two typed runs of a day nobody can say which.
    """
    found = [Found(one, match) for one in known if (match := how_same(outing, one))]
    for match in Match:
        fitting = [one for one in found if one.match == match]
        if fitting and (match != Match.TYPED or len(fitting) == 1):
            return min(fitting, key=lambda one: abs(one.outing.started_at - outing.started_at))
    return None


def how_same(one: Outing, other: Outing) -> Match | None:
    """How two records show that they are of one outing; None where they do not. Symmetric.

    * same file: of one file's bytes, and begun at the same second (a file may hold several);
    * same outing: the later begins within 5 minutes and before the earlier is over, and distance
      and duration agree to a tenth. A figure that only one knows does not speak against it;
    * shifted clock: the starts are whole quarter hours apart, up to 14 h, and all figures are
      nearly equal; most is forgiven where the shift is the runner's own offset from UTC;
    * typed: one of the two was typed by hand or comes from a list of days, on the same day, with
      about the same figures.

    Kinds must agree, unless one is `other`. Two rows of one table are two outings.
    """
    if one.kind != other.kind and Kind.OTHER not in (one.kind, other.kind):
        return None
    first, second = sorted((one, other), key=lambda outing: outing.started_at)
    apart = second.started_at - first.started_at
    if one.sha256 and one.sha256 == other.sha256:
        return Match.SAME_FILE if apart < timedelta(seconds=1) else None
    if one.day_only and other.day_only and not (one.typed or other.typed):
        return Match.SAME_OUTING if not apart and _equal(one, other) else None
    if not (one.day_only or other.day_only) and _begins_with(first, second) and _near(one, other):
        return Match.SAME_OUTING
    if _is_shifted(first, second):
        return Match.SHIFTED_CLOCK
    return Match.TYPED if _is_typed_copy(one, other) else None


def same_outing(one: Outing, other: Outing) -> bool:
    """Whether two records are of one and the same outing, in any of these ways."""
    return how_same(one, other) is not None


def _equal(one: Outing, other: Outing) -> bool:
    """Days from two tables with the same figures; different rows of one have different hashes."""
    return (one.distance_m, one.duration_s) == (other.distance_m, other.duration_s) and not (
        one.sha256 and other.sha256
    )


# --- Same start ----------------------------------------------------------------------------------
def _begins_with(first: Outing, second: Outing) -> bool:
    apart = second.started_at - first.started_at
    over = timedelta(seconds=max(first.duration_s, first.elapsed_s, 60))
    return apart <= START_WINDOW and apart < over


def _near(one: Outing, other: Outing) -> bool:
    return _durations_agree(one, other, LOOSE, SLACK_S) and _distances_agree(
        one, other, LOOSE, SLACK_M
    )


def _durations_agree(one: Outing, other: Outing, share: float, slack: int) -> bool:
    """Whether any of their times agree: one program says timer time where another says elapsed."""
    times, others = (
        [seconds for seconds in (outing.duration_s, outing.elapsed_s) if seconds]
        for outing in (one, other)
    )
    if not times or not others:
        return True
    return any(_similar(mine, its, share, slack) for mine in times for its in others)


def _distances_agree(one: Outing, other: Outing, share: float, slack: int) -> bool:
    if one.distance_m is None or other.distance_m is None:
        return True
    return _similar(one.distance_m, other.distance_m, share, slack)


# --- Shifted clock -------------------------------------------------------------------------------
def _is_shifted(first: Outing, second: Outing) -> bool:
    """Without a distance in both, an hour on the mat every day would look like one."""
    apart = second.started_at - first.started_at
    if not first.distance_m or not second.distance_m or apart > LARGEST_SHIFT + QUARTER_HOUR:
        return False
    if any(one.typed or one.day_only for one in (first, second)):
        return False
    if _looks_typed(first.started_at) and _looks_typed(second.started_at):
        return False
    shift = QUARTER_HOUR * round(apart / QUARTER_HOUR)
    beside = abs(apart - shift)
    if not shift or shift > LARGEST_SHIFT:
        return False
    if shift in _own_offsets(first, second) and beside <= KNOWN_SHIFT_WINDOW:
        return _agree(first, second, KNOWN_SHIFT_SHARE, KNOWN_SHIFT_SHARE)
    return beside <= OTHER_SHIFT_WINDOW and _agree(
        first, second, OTHER_SHIFT_DISTANCE, OTHER_SHIFT_DURATION
    )


def _own_offsets(*outings: Outing) -> set[timedelta]:
    return {abs(one.started_at.utcoffset() or timedelta()) for one in outings}


def _agree(one: Outing, other: Outing, distance: float, duration: float) -> bool:
    if not one.distance_m or not other.distance_m:
        return False
    return _similar(one.distance_m, other.distance_m, distance) and _similar(
        one.duration_s, other.duration_s, duration
    )


def _looks_typed(moment: datetime) -> bool:
    return moment.second == 0 and moment.minute % TYPED_MINUTES == 0


# --- Typed by hand -------------------------------------------------------------------------------
def _is_typed_copy(one: Outing, other: Outing) -> bool:
    """A row of a list of days is as good as typed: it has a day and figures, and no more."""
    by_hand = [outing for outing in (one, other) if outing.typed or outing.day_only]
    if not by_hand or (one.typed and other.typed):
        return False
    typed = next((outing for outing in by_hand if outing.typed), by_hand[0])
    recorded = other if typed is one else one
    begun = recorded.started_at.astimezone(typed.started_at.tzinfo)
    if begun.date() != typed.started_at.date():
        return False
    far = abs(begun - typed.started_at) > TYPED_WINDOW
    if far and not (typed.day_only or recorded.day_only):
        return False
    return _says_the_same(typed, recorded)


def _says_the_same(typed: Outing, recorded: Outing) -> bool:
    """About the same figures, of which at least one must be known to both."""
    if not (typed.distance_m and recorded.distance_m) and not (
        typed.duration_s and recorded.duration_s
    ):
        return False
    return _distances_agree(typed, recorded, TYPED_DISTANCE, TYPED_SLACK_M) and _durations_agree(
        typed, recorded, TYPED_DURATION, TYPED_SLACK_S
    )


def _similar(one: int, other: int, share: float, slack: int = 0) -> bool:
    return abs(one - other) <= max(share * max(one, other), slack)
