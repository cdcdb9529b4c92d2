"""Files in archives, packed, under wrong names, or not what their name says."""

import gzip
import io
import zipfile
from collections.abc import Iterator

from tests.members.activity_files.builders import plain_run, zipped
from tests.members.activity_files.varied import HALF_HOUR, Case, Want, after, refused
from tests.members.activity_files.varied_fit import run as fit_run
from tests.members.activity_files.varied_tcx import run as tcx_run

RUN = plain_run(seconds=HALF_HOUR)
EVENING = after(9 * 3600)
LATER = plain_run(EVENING, seconds=HALF_HOUR)
BOTH = (Want(), Want(start=EVENING))


def case(name: str, content: bytes, *wants: Want) -> Case:
    return Case(name, content, wants or (Want(),), compare=False)


def packing_cases() -> list[Case]:
    """All of them."""
    return [*_names(), *_packed(), *_archives(), *_refused()]


def _names() -> Iterator[Case]:
    yield case("RUN.GPX", RUN)
    yield case("RUN.FIT", fit_run())
    yield case("run.Tcx", tcx_run())
    yield case("gpx-called.fit", RUN)
    yield case("fit-called.gpx", fit_run())
    yield case("tcx-called.xml", tcx_run())
    yield case("no-extension", fit_run())
    yield case("run.gpx.txt", RUN)
    yield case("activity_12345.fit (1)", fit_run())
    yield case("läufchen 🏃.gpx", RUN)


def _packed() -> Iterator[Case]:
    yield case("run.gpx.gz", gzip.compress(RUN))
    yield case("run.fit.gz", gzip.compress(fit_run()))
    yield case("RUN.TCX.GZ", gzip.compress(tcx_run()))
    yield case("gz-without-its-name.gpx", gzip.compress(RUN))
    yield case("two-parts.gpx.gz", gzip.compress(RUN[:5000]) + gzip.compress(RUN[5000:]))
    yield case("twice.fit.gz.gz", gzip.compress(gzip.compress(fit_run())))


def _archives() -> Iterator[Case]:
    yield case("two.zip", zipped({"a.gpx": RUN, "b.fit.gz": gzip.compress(LATER)}), *BOTH)
    yield case("EXPORT.ZIP", zipped({"Takeout/Aktivitäten/RUN.GPX": RUN}))
    yield case("zip-called.gpx", zipped({"a.gpx": RUN}))
    inner = zipped({"1.fit": fit_run()})
    garmin = {"DI_CONNECT/UploadedFiles_0-_Part1.zip": inner, "DI_CONNECT/b.gpx": LATER}
    yield case("garmin-export.zip", zipped(garmin), *BOTH)
    mac = {"__MACOSX/._a.gpx": b"\0\5\26\7", ".DS_Store": b"\0\0\0\1", "a.gpx": RUN}
    yield case("of-a-mac.zip", zipped(mac))
    yield case("stored.zip", _stored("a.gpx", RUN))
    yield case("climbing.zip", zipped({"../../../etc/cron.d/a.gpx": RUN}))
    table = (
        "Activity ID,Activity Date,Activity Name,Activity Type,Elapsed Time,Distance,Relative "
        'Effort,Commute,Activity Gear,Filename\n1,"Mar 14, 2026, 8:00:00 AM",A,Run,1800,6.00,,'
        'false,,activities/1.gpx.gz\n2,"Mar 14, 2026, 5:00:00 PM",B,Run,1800,6.00,,false,,\n'
    )
    strava = {"activities.csv": table.encode(), "activities/1.gpx.gz": gzip.compress(RUN)}
    yield case("strava-export.zip", zipped(strava), *BOTH)


def _stored(name: str, content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, content)
    return packed.getvalue()


def _refused() -> Iterator[Case]:
    yield refused("empty.fit", b"", "failed")
    yield refused("empty.zip", zipped({}), "failed")
    yield refused("empty.gpx.gz", gzip.compress(b""), "failed")
    yield refused("json.fit", b'{"error": "gone"}', "failed")
    yield refused("json.json", b'{"summaries": []}')
    yield refused("web-page.fit", b"<!doctype html><title>404</title>", "failed")
    yield refused("web-page.html", b"<!doctype html><title>404</title>")
    yield refused("photo.jpg", b"\xff\xd8\xff\xe0" + bytes(500))
    yield refused("list.xlsx", zipped({"xl/workbook.xml": b"<workbook/>"}))
    yield refused("track.kml", b"<kml><Document/></kml>")
    yield refused("notes.txt", b"Ran ten today.\n")
    yield refused("torn.gpx.gz", gzip.compress(RUN)[:-60], "failed")
    yield refused("torn.zip", zipped({"a.gpx": RUN})[:-60], "failed")
    yield refused("rar.zip", b"Rar!\x1a\x07\x00" + bytes(300))
    third = zipped({"b.zip": zipped({"c.zip": zipped({"a.gpx": RUN})})})
    yield refused("three-deep.zip", third, "failed")
    yield refused("zip-in-gz.zip.gz", gzip.compress(zipped({"a.gpx": RUN})), "failed")
    yield refused("locked.zip", _locked(), "failed")


def _locked() -> bytes:
    """Marked as protected by a password, in both its headers."""
    packed = bytearray(_stored("a.gpx", RUN))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        packed[packed.index(mark) + place] |= 1
    return bytes(packed)
