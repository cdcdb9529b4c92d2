"""Files that nobody on this project made, with what independent libraries read out of them."""

import csv
import os
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from members.activity_files import ActivityFileError, ParsedActivity
from tests.members.activity_files.builders import read

ROOT = Path(__file__).parents[3].parent / "shared"
FOLDER = Path(os.environ.get("SUREFOOT_SHARED", ROOT)) / "data" / "activities"

pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason=f"the shared activity files are not at {FOLDER}"
)


def rows(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table, delimiter="\t"))


def activities(file: str) -> list[ParsedActivity]:
    outcomes = [entry.outcome for entry in read((FOLDER / file).read_bytes(), name=file)]
    for outcome in outcomes:
        assert isinstance(outcome, ParsedActivity), outcome
    return outcomes


MANIFEST = rows(FOLDER / "MANIFEST.tsv")

REFUSED = {
    "gpx/gpxpy__cerknicko-without-times.gpx": "Only 5 of its 296 points carry a time",
    "gpx/gpxpy__gpx1.1_with_all_fields.gpx": "It has no two points one after the other",
    "gpx/gpxpy__route.gpx": "It holds a route or way points",
    "gpx/gpxpy__unicode_with_bom.gpx": "It holds a route or way points",
}
"""What of the GPX files is no activity, and why."""

DIFFERENT = {
    "gpx/gpxpy__korita-zbevnica.gpx": {"distance_m": 6262},
    "gpx/gpxpy__first_and_last_elevation.gpx": {"elapsed_s": 7200},
}
"""Where the list is not followed: a track without any time adds its distance there, and one whose
last point lies an hour before the one before it is timed from first to last as they stand."""

TRACKS = [row for row in MANIFEST if row["format"] == "gpx"]
LAPS = [row for row in MANIFEST if row["format"] == "tcx"]


@pytest.mark.parametrize("row", TRACKS, ids=lambda row: row["file"])
def test_a_gpx_file_is_read_as_the_list_says(row):
    if row["file"] in REFUSED:
        [entry] = read((FOLDER / row["file"]).read_bytes(), name=row["file"])
        assert isinstance(entry.outcome, ActivityFileError)
        assert entry.outcome.status == "skipped"
        assert entry.outcome.reason.startswith(REFUSED[row["file"]])
        return
    [activity] = activities(row["file"])
    expected = {"distance_m": float(row["distance_m"]), "elapsed_s": float(row["elapsed_s"])}
    expected |= DIFFERENT.get(row["file"], {})
    assert activity.started_at == datetime.fromisoformat(row["start_utc"])
    assert activity.distance_m == pytest.approx(expected["distance_m"], rel=0.001, abs=1)
    assert activity.elapsed_s == pytest.approx(expected["elapsed_s"], abs=1)


@pytest.mark.parametrize("row", LAPS, ids=lambda row: row["file"])
def test_a_tcx_file_is_read_as_the_list_says(row):
    [activity] = activities(row["file"])

    assert activity.started_at == datetime.fromisoformat(row["start_utc"])
    assert (activity.kind, activity.partial) == ("run", "")
    assert activity.distance_m == pytest.approx(float(row["distance_m"]), abs=1)
    assert activity.timer_s == pytest.approx(float(row["timer_s"]), abs=1)
    assert activity.elapsed_s == pytest.approx(float(row["elapsed_s"]), rel=0.003)


def test_the_year_of_one_runner_is_read_as_the_list_beside_it_says():
    archive = "gpx/runpandas__68-runs-of-one-athlete.zip"
    listed = rows(FOLDER / archive.replace(".zip", ".tsv"))
    began = time.perf_counter()

    entries = read((FOLDER / archive).read_bytes(), name="year.zip")

    assert time.perf_counter() - began < 15
    by_file = {entry.file: entry.outcome for entry in entries}
    assert by_file.keys() == {f"year.zip/{row['file']}" for row in listed}
    for row in listed:
        run = by_file[f"year.zip/{row['file']}"]
        assert run.started_at == datetime.fromisoformat(row["start_utc"])
        assert (run.kind, run.partial, run.points) == ("run", "", int(row["points"]))
        assert run.title == " ".join(row["name"].split())
        assert run.distance_m == pytest.approx(float(row["distance_m"]), abs=1)
        assert run.elapsed_s == pytest.approx(float(row["elapsed_s"]), abs=1)
        assert run.moving_s == pytest.approx(float(row["moving_s"]), abs=2)
        assert run.timer_s in (run.elapsed_s, run.moving_s)


WATCHES = [row for row in MANIFEST if row["format"] == "fit"]

WITHOUT_A_DATE = {
    "fit/fitparse__antfs-dump.63.fit",
    "fit/fitparse__compressed-speed-distance.fit",
}
"""Their clock only counted from when the watch was switched on."""

OF_SESSIONS = {
    # The list counts the points a strict decoder reaches; the session says the rest.
    "fit/fitparse__coros-pace-2-cycling-misaligned-fields.fit": {"distance_m": 32_146},
    # The changes between the sports are in the list's sums, and no activities.
    "fit/fitparse__activity-large-fenxi2-multisport.fit": {
        "distance_m": 68_985,
        "elapsed_s": 24_008,
        "timer_s": 24_008,
    },
}
"""Where the list counts otherwise."""


@pytest.mark.parametrize("row", WATCHES, ids=lambda row: row["file"])
def test_a_fit_file_is_read_as_the_list_says(row):
    outcomes = [e.outcome for e in read((FOLDER / row["file"]).read_bytes(), name=row["file"])]
    if not row["start_utc"] or row["file"] in WITHOUT_A_DATE:
        assert [one.status for one in outcomes] == ["skipped"]
        return
    expected = {key: row[key] for key in ("distance_m", "elapsed_s", "timer_s") if row[key]}
    expected |= OF_SESSIONS.get(row["file"], {})
    first = min(one.started_at for one in outcomes)
    assert abs(first - datetime.fromisoformat(row["start_utc"])) <= timedelta(seconds=2)
    for key, value in expected.items():
        found = sum(getattr(one, key) for one in outcomes)
        assert found == pytest.approx(float(value), rel=0.02, abs=1), key


def test_a_table_of_runkeeper_is_read_as_the_list_says():
    [row] = [row for row in MANIFEST if row["format"] == "csv"]
    runs = activities(row["file"])

    assert [run.kind for run in runs] == ["run"] * 16
    assert sum(run.distance_m for run in runs) == int(row["distance_m"])
    assert sum(run.timer_s for run in runs) == int(row["timer_s"])


@pytest.mark.parametrize("name", ["fitparse__Settings.fit", "fitparse__WeightScaleMultiUser.fit"])
def test_a_fit_file_of_something_else_says_so(name):
    [entry] = read((FOLDER / "fit" / name).read_bytes(), name=name)

    assert entry.outcome.status == "skipped"
    assert entry.outcome.reason.startswith("It holds")
