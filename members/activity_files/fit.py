"""FIT (https://developer.garmin.com/fit): what watches write themselves, binary.

A file is a row of messages. A `session` carries the device's own totals and counts before the
`record` points, which only fill in what no session says: in files that break off early there is
none. Several sessions are the legs of a multisport event; several files may be chained into one.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from math import isfinite

import fitdecode

from members.activity_files.archive import printable
from members.activity_files.errors import (
    ActivityFileError,
    CorruptFile,
    ImpossibleClock,
    NotAnActivity,
    NoTimes,
    TooLarge,
)
from members.activity_files.kinds import Kind, kind_from_words, kind_of_track
from members.activity_files.limits import MEGABYTE, check_points
from members.activity_files.times import clock_sentence
from members.activity_files.track import (
    Measured,
    Point,
    Segment,
    first_known,
    measure,
    moving_within,
    place,
)
from members.activity_files.types import Outcome, ParsedActivity, Source

MAX_FIT_BYTES = 16 * MEGABYTE
"""A day with a record a second is 4 MB, and decoding takes two seconds a megabyte."""

FIT_EPOCH_S = 631_065_600
"""31 December 1989 in seconds since 1970: what FIT counts from."""

SINCE_POWER_ON = 0x10000000
"""Smaller times count from when the device was switched on, so they name no date."""

LARGEST_OFFSET = timedelta(hours=14)

DEGREES = 180 / 2**31
"""A semicircle, the unit of FIT positions."""

_WANTED = {"file_id", "sport", "activity", "session", "lap", "record", "event"}

_RECORDED = {"timestamp", "position_lat", "position_long", "distance"}
"""What is looked at in a record."""

_NO_ACTIVITY = {
    "course": "a course",
    "workout": "a planned workout",
    "weight": "weights",
    "settings": "settings",
    "monitoring_a": "daily monitoring",
    "monitoring_b": "daily monitoring",
    "monitoring_daily": "daily monitoring",
}

Message = Mapping[str, object]


@dataclass(slots=True)
class Part:
    """One of the files that may be chained, as its messages come in."""

    about: Message
    sessions: list[Message] = field(default_factory=list)
    laps: list[Message] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=lambda: [[]])
    sport: Message = field(default_factory=dict)
    offset: timedelta | None = None
    odometer_m: float | None = None
    since_power_on: bool = False

    @property
    def is_activity(self) -> bool:
        return bool(self.sessions) or self.about.get("type", "activity") == "activity"

    @property
    def has_points(self) -> bool:
        return any(self.segments)

    def add(self, name: str, message: Message) -> None:
        """Take in one message of a wanted kind."""
        match name:
            case "session":
                self.sessions.append(message)
            case "lap":
                self.laps.append(message)
            case "record":
                self._add_record(message)
            case "event":
                if message.get("event") == "timer" and message.get("event_type") != "start":
                    self.segments.append([])
            case "sport":
                self.sport = message
            case "activity":
                self.offset = _offset(message)

    def _add_record(self, message: Message) -> None:
        lat, lon = _number(message.get("position_lat")), _number(message.get("position_long"))
        where = (None, None) if lat is None or lon is None else place(lat * DEGREES, lon * DEGREES)
        self.segments[-1].append(Point(_moment(message.get("timestamp")), *where))
        self.since_power_on |= _counts_from_power_on(message.get("timestamp"))
        metres = _length(message.get("distance"))
        if metres is not None:
            self.odometer_m = max(self.odometer_m or 0.0, metres)


def read_fit(source: Source) -> list[Outcome]:
    """The activities in a FIT file: each session, without the transitions of a multisport event.

    Raises NotAnActivity, ImpossibleClock, CorruptFile or TooLarge when there is none.
    """
    if len(source.content) > MAX_FIT_BYTES:
        raise TooLarge("It is larger than 16 MB, more than any activity a watch records.")
    parts, partial = _parts(source.content)
    done = [part for part in parts if part.is_activity]
    if not done:
        raise _why_nothing(parts, partial)
    outcomes = [outcome for part in done for outcome in _outcomes(part, source, partial)]
    activities = [outcome for outcome in outcomes if isinstance(outcome, ParsedActivity)]
    changes = NotAnActivity("It holds only the change from one sport to the next.")
    return list(activities or outcomes[:1] or [changes])


def _parts(content: bytes) -> tuple[list[Part], str]:
    """What the file holds, and a sentence if it could not be read to its end."""
    parts: list[Part] = []
    count = 0
    try:
        for name, message in _messages(content):
            if name == "file_id" or not parts:
                parts.append(Part(about=message if name == "file_id" else {}))
            count += 1
            check_points(count)
            parts[-1].add(name, message)
    except ActivityFileError:
        raise
    except Exception:  # damaged bytes make the decoder stumble in more ways than it names
        return parts, "It breaks off or is damaged before its end; what could be read was."
    return parts, ""


def _with_length(content: bytes) -> bytes:
    """A watch that lost power never wrote into the header how long the file became."""
    header, length = content[:1], content[4:8]
    if length not in (bytes(4), b"\xff" * 4) or not _begins_here(content, 0):
        return content
    return content[:4] + (len(content) - header[0]).to_bytes(4, "little") + content[8:]


def _begins_here(content: bytes, place: int) -> bool:
    return content[place + 8 : place + 12] == b".FIT"


def _tidied(content: bytes) -> bytes:
    """The chained files, each with a checksum behind it, which nobody looks at: where only that is
    missing or something else follows, nothing is lost."""
    files, place = [], 0
    while _begins_here(content, place):
        end = place + content[place] + int.from_bytes(content[place + 4 : place + 8], "little")
        files.append(content[place:end] + bytes(2 if end <= len(content) else 0))
        place = end + 2
    return b"".join(files) or content


def _messages(content: bytes) -> Iterator[tuple[str, Message]]:
    """The wanted messages with the values of their fields, times and positions as they stand."""
    options = {
        "processor": None,
        "check_crc": fitdecode.CrcCheck.DISABLED,  # a wrong checksum would change nothing below
        "error_handling": fitdecode.ErrorHandling.IGNORE,
    }
    with fitdecode.FitReader(_tidied(_with_length(content)), **options) as reader:
        for frame in reader:
            if frame.frame_type == fitdecode.FIT_FRAME_DATA and frame.name in _WANTED:
                yield frame.name, _values(frame)


def _values(frame: fitdecode.FitDataMessage) -> Message:
    wanted = _RECORDED if frame.name == "record" else None
    return {
        item.name: item.value
        for item in frame.fields
        if item.value is not None and (wanted is None or item.name in wanted)
    }


def _outcomes(part: Part, source: Source, partial: str) -> Iterable[Outcome]:
    if not part.sessions:
        return [_outcome(part, _summed(part), source, partial)]
    legs = [session for session in part.sessions if session.get("sport") != "transition"]
    return [_outcome(part, session, source, partial) for session in legs]


def _summed(part: Part) -> Message:
    """What the laps say together where the file broke off before its session, and no point tells
    more; else the sport alone."""
    sport = {**(part.laps[0] if part.laps else {}), **part.sport}
    known: dict[str, object] = {
        key: value for key, value in sport.items() if key in ("sport", "sub_sport")
    }
    if part.has_points or not part.laps:
        return known
    totals = ("total_elapsed_time", "total_timer_time", "total_distance")
    sums = {key: [_length(lap.get(key)) for lap in part.laps] for key in totals}
    return {
        **known,
        "start_time": part.laps[0].get("start_time"),
        **{key: sum(filter(None, found)) for key, found in sums.items() if any(found)},
    }


def _outcome(part: Part, session: Message, source: Source, partial: str) -> Outcome:
    segments = _within(part, session)
    measured = measure(segments)
    start = _moment(session.get("start_time")) or (measured.start if measured else None)
    said_timer_s = _length(session.get("total_timer_time"))
    said_elapsed_s = _length(session.get("total_elapsed_time"))
    elapsed_s = first_known(said_elapsed_s, said_timer_s, measured.elapsed_s if measured else None)
    timer_s = first_known(said_timer_s, said_elapsed_s, measured.timer_s if measured else None)
    if start is None or not source.believes(start):
        return _why_untimed(part, session, start)
    if not elapsed_s or not timer_s or timer_s < 0.5:
        return NotAnActivity("It took no time: its timer never ran.")
    distance_m = first_known(
        _length(session.get("total_distance")),
        part.odometer_m if len(part.sessions) < 2 else None,
        (measured and measured.distance_m) or None,
    )
    moving_s = _length(session.get("total_moving_time"))
    title = printable(_text(session.get("sport_profile_name") or part.sport.get("name")))
    started_at, on = source.local_start(start, part.offset)
    return ParsedActivity(
        kind=_kind(session, measured, title),
        started_at=started_at,
        on=on,
        distance_m=None if distance_m is None else round(distance_m),
        elapsed_s=round(max(elapsed_s, timer_s)),
        timer_s=round(timer_s),
        moving_s=round(min(moving_s or moving_within(timer_s, measured), timer_s)),
        points=sum(len(segment) for segment in segments),
        title=title,
        device=_device(part.about),
        source_format="fit",
        sha256=source.sha256,
        partial=partial,
    )


def _within(part: Part, session: Message) -> list[Segment]:
    """The points between the start of a session and its end; all where it does not say, or where
    the only one says that it took no time."""
    start = _moment(session.get("start_time"))
    length = _length(session.get("total_elapsed_time"))
    if start is None or length is None or (not length and len(part.sessions) < 2):
        return part.segments
    return [
        [point for point in segment if point.time and start <= point.time <= start + length + 1]
        for segment in part.segments
    ]


def _kind(message: Message, measured: Measured | None, title: str) -> Kind:
    """By the sport, by the sub-sport where the sport says little ("training"), and by the name of
    the watch's profile where it says nothing ("generic")."""
    sport, sub_sport = (_sport(message.get(key)) for key in ("sport", "sub_sport"))
    kind = kind_of_track(sport, measured, title=title)
    detail = kind_from_words(sub_sport) if kind == Kind.OTHER else None
    return detail or kind


def _sport(value: object) -> str:
    """Its name; a sport newer than the decoder's list is a number, and none of those known."""
    return f"sport {value}" if isinstance(value, int) else _text(value)


def _moment(value: object) -> float | None:
    seconds = _number(value)
    if seconds is None or seconds < SINCE_POWER_ON:
        return None
    return seconds + FIT_EPOCH_S


def _counts_from_power_on(value: object) -> bool:
    seconds = _number(value)
    return seconds is not None and seconds < SINCE_POWER_ON


def _offset(activity: Message) -> timedelta | None:
    """From UTC, which only the difference between two clocks of the `activity` message tells.

    Offsets are whole quarter hours. None is what programs that do not know the zone write too.
    """
    here, utc = _moment(activity.get("local_timestamp")), _moment(activity.get("timestamp"))
    if here is None or utc is None:
        return None
    offset = timedelta(minutes=15 * round((here - utc) / 900))
    exact = abs(here - utc - offset.total_seconds()) <= 60
    return offset if offset and exact and abs(offset) <= LARGEST_OFFSET else None


def _number(value: object) -> float | None:
    """Damaged definitions turn any field into text or a list."""
    return float(value) if isinstance(value, int | float) and isfinite(value) else None


def _length(value: object) -> float | None:
    number = _number(value)
    return number if number is not None and number >= 0 else None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _device(about: Message) -> str:
    product = _text(about.get("product_name")) or _text(about.get("garmin_product"))
    return printable(f"{_text(about.get('manufacturer'))} {product}")


def _why_untimed(part: Part, session: Message, start: float | None) -> ActivityFileError:
    if start is not None:
        return ImpossibleClock(clock_sentence(start))
    if part.since_power_on or _counts_from_power_on(session.get("start_time")):
        return ImpossibleClock(
            "Its clock was not set: it only counted seconds since the watch was switched on."
        )
    return NoTimes("It does not say when it took place.")


def _why_nothing(parts: list[Part], partial: str) -> ActivityFileError:
    if not parts:
        reason = "The file is damaged before anything could be read." if partial else "It is empty."
        return CorruptFile(reason)
    kind = _text(parts[0].about.get("type"))
    what = _NO_ACTIVITY.get(kind, kind.replace("_", " ") or "something else")
    return NotAnActivity(f"It holds {what}, not something that was done.")
