"""Taking in files: added, already there, skipped, failed; one activity never harms another."""

import datetime as dt
from pathlib import Path

import pytest

from members.models import Activity
from members.services.imports import import_content
from tests.factories import UserFactory
from tests.members.activity_files.builders import plain_run, zipped

SHARED = Path(__file__).parents[5] / "shared" / "data" / "activities"
YEAR = SHARED / "gpx" / "runpandas__68-runs-of-one-athlete.zip"


def test_a_zip_is_judged_file_by_file(runner, now):
    content = zipped(
        {"a.gpx": plain_run(), "again.gpx": plain_run(), "bad.gpx": b"<gpx>", "x.txt": b"hello"}
    )

    results = import_content(runner, name="mine.zip", content=content, now=now)

    assert [(one.file, one.status) for one in results] == [
        ("mine.zip/a.gpx", "added"),
        ("mine.zip/again.gpx", "duplicate"),
        ("mine.zip/bad.gpx", "failed"),
        ("mine.zip/x.txt", "skipped"),
    ]
    assert all(one.reason for one in results[1:])
    assert Activity.objects.get().source == "file"


def test_a_dry_run_stores_nothing_and_says_the_same(runner, now):
    content = zipped({"a.gpx": plain_run(), "again.gpx": plain_run()})

    tried = import_content(runner, name="z.zip", content=content, now=now, dry_run=True)

    assert [one.status for one in tried] == ["added", "duplicate"]
    assert not Activity.objects.exists()


def test_a_second_import_finds_everything_and_tells_the_figures(runner, now):
    (first,) = import_content(runner, name="a.gpx", content=plain_run(), now=now)
    (second,) = import_content(runner, name="b.gpx", content=plain_run(), now=now)

    assert second.status == "duplicate"
    assert (second.started_at, second.distance_m, second.duration_s) == (
        first.started_at,
        first.distance_m,
        first.duration_s,
    )


def test_two_members_may_have_the_same_run(runner, now):
    other = UserFactory()
    import_content(runner, name="a.gpx", content=plain_run(), now=now)

    (result,) = import_content(other, name="a.gpx", content=plain_run(), now=now)

    assert result.status == "added"


@pytest.mark.skipif(not YEAR.exists(), reason="the runner's year is not beside the repository")
def test_a_real_year_comes_in_whole_and_only_once(runner):
    now = dt.datetime(2026, 3, 18, tzinfo=dt.UTC)
    content = YEAR.read_bytes()

    results = import_content(runner, name=YEAR.name, content=content, now=now)
    again = import_content(runner, name=YEAR.name, content=content, now=now)

    assert [one.status for one in results] == ["added"] * 68
    assert [one.status for one in again] == ["duplicate"] * 68
    assert Activity.objects.filter(runner=runner).count() == 68
