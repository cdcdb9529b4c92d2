"""FIT as watches, phones and head units write it."""

import struct
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from tests.members.activity_files import fit_files as fit
from tests.members.activity_files.builders import START
from tests.members.activity_files.varied import (
    HALF_HOUR,
    SIX_KM,
    Case,
    Want,
    after,
    at,
    refused,
)

END = after(HALF_HOUR)
HOUR = timedelta(hours=1)
NOTHING = Want(metres=None)


def records(start: datetime = START, **more: Any) -> list[bytes]:
    return fit.records(start, **({"length_s": HALF_HOUR, "every": 10} | more))


def session(start: datetime = START, **more: Any) -> bytes:
    return fit.session(start, **({"length_s": HALF_HOUR, "distance_m": SIX_KM} | more))


def run(*before: bytes, said: bytes | None = None, **more: Any) -> bytes:
    """A whole file of the usual run; `said` instead of its session, `more` for its records."""
    return fit.fit(
        fit.file_id(), *before, *records(**more), said or session(), fit.activity(END, offset=HOUR)
    )


def timer(moment: datetime, kind: int, *, first: bool = False) -> bytes:
    """A timer event: 0 starts, 1 stops, 4 stops all."""
    return fit.message(
        "event", timestamp=fit.seconds(moment), event=0, event_type=kind, first=first
    )


def case(name: str, content: bytes, *wants: Want, **more: Any) -> Case:
    return Case(f"{name}.fit", content, wants or (Want(),), **more)


def fit_cases() -> list[Case]:
    """All of them."""
    return [*_whole(), *_sports(), *_several(), *_lacking(), *_pauses(), *_damaged(), *_refused()]


# --- Whole files ---------------------------------------------------------------------------------
def _whole() -> Iterator[Case]:
    yield case("garmin", run())
    yield case("short-header", fit.fit(fit.file_id(), *records(), session(), short=True))
    yield case("no-activity-message", fit.fit(fit.file_id(), *records(), session()))
    yield case("summary-first", fit.fit(fit.file_id(), session(), fit.activity(END), *records()))
    yield case("no-file-id", fit.fit(*records(), session()))
    yield case("unknown-messages", run(fit.message("unknown", timestamp=1, one=None, two=7)))
    yield case("unicode-name", run(fit.message("sport", sport=1, sub_sport=0, title="Läufchen 🏃")))
    yield case("every-second", run(every=1))
    yield case("smart-recording", run(every=37), Want())
    yield case(
        "big-endian",
        fit.fit(fit.file_id(big=True), *records(big=True), session(big=True)),
    )
    yield case("developer-fields", _developer())
    yield case("compressed-timestamps", _compressed())
    yield case("redefined-on-the-way", _redefined())
    for hours, day in ((-5, 14), (5.75, 14), (13, 14), (-11, 13), (0, 14)):
        offset = timedelta(hours=hours)
        content = fit.fit(fit.file_id(), *records(), session(), fit.activity(END, offset=offset))
        yield case(f"zone{hours:+}", content, Want(day=day))
    zwift = fit.activity(END, local_timestamp=0)
    yield case("local-time-never-set", fit.fit(fit.file_id(), *records(), session(), zwift))
    evening = at("2026-03-13T23:40:00+00:00")
    late = fit.fit(fit.file_id(), *records(evening), session(evening))
    yield case("past-midnight-at-home", late, Want(start=evening, day=14))


def _developer() -> bytes:
    about = fit.message("developer_data_id", index=0, manufacturer=95)
    power = fit.message(
        "field_description", index=0, field=0, base=0x84, title="Power", units="Watts"
    )
    own = [(0, struct.pack("<H", 251))]
    return fit.fit(fit.file_id(), about, power, *records(developer=own), session())


def _compressed() -> bytes:
    """A full time a minute, and five bits of it between."""
    made = []
    for second in range(0, HALF_HOUR + 1, 10):
        figures = {"distance": round(second * 100 / 0.3), "heart_rate": 150}
        when = fit.seconds(START) + second
        if second % 60 == 0:
            made.append(fit.message("record", local=0, timestamp=when, **figures))
        else:
            made.append(
                fit.message("record", local=1, offset_s=when, first=second == 10, **figures)
            )
    return fit.fit(fit.message("file_id", local=2, type=4, manufacturer=1), *made, session(local=3))


def _redefined() -> bytes:
    """Another set of fields for the records from the middle on."""
    first = records(length_s=900)
    second = records(after(910), length_s=890, at=910 / 0.3, heart_rate=None)
    return fit.fit(fit.file_id(), *first, *second, session())


# --- Sports --------------------------------------------------------------------------------------
_SPORTS = {
    "treadmill": (1, 1, "run"), "trail": (1, 3, "run"), "track": (1, 4, "run"),
    "virtual-run": (1, 58, "run"), "indoor-run": (1, 45, "run"), "ride": (2, 7, "ride"),
    "indoor-ride": (2, 6, "ride"), "e-bike": (21, 28, "ride"), "open-water": (5, 18, "swim"),
    "walk": (11, 0, "walk"), "hike": (17, 0, "walk"), "strength": (10, 20, "strength"),
    "yoga": (10, 43, "mobility"), "stretching": (10, 19, "mobility"), "cardio": (10, 26, "other"),
    "rower": (4, 14, "other"), "elliptical": (4, 15, "other"), "skiing": (12, 0, "other"),
    "paddling": (37, 0, "other"), "sport-of-2030": (251, None, "other"), "generic": (0, 0, None),
}  # fmt: skip


def _sports() -> Iterator[Case]:
    for name, (sport, sub_sport, kind) in _SPORTS.items():
        content = run(said=session(sport=sport, sub_sport=sub_sport))
        yield case(name, content, Want(kind=kind))
    lengths = [
        fit.message(
            "length",
            first=not n,
            timestamp=fit.seconds(after(n * 45 + 45)),
            start_time=fit.seconds(after(n * 45)),
            elapsed=45_000,
            timer=45_000,
            strokes=18,
            length_type=1,
        )
        for n in range(40)
    ]
    pool = session(sport=5, sub_sport=17, distance_m=1000)
    yield case("pool", fit.fit(fit.file_id(), *lengths, pool), Want("swim", metres=1000))
    bare = {"placed": False, "distance": None, "speed": None}
    mat = run(said=session(sub_sport=1, distance_m=None), **bare)
    yield case("treadmill-without-distance", mat, NOTHING)
    weights = run(said=session(sport=10, sub_sport=20, distance_m=0), **bare)
    yield case("strength-with-nothing", weights, Want("strength", metres=0))
    footpod = run(said=session(sub_sport=1), placed=False)
    yield case("treadmill-with-footpod", footpod)
    yield case("by-hand-on-the-website", fit.fit(fit.file_id(), session()))


# --- Several in one file -------------------------------------------------------------------------
def _several() -> Iterator[Case]:
    swim = session(distance_m=1500, sport=5)
    change = session(after(1800), length_s=90, distance_m=50, sport=fit.TRANSITION, first=False)
    ride = session(after(1890), length_s=3600, distance_m=30_000, sport=2, first=False)
    run_ = session(after(5490), length_s=1200, distance_m=4000, first=False)
    legs = (
        Want("swim", metres=1500),
        Want("ride", after(1890), 30_000, 3600),
        Want("run", after(5490), 4000, 1200),
    )
    yield case("triathlon", fit.fit(fit.file_id(), swim, change, ride, run_), *legs)
    empty = session(after(1800), length_s=0, distance_m=0, first=False)
    parts = (*records(), session(), empty)
    yield case("a-leg-of-nothing", fit.fit(fit.file_id(), *parts), compare=False)
    mixed = session(after(5490), length_s=1200, distance_m=4000)
    again = (ride, session(distance_m=1500, sport=5, first=False))
    yield case("legs-out-of-order", fit.fit(fit.file_id(), mixed, *again), *legs)
    evening = after(9 * 3600)
    second = fit.fit(fit.file_id(), *records(evening), session(evening))
    yield case("two-files-in-one", run() + second, Want(), Want(start=evening))
    settings = fit.fit(fit.file_id(type=2))
    yield case("with-settings-behind", run() + settings)
    yield case("with-settings-before", settings + run())


# --- What is not there ---------------------------------------------------------------------------
def _lacking() -> Iterator[Case]:
    yield case("no-session", fit.fit(fit.file_id(), *records()), compare=False)
    sport = fit.message("sport", sport=2, sub_sport=0, title="Bike")
    yield case(
        "no-session-ride", fit.fit(fit.file_id(), sport, *records()), Want("ride"), compare=False
    )
    laps = [
        fit.message(
            "lap",
            first=not n,
            timestamp=fit.seconds(after(n * 600 + 600)),
            start_time=fit.seconds(after(n * 600)),
            elapsed=600_000,
            timer=600_000,
            distance=200_000,
            sport=1,
        )
        for n in range(3)
    ]
    yield case("laps-only", fit.fit(fit.file_id(), *laps), compare=False)
    yield case("no-distance-said", run(said=session(distance_m=None)), compare=False)
    no_timer = session(timer=None)
    yield case("no-timer-said", run(said=no_timer), compare=False)
    yield case("no-elapsed-said", run(said=session(elapsed=None)))
    yield case("no-start-said", run(said=session(start_time=None)), compare=False)
    yield case("no-sport-said", run(said=session(sport=None, sub_sport=None)))
    yield case("session-of-zeros", run(said=session(length_s=0, distance_m=0)), compare=False)
    track = fit.fit(fit.file_id(), *records(distance=None))
    yield case("positions-alone", track, compare=False)
    pulse = fit.fit(fit.file_id(), *records(placed=False, distance=None, speed=None))
    yield case("pulse-alone", pulse, NOTHING, compare=False)
    holes = [
        record
        for n in range(181)
        for record in records(after(n * 10), length_s=0, at=n * 10 / 0.3, placed=n % 4 > 0)
    ]
    yield case("positions-now-and-then", fit.fit(fit.file_id(), *holes, session()))
    yield case("odometer-alone", fit.fit(fit.file_id(), *records(placed=False)), compare=False)


# --- Pauses --------------------------------------------------------------------------------------
def _pauses() -> Iterator[Case]:
    """900 s, ten minutes at the station, 900 s more."""
    whole = {"elapsed": 2400.0}
    parts = [
        timer(START, 0, first=True), *records(length_s=900), timer(after(900), 4),
        timer(after(1500), 0), *records(after(1500), length_s=900, at=3000, first=False),
        timer(after(2400), 4),
    ]  # fmt: skip
    said = session(length_s=2400, timer_s=1800)
    yield case("paused", fit.fit(fit.file_id(), *parts, said), Want(**whole))
    yield case("paused-no-session", fit.fit(fit.file_id(), *parts), Want(**whole), compare=False)
    stop = [part if part != timer(after(900), 4) else timer(after(900), 1) for part in parts]
    yield case("stopped", fit.fit(fit.file_id(), *stop), Want(**whole), compare=False)
    auto = session(length_s=2400, timer_s=2400, moving=1_800_000)
    yield case("auto-pause", fit.fit(fit.file_id(), *parts, auto), Want(seconds=2400, **whole))


# --- Damage --------------------------------------------------------------------------------------
def _damaged() -> Iterator[Case]:
    whole = run()
    yield case("checksum-wrong", whole[:-2] + b"\x12\x34")
    yield case("checksum-missing", whole[:-2], compare=False)
    yield case("one-byte-missing", whole[:-1], compare=False)
    header = bytearray(whole)
    header[12:14] = b"\xbe\xef"
    yield case("header-checksum-wrong", bytes(header), compare=False)
    header[12:14] = bytes(2)
    yield case("header-without-checksum", bytes(header))
    for name, length in (("length-zero", bytes(4)), ("length-unset", b"\xff" * 4)):
        yield case(name, whole[:4] + length + whole[8:-2], compare=False)
    half, data = (
        fit.file_id() + b"".join(records(length_s=length_s)) for length_s in (900, HALF_HOUR)
    )
    torn = {"partial": True, "compare": False}
    content = fit.fit(data, session())
    yield case(
        "torn-in-the-middle", content[: 14 + len(half) + 3], Want("run", START, 3000, 900), **torn
    )
    yield case("torn-behind-the-records", content[: 14 + len(data) + 3], **torn)
    yield case("rubbish-in-the-middle", content[: 14 + len(data)] + b"\x4f" * 40, **torn)
    yield case("rubbish-behind", whole + b"\0" * 512, compare=False)
    twice = [one for record in records() for one in (record, record)]
    yield case("each-record-twice", fit.fit(fit.file_id(), *twice), compare=False)


# --- No activity ---------------------------------------------------------------------------------
_OTHER_FILES = {
    "device": 1, "settings": 2, "sport": 3, "workout": 5, "course": 6, "schedules": 7, "weight": 9,
    "totals": 10, "goals": 11, "blood-pressure": 14, "monitoring": 15, "daily": 28,
    "monitoring-b": 32, "segment": 34, "sleep": 49, "of-a-maker": 0xF7,
}  # fmt: skip


def _refused() -> Iterator[Case]:
    for name, kind in _OTHER_FILES.items():
        yield refused(f"is-{name}.fit", fit.fit(fit.file_id(type=kind)))
    yield refused("course-with-points.fit", fit.fit(fit.file_id(type=6), *records()))
    since_start = fit.fit(fit.file_id(), *records(timestamp=5000), session(start_time=5000))
    yield refused("counts-from-power-on.fit", since_start)
    future = at("2036-03-14T08:00:00+00:00")
    yield refused("clock-ahead.fit", fit.fit(fit.file_id(), *records(future), session(future)))
    yield refused("nothing-recorded.fit", fit.fit(fit.file_id()))
    yield refused("header-alone.fit", run()[:14], "failed")
    yield refused("only-transition.fit", fit.fit(fit.file_id(), session(sport=fit.TRANSITION)))
    yield refused("zeros.fit", bytes(400), "failed")
