"""Taking back a wrong guess, and a whole import."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from injuries.models import AssessmentDue, PainReport
from members.models import Activity, DifferentOuting, ImportEntry
from members.services.imports import claims
from members.services.imports.corrections import added_by, keep_apart, undo_import
from members.services.imports.uploads import receive
from members.services.imports.work import read_on
from tests.factories import ActivityFactory
from tests.members.activity_files.builders import START, plain_run, zipped

NOON = START.replace(hour=12)
FIELDS = [field.attname for field in Activity._meta.concrete_fields if field.name != "updated_at"]


@pytest.fixture
def take(runner, now):
    """Return a function that imports an archive of files."""

    def read(files):
        upload = SimpleUploadedFile("all.zip", zipped(files))
        batch = receive(runner, [upload], now=now)
        read_on(batch.pk, clock=lambda: now, seconds=100)
        batch.refresh_from_db()
        return batch

    return read


@pytest.fixture
def typed(runner):
    """A typed run that the file of `plain_run()` looks like."""
    return ActivityFactory(
        runner=runner,
        started_at=NOON,
        start_said=False,
        distance_m=210,
        duration_s=61,
        effort=4,
        note="",
    )


def whole(row):
    return Activity.objects.values(*FIELDS).get(pk=row.pk)


# --- These are two runs ---------------------------------------------------------------------------
def test_the_typed_one_is_as_it_was_and_the_files_one_its_own(take, typed, now):
    before = whole(typed)
    entry = take({"a.gpx": plain_run()}).entries.get()
    assert entry.status == "merged"
    assert whole(typed) != before

    own = keep_apart(entry, now=now)

    assert whole(typed) == before
    assert (own.started_at, own.distance_m, own.duration_s) == (START, 200, 60)
    assert (own.source, own.file_sha256) == ("file", entry.file_sha256)
    entry.refresh_from_db()
    assert (entry.status, entry.activity, entry.changes) == ("added", own, {})
    assert entry.reason == "You said that it is not your run of Saturday 14 March 2026."


def test_the_next_import_of_it_knows(take, typed, now):
    own = keep_apart(take({"a.gpx": plain_run()}).entries.get(), now=now)

    again = take({"a.gpx": plain_run()}).entries.get()
    assert (again.status, again.matched) == ("duplicate", own)

    own.delete()
    anew = take({"a.gpx": plain_run()}).entries.get()
    assert anew.status == "added"
    assert DifferentOuting.objects.count() == 1


def test_what_was_changed_since_the_merge_stays(take, typed, now):
    entry = take({"a.gpx": plain_run()}).entries.get()
    Activity.objects.filter(pk=typed.pk).update(distance_m=250, effort=7)

    keep_apart(entry, now=now)

    typed.refresh_from_db()
    assert (typed.distance_m, typed.effort) == (250, 7)
    assert (typed.duration_s, typed.started_at, typed.source) == (61, NOON, "typed")


def test_one_that_was_already_there_is_logged_as_its_own(take, runner, now):
    ActivityFactory(
        runner=runner, started_at=START, distance_m=200, duration_s=60, elapsed_s=60, source="file"
    )
    entry = take({"a.gpx": plain_run()}).entries.get()
    assert entry.status == "duplicate"
    keep_apart(entry, now=now)
    assert Activity.objects.count() == 2


def test_it_works_when_the_other_is_gone(take, typed, now):
    entry = take({"a.gpx": plain_run()}).entries.get()
    typed.delete()
    entry.refresh_from_db()
    assert keep_apart(entry, now=now) == Activity.objects.get()


@pytest.mark.parametrize("status", ["added", "same file"])
def test_only_a_guess_can_be_wrong(status, take, now):
    batch = take({"a.gpx": plain_run()})
    entry = (batch if status == "added" else take({"a.gpx": plain_run()})).entries.get()
    with pytest.raises(ValidationError, match="not taken for another"):
        keep_apart(entry, now=now)
    assert Activity.objects.count() == 1


# --- The whole import -----------------------------------------------------------------------------
def days(count):
    return {f"{n}.gpx": plain_run(START - dt.timedelta(days=n)) for n in range(count)}


def test_everything_it_added_goes_and_everything_it_merged_is_as_it_was(take, typed, runner, now):
    before = whole(typed)
    batch = take(days(3))
    AssessmentDue.objects.all().delete()

    assert undo_import(batch, now=now) == (3, 0)

    assert whole(typed) == before
    assert Activity.objects.get() == typed
    assert set(batch.entries.values_list("status", flat=True)) == {"taken_back"}
    batch.refresh_from_db()
    assert batch.state == "undone"
    assert AssessmentDue.objects.get().from_day == START.date() - dt.timedelta(days=2)
    assert undo_import(batch, now=now) == (0, 0)
    assert [one.status for one in take(days(3)).entries.all()] == ["merged", "added", "added"]


def change_effort(row):
    Activity.objects.filter(pk=row.pk).update(effort=5)


def change_distance(row):
    Activity.objects.filter(pk=row.pk).update(distance_m=300)


def report_pain(row):
    PainReport.objects.create(runner=row.runner, activity=row, on=row.on, during=2)


@pytest.mark.parametrize("change", [change_effort, change_distance, report_pain])
def test_what_was_changed_since_is_kept_unless_said(change, take, now):
    batch = take(days(3))
    changed = Activity.objects.order_by("started_at")[1]
    change(changed)
    going, staying = added_by(batch)
    assert (len(going), staying) == (2, [changed])

    assert undo_import(batch, now=now) == (2, 1)
    assert Activity.objects.get() == changed

    other = take(days(3))
    change(Activity.objects.exclude(pk=changed.pk).first())
    assert undo_import(other, now=now, also_changed=True) == (2, 0)
    assert Activity.objects.get() == changed


def test_an_import_that_is_being_read_stops(runner, now):
    uploads = [SimpleUploadedFile("all.zip", zipped(days(5)))]
    batch = receive(runner, uploads, now=now)
    ticks = iter(range(1000))
    read_on(batch.pk, clock=lambda: now + dt.timedelta(seconds=next(ticks)), seconds=10)
    assert 0 < Activity.objects.count() < 5
    held = claims.claim(batch.pk, now=now)

    undo_import(batch, now=now)

    with pytest.raises(claims.ClaimLost):
        claims.hold(held, now=now)
    assert claims.unread_imports() == []
    assert not Activity.objects.exists()
    batch.refresh_from_db()
    assert (batch.state, batch.folder) == ("undone", "")


@pytest.mark.parametrize("entries", [1, 3])
def test_undoing_costs_the_same_for_one_and_three(entries, take, now, django_assert_num_queries):
    batch = take(days(entries))
    with django_assert_num_queries(17):
        undo_import(batch, now=now)
    assert not Activity.objects.exists()
    assert ImportEntry.objects.filter(status="taken_back").count() == entries
