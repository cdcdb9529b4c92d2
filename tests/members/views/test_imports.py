"""The import page: what works, and what is said about each file."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from members.models import Activity, ImportBatch, ImportEntry, TableLayout
from members.services.imports import work
from tests.factories import ActivityFactory
from tests.members.activity_files.builders import START, gpx, plain_run, trk, trkpt, zipped
from tests.members.views.answers import assert_refused, messages

pytestmark = pytest.mark.django_db
IMPORT = "/import/"
DAY, SECOND = dt.timedelta(days=1), dt.timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _today(time_machine, now):
    time_machine.move_to(now, tick=False)


@pytest.fixture
def page(client_of, runner):
    return client_of(runner)


def files(*named):
    return {"files": [SimpleUploadedFile(name, content) for name, content in named]}


def send(page, *named):
    """Upload and read the page one is sent to."""
    return page.post(IMPORT, files(*named), follow=True)


def told(response):
    return [(one.name, one.status, one.reason) for one in response.context["page"].object_list]


def test_files_and_a_zip_are_told_one_by_one_and_known_the_second_time(page, runner):
    evening = zipped({"b.gpx": plain_run(START.replace(hour=17)), "x.txt": b"hello"})

    first, second = (send(page, ("a.gpx", plain_run()), ("more.zip", evening)) for _ in range(2))

    skipped = (
        "more.zip/x.txt",
        "skipped",
        "This is not an activity file of a kind that is read here.",
    )
    batch = ImportBatch.objects.last()
    assert first.redirect_chain == [(f"/import/{batch.pk}/", 302)]
    assert told(first) == [("a.gpx", "added", ""), ("more.zip/b.gpx", "added", ""), skipped]
    known = "It is in your log already."
    assert told(second) == [
        ("a.gpx", "duplicate", known),
        ("more.zip/b.gpx", "duplicate", known),
        skipped,
    ]
    assert "2 added, 1 skipped." in first.content.decode()
    assert "2 already there, 1 skipped." in second.content.decode()
    assert "hx-trigger" not in first.content.decode()
    assert set(Activity.objects.values_list("runner", "source")) == {(runner.pk, "file")}
    assert Activity.objects.count() == 2


def test_one_torn_file_does_not_keep_the_others_out(page):
    response = send(page, ("torn.gpx", b"<gpx>"), ("a.gpx", plain_run()))

    assert [status for _, status, _ in told(response)] == ["failed", "added"]
    assert Activity.objects.count() == 1


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE gpx [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><gpx>&b;</gpx>'


@pytest.mark.parametrize(
    ("name", "content", "status", "reason"),
    [
        ("empty.gpx", b"", "failed", "The file is empty."),
        ("laughs.gpx", LAUGHS, "failed", "It declares XML entities"),
        ("route.gpx", gpx(trk(f"<trkseg>{trkpt(0, None)}</trkseg>")), "skipped", ""),
        ("bomb.zip", zipped({"a.gpx": b"\0" * 40_000_000}), "failed", "It unpacks to far more"),
        ("photo.jpg", b"\xff\xd8\xff", "skipped", "This is a picture."),
        ("oops.gpx", plain_run(seconds=20), "skipped", "It lasted only 20 seconds and 67 m: too"),
    ],
)
def test_a_bad_file_says_what_is_wrong_with_it(name, content, status, reason, page):
    response = send(page, (name, content))

    assert response.status_code == 200
    ((_, got, why),) = told(response)
    assert got == status
    assert why
    assert why.startswith(reason)
    assert not Activity.objects.exists()


@pytest.mark.parametrize("sent", [{}, {"files": ""}, {"files": "run.gpx"}])
def test_no_file_is_an_error_at_its_field(sent, page):
    assert_refused(page.post(IMPORT, sent), "files", "Choose at least one file.", {})


def test_a_wrong_content_type_is_no_file(page):
    response = page.post(IMPORT, plain_run(), content_type="application/gpx+xml")
    assert_refused(response, "files", "Choose at least one file.", {})


@pytest.mark.parametrize(
    ("setting", "value", "error"),
    [
        ("settings", 0, "That is more than 0 MB at once. Send it in parts."),
        ("MAX_FILES", 1, "That is more than 1 files. Send them as one zip."),
        ("MAX_OPEN", 0, "0 of your imports are still being read. Wait for one to finish."),
        ("DISK_RESERVE_BYTES", 10**18, "There is no room for this on the club's machine"),
    ],
)
def test_one_upload_has_limits_and_leaves_nothing(
    setting, value, error, page, settings, monkeypatch, tmp_path
):
    if setting == "settings":
        settings.IMPORT_MAX_MB = value
    else:
        monkeypatch.setattr(f"members.services.imports.uploads.{setting}", value)

    response = page.post(IMPORT, files(("a.gpx", plain_run()), ("b.gpx", plain_run())))

    assert_refused(response, "files", error, {})
    assert not Activity.objects.exists()
    assert not ImportBatch.objects.exists()
    assert [*tmp_path.glob("imports/*")] == []


def test_what_no_form_sends_is_answered_with_a_page(page, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 2
    many = page.post(IMPORT, files(*[("a.gpx", b"")] * 3))
    much = page.post("/log/", {"note": "x" * 3_000_000})

    for response in (many, much):
        assert response.status_code == 400
        assert "<h1>We could not read that</h1>" in response.content.decode()


def test_the_page_begins_without_an_error(page):
    text = page.get(IMPORT).content.decode()
    assert "Nothing imported yet." in text
    assert "another look" not in text


# --- Watching -------------------------------------------------------------------------------------
@pytest.fixture
def waiting(page, monkeypatch):
    """An import that waits for a worker."""
    monkeypatch.setattr("members.tasks.SMALL_BYTES", 0)
    archive = zipped({f"{n}.gpx": plain_run(START - n * DAY) for n in range(4)})
    page.post(IMPORT, files(("all.zip", archive)))
    return ImportBatch.objects.get()


def test_the_page_looks_again_by_itself_until_everything_is_read(page, waiting, now):
    address = f"/import/{waiting.pk}/"
    text = page.get(address).content.decode()
    assert "Waiting for its turn" in text
    assert 'hx-trigger="every 2s"' in text
    assert f'hx-get="{address}live/?status=&amp;page=1&amp;said=0"' in text

    def live(query):
        return page.get(f"{address}live/{query}", headers={"HX-Request": "true"})

    ticks = iter(range(100))
    work.read_on(waiting.pk, clock=lambda: now + next(ticks) * SECOND, seconds=10)
    halfway = live("?said=0").content.decode()
    same = live("?said=5").content.decode()
    work.read_on(waiting.pk, clock=lambda: now, seconds=10)
    done = live("?said=5").content.decode()

    assert "2 of 4 files read: 2 added." in halfway
    assert "50 percent read." in halfway
    assert 'id="import-said"' not in same  # nothing new to say to whoever listens
    assert "hx-trigger" not in done
    assert "Finished. 4 added." in done


def test_the_list_is_narrowed_and_paged(page, monkeypatch):
    monkeypatch.setattr("members.views.imports.ENTRIES", 2)
    archive = zipped({**{f"{n}.txt": b"hello" for n in range(3)}, "a.gpx": plain_run()})
    first = send(page, ("all.zip", archive))
    address = first.redirect_chain[0][0]

    assert [name for name, *_ in told(first)] == ["all.zip/0.txt", "all.zip/1.txt"]
    assert [name for name, *_ in told(page.get(f"{address}?page=2"))] == [
        "all.zip/2.txt",
        "all.zip/a.gpx",
    ]
    assert [name for name, *_ in told(page.get(f"{address}?status=added"))] == ["all.zip/a.gpx"]
    assert len(told(page.get(f"{address}?status=odd&page=99"))) == 2


@pytest.mark.parametrize("entries", [1, 3])
def test_a_list_costs_the_same_for_one_and_three(entries, page, django_assert_num_queries):
    archive = zipped({f"{n}.gpx": plain_run(START - n * DAY) for n in range(entries)})
    send(page, ("all.zip", archive))
    address = f"/import/{ImportBatch.objects.get().pk}/"

    # Session, user, clubs; the import, files, counts; how many, and these.
    with django_assert_num_queries(8):
        assert page.get(address).content.decode().count('class="import-entry"') == entries


@pytest.mark.parametrize("imports", [1, 3])
def test_past_imports_cost_the_same_for_one_and_three(imports, page, django_assert_num_queries):
    for _ in range(imports):
        send(page, ("a.gpx", plain_run()))

    with django_assert_num_queries(6):  # session, user, clubs, count, imports, tables
        assert page.get(IMPORT).content.decode().count("<li class") == imports


def test_nobody_else_finds_an_import(page, client_of, outsider):
    send(page, ("a.gpx", plain_run()))
    batch, entry = ImportBatch.objects.get(), ImportEntry.objects.get()
    stranger = client_of(outsider)
    for address in ("", "live/", "undo/"):
        assert stranger.get(f"/import/{batch.pk}/{address}").status_code == 404
    for address in (f"{batch.pk}/undo/", f"entries/{entry.pk}/different/"):
        assert stranger.post(f"/import/{address}").status_code == 404
    assert stranger.get(f"/import/entries/{entry.pk}/columns/").status_code == 404
    assert Activity.objects.count() == 1


def test_names_are_shown_as_names(page):
    inside = zipped({"a\u202exgp.exe": b"hello"})
    text = send(page, ("<b>.txt", b"hello"), ("\u202emine.zip", inside)).content.decode()
    assert '<bdi title="&lt;b&gt;.txt">&lt;b&gt;.txt</bdi>' in text
    assert ">mine.zip/a xgp.exe</bdi>" in text
    assert "\u202e" not in text


# --- Corrections ----------------------------------------------------------------------------------
def test_a_typed_run_gains_what_the_file_knows_and_two_runs_are_kept_apart(page, runner):
    typed = ActivityFactory(runner=runner, started_at=START, distance_m=210, duration_s=61)
    response = send(page, ("a.gpx", plain_run()))
    text = response.content.decode()
    assert "Looks like your run of Saturday 14 March 2026, 8:00, which you typed in." in text
    assert "Before:\n      0.2 km ·\n      1:01" in text
    entry = ImportEntry.objects.get()

    answer = page.post(f"/import/entries/{entry.pk}/different/", follow=True)

    assert messages(answer) == ["These are two now. The next import will know."]
    assert answer.redirect_chain == [(f"/import/{entry.batch_id}/#entry-{entry.pk}", 302)]
    typed.refresh_from_db()
    assert (typed.distance_m, typed.source) == (210, "typed")
    again = page.post(f"/import/entries/{entry.pk}/different/", follow=True)
    assert messages(again) == ["This one was not taken for another."]
    assert Activity.objects.count() == 2


def test_an_import_is_undone_after_asking(page, runner):
    archive = zipped({f"{n}.gpx": plain_run(START - n * DAY) for n in range(3)})
    send(page, ("all.zip", archive))
    batch = ImportBatch.objects.get()
    changed = Activity.objects.latest("started_at")
    changed.effort = 6
    changed.save()

    asked = page.get(f"/import/{batch.pk}/undo/").content.decode()
    assert "2 activities it added will be deleted" in asked
    assert "1 was changed since" in asked
    assert Activity.objects.count() == 3
    answer = page.post(f"/import/{batch.pk}/undo/", {"also_changed": "no"}, follow=True)

    assert messages(answer) == ["2 activities taken back. 1 activity changed since then stay."]
    assert Activity.objects.get() == changed
    assert "Taken back" in answer.content.decode()


# --- Tables ---------------------------------------------------------------------------------------
TABLE = (
    b"When;How far;How long;What;Felt\n"
    b"14.03.2026;8,5;45:30;Run;good\n"
    b"15.03.2026;10,0;55:00;Run;ok\n"
)
COLUMNS = {
    "date": "0", "distance": "1", "duration": "2", "kind": "3", "date_order": "dmy",
    "distance_unit": "km", "decimal_mark": ",", "duration_format": "clock",
    "kind_if_unsaid": "run",
}  # fmt: skip


@pytest.fixture
def question(page):
    """A table that waits for its owner."""
    send(page, ("mine.csv", TABLE))
    return ImportEntry.objects.get(status="waiting")


def columns_page(question):
    return f"/import/entries/{question.pk}/columns/"


def test_an_unknown_table_asks_with_its_best_guess(page, question):
    batch = page.get(f"/import/{question.batch_id}/").content.decode()
    assert "Needs you" in batch
    assert columns_page(question) in batch

    response = page.get(columns_page(question))

    form, text = response.context["form"], response.content.decode()
    assert {name: form[name].value() for name in ("date", "distance", "duration")} == {
        "date": 0, "distance": 1, "duration": 2,
    }  # fmt: skip
    assert "Sat 14 Mar 2026" in text
    assert "8.5 km" in text
    assert "45:30" in text


def test_the_rows_are_shown_as_they_would_be_read(page, question):
    miles = COLUMNS | {"distance_unit": "mi", "preview": "yes"}

    whole = page.post(columns_page(question), miles)
    part = page.post(columns_page(question), miles, headers={"HX-Request": "true"})
    wrong = page.post(columns_page(question), miles | {"date": ""}, headers={"HX-Request": "true"})

    assert (whole.status_code, part.status_code, wrong.status_code) == (200, 200, 200)
    assert "13.7 km" in whole.content.decode()
    assert part.content.decode().lstrip().startswith('<section id="preview"')
    assert "13.7 km" in part.content.decode()
    assert "Choose the column with the day." in wrong.content.decode()
    assert ImportEntry.objects.get().status == "waiting"


def test_an_answer_is_remembered_and_the_next_table_read_at_once(page, question):
    answer = page.post(columns_page(question), COLUMNS, follow=True)

    assert [(status, reason) for _, status, reason in told(answer)] == [("added", "")] * 2
    assert list(Activity.objects.order_by("on").values_list("distance_m", "duration_s")) == [
        (8_500, 2_730),
        (10_000, 3_300),
    ]
    assert ImportBatch.objects.get().state == "finished"
    assert TableLayout.objects.get().name == "mine.csv"

    later = TABLE.replace(b"15.03", b"16.03")
    second = send(page, ("more.csv", later))
    assert [status for _, status, _ in told(second)] == ["duplicate", "added"]

    assert "mine.csv" in page.get(IMPORT).content.decode()
    page.post(f"/import/tables/{TableLayout.objects.get().pk}/forget/")
    third = send(page, ("third.csv", later))
    assert [status for _, status, _ in told(third)] == ["waiting"]


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("date", "", "Choose the column with the day."),
        ("date", "17", "Choose one of the columns."),
        ("distance_unit", "li", "Select a valid choice."),
    ],
)
def test_columns_that_read_nothing_are_refused(field, value, error, page, question):
    response = page.post(columns_page(question), COLUMNS | {field: value})
    assert_refused(response, field, error, {"distance": "1", "decimal_mark": ","})
    assert not TableLayout.objects.exists()


def test_a_table_can_be_left_out(page, question):
    response = page.post(columns_page(question), {"leave_out": "yes"}, follow=True)
    assert told(response) == [("mine.csv", "skipped", "You left it out.")]
    assert ImportBatch.objects.get().state == "finished"
    gone = page.get(columns_page(question), follow=True)
    assert messages(gone) == ["Nothing is asked about this table any more."]
