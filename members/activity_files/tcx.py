"""TCX, Garmin's Training Center format (TrainingCenterDatabasev2.xsd): activities made of laps.

Laps carry the device's own figures: time the timer ran, and distance by its odometer or footpod.
These count; the track points only fill in what no lap says, and tell how long one stood.
"""

from collections.abc import Iterable
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
from members.activity_files.track import (
    Measured,
    Point,
    Segment,
    first_known,
    measure,
    moving_within,
    position,
)
from members.activity_files.types import Outcome, ParsedActivity, Source
from members.activity_files.xml_stream import XmlReader, places

MAX_LAP_FIGURE = 10_000_000
"""Seconds or metres; more than that in one lap is a broken number."""

_COUNTED = {"Activity", "Lap", "Track", "Trackpoint"}


@dataclass(slots=True)
class Lap:
    """What a lap says of itself; None where it does not."""

    start: float | None
    timer_s: float | None = None
    distance_m: float | None = None


@dataclass(slots=True)
class Recording:
    """One <Activity> as it is being read."""

    clock: Clock
    sport: str
    start: float | None = None
    title: str = ""
    device: str = ""
    laps: list[Lap] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    odometer_m: float | None = None
    """The largest distance at a track point."""

    @property
    def points(self) -> int:
        return sum(len(segment) for segment in self.segments)

    def begin(self, measured: Measured | None) -> float | None:
        """The first moment anything in it names."""
        first = measured.start if measured else None
        moments = [self.start, first, *(lap.start for lap in self.laps)]
        return min((moment for moment in moments if moment is not None), default=None)

    def end(self, measured: Measured | None) -> float | None:
        """The last moment: of the last point, or of the last lap that says how long it was."""
        said = [(lap.start, lap.timer_s) for lap in self.laps]
        moments = [start + timer_s for start, timer_s in said if start and timer_s is not None]
        if measured:
            moments.append(measured.start + measured.elapsed_s)
        return max(moments, default=None)


class _TcxReader(XmlReader):
    wanted = (
        places(("Activity",), ("Id", "Notes"))
        | places(("Creator",), ("Name",))
        | places(("Lap",), ("TotalTimeSeconds", "DistanceMeters"))
        | places(("Trackpoint",), ("Time", "DistanceMeters"))
        | places(("Position",), ("LatitudeDegrees", "LongitudeDegrees"))
    )

    def __init__(self, source: Source) -> None:
        self.source = source
        self.root = ""
        self.plans = 0  # courses and workouts
        self.recordings: list[Recording] = []
        self._open: Recording | None = None  # the one that is being read
        self._count = 0
        self._time: float | None = None
        self._lat = self._lon = ""

    def start(self, parent: str, name: str, attributes: dict[str, str]) -> None:
        if name in _COUNTED:
            self._count += 1
            check_points(self._count)
        if not parent:
            self.root = name
        elif name == "Activity":
            self._open = Recording(Clock(self.source.believes), attributes.get("Sport", ""))
            self.recordings.append(self._open)
        elif name in ("Course", "Workout"):
            self.plans += 1
        elif self._open:
            self._start_inside(self._open, parent, name, attributes)

    def _start_inside(
        self, recording: Recording, parent: str, name: str, attributes: dict[str, str]
    ) -> None:
        if name == "Lap" and parent == "Activity":
            recording.laps.append(Lap(recording.clock.read(attributes.get("StartTime", ""))))
        elif name == "Track" and parent == "Lap":
            recording.segments.append([])
        elif name == "Trackpoint":
            self._time, self._lat, self._lon = None, "", ""

    def text(self, parent: str, name: str, value: str) -> None:
        recording = self._open
        if recording is None:  # in a course, which has laps and points too
            return
        match parent, name:
            case "Trackpoint", "Time":
                self._time = recording.clock.read(value)
            case "Position", "LatitudeDegrees":
                self._lat = value
            case "Position", "LongitudeDegrees":
                self._lon = value
            case "Trackpoint", "DistanceMeters":
                recording.odometer_m = max(recording.odometer_m or 0.0, _figure(value) or 0.0)
            case "Lap", _ if recording.laps:
                _set_lap(recording.laps[-1], name, value)
            case "Activity", "Id":
                recording.start = recording.clock.read(value)
            case "Activity", "Notes":
                recording.title = printable(value)
            case "Creator", _:
                recording.device = printable(value)

    def end(self, parent: str, name: str) -> None:
        if name == "Activity":
            self._open = None
        elif name == "Trackpoint" and self._open and self._open.segments:
            point = Point(self._time, *position(self._lat, self._lon))
            self._open.segments[-1].append(point)


def read_tcx(source: Source) -> list[Outcome]:
    """The activities in a TCX file, each leg of a multisport session for itself.

    Raises NotAnActivity, CorruptFile or UnsafeFile when there is none.
    """
    reader = _TcxReader(source)
    broken = reader.read(source.content)
    if reader.root != "TrainingCenterDatabase":
        raise NotAnActivity("Its name says TCX, but that is not what is in it.")
    if not reader.recordings:
        raise _why_nothing(reader, broken)
    outcomes = [_outcome(recording, source, broken) for recording in reader.recordings]
    legs = [outcome for outcome in outcomes if isinstance(outcome, ParsedActivity)]
    return list(legs or outcomes[:1])


def _outcome(recording: Recording, source: Source, partial: str) -> Outcome:
    measured = measure(recording.segments)
    start, end = recording.begin(measured), recording.end(measured)
    if start is None or end is None:
        return _why_untimed(recording, partial)
    by_laps = _total(lap.timer_s for lap in recording.laps)
    timer_s = first_known(by_laps, measured.timer_s if measured else None) or 0.0
    elapsed_s = max(end - start, timer_s)
    if timer_s < 0.5:
        return NotAnActivity("It took no time: its timer never ran.")
    started_at, on = source.local_start(start, recording.clock.offset)
    distance_m = _distance(recording, measured)
    return ParsedActivity(
        kind=kind_of_track(recording.sport, measured, title=recording.title),
        started_at=started_at,
        on=on,
        distance_m=None if distance_m is None else round(distance_m),
        elapsed_s=round(elapsed_s),
        timer_s=round(timer_s),
        moving_s=round(moving_within(timer_s, measured)),
        points=recording.points,
        title=recording.title,
        device=recording.device,
        source_format="tcx",
        sha256=source.sha256,
        partial=partial,
    )


def _distance(recording: Recording, measured: Measured | None) -> float | None:
    """By the laps, else by the odometer, else along the track."""
    by_laps = _total(lap.distance_m for lap in recording.laps)
    by_track = (measured and measured.distance_m) or None
    return first_known(by_laps, recording.odometer_m, by_track)


def _total(figures: Iterable[float | None]) -> float | None:
    known = [figure for figure in figures if figure is not None]
    return sum(known) if known else None


def _set_lap(lap: Lap, name: str, value: str) -> None:
    if name == "TotalTimeSeconds":
        lap.timer_s = _figure(value)
    else:
        lap.distance_m = _figure(value)


def _figure(text: str) -> float | None:
    try:
        figure = float(text.replace(",", "."))
    except ValueError:
        return None
    return figure if 0 <= figure <= MAX_LAP_FIGURE else None


def _why_untimed(recording: Recording, broken: str) -> ActivityFileError:
    if recording.clock.unbelievable is not None:
        return ImpossibleClock(clock_sentence(recording.clock.unbelievable))
    if broken:
        return CorruptFile("The file breaks off or is damaged before the first lap.")
    return NoTimes("It does not say when it took place or how long it was.")


def _why_nothing(reader: _TcxReader, broken: str) -> ActivityFileError:
    if broken:
        return CorruptFile("The file breaks off or is damaged before the first activity.")
    if reader.plans:
        return NotAnActivity("It holds a course or a planned workout, not something done.")
    return NotAnActivity("There is no activity in it.")
