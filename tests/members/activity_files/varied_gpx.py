"""GPX as services, watches and phones write it."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from tests.members.activity_files.builders import (
    METRES_PER_DEGREE,
    START,
    gpx,
    segment,
    stamp,
    trk,
    trkpt,
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

SPEED = 12 / 3.6
Inside = Callable[[int], str]


def points(
    *, seconds: int = HALF_HOUR, every: int = 10, begin: int = 0, inside: Inside | None = None
) -> str:
    """A straight, even way; `inside` says what stands in the point at a second."""
    inside = inside or (lambda second: f"<time>{stamp(after(second))}</time>")
    return "".join(
        f'<trkpt lat="{50 + second * SPEED / METRES_PER_DEGREE:.9f}" lon="8.0">'
        f"{inside(second)}</trkpt>"
        for second in range(begin, begin + seconds + 1, every)
    )


def track(*segments: str, about: str = "") -> bytes:
    inside = "".join(f"<trkseg>{one}</trkseg>" for one in segments or (points(),))
    return gpx(f"<trk>{about}{inside}</trk>")


def timed(write: Callable[[datetime], str], more: str = "") -> bytes:
    """A track whose times are written in some way."""
    return track(points(inside=lambda second: f"<time>{write(after(second))}</time>{more}"))


def case(name: str, content: bytes, *wants: Want, **more: bool) -> Case:
    return Case(f"{name}.gpx", content, wants or (Want(),), **more)


def gpx_cases() -> list[Case]:
    """All of them."""
    return [*_writers(), *_times(), *_texts(), *_several(), *_odd(), *_kinds(), *_refused()]


# --- Who writes them -----------------------------------------------------------------------------
def _by(creator: str, about: str = "", more: str = "", version: str = "1.1") -> bytes:
    inside = points(
        inside=lambda second: f"<ele>120.4</ele><time>{stamp(after(second))}</time>{more}"
    )
    return gpx(f"<trk>{about}<trkseg>{inside}</trkseg></trk>", creator=creator, version=version)


_GARMIN = (
    "<extensions><ns3:TrackPointExtension><ns3:atemp>14</ns3:atemp><ns3:hr>151</ns3:hr>"
    "<ns3:cad>86</ns3:cad></ns3:TrackPointExtension></extensions>"
)
_WRITERS = {
    "garmin": ("Garmin Connect", "<name>Evening</name><type>running</type>", _GARMIN),
    "strava": ("StravaGPX", "<name>Morning Run</name><type>running</type>", ""),
    "strava-2019": ("StravaGPX Android", "<name>Morning Run</name><type>9</type>", ""),
    "suunto": (
        "Movescount - http://www.movescount.com",
        "<name>Move</name>",
        "<extensions><gpxdata:distance>400000</gpxdata:distance><gpxdata:hr>140</gpxdata:hr>"
        "<gpxdata:speed>3.3</gpxdata:speed></extensions>",
    ),
    "polar": ("Polar Flow", "", ""),
    "coros": ("COROS Wearables", "<name>Track Run</name><type>Track Run</type>", ""),
    "apple": (
        "Apple Health Export",
        "<name>Route 2026-03-14 9:00am</name>",
        "<extensions><speed>3.33</speed><course>12</course><hAcc>2.1</hAcc></extensions>",
    ),
    "healthfit": ("HealthFit", "<name>Outdoor Run</name><type>Running</type>", ""),
    "komoot": ("https://www.komoot.de", "<name>Läufchen am See</name><type>run</type>", ""),
    "runkeeper": (
        "Runkeeper - http://www.runkeeper.com",
        "<name><![CDATA[Running 3/14]]></name>",
        "",
    ),
    "osmand": ("OsmAnd 4.6", "", "<extensions><osmand:speed>3.3</osmand:speed></extensions>"),
    "amazfit": ("Zepp App", "<type>outdoor_running</type>", "<speed>3.3</speed><hr>144</hr>"),
}


def _writers() -> Iterator[Case]:
    for name, (creator, about, more) in _WRITERS.items():
        undeclared = "ns3:" in more or ":" in more.replace("://", "")
        yield case(name, _by(creator, about, more), compare=not undeclared)
    old = _by("GPSBabel", "<name>ACTIVE LOG</name>", "<speed>3.3</speed><fix>3d</fix>", "1.0")
    yield case("gpx-1.0", old)
    prefixed = track().decode().replace("<", "<g:").replace("<g:/", "</g:").replace("<g:?", "<?")
    yield case("prefixed", prefixed.replace("xmlns=", "xmlns:g=").encode(), compare=False)
    yield case("no-namespace", track().replace(b' xmlns="http://www.topografix.com/GPX/1/1"', b""))
    head = "<metadata><name>Sunday</name><time>2026-03-14T07:59:00Z</time></metadata>"
    way = f'<wpt lat="50" lon="8"><time>{stamp(after(-9000))}</time><name>Car</name></wpt>'
    yield case(
        "with-metadata-and-way-points", gpx(way, trk(f"<trkseg>{points()}</trkseg>"), head=head)
    )
    yield case("one-line-a-point", track(points().replace("><", ">\n    <")))


# --- Times ---------------------------------------------------------------------------------------
def _times() -> Iterator[Case]:
    yield case("naive", timed(lambda one: f"{one:%Y-%m-%dT%H:%M:%S}"))
    yield case("milliseconds", timed(lambda one: f"{one:%Y-%m-%dT%H:%M:%S}.417Z"))
    yield case(
        "nanoseconds", timed(lambda one: f"{one:%Y-%m-%dT%H:%M:%S}.417000123Z"), compare=False
    )
    yield case("decimal-comma", timed(lambda one: f"{one:%Y-%m-%dT%H:%M:%S},4Z"), compare=False)
    yield case("blank-for-t", timed(lambda one: f"{one:%Y-%m-%d %H:%M:%S}Z"), compare=False)
    yield case("blanks-around", timed(lambda one: f"\n  {stamp(one)}\n "), compare=False)
    for hours in (2, -7, 5.5):
        shift = timedelta(hours=hours)
        local = Want(day=(START + shift).day)
        zone = f"{'+' if hours > 0 else '-'}{int(abs(hours)):02}:{int(abs(hours) % 1 * 60):02}"
        yield case(
            f"offset{zone.replace(':', '')}",
            timed(lambda one, by=shift, z=zone: f"{one + by:%Y-%m-%dT%H:%M:%S}{z}"),
            local,
        )
    yield case("basic-offset", timed(lambda one: f"{one:%Y-%m-%dT%H:%M:%S}+0000"))
    late = at("2026-03-13T23:40:00+00:00")
    yield case(
        "past-midnight-at-home",
        gpx(trk(segment(late, seconds=HALF_HOUR))),
        Want(start=late, day=14),
    )
    now_and_then = track(
        points(inside=lambda s: f"<time>{stamp(after(s))}</time>" if s % 30 else "")
    )
    yield case(
        "a-third-without-time", now_and_then, Want(start=after(10), seconds=1780), compare=False
    )
    first = track(points(inside=lambda s: f"<time>{stamp(after(s))}</time>" if s > 50 else ""))
    yield case("no-time-until-the-fix", first, Want(start=after(60), seconds=1740), compare=False)
    yield case("backwards", track(points()[:0] + _reversed()), compare=False)


def _reversed() -> str:
    """The points from the last to the first: some programs write a track so."""
    return "".join(f"{one}</trkpt>" for one in reversed(points().split("</trkpt>")[:-1]))


# --- Texts ---------------------------------------------------------------------------------------
def _texts() -> Iterator[Case]:
    plain = track(about="<name>Läufchen</name>").decode()
    yield case("with-bom", b"\xef\xbb\xbf" + plain.encode())
    yield case("utf-16", plain.replace("UTF-8", "UTF-16").encode("utf-16"), compare=False)
    big = b"\xfe\xff" + plain.replace("UTF-8", "UTF-16").encode("utf-16-be")
    yield case("utf-16-big", big, compare=False)
    latin = plain.replace("UTF-8", "ISO-8859-1").encode("latin-1")
    yield case("latin-1", latin, compare=False)
    yield case(
        "windows-1252", plain.replace("UTF-8", "windows-1252").encode("cp1252"), compare=False
    )
    yield case("latin-1-that-claims-utf-8", plain.encode("latin-1"), compare=False)
    bare = plain.partition("?>\n")[2]
    yield case("no-declaration", bare.encode())
    yield case("blank-lines-before", b"\n\n  " + plain.encode(), compare=False)
    yield case("zeros-behind", plain.encode() + bytes(64), compare=False)
    yield case("windows-lines", track(points().replace("><", ">\r\n<")))
    yield case("comments", plain.replace("<trkseg>", "<!-- <trkpt/> --><trkseg>").encode())
    torn = plain[: plain.index('<trkpt lat="50.02')].encode()
    length = torn.count(b"</trkpt>") * 10 - 10
    yield case(
        "torn", torn, Want(metres=length * SPEED, seconds=length), partial=True, compare=False
    )
    yield case("end-tag-missing", plain.replace("</gpx>", "").encode(), partial=True, compare=False)
    control = plain.replace("Läufchen", "L\x0bufchen").encode()
    yield refused("control-character.gpx", control, "failed")


# --- Tracks and segments -------------------------------------------------------------------------
def _several() -> Iterator[Case]:
    paused = track(points(seconds=900), _shifted(600))
    yield case("pause-as-segments", paused, Want(elapsed=2400), compare=False)
    gone = gpx(trk(segment(seconds=900)), trk(segment(after(1000), seconds=900, at=3000)))
    yield case("two-tracks-one-run", gone, Want(elapsed=1900), compare=False)
    evening = after(9 * 3600)
    twice = gpx(trk(segment(seconds=HALF_HOUR)), trk(segment(evening, seconds=HALF_HOUR)))
    yield case("morning-and-evening", twice, Want(), Want(start=evening), compare=False)
    brick = gpx(
        trk(segment(seconds=HALF_HOUR, kmh=30), sport="cycling"),
        trk(segment(after(1860), seconds=HALF_HOUR), sport="running"),
    )
    yield case("brick", brick, Want("ride", metres=15_000), Want(start=after(1860)), compare=False)
    same = trk(segment(seconds=HALF_HOUR))
    yield case("the-track-twice", gpx(same, same), compare=False)
    yield case("empty-segments", track("", points(), ""))
    route = '<rte><rtept lat="50" lon="8"/><rtept lat="51" lon="8"/></rte>'
    yield case("with-a-route", gpx(route, same))
    untimed = trk(f"<trkseg>{points(inside=lambda _: '')}</trkseg>")
    yield case("one-track-untimed", gpx(untimed, same), partial=True, compare=False)


def _shifted(pause: int) -> str:
    """The second half, begun after a pause."""
    return points(
        begin=900, seconds=900, inside=lambda s: f"<time>{stamp(after(s + pause))}</time>"
    )


# --- Odd recordings ------------------------------------------------------------------------------
def _odd() -> Iterator[Case]:
    yield case("each-point-twice", track("".join(f"{one}</trkpt>" * 2 for one in _pieces())))
    jump = points().split("<trkpt")
    jump[90] = jump[90].replace('lon="8.0"', 'lon="8.004"')
    yield case(
        "jump-of-300-m", track("<trkpt".join(jump)), Want(metres=SIX_KM + 2 * 286), compare=False
    )
    zero = points().split("<trkpt")
    zero[50] = zero[50].replace('lat="50', 'lat="0" x="').replace('lon="8.0"', 'lon="0"')
    yield case("lost-fix-as-zero", track("<trkpt".join(zero)), compare=False)
    night = track(points(seconds=900) + _shifted(8 * 3600))
    yield case("night-pause-unmarked", night, Want(elapsed=1800 + 8 * 3600), compare=False)
    commas = points().replace('lat="50.', 'lat="50,').replace('lon="8.0"', 'lon="8,0"')
    yield case("decimal-comma-in-places", track(commas), compare=False)
    yield case("exponent", track(points().replace('lon="8.0"', 'lon="8.0E0"')))
    circle = points().replace('lon="8.0"', 'lon="179.9999"')
    yield case("at-the-date-line", track(circle))
    south = points().replace('lat="50', 'lat="-33')
    yield case("south", track(south))
    standing = "".join(trkpt(0, stamp(after(s))) for s in range(0, 601, 10))
    still = track(standing)
    yield case("standing-still", still, Want(metres=0, seconds=600))
    far = track(points(every=300))
    day = gpx(trk(segment(seconds=24 * 3600, every=4800, kmh=0.5)))
    yield case("a-day-at-the-pace-of-a-snail", day, Want(metres=12_000, seconds=24 * 3600))
    yield case("a-point-each-five-minutes", far)
    yield case("no-segment", gpx(f"<trk>{points()}</trk>"), compare=False)


def _pieces() -> list[str]:
    return points().split("</trkpt>")[:-1]


# --- Kinds ---------------------------------------------------------------------------------------
_TYPES = {
    "trail_running": "run", "treadmill_running": "run", "Run": "run", "Laufen": "run", "1": "ride",
    "gravel_cycling": "ride", "hiking": "walk", "Nordic Walking": "walk", "swimming": "swim",
    "open_water_swimming": "swim", "cross_country_skiing": "other", "Kanu": "other",
    "strength_training": "strength", "yoga": "mobility",
}  # fmt: skip


def _kinds() -> Iterator[Case]:
    for written, kind in _TYPES.items():
        yield case(
            f"type-{written.replace(' ', '-')}", track(about=f"<type>{written}</type>"), Want(kind)
        )
    ride = gpx(trk(segment(seconds=HALF_HOUR, kmh=32)))
    yield case("fast-and-untyped", ride, Want("other", metres=16_000))
    named = gpx(trk(segment(seconds=HALF_HOUR, kmh=20), name="Afternoon Ride"))
    yield case("untyped-but-named", named, Want("ride", metres=10_000))
    said_other = gpx(trk(segment(seconds=HALF_HOUR), sport="Other", name="Lunch Walk"))
    yield case("other-but-named", said_other, Want("walk"))


# --- No activity ---------------------------------------------------------------------------------
def _refused() -> Iterator[Case]:
    yield refused("komoot-plan.gpx", track(points(inside=lambda _: "<ele>300</ele>")))
    yield refused("route.gpx", gpx('<rte><rtept lat="50" lon="8"/><rtept lat="51" lon="8"/></rte>'))
    yield refused("way-points.gpx", gpx('<wpt lat="50" lon="8"><name>Car</name></wpt>'))
    yield refused("nothing.gpx", gpx())
    yield refused("one-point.gpx", track(trkpt(0, stamp(START))))
    frozen = "".join(trkpt(m, stamp(START)) for m in range(0, 400, 20))
    yield refused("one-moment.gpx", track(frozen))
    yield refused("clock-1970.gpx", timed(lambda one: f"1970-01-01T{one:%H:%M:%S}Z"))
    yield refused("clock-2080.gpx", timed(lambda one: f"2080{stamp(one)[4:]}"))
    yield refused("times-of-nonsense.gpx", timed(lambda _: "yesterday"))
    yield refused("flight.gpx", gpx(trk(segment(seconds=HALF_HOUR, kmh=800))))
    bomb = b'<?xml version="1.0"?><!DOCTYPE gpx [<!ENTITY a "x">]><gpx>&a;</gpx>'
    yield refused("entities.gpx", bomb, "failed")
    yield refused(
        "web-page.gpx", b"<!DOCTYPE html><html><body>Please log in</body></html>", "failed"
    )
    yield refused("web-page-2.gpx", b"<html><head><title>504</title></head></html>", "failed")
    yield refused("json.gpx", b'{"error": "not found"}', "failed")
    yield refused("blank.gpx", b" \n", "failed")
