"""What of an entry is unusual enough to ask about once, never to refuse. Pure.

A slip of the finger (105 for 10.5) is caught by bounds that hold for everybody of that kind, and by
the runner's own past year. What is true is confirmed in one tap.
"""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from members.units import format_distance, format_duration, format_rate

LONG_AGO_DAYS = 180
OWN_FACTOR = 3  # times one's longest of the past year
OWN_LEAST_M, OWN_LEAST_S = 10_000, 3_600  # and at least this much more
OWN_COUNT = 5  # entries of that kind from which one's own past says something
BEYOND = 1.2  # times one's longest, where that lies beyond everybody's bound already


class Bounds(NamedTuple):
    """Beyond these one asks. Metres, seconds, and seconds a kilometre; None: never asked."""

    far_m: int | None
    long_s: int
    fast_s_km: float | None
    slow_s_km: float | None


# Fast is near the world's best over the distances members log, slow is a stop in between.
BOUNDS = {
    "run": Bounds(60_000, 8 * 3600, 150, 900),
    "walk": Bounds(60_000, 14 * 3600, 330, 2400),
    "ride": Bounds(250_000, 12 * 3600, 60, 720),
    "swim": Bounds(10_000, 4 * 3600, 500, 3600),
    "strength": Bounds(None, 4 * 3600, None, None),
    "mobility": Bounds(None, 4 * 3600, None, None),
    "other": Bounds(250_000, 16 * 3600, None, None),
}


class Usual(NamedTuple):
    """One's own past year of that kind."""

    count: int = 0
    longest_m: int | None = None
    longest_s: int | None = None


class Entry(NamedTuple):
    """What was typed."""

    kind: str
    on: dt.date
    distance_m: int | None
    duration_s: int | None


class Question(NamedTuple):
    """One question, at its field; `code` names the values, so that others are asked about again."""

    code: str
    field: str
    text: str


def questions(entry: Entry, usual: Usual, *, today: dt.date, unit: str) -> list[Question]:
    """Return what to ask about an entry, in the order of the form."""
    bounds = BOUNDS.get(entry.kind, BOUNDS["other"])
    return [
        *_far(entry, usual, bounds, unit),
        *_long(entry, usual, bounds),
        *_pace(entry, bounds, unit),
        *_long_ago(entry, today),
    ]


def _far(entry: Entry, usual: Usual, bounds: Bounds, unit: str) -> Iterator[Question]:
    metres = entry.distance_m
    if metres is None or bounds.far_m is None:
        return
    longest = usual.longest_m or 0
    if not _stands_out(metres, longest, usual.count, beyond=bounds.far_m, least=OWN_LEAST_M):
        return
    said = format_distance(metres, unit)
    if longest and metres > longest:
        own = format_distance(longest, unit)
        text = f"{said} is far more than your longest of the past year ({own})."
    else:
        text = f"{said} is very far."
    yield Question(f"far-{metres}", "distance", f"{text} Is that right?")


def _long(entry: Entry, usual: Usual, bounds: Bounds) -> Iterator[Question]:
    seconds = entry.duration_s
    if seconds is None:
        return
    longest = usual.longest_s or 0
    if _stands_out(seconds, longest, usual.count, beyond=bounds.long_s, least=OWN_LEAST_S):
        text = f"{format_duration(seconds)} is very long. Is that right?"
        yield Question(f"long-{seconds}", "duration", text)


def _stands_out(value: int, longest: int, count: int, *, beyond: int, least: int) -> bool:
    beyond_all = value > beyond and value > longest * BEYOND
    beyond_own = count >= OWN_COUNT and value > longest * OWN_FACTOR and value - longest >= least
    return beyond_all or beyond_own


def _pace(entry: Entry, bounds: Bounds, unit: str) -> Iterator[Question]:
    if not entry.distance_m or not entry.duration_s:
        return
    if bounds.fast_s_km is None or bounds.slow_s_km is None:
        return
    per_km = entry.duration_s * 1000 / entry.distance_m
    if bounds.fast_s_km <= per_km <= bounds.slow_s_km:
        return
    how = "fast" if per_km < bounds.fast_s_km else "slow"
    rate = format_rate(entry.kind, entry.distance_m, entry.duration_s, unit)
    text = f"That would be {rate}, very {how}. Are distance and time right?"
    yield Question(f"pace-{entry.distance_m}-{entry.duration_s}", "duration", text)


def _long_ago(entry: Entry, today: dt.date) -> Iterator[Question]:
    if (today - entry.on).days > LONG_AGO_DAYS:
        said = f"{entry.on.day} {entry.on:%B %Y}"
        text = f"{said} is more than half a year ago. Is the date right?"
        yield Question(f"on-{entry.on.isoformat()}", "on", text)
