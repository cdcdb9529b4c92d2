"""An import read file by file: settled once, gone on with where it was, whoever dies."""

import datetime as dt
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from injuries.models import AssessmentDue
from members.activity_files import Upload
from members.models import Activity, DayStatus, ImportBatch, ImportEntry
from members.services.imports import claims, work
from members.services.imports.uploads import delete_orphans, path_of, receive
from tests.factories import ActivityFactory, DayStatusFactory
from tests.members.activity_files.builders import START, plain_run, zipped

HOUR = dt.timedelta(hours=1)


def runs(count):
    """So many runs, a day apart."""
    return {
        f"{number}.gpx": plain_run(START - dt.timedelta(days=number)) for number in range(count)
    }


@pytest.fixture
def upload(runner, now):
    """Return a function that uploads files and returns their import."""

    def send(files, *, by=runner):
        uploads = [SimpleUploadedFile(name, content) for name, content in files.items()]
        return receive(by, uploads, now=now)

    return send


@pytest.fixture
def read(now):
    """Return a function that reads an import, for as many seconds, a second a look at the clock."""

    def go_on(batch, *, seconds=10_000):
        passed = iter(range(10**9))
        left = work.read_on(
            batch.pk, clock=lambda: now + dt.timedelta(seconds=next(passed)), seconds=seconds
        )
        batch.refresh_from_db()
        return left

    return go_on


def told(batch):
    return [(one.name, one.status) for one in batch.entries.order_by("pk")]


# --- Reading --------------------------------------------------------------------------------------
def test_files_and_an_archive_are_read_in_their_order(upload, read, runner):
    archive = zipped({"b.gpx": plain_run(START - HOUR), "x.txt": b"hello"})
    batch = upload({"a.gpx": plain_run(), "more.zip": archive, "torn.gpx": b"<gpx>"})
    folder = path_of(batch, batch.files.first()).parent
    assert [one.stat().st_mode & 0o777 for one in folder.iterdir()] == [0o600] * 3

    assert read(batch) is False

    assert told(batch) == [
        ("a.gpx", "added"),
        ("more.zip/b.gpx", "added"),
        ("more.zip/x.txt", "skipped"),
        ("torn.gpx", "failed"),
    ]
    assert all(one.reason for one in batch.entries.exclude(status="added"))
    assert (batch.state, batch.folder) == ("finished", "")
    assert set(Activity.objects.values_list("runner", "source")) == {(runner.pk, "file")}


@pytest.mark.django_db(transaction=True)
def test_the_bytes_are_deleted_with_the_end(upload, read):
    batch = upload({"a.gpx": plain_run()})
    folder = path_of(batch, batch.files.first()).parent

    read(batch)

    assert not folder.exists()


def test_an_entry_keeps_what_the_file_told(upload, read):
    batch = upload({"a.gpx": plain_run()})
    read(batch)

    entry, row = batch.entries.get(), Activity.objects.get()

    assert entry.activity == row
    for field in ("kind", "started_at", "time_zone", "distance_m", "duration_s", "elapsed_s"):
        assert getattr(entry, field) == getattr(row, field)
    assert (entry.file_sha256, entry.title) == (row.file_sha256, row.note)


@pytest.mark.parametrize("files", [1, 3])
def test_a_file_costs_the_same_however_many_there_are(
    files, upload, read, django_assert_num_queries
):
    for back in range(40):
        ActivityFactory(started_at=START - dt.timedelta(days=back))
    batch = upload({"all.zip": zipped(runs(files))})

    # Each: begin it, hold the claim, lock, what is near, the activity, its rest day, the mark, the
    # entry, the place to go on from; and four times a savepoint's two ends, one in a transaction.
    with django_assert_num_queries(21 + 13 * files):
        read(batch)

    assert Activity.objects.filter(import_entries__batch=batch).count() == files


def test_weeks_are_marked_with_each_file_and_queued_once(upload, read, runner, monkeypatch):
    said = []
    monkeypatch.setattr(
        "injuries.receivers.enqueue_on_commit", lambda task, *args: said.append(args)
    )
    batch = upload({"all.zip": zipped(runs(3))})

    read(batch)

    assert said == [(runner.pk,)]
    assert AssessmentDue.objects.get().from_day == dt.date(2026, 3, 12)


def test_a_day_with_an_imported_run_is_no_rest_day(upload, read, runner, now):
    DayStatusFactory(runner=runner, on=START.date(), said_at=now - HOUR)
    read(upload({"a.gpx": plain_run()}))
    assert not DayStatus.objects.exists()


def test_a_reader_that_breaks_costs_one_file_and_logs_no_word_of_it(
    upload, read, monkeypatch, caplog
):
    whole = Upload.read

    def breaks(self, entry):
        if entry.name.endswith("1.gpx"):
            raise ValueError("a secret of the file")
        return whole(self, entry)

    monkeypatch.setattr(Upload, "read", breaks)
    batch = upload({"all.zip": zipped(runs(3))})

    read(batch)

    assert [status for _, status in told(batch)] == ["added", "failed", "added"]
    assert batch.entries.get(status="failed").reason == work.WENT_WRONG
    assert "ValueError in breaks" in caplog.text
    assert "secret" not in caplog.text


# --- Going on -------------------------------------------------------------------------------------
def test_an_import_stops_when_its_time_is_over_and_goes_on_where_it_was(upload, read):
    batch = upload({"all.zip": zipped(runs(5))})

    slices = 1
    while read(batch, seconds=8):
        assert batch.state == "waiting"
        slices += 1

    assert slices > 2
    assert [name for name, _ in told(batch)] == [f"all.zip/{n}.gpx" for n in range(5)]
    assert Activity.objects.count() == 5
    assert batch.state == "finished"


class Killed(BaseException):
    """As if the process ended here: nothing of ours may catch it."""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("at", range(2, 90, 7))
def test_a_worker_may_die_at_any_statement(at, upload, read, now, runner):
    """Killed at its n-th statement, then at the n-th of its heir, and so on until it is done."""
    from django.db import connection  # noqa: PLC0415

    batch = upload({"all.zip": zipped(runs(3)), "again.gpx": plain_run()})
    count = 0

    def dies(execute, sql, params, many, context):
        nonlocal count
        count += 1
        if count == at:
            raise Killed
        return execute(sql, params, many, context)

    try:
        with connection.execute_wrapper(dies):
            read(batch)
    except Killed:
        pass
    claims.release_stuck(now=now + HOUR)
    while read(batch):
        pass

    assert Activity.objects.count() == 3
    assert [status for _, status in told(batch)] == ["added"] * 3 + ["duplicate"]
    assert batch.state == "finished"
    assert AssessmentDue.objects.filter(runner=runner).exists() or at  # assessed meanwhile, or due


def test_a_file_that_ended_its_worker_three_times_is_left_out(upload, read, now):
    batch = upload({"all.zip": zipped(runs(2))})
    ImportBatch.objects.filter(pk=batch.pk).update(tries=3)

    read(batch)

    assert told(batch) == [("all.zip/0.gpx", "failed"), ("all.zip/1.gpx", "added")]
    assert batch.entries.get(status="failed").reason == work.BROKE_OFF


def test_bytes_that_are_gone_are_said(upload, read):
    batch = upload({"a.gpx": plain_run(), "b.gpx": plain_run(START - HOUR)})
    path_of(batch, batch.files.first()).unlink()

    read(batch)

    assert told(batch) == [("a.gpx", "failed"), ("b.gpx", "added")]
    assert batch.entries.get(status="failed").reason == work.GONE


# --- Claims ---------------------------------------------------------------------------------------
def test_one_of_two_workers_gets_it_and_a_third_finds_it_done(upload, read, now):
    batch = upload({"a.gpx": plain_run()})
    assert claims.claim(batch.pk, now=now) is not None
    assert claims.claim(batch.pk, now=now) is None
    assert read(batch) is False
    assert batch.state == "working"
    ImportBatch.objects.update(state="finished", finished_at=now, claim=None, claimed_at=None)
    assert claims.claim(batch.pk, now=now) is None


def test_a_claim_is_released_once_it_is_stale(upload, now, settings):
    batch = upload({"a.gpx": plain_run()})
    claims.claim(batch.pk, now=now)
    stuck = dt.timedelta(seconds=settings.IMPORT_STUCK_SECONDS)

    assert claims.release_stuck(now=now + stuck) == 0
    assert claims.unread_imports() == []
    assert claims.release_stuck(now=now + stuck + dt.timedelta(seconds=1)) == 1
    assert claims.unread_imports() == [batch.pk]


def test_who_lost_the_claim_writes_nothing_more(upload, read, now, monkeypatch):
    batch = upload({"all.zip": zipped(runs(2))})
    whole = Upload.read

    def slow(self, entry):
        if entry.number == 1:  # so slow that another one took over
            ImportBatch.objects.filter(pk=batch.pk).update(claim=uuid.uuid4())
        return whole(self, entry)

    monkeypatch.setattr(Upload, "read", slow)

    assert read(batch) is False
    assert told(batch) == [("all.zip/0.gpx", "added")]
    assert Activity.objects.count() == 1
    assert batch.state == "working"


def test_what_is_a_week_old_ends(upload, read, now):
    unread, read_one = upload({"a.gpx": plain_run()}), upload({"b.gpx": plain_run()})
    read(read_one)
    week = dt.timedelta(days=7)

    assert claims.expire(now=now + week) == 0
    assert claims.expire(now=now + week + dt.timedelta(seconds=1)) == 1

    unread.refresh_from_db()
    assert (unread.state, unread.error, unread.folder) == ("failed", claims.TOO_LATE, "")
    assert ImportEntry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_bytes_go_with_their_owner(upload, runner):
    folder = path_of(batch := upload({"a.gpx": plain_run()}), batch.files.first()).parent

    runner.delete()

    assert not folder.exists()
    assert not ImportBatch.objects.exists()


def test_folders_nobody_knows_are_deleted_after_an_hour(upload, now):
    batch = upload({"a.gpx": plain_run()})
    known = path_of(batch, batch.files.first()).parent
    orphan = known.parent / "orphan"
    orphan.mkdir()
    made = dt.datetime.fromtimestamp(orphan.stat().st_mtime, dt.UTC)

    assert delete_orphans(now=made + dt.timedelta(minutes=59)) == 0
    assert delete_orphans(now=made + dt.timedelta(minutes=61)) == 1
    assert known.exists()
    assert not orphan.exists()
