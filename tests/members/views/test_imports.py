"""The import page: what works, and what is said about each file."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from members.models import Activity
from tests.members.activity_files.builders import START, gpx, plain_run, trk, trkpt, zipped
from tests.members.views.answers import assert_refused

pytestmark = pytest.mark.django_db
IMPORT = "/import/"


@pytest.fixture(autouse=True)
def _today(time_machine, now):
    time_machine.move_to(now, tick=False)


@pytest.fixture
def page(client_of, runner):
    return client_of(runner)


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
        ("photo.jpg", b"\xff\xd8\xff", "skipped", "This is a picture."),
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
    monkeypatch.setattr("members.forms.imports.MAX_UPLOAD_BYTES", 1_000)
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
