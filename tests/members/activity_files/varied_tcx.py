"""TCX as Garmin, Polar, TomTom, Strava, Zwift and others write it."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from tests.members.activity_files.builders import (
    START,
    lap,
    stamp,
    tcx,
    tcx_activity,
    trackpoint,
)
from tests.members.activity_files.varied import (
    HALF_HOUR,
    SIX_KM,
    Case,
    Want,
    after,
    at,
    refused,
)

THIRD = HALF_HOUR // 3
SPACE = "http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"


def laps(begin: datetime = START, count: int = 3, **more: object) -> list[str]:
    """As many laps of ten minutes, 2 km each."""
    return [
        lap(begin + timedelta(seconds=n * THIRD), seconds=THIRD, at=n * 2000, **more)
        for n in range(count)
    ]


def run(sport: str = "Running", tail: str = "", **more: object) -> bytes:
    return tcx(tcx_activity(*laps(**more), sport=sport, tail=tail))


def case(name: str, content: bytes | str, *wants: Want, **more: bool) -> Case:
    text = content if isinstance(content, bytes) else content.encode()
    return Case(f"{name}.tcx", text, wants or (Want(),), compare=False, **more)


def tcx_cases() -> list[Case]:
    """All of them."""
    return [*_writers(), *_figures(), *_several(), *_texts(), *_refused()]


# --- Who writes them -----------------------------------------------------------------------------
def _writers() -> Iterator[Case]:
    garmin = '<Creator xsi:type="Device_t"><Name>Forerunner 255</Name><UnitId>1</UnitId></Creator>'
    yield case("garmin", run(tail=garmin))
    yield case("one-lap", tcx(tcx_activity(lap(seconds=HALF_HOUR))))
    yield case("strava", b"          " + run())
    for written, kind in (("Biking", "ride"), ("Other", "other"), ("running", "run"), ("", "run")):
        yield case(f"sport-{written or 'unsaid'}", run(written), Want(kind))
    for notes, kind in (("Walking", "walk"), ("Pool swim", "swim"), ("Gym", "other")):
        named = run("Other", tail=f"<Notes>{notes}</Notes>")
        yield case(f"other-with-notes-{notes.split()[0]}", named, Want(kind))
    yield case("trail", run("Trail Running"))
    plain = run().decode()
    prefixed = plain.replace("<", "<t:").replace("<t:/", "</t:").replace("<t:?", "<?")
    yield case("prefixed", prefixed.replace("xmlns=", "xmlns:t="))
    speed = "<Extensions><ns3:TPX><ns3:Speed>3.3</ns3:Speed></ns3:TPX></Extensions></Trackpoint>"
    yield case("with-extensions", plain.replace("</Trackpoint>", speed))
    heart = "<HeartRateBpm><Value>150</Value></HeartRateBpm></Trackpoint>"
    yield case("with-pulse", plain.replace("</Trackpoint>", heart))
    averages = (
        "<MaximumSpeed>4</MaximumSpeed><Calories>100</Calories><AverageHeartRateBpm><Value>150"
        "</Value></AverageHeartRateBpm><Intensity>Active</Intensity><Track>"
    )
    yield case("with-averages", plain.replace("<Track>", averages))


# --- Figures -------------------------------------------------------------------------------------
def _figures() -> Iterator[Case]:
    yield case("treadmill", run(placed=False))
    none = run(placed=False).decode()
    bare = _without(none, "DistanceMeters")
    yield case("no-distances", bare, Want(metres=None))
    placed = _without(run().decode(), "DistanceMeters")
    yield case("positions-alone", placed, Want(metres=SIX_KM))
    odometer = run(says=f"<TotalTimeSeconds>{THIRD}</TotalTimeSeconds>", placed=False)
    yield case("odometer-alone", odometer)
    untimed = run(says="<DistanceMeters>2000</DistanceMeters>")
    yield case("laps-without-time", untimed)
    zeros = "<TotalTimeSeconds>0</TotalTimeSeconds><DistanceMeters>0</DistanceMeters>"
    yield case("laps-of-zeros", run(says=zeros))
    fractions = (
        f"<TotalTimeSeconds>{THIRD}.4</TotalTimeSeconds><DistanceMeters>2e3</DistanceMeters>"
    )
    yield case("fractions", run(says=fractions))
    commas = (
        f"<TotalTimeSeconds>{THIRD},0</TotalTimeSeconds><DistanceMeters>2000,0</DistanceMeters>"
    )
    yield case("decimal-commas", run(says=commas))
    yield case("laps-without-track", _without(run().decode(), "Track"))
    paused = tcx(tcx_activity(*laps(count=2), *laps(after(1800), count=1)))
    yield case("pause-between-laps", paused, Want(elapsed=2400))
    standing = lap(seconds=2400, says=f"<TotalTimeSeconds>{HALF_HOUR}</TotalTimeSeconds>"
                   "<DistanceMeters>6000</DistanceMeters>")  # fmt: skip
    yield case("pause-within-a-lap", tcx(tcx_activity(standing)), Want(elapsed=2400))
    two = lap(seconds=THIRD).replace("</Track>", "</Track><Track></Track>")
    yield case("empty-track", tcx(tcx_activity(two, *laps()[1:])))


def _without(text: str, tag: str) -> str:
    return re.sub(f"<{tag}>.*?</{tag}>", "", text)


# --- Several in one file -------------------------------------------------------------------------
def _several() -> Iterator[Case]:
    evening = after(9 * 3600)
    two = tcx(tcx_activity(*laps()), tcx_activity(*laps(evening), start=evening))
    yield case("two", two, Want(), Want(start=evening))
    swim = tcx_activity(*laps(), sport="Other")
    ride = tcx_activity(*laps(after(1800)), sport="Biking", start=after(1800))
    multi = (
        f"<MultiSportSession><Id>{stamp(START)}</Id><FirstSport>{swim}</FirstSport>"
        f"<NextSport>{ride}</NextSport></MultiSportSession>"
    )
    yield case("multisport", tcx(multi), Want("other"), Want("ride", after(1800)))
    course = (
        "<Courses><Course><Name>Loop</Name><Lap><TotalTimeSeconds>100</TotalTimeSeconds></Lap>"
        f"<Track>{trackpoint(0, START)}</Track></Course></Courses></TrainingCenterDatabase>"
    )
    both = run().decode().replace("</TrainingCenterDatabase>", course)
    yield case("with-a-course", both)


# --- Texts and times -----------------------------------------------------------------------------
def _texts() -> Iterator[Case]:
    text = run(tail="<Notes>Läufchen</Notes>").decode()
    yield case("with-bom", b"\xef\xbb\xbf" + text.encode())
    yield case("utf-16", text.replace("UTF-8", "UTF-16").encode("utf-16"))
    yield case("latin-1", text.replace("UTF-8", "ISO-8859-1").encode("latin-1"))
    yield case("blank-lines-before", b"\r\n\r\n" + text.encode())
    yield case("windows-lines", text.replace("><", ">\r\n<"))
    torn = text[: text.index("<Lap", text.index("<Lap", text.index("<Lap") + 1) + 1) + 60]
    yield case("torn", torn, Want(metres=4000, seconds=1200), partial=True)
    yield case("milliseconds", text.replace("Z<", ".250Z<").replace('Z">', '.250Z">'))
    yield case("naive", text.replace("Z<", "<").replace('Z">', '">'))
    yield case("offset", _local(text, lambda one: one + timedelta(hours=2), "+02:00"), Want(day=14))
    late = at("2026-03-13T23:40:00+00:00")
    night = tcx(tcx_activity(*laps(late), start=late))
    yield case("past-midnight-at-home", night, Want(start=late, day=14))


def _local(text: str, shifted: Callable[[datetime], datetime], zone: str) -> str:
    for second in range(HALF_HOUR, -1, -10):
        moment = after(second)
        text = text.replace(stamp(moment), f"{shifted(moment):%Y-%m-%dT%H:%M:%S}{zone}")
    return text


# --- No activity ---------------------------------------------------------------------------------
def _refused() -> Iterator[Case]:
    def database(inside: str) -> bytes:
        root = f'<TrainingCenterDatabase xmlns="{SPACE}">{inside}</TrainingCenterDatabase>'
        return f'<?xml version="1.0" encoding="UTF-8"?>{root}'.encode()

    track = f"<Track>{trackpoint(0, START)}</Track>"
    course = f"<Courses><Course><Name>A</Name>{track}</Course></Courses>"
    yield refused("course.tcx", database(course))
    workout = "<Workouts><Workout Sport='Running'><Name>6 x 800</Name></Workout></Workouts>"
    yield refused("workout.tcx", database(workout))
    yield refused("nothing.tcx", database("<Activities/>"))
    yield refused("history.tcx", database("<Folders><History/></Folders>"))
    old = at("1989-12-31T00:00:00+00:00")
    yield refused("clock-1989.tcx", tcx(tcx_activity(lap(old), start=old)))
    never = lap(seconds=0, says="<TotalTimeSeconds>0</TotalTimeSeconds>")
    yield refused("timer-never-ran.tcx", tcx(tcx_activity(never)))
    yield refused("gpx-inside.tcx", b"<kml><Document/></kml>")
    yield refused("torn-at-once.tcx", run()[:200], "failed")
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><TrainingCenterDatabase/>'
    yield refused("entities.tcx", bomb, "failed")
    yield refused("empty.tcx", b"", "failed")
