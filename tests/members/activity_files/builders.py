"""Small activity files made in code, and one way to read them."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from members.activity_files import FileEntry, ParsedActivity, read_activity_file

NOW = datetime(2026, 3, 15, 12, 0, tzinfo=UTC)
START = datetime(2026, 3, 14, 8, 0, tzinfo=UTC)

METRES_PER_DEGREE = 6_371_008.8 * 3.141592653589793 / 180
"""Along a meridian of the mean sphere, so that expected distances are exact."""


def read(content: bytes, *, name: str = "run.gpx", zone: str = "Europe/Berlin") -> list[FileEntry]:
    return list(read_activity_file(content, name=name, default_time_zone=zone, now=NOW))


def read_one(content: bytes, *, name: str = "run.gpx", zone: str = "Europe/Berlin"):
    """The outcome of a file with exactly one entry."""
    [entry] = read(content, name=name, zone=zone)
    return entry.outcome


def read_activity(content: bytes, **kwargs) -> ParsedActivity:
    outcome = read_one(content, **kwargs)
    assert isinstance(outcome, ParsedActivity), outcome
    return outcome


def stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def trkpt(metres: float, time: str | None) -> str:
    """A point `metres` north of a fixed place."""
    inside = f"<time>{time}</time>" if time else ""
    return f'<trkpt lat="{50 + metres / METRES_PER_DEGREE:.9f}" lon="8.0">{inside}</trkpt>'


def segment(
    start: datetime = START, *, seconds: int = 60, kmh: float = 12, every: int = 10, at: float = 0
) -> str:
    """A straight, even stretch northwards from `at` metres."""
    points = (
        trkpt(at + second * kmh / 3.6, stamp(start + timedelta(seconds=second)))
        for second in range(0, seconds + 1, every)
    )
    return f"<trkseg>{''.join(points)}</trkseg>"


def trk(*segments: str, sport: str = "", name: str = "") -> str:
    named = f"<name>{name}</name>" if name else ""
    typed = f"<type>{sport}</type>" if sport else ""
    return f"<trk>{named}{typed}{''.join(segments)}</trk>"


def gpx(*tracks: str, version: str = "1.1", creator: str = "Test watch", head: str = "") -> bytes:
    space = f"http://www.topografix.com/GPX/{version.replace('.', '/')}"
    inside = head + "".join(tracks)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<gpx version="{version}" creator="{creator}" xmlns="{space}">{inside}</gpx>'
    ).encode()


def plain_run(start: datetime = START, **kwargs) -> bytes:
    return gpx(trk(segment(start, **kwargs)))


def trackpoint(metres: float, moment: datetime, *, placed: bool = True) -> str:
    place = (
        f"<Position><LatitudeDegrees>{50 + metres / METRES_PER_DEGREE:.9f}</LatitudeDegrees>"
        f"<LongitudeDegrees>8.0</LongitudeDegrees></Position>"
    )
    return (
        f"<Trackpoint><Time>{stamp(moment)}</Time>{place if placed else ''}"
        f"<DistanceMeters>{metres}</DistanceMeters></Trackpoint>"
    )


def lap(
    start: datetime = START,
    *,
    seconds: int = 60,
    kmh: float = 12,
    every: int = 10,
    at: float = 0,
    placed: bool = True,
    says: str | None = None,
) -> str:
    """An even lap that says its own time and distance, or what `says` has instead."""
    points = (
        trackpoint(at + s * kmh / 3.6, start + timedelta(seconds=s), placed=placed)
        for s in range(0, seconds + 1, every)
    )
    if says is None:
        says = (
            f"<TotalTimeSeconds>{seconds}</TotalTimeSeconds>"
            f"<DistanceMeters>{seconds * kmh / 3.6}</DistanceMeters>"
        )
    return f'<Lap StartTime="{stamp(start)}">{says}<Track>{"".join(points)}</Track></Lap>'


def tcx_activity(
    *laps: str, sport: str = "Running", start: datetime = START, tail: str = ""
) -> str:
    return f'<Activity Sport="{sport}"><Id>{stamp(start)}</Id>{"".join(laps)}{tail}</Activity>'


def tcx(*activities: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><TrainingCenterDatabase '
        'xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2">'
        f"<Activities>{''.join(activities)}</Activities></TrainingCenterDatabase>"
    ).encode()


def zipped(files: Iterable[tuple[str, bytes]] | dict[str, bytes]) -> bytes:
    pairs: Sequence[tuple[str, bytes]] = list(files.items() if isinstance(files, dict) else files)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in pairs:
            # A fixed time: the same archive, byte for byte, in every process that makes it.
            member = zipfile.ZipInfo(name, NOW.timetuple()[:6])
            archive.writestr(member, content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
