"""What the migration takes for a day without a time of day."""

import datetime as dt
import importlib

import pytest
from django.apps import apps

from members.models import Activity, ImportEntry
from tests.factories import ActivityFactory, ImportBatchFactory, ImportFileFactory

step = importlib.import_module("members.migrations.0008_start_said")


@pytest.mark.parametrize(
    ("source", "start", "time_zone", "said"),
    [
        ("typed", "2026-03-17T12:00:00", "UTC", False),
        ("typed", "2026-03-17T11:00:00", "Europe/Berlin", False),
        ("typed", "2026-07-17T10:00:00", "Europe/Berlin", False),
        ("typed", "2026-03-17T12:00:00", "Europe/Berlin", True),
        ("typed", "2026-03-17T07:10:00", "UTC", True),
        ("typed", "2026-03-17T07:10:31", "UTC", False),
        ("typed", "2026-03-17T07:10:00.250000", "UTC", False),
        ("file", "2026-03-17T12:00:00", "UTC", False),
        ("file", "2026-03-17T07:10:31", "UTC", True),
        ("api", "2026-03-17T12:00:00", "UTC", False),
        ("api", "2026-03-17T12:00:01", "UTC", True),
    ],
)
def test_noon_sharp_and_the_moment_of_saving_are_no_start(db, source, start, time_zone, said):
    started_at = dt.datetime.fromisoformat(f"{start}+00:00")
    run = ActivityFactory(started_at=started_at, time_zone=time_zone, source=source)

    step.say_which(apps, None)

    run.refresh_from_db()
    assert run.start_said is said


def test_an_imported_list_of_days_has_none_either(db):
    file = ImportFileFactory(batch=ImportBatchFactory())
    noon = dt.datetime(2026, 3, 17, 12, tzinfo=dt.UTC)
    for part, start in enumerate((noon, noon.replace(minute=1), None)):
        ImportEntry.objects.create(
            batch=file.batch, file=file, part=part, name="a.csv", status="added", started_at=start
        )

    step.say_which(apps, None)

    said = ImportEntry.objects.order_by("part").values_list("start_said", flat=True)
    assert list(said) == [False, True, True]
    assert not Activity.objects.exists()
