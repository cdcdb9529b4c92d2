"""Is this the same outing as that one?

The same run comes in twice when it is typed and then uploaded, when the watch and the phone both
recorded it, when it was exported in two formats, or when a program wrote local time as UTC. The
exact same file is told by its sha256 and start; this module judges everything else.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from members.activity_files.kinds import Kind

START_WINDOW = timedelta(minutes=5)
"""Two devices started by hand at the same door; a phone app that waited for a fix."""

SHIFT_WINDOW = timedelta(seconds=10)
"""How near to a whole number of quarter hours (all offsets from UTC are) a zone mistake has to be:
programs shift without touching minutes and seconds, people do not start at the same second."""

LARGEST_SHIFT = timedelta(hours=14)
"""The largest offset from UTC anywhere; a larger difference is another day's run."""

QUARTER_HOUR = timedelta(minutes=15)

LOOSE = 0.10
"""Same start: distance and duration may differ by a tenth. Programs smooth tracks differently
(some percent), and one says elapsed where the other says moving time."""

TIGHT = 0.05
"""Shifted start: only nearly equal figures count, for a runner's usual loop repeats daily."""

TYPED_MINUTES = 5
"""People type round times: two starts on full five minutes, hours apart, prove no shift."""

SLACK_M = 100
SLACK_S = 60
"""Differences below these never tell two outings apart (used with the loose share only)."""


@dataclass(frozen=True, slots=True)
class Outing:
    """As much of an activity as is needed to recognise it; metres and seconds."""

    started_at: datetime
    duration_s: int
    distance_m: int | None
    kind: Kind


def same_outing(one: Outing, other: Outing) -> bool:
    """Whether two records are of one and the same outing. Symmetric.

    Either the later begins within 5 minutes and before the earlier is over, and distance and
    duration agree to a tenth; or the starts are shifted by whole quarter hours, up to 14 h, and
    both agree to a twentieth. A distance that only one of them knows does not speak against them
    while the start is near; after a shift both must know it. Kinds must agree, unless one is
    `other`.
    """
    if not _kinds_agree(one.kind, other.kind):
        return False
    first, second = sorted((one, other), key=lambda outing: outing.started_at)
    apart = second.started_at - first.started_at
    if apart <= START_WINDOW:
        return apart < timedelta(seconds=max(first.duration_s, 60)) and _near(first, second)
    return _is_zone_shift(first.started_at, second.started_at) and _nearly_equal(first, second)


def _kinds_agree(one: Kind, other: Kind) -> bool:
    return one == other or Kind.OTHER in (one, other)


def _is_zone_shift(first: datetime, second: datetime) -> bool:
    apart = second - first
    beside = apart % QUARTER_HOUR
    return (
        apart <= LARGEST_SHIFT + SHIFT_WINDOW
        and min(beside, QUARTER_HOUR - beside) <= SHIFT_WINDOW
        and not (_looks_typed(first) and _looks_typed(second))
    )


def _looks_typed(moment: datetime) -> bool:
    return moment.second == 0 and moment.minute % TYPED_MINUTES == 0


def _near(one: Outing, other: Outing) -> bool:
    if not _similar(one.duration_s, other.duration_s, LOOSE, SLACK_S):
        return False
    if one.distance_m is None or other.distance_m is None:
        return True
    return _similar(one.distance_m, other.distance_m, LOOSE, SLACK_M)


def _nearly_equal(one: Outing, other: Outing) -> bool:
    """Without a distance, an hour on the mat every day would look like one."""
    if not one.distance_m or not other.distance_m:
        return False
    return _similar(one.duration_s, other.duration_s, TIGHT) and _similar(
        one.distance_m, other.distance_m, TIGHT
    )


def _similar(one: int, other: int, share: float, slack: int = 0) -> bool:
    return abs(one - other) <= max(share * max(one, other), slack)
