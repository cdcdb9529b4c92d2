"""Downloads: written once, kept for a week, swept; a worker may die at any line."""

import datetime as dt
import os
import zipfile

import pytest

from dashboards.models import DataExport
from dashboards.services import data_exports
from dashboards.services.data_exports import (
    AT_ONCE_ROWS,
    ask_for_export,
    file_of,
    folder,
    is_small,
    sweep,
    waiting_ids,
    write_now,
)
from dashboards.tasks import sweep_exports, write_export
from tests.factories import ActivityFactory

pytestmark = pytest.mark.django_db
WEEK = dt.timedelta(days=7)


def files():
    return sorted(path.name for path in folder().iterdir())


def test_it_is_written_and_found_by_its_owner_alone(runner, coach, now):
    ActivityFactory(runner=runner)
    export = ask_for_export(runner, now=now)
    assert file_of(runner, now=now) is None

    assert write_now(export.pk, now=now)

    found, path = file_of(runner, now=now)
    assert (found.state, found.rows, found.expires_at) == ("ready", 3, now + WEEK)
    assert zipfile.ZipFile(path).testzip() is None
    assert found.size_bytes == path.stat().st_size
    assert (path.stat().st_mode & 0o777, folder().stat().st_mode & 0o777) == (0o600, 0o700)
    assert file_of(coach, now=now) is None


def test_two_workers_write_it_once(runner, now):
    export = ask_for_export(runner, now=now)
    assert write_now(export.pk, now=now)
    assert not write_now(export.pk, now=now)
    assert len(files()) == 1


def test_asking_again_replaces_the_old_file_and_waits_for_one_being_written(
    runner, now, django_capture_on_commit_callbacks
):
    export = ask_for_export(runner, now=now)
    write_now(export.pk, now=now)
    assert len(files()) == 1
    with django_capture_on_commit_callbacks(execute=True):
        again = ask_for_export(runner, now=now)
    assert again == export
    assert again.state == "waiting"
    assert files() == []
    DataExport.objects.update(state="claimed", claimed_at=now)
    assert ask_for_export(runner, now=now).state == "claimed"


def test_a_worker_that_fails_gives_it_back_and_leaves_nothing(runner, now, monkeypatch):
    export = ask_for_export(runner, now=now)

    def full(person, out, *, now):
        out.write(b"half")
        raise OSError("no space left")

    monkeypatch.setattr(data_exports, "write_export", full)
    with pytest.raises(OSError, match="no space"):
        write_now(export.pk, now=now)
    assert waiting_ids() == [export.pk]
    assert files() == []


def test_a_killed_worker_costs_one_sweep(runner, now):
    export = ask_for_export(runner, now=now)
    DataExport.objects.update(state="claimed", claimed_at=now)
    torn = folder() / "torn.zip.part"
    torn.write_bytes(b"half")
    os.utime(torn, (now.timestamp(), now.timestamp()))

    sweep(now=now + dt.timedelta(minutes=10))
    assert waiting_ids() == []
    sweep(now=now + dt.timedelta(minutes=16))

    assert waiting_ids() == [export.pk]
    assert files() == []
    assert write_now(export.pk, now=now + dt.timedelta(minutes=16))


def test_it_goes_after_a_week(runner, now):
    write_now(ask_for_export(runner, now=now).pk, now=now)
    sweep(now=now + WEEK - dt.timedelta(seconds=1))
    assert len(files()) == 1
    assert file_of(runner, now=now + WEEK) is None

    assert sweep(now=now + WEEK) == 1

    assert files() == []
    assert not DataExport.objects.exists()


def test_the_jobs_do_it_however_often_they_run(runner, now, time_machine):
    time_machine.move_to(now, tick=False)
    export = ask_for_export(runner, now=now)
    assert sweep_exports() == 1
    assert write_export(export.pk)
    assert not write_export(export.pk)
    assert sweep_exports() == 0


def test_small_is_what_takes_no_time(runner, monkeypatch):
    assert is_small(runner)
    assert AT_ONCE_ROWS == 5_000
    monkeypatch.setattr(data_exports, "AT_ONCE_ROWS", 1)
    assert not is_small(runner)
