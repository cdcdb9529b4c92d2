"""GPX 1.0 and 1.1 (https://www.topografix.com/gpx.asp): tracks of timed points.

Every service exports it, and hardly any says what was done: only Garmin, Strava and a few others
write a `type`. A running club's untyped track counts as a run, unless it went plainly faster than
people run.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from members.activity_files.archive import printable
from members.activity_files.errors import (
    ActivityFileError,
    CorruptFile,
    ImpossibleClock,
    NotAnActivity,
    NoTimes,
)
from members.activity_files.kinds import kind_of_track
from members.activity_files.limits import check_points
from members.activity_files.times import Clock, clock_sentence
from members.activity_files.track import Point, Segment, measure, position
from members.activity_files.types import Outcome, ParsedActivity, Source
from members.activity_files.xml_stream import XmlReader, places

ONE_OUTING_GAP_S = 30 * 60
"""Tracks that follow each other sooner are one outing; the same 30 minutes after which the risk
rules count two runs as two sessions."""

FASTER_THAN_SPORT_KMH = 120
"""Half the moving time above this is a flight or a drive."""


_COUNTED = {"trk", "trkseg", "trkpt"}


@dataclass(slots=True)
class Track:
    """One <trk>."""

    clock: Clock
    title: str = ""
    sport: str = ""
    segments: list[Segment] = field(default_factory=list)

    @property
    def points(self) -> list[Point]:
        return [point for segment in self.segments for point in segment]

    @property
    def moments(self) -> list[float]:
        return [point.time for point in self.points if point.time is not None]

    @property
    def is_timed(self) -> bool:
        """Whether at least half of the points carry a believable time: less says neither how long
        the way took nor how far it was in that time."""
        return 0 < len(self.points) <= 2 * len(self.moments)


class _GpxReader(XmlReader):
    wanted = (
        places(("trk",), ("name", "type"))
        | places(("trkpt",), ("time",))
        | places(("metadata",), ("name",))
    )

    def __init__(self, source: Source) -> None:
        self.source = source
        self.creator = ""
        self.title = ""
        self.root = ""
        self.others = 0  # points of routes and way points
        self._count = 0
        self.tracks: list[Track] = []
        self._lat: float | None = None
        self._lon: float | None = None
        self._time: float | None = None

    def start(self, parent: str, name: str, attributes: dict[str, str]) -> None:
        if name in _COUNTED:
            self._count += 1
            check_points(self._count)
        if name == "trkpt":
            self._time = None
            self._lat, self._lon = position(attributes.get("lat", ""), attributes.get("lon", ""))
        elif name == "trkseg" and parent == "trk":
            self.tracks[-1].segments.append([])
        elif name == "trk":
            self.tracks.append(Track(Clock(self.source.believes)))
        elif name in ("rtept", "wpt"):
            self.others += 1
        elif not parent:
            self.root = name
            self.creator = printable(attributes.get("creator", ""))

    def text(self, parent: str, name: str, value: str) -> None:
        if name == "time":
            self._time = self.tracks[-1].clock.read(value) if self.tracks else None
        elif parent == "metadata":
            self.title = printable(value)
        elif name == "name":
            self.tracks[-1].title = printable(value)
        else:
            self.tracks[-1].sport = value

    def end(self, parent: str, name: str) -> None:
        if name != "trkpt" or parent not in ("trkseg", "trk") or not self.tracks:
            return
        segments = self.tracks[-1].segments
        if not segments:  # some programs leave the segment out
            segments.append([])
        segments[-1].append(Point(self._time, self._lat, self._lon))


def read_gpx(source: Source) -> list[Outcome]:
    """The outings in a GPX file, one each when half an hour or a change of sport lies between.

    Raises NotAnActivity, NoTimes, ImpossibleClock, CorruptFile or UnsafeFile when there is none.
    """
    reader = _GpxReader(source)
    broken = reader.read(source.content)
    if reader.root != "gpx":
        raise NotAnActivity("Its name says GPX, but that is not what is in it.")
    timed = _different([track for track in reader.tracks if track.is_timed])
    if not timed:
        raise _why_nothing(reader, broken)
    partial = " ".join(filter(None, (broken, _left_out(reader.tracks))))
    return [_outcome(outing, reader, partial) for outing in _outings(timed)]


def _different(tracks: Sequence[Track]) -> list[Track]:
    """Without the second copy of a track, which joining files leaves behind."""
    different = {tuple(map(tuple, track.segments)): track for track in reversed(tracks)}
    return list(reversed(different.values()))


def _outings(tracks: Iterable[Track]) -> list[list[Track]]:
    outings: list[list[Track]] = []
    for track in sorted(tracks, key=lambda track: min(track.moments)):
        if outings and _goes_on(outings[-1][-1], track):
            outings[-1].append(track)
        else:
            outings.append([track])
    return outings


def _goes_on(before: Track, after: Track) -> bool:
    gap = min(after.moments) - max(before.moments)
    return before.sport == after.sport and 0 <= gap < ONE_OUTING_GAP_S


def _outcome(outing: Sequence[Track], reader: _GpxReader, partial: str) -> Outcome:
    measured = measure(segment for track in outing for segment in track.segments)
    if measured is None or measured.elapsed_s < 0.5:
        return NotAnActivity("It has no two points one after the other in time.")
    if measured.median_kmh > FASTER_THAN_SPORT_KMH:
        return NotAnActivity(f"It moves at {measured.median_kmh:.0f} km/h: no training does.")
    source, first = reader.source, outing[0]
    placed = any(point.lat is not None for track in outing for point in track.points)
    title = first.title or reader.title
    started_at, on = source.local_start(measured.start, first.clock.offset)
    return ParsedActivity(
        kind=kind_of_track(first.sport, measured, title=title),
        started_at=started_at,
        on=on,
        distance_m=round(measured.distance_m) if placed else None,
        elapsed_s=round(measured.elapsed_s),
        timer_s=round(measured.timer_s),
        moving_s=round(measured.moving_s),
        points=sum(len(track.points) for track in outing),
        title=title,
        device=reader.creator,
        source_format="gpx",
        sha256=source.sha256,
        partial=partial,
    )


def _left_out(tracks: Sequence[Track]) -> str:
    with_points = [track for track in tracks if track.points]
    missing = sum(1 for track in with_points if not track.is_timed)
    if not missing:
        return ""
    return (
        f"{missing} of its {len(with_points)} tracks left out, because most points carry no time."
    )


def _why_nothing(reader: _GpxReader, broken: str) -> ActivityFileError:
    points = sum(len(track.points) for track in reader.tracks)
    clocks = [track.clock.unbelievable for track in reader.tracks]
    wrong = [moment for moment in clocks if moment is not None]
    if broken and not points:
        return CorruptFile("The file breaks off or is damaged before the first point.")
    if wrong:
        return ImpossibleClock(clock_sentence(wrong[0]))
    if points:
        return NoTimes(_times_sentence(reader.tracks, points))
    if reader.others:
        return NotAnActivity("It holds a route or way points, not something that was done.")
    return NotAnActivity("There is no recorded point in it.")


def _times_sentence(tracks: Iterable[Track], points: int) -> str:
    timed = sum(len(track.moments) for track in tracks)
    if not timed:
        return "Its points carry no times: a planned route, or an export that left the times out."
    return f"Only {timed} of its {points} points carry a time, too few to say how long it took."
