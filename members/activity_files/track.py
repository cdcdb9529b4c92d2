"""Measuring what was recorded point by point."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

EARTH_RADIUS_M = 6_371_008.8
"""Mean radius (IUGG)."""

STANDING_M_PER_S = 1 / 3.6
"""1 km/h: slower than that nobody moves on; it is drift of the position."""

LONGEST_UNBROKEN_GAP_S = 30 * 60
"""A stop longer than this inside a segment shows a program that marks no pauses."""


class Point(NamedTuple):
    """Seconds since 1970 and degrees; what a point does not carry is None."""

    time: float | None
    lat: float | None
    lon: float | None


Segment = list[Point]
"""Points recorded without a break."""


class Step(NamedTuple):
    """From one timed point to the next: seconds and metres."""

    seconds: float
    metres: float

    @property
    def is_standing(self) -> bool:
        return self.metres <= self.seconds * STANDING_M_PER_S


@dataclass(frozen=True, slots=True)
class Measured:
    """Start in seconds since 1970; seconds and metres, not rounded."""

    start: float
    elapsed_s: float
    timer_s: float
    moving_s: float
    distance_m: float
    median_kmh: float
    """The speed below which half of the moving time was spent."""

    @property
    def average_kmh(self) -> float:
        return self.distance_m / self.moving_s * 3.6 if self.moving_s else 0.0


def measure(segments: Iterable[Segment]) -> Measured | None:
    """What the segments amount to; None where no two points in a row carry a time.

    Distance is the sum of great-circle steps along the ground, never across the gap between two
    segments. Timer time is elapsed time without those gaps; where a stop of over 30 minutes stands
    inside a segment the program evidently marks no pauses, then it is the moving time, if any.
    """
    distance, steps, moments = 0.0, list[Step](), list[float]()
    for segment in segments:
        length, walked = _walk(segment)
        distance += length
        steps += walked
        moments += [point.time for point in segment if point.time is not None]
    if not steps:
        return None
    moving = [step for step in steps if not step.is_standing]
    moving_s = sum(step.seconds for step in moving)
    unmarked_pause = any(
        step.seconds > LONGEST_UNBROKEN_GAP_S and step.is_standing for step in steps
    )
    elapsed_s = max(moments) - min(moments)
    timer_s = (unmarked_pause and moving_s) or sum(step.seconds for step in steps)
    return Measured(
        start=min(moments),
        elapsed_s=elapsed_s,
        timer_s=min(timer_s, elapsed_s),  # segments that overlap in time would count it twice
        moving_s=min(moving_s, elapsed_s),
        distance_m=distance,
        median_kmh=_median_kmh(moving),
    )


def position(lat: str, lon: str) -> tuple[float, float] | tuple[None, None]:
    """Degrees from text, as `place` believes them; some programs write decimal commas."""
    try:
        return place(float(lat.replace(",", ".")), float(lon.replace(",", ".")))
    except ValueError:
        return None, None


def place(lat: float, lon: float) -> tuple[float, float] | tuple[None, None]:
    """Degrees; none for what is not on earth, nor for 0/0, which receivers without a fix write."""
    believable = -90 <= lat <= 90 and -180 <= lon <= 180 and (lat, lon) != (0, 0)
    return (lat, lon) if believable else (None, None)


def first_known(*figures: float | None) -> float | None:
    """The first figure above nothing; else 0 where one says so; None where none says anything."""
    known = [figure for figure in figures if figure is not None]
    return next((figure for figure in known if figure > 0), known[0] if known else None)


def moving_within(timer_s: float, measured: Measured | None) -> float:
    """Timer time without standing still, which only positions can tell."""
    if measured is None or not measured.distance_m:
        return timer_s
    return min(timer_s, measured.moving_s)


def great_circle_m(one: Point, other: Point) -> float:
    """Metres along the ground between two points with a position (haversine)."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return 0.0
    lat, other_lat = radians(one.lat), radians(other.lat)
    half = (
        sin((other_lat - lat) / 2) ** 2
        + cos(lat) * cos(other_lat) * sin(radians(other.lon - one.lon) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_M * asin(sqrt(min(1.0, half)))


def _walk(segment: Segment) -> tuple[float, list[Step]]:
    """The length of a segment, and its steps from one timed point to the next with the way over
    the untimed ones between; a time that runs backwards is passed over like a missing one."""
    length = reached = 0.0
    before: Point | None = None
    latest: float | None = None
    steps: list[Step] = []
    for point in _forwards(segment):
        if point.lat is not None:
            length += great_circle_m(before, point) if before else 0.0
            before = point
        if point.time is not None and (latest is None or point.time >= latest):
            if latest is not None:
                steps.append(Step(point.time - latest, length - reached))
            latest, reached = point.time, length
    return length, steps


def _forwards(segment: Segment) -> Segment:
    """Some programs write a track from its end to its begin."""
    times = (point.time for point in segment if point.time is not None)
    back = (point.time for point in reversed(segment) if point.time is not None)
    first, last = next(times, None), next(back, None)
    return segment[::-1] if first and last and first > last else segment


def _median_kmh(moving: Sequence[Step]) -> float:
    speeds = sorted((step.metres / step.seconds, step.seconds) for step in moving if step.seconds)
    half = sum(seconds for _, seconds in speeds) / 2
    for speed, seconds in speeds:
        half -= seconds
        if half <= 0:
            return speed * 3.6
    return 0.0
