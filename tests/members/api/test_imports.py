"""The API of activity files: what works, and what is refused and how."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from members.models import Activity
from tests.members.activity_files.builders import gpx, plain_run, trk, trkpt, zipped

pytestmark = pytest.mark.django_db
IMPORT = "/api/v1/import/"
JSON = "application/json"


@pytest.fixture(autouse=True)
def _today(time_machine, now):
    time_machine.move_to(now, tick=False)


@pytest.fixture
def api(client_of, runner):
    return client_of(runner)


def upload(client, name, content):
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, content)})


def test_a_zip_is_answered_file_by_file_and_a_second_time_as_duplicates(api, runner):
    content = zipped({"a.gpx": plain_run(), "bad.gpx": b"<gpx>", "x.txt": b"hello"})

    first, second = (upload(api, "mine.zip", content) for _ in range(2))

    assert (first.status_code, second.status_code) == (200, 200)
    run = Activity.objects.get()
    assert first.json()["files"][0] == {
        "file": "mine.zip/a.gpx",
        "status": "added",
        "reason": "",
        "kind": "run",
        "started_at": "2026-03-14T08:00:00Z",
        "distance_m": 200,
        "duration_s": 60,
        "activity_id": run.pk,
    }
    assert [one["status"] for one in first.json()["files"]] == ["added", "failed", "skipped"]
    assert [one["status"] for one in second.json()["files"]] == ["duplicate", "failed", "skipped"]
    assert run.source == "file"


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE gpx [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><gpx>&b;</gpx>'
BAD_FILES = [
    ("empty.gpx", b"", "failed", "The file is empty."),
    ("torn.gpx", b"<gpx>", "failed", "The file breaks off or is damaged"),
    ("laughs.gpx", LAUGHS, "failed", "It declares XML entities"),
    ("route.gpx", gpx(trk(f"<trkseg>{trkpt(0, None)}</trkseg>")), "skipped", ""),
    ("bomb.zip", zipped({"a.gpx": b"\0" * 40_000_000}), "failed", "It unpacks to far more"),
    ("torn.zip", zipped({"a.gpx": plain_run()})[:60], "failed", "The zip archive is damaged"),
    ("photo.jpg", b"\xff\xd8\xff", "skipped", "This is a picture."),
    ("run.fit", b"x" * 50, "failed", ""),
]


@pytest.mark.parametrize(("name", "content", "status", "reason"), BAD_FILES)
def test_a_bad_file_says_what_is_wrong_with_it(name, content, status, reason, api):
    response = upload(api, name, content)

    assert response.status_code == (422 if status == "failed" else 200)
    (result,) = response.json()["files"]
    assert result["status"] == status
    assert result["reason"].startswith(reason)
    assert result["reason"]
    assert not Activity.objects.exists()


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [(b"{}", JSON, 415), (b"--x--", "multipart/form-data; boundary=x", 400), (b"x", "a/b", 415)],
)
def test_an_upload_without_a_file_is_refused(body, kind, status, api):
    assert api.post(IMPORT, body, content_type=kind).status_code == status


def test_one_upload_has_a_limit(api, monkeypatch):
    monkeypatch.setattr("members.api.imports.MAX_UPLOAD_BYTES", 100)

    response = upload(api, "run.gpx", plain_run())

    assert response.status_code == 400
    assert response.json() == {"file": ["That is more than 100 MB. Send it in parts."]}
