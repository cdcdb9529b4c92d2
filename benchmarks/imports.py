"""Files of one hour each into the database, against bare libraries reading the same bytes.

`python -m benchmarks.imports N` with VAR_DIR set takes in N files, half FIT and half GPX, and
prints one line of JSON. Floor: fitdecode iterating all frames, gpxpy parsing. Each file is read by
the floor and then taken in, in turn, so that whatever else the machine does falls on both.
"""

import datetime as dt
import json
import math
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import django
import fitdecode
import gpxpy
from django.core.management import call_command

from tests.members.activity_files import fit_files

if TYPE_CHECKING:
    from members.services.imports import Import

FIRST = dt.datetime(2023, 1, 2, 17, 30, 12, tzinfo=dt.UTC)
NOW = dt.datetime(2026, 3, 16, 5, 0, tzinfo=dt.UTC)
SECONDS = 3600


def files(count: int) -> Iterator[tuple[str, bytes]]:
    """A run a day, one second between points, by turns as a watch and as a service writes it."""
    for number in range(count):
        start = FIRST + dt.timedelta(days=number)
        if number % 2:
            yield f"{number}.gpx", _gpx(start, number)
        else:
            kmh = 9 + number % 50 / 10
            yield f"{number}.fit", fit_files.run(start, length_s=SECONDS, kmh=kmh, every=1)


def _gpx(start: dt.datetime, number: int) -> bytes:
    points = "".join(
        f'<trkpt lat="{52.5 + 0.01 * math.sin(second / 500 + number):.7f}" '
        f'lon="{13.4 + 0.01 * math.cos(second / 400):.7f}"><ele>{35 + second % 9}</ele>'
        f"<time>{start + dt.timedelta(seconds=second):%Y-%m-%dT%H:%M:%SZ}</time><extensions>"
        f"<ns3:TrackPointExtension><ns3:hr>{140 + second % 25}</ns3:hr><ns3:cad>85</ns3:cad>"
        "</ns3:TrackPointExtension></extensions></trkpt>\n"
        for second in range(SECONDS + 1)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><gpx creator="Garmin Connect" version="1.1" '
        'xmlns="http://www.topografix.com/GPX/1/1" '
        'xmlns:ns3="http://www.garmin.com/xmlschemas/TrackPointExtension/v1"><trk>'
        f"<name>Evening run</name><type>running</type><trkseg>{points}</trkseg></trk></gpx>"
    ).encode()


def _bare_fit(content: bytes) -> None:
    with fitdecode.FitReader(content) as reader:
        for _ in reader:
            pass


def _bare_gpx(content: bytes) -> None:
    gpxpy.parse(content)


FLOOR = {"fit": _bare_fit, "gpx": _bare_gpx}


def _measured(count: int) -> dict[str, object]:
    call_command("migrate", verbosity=0)
    runner = User.objects.create_user("runner@example.org", "pass-of-a-bench", name="Runner")
    incoming = Import(runner, now=NOW)
    floor, ours = ({"fit": 0.0, "gpx": 0.0} for _ in range(2))
    done = Counter[str]()
    for name, content in files(count):
        kind = name[-3:]
        floor[kind] += _seconds(FLOOR[kind], content)
        ours[kind] += _seconds(_take, incoming, name, content)
        done[kind] += 1
    telling = _seconds(incoming.close)
    added = Activity.objects.count()
    if added != count:
        raise RuntimeError(f"Only {added} of {count} files were added.")
    return {
        "files": count,
        **{
            kind: {
                "per_s": round(done[kind] / ours[kind], 2),
                "floor_per_s": round(done[kind] / floor[kind], 2),
                "to_floor": round(ours[kind] / floor[kind], 2),
            }
            for kind in ("fit", "gpx")
        },
        "to_floor": round((sum(ours.values()) + telling) / sum(floor.values()), 2),
    }


def _take(incoming: "Import", name: str, content: bytes) -> None:
    for _ in incoming.take(name=name, content=content):
        pass


def _seconds(work: Callable[..., object], *arguments: object) -> float:
    began = time.perf_counter()
    work(*arguments)
    return time.perf_counter() - began


if __name__ == "__main__":
    django.setup()
    from members.models import Activity, User
    from members.services.imports import Import

    print(json.dumps(_measured(int(sys.argv[1]))))
