"""Days and import: what works, and what comes back with all that was typed."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from members.models import Activity, DayStatus
from tests.factories import ActivityFactory, DayStatusFactory
from tests.members.activity_files.builders import START, gpx, plain_run, trk, trkpt, zipped
from tests.members.views.answers import assert_refused, messages

pytestmark = pytest.mark.django_db
DAYS, IMPORT = "/days/", "/import/"
FUTURE = "This day lies in the future."
EARLY = "Choose a day after 1990."


@pytest.fixture(autouse=True)
def _today(time_machine, now):
    time_machine.move_to(now, tick=False)


@pytest.fixture
def page(client_of, runner):
    return client_of(runner)


# --- Days -----------------------------------------------------------------------------------------
def test_the_days_of_a_week_up_to_today(page, runner):
    ActivityFactory(runner=runner)
    DayStatusFactory(runner=runner)

    context = page.get(DAYS).context

    assert [(row["on"].day, row["status"], len(row["activities"])) for row in context["rows"]] == [
        (16, "rest", 0),
        (17, "", 1),
        (18, "", 0),
    ]
    assert context["unknown"] == [dt.date(2026, 3, 18)]
    assert (context["before"], context["after"]) == ("2026-W11", "")


@pytest.mark.parametrize("week", ["2026-W13", "9999-W52", "0001-W01", "soon", "", "\0"])
def test_an_odd_week_is_this_week(week, page):
    assert page.get(DAYS, {"week": week}).context["week"] == dt.date(2026, 3, 16)


def test_a_day_is_said_and_taken_back(page):
    page.post(DAYS, {"on": "2026-03-17", "status": "ill"})
    assert DayStatus.objects.get().status == "ill"
    page.post(DAYS, {"on": "2026-03-17", "status": ""})
    assert not DayStatus.objects.exists()


def test_i_logged_everything_turns_the_unknown_days_of_that_week_into_rest(page, runner):
    started = dt.datetime(2026, 3, 10, 9, tzinfo=dt.UTC)
    ActivityFactory(runner=runner, started_at=started)
    DayStatusFactory(runner=runner, on=dt.date(2026, 3, 12), status="ill")

    first = page.post(DAYS, {"week": "2026-W11", "everything": "1"}, follow=True)
    again = page.post(DAYS, {"week": "2026-W11", "everything": "1"}, follow=True)

    assert messages(first) == ["5 days are now rest."]
    assert messages(again) == ["0 days are now rest."]
    said = DayStatus.objects.values_list("on__day", "status")
    assert sorted(said) == [
        (9, "rest"),
        *((n, "ill" if n == 12 else "rest") for n in range(11, 16)),
    ]


@pytest.mark.parametrize(
    ("asked", "sent_to"),
    [("/?week=2026-W11", "/?week=2026-W11"), ("https://elsewhere.example/", DAYS), ("", DAYS)],
)
def test_the_way_back_stays_on_this_site(asked, sent_to, page):
    response = page.post(DAYS, {"on": "2026-03-17", "status": "ill", "next": asked})
    assert (response.status_code, response["Location"]) == (302, sent_to)


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("on", "2027-03-17", FUTURE),
        ("on", "0001-01-01", EARLY),
        ("on", "yesterday", "Enter a valid date."),
        ("on", "", "This field is required."),
        ("status", "lazy", "Select a valid choice."),
    ],
)
def test_a_bad_day_is_explained_on_the_page(field, value, error, page):
    typed = {"on": "2026-03-17", "status": "ill"} | {field: value}

    response = page.post(DAYS, typed)

    assert_refused(response, field, error, typed)
    assert error in response.content.decode()
    assert not DayStatus.objects.exists()


# --- Import ---------------------------------------------------------------------------------------
def files(*named):
    return {"files": [SimpleUploadedFile(name, content) for name, content in named]}


def told(response):
    return [(one.file, one.status, one.reason) for one in response.context["results"]]


def test_files_and_a_zip_are_told_one_by_one_and_known_the_second_time(page, runner):
    evening = zipped({"b.gpx": plain_run(START.replace(hour=17)), "x.txt": b"hello"})

    def send():
        return page.post(IMPORT, files(("a.gpx", plain_run()), ("more.zip", evening)))

    first, second = send(), send()

    skipped = (
        "more.zip/x.txt",
        "skipped",
        "This is not an activity file of a kind that is read here.",
    )
    assert (first.status_code, second.status_code) == (200, 200)
    assert told(first) == [("a.gpx", "added", ""), ("more.zip/b.gpx", "added", ""), skipped]
    known = "It is in your log already."
    assert told(second) == [
        ("a.gpx", "duplicate", known),
        ("more.zip/b.gpx", "duplicate", known),
        skipped,
    ]
    assert "2 added, 0 already there, 1 skipped, 0 failed" in first.content.decode()
    assert set(Activity.objects.values_list("runner", "source")) == {(runner.pk, "file")}
    assert Activity.objects.count() == 2


def test_one_torn_file_does_not_keep_the_others_out(page):
    response = page.post(IMPORT, files(("torn.gpx", b"<gpx>"), ("a.gpx", plain_run())))

    assert response.status_code == 200
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
        ("photo.jpg", b"\xff\xd8\xff", "skipped", "This is not an activity file"),
    ],
)
def test_a_bad_file_says_what_is_wrong_with_it(name, content, status, reason, page):
    response = page.post(IMPORT, files((name, content)))

    assert response.status_code == (422 if status == "failed" else 200)
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


def test_one_upload_has_a_limit(page, monkeypatch):
    monkeypatch.setattr("members.forms.training.MAX_UPLOAD_BYTES", 1_000)
    response = page.post(IMPORT, files(("a.gpx", plain_run()), ("b.gpx", plain_run())))
    assert_refused(response, "files", "That is more than 100 MB at once. Send it in parts.", {})
    assert not Activity.objects.exists()


def test_what_no_form_sends_is_answered_with_a_page(page, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 2
    many = page.post(IMPORT, files(*[("a.gpx", b"")] * 3))
    much = page.post("/log/", {"note": "x" * 3_000_000})

    for response in (many, much):
        assert response.status_code == 400
        assert "<h1>We could not read that</h1>" in response.content.decode()
