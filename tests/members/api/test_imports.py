"""The API of activity files: what works, and what is refused and how."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from members.models import Activity
from tests.factories import ActivityFactory
from tests.members.activity_files.builders import START, gpx, plain_run, trk, trkpt, zipped

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
    told = first.json()
    assert (told["state"], told["files_read"], told["files_known"]) == ("finished", 3, 3)
    assert told["counts"] == {
        "added": 1, "merged": 0, "duplicate": 0, "skipped": 1, "failed": 1, "waiting": 0,
        "taken_back": 0,
    }  # fmt: skip
    assert told["files"][0] == {
        "id": run.import_entries.get().pk,
        "match": "",
        "matched_id": None,
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
    ("oops.gpx", plain_run(seconds=20), "skipped", "It lasted only 20 seconds and 67 m: too"),
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


def test_one_upload_has_a_limit(api, settings):
    settings.IMPORT_MAX_MB = 0

    response = upload(api, "run.gpx", plain_run())

    assert response.status_code == 400
    assert response.json() == {"file": ["That is more than 0 MB at once. Send it in parts."]}


# --- Afterwards -----------------------------------------------------------------------------------
def test_an_import_and_its_entries_are_ones_own(api, client_of, outsider):
    batch = upload(api, "mine.zip", zipped({"a.gpx": plain_run(), "x.txt": b"hello"})).json()
    address = f"{IMPORT}{batch['id']}/"

    assert api.get(address).json() == batch
    (listed,) = api.get(IMPORT).json()["results"]
    assert listed == {name: batch[name] for name in listed}
    assert api.get(f"{address}entries/").json()["results"] == batch["files"]
    (skipped,) = api.get(f"{address}entries/?status=skipped").json()["results"]
    assert skipped["file"] == "mine.zip/x.txt"

    stranger = client_of(outsider)
    entry = f"{IMPORT}entries/{skipped['id']}/different/"
    assert stranger.get(IMPORT).json()["results"] == []
    assert {stranger.get(address).status_code, stranger.get(f"{address}entries/").status_code} == {
        404
    }
    assert {stranger.post(f"{address}undo/").status_code, stranger.post(entry).status_code} == {404}


def test_a_large_upload_waits_for_a_worker(api, monkeypatch):
    monkeypatch.setattr("members.tasks.SMALL_BYTES", 0)

    response = upload(api, "a.gpx", plain_run())

    assert response.status_code == 202
    told = response.json()
    assert (told["state"], told["files"], told["finished_at"]) == ("waiting", [], None)
    assert not Activity.objects.exists()


def test_several_files_are_one_import(api):
    files = [SimpleUploadedFile("a.gpx", plain_run()), SimpleUploadedFile("b.txt", b"hello")]
    told = api.post(IMPORT, {"file": files}).json()
    assert [one["file"] for one in told["files"]] == ["a.gpx", "b.txt"]


def test_a_wrong_guess_is_told_once_and_an_import_undone(api, runner):
    typed = ActivityFactory(
        runner=runner, started_at=START, distance_m=210, duration_s=61, effort=5
    )
    told = upload(api, "a.gpx", plain_run()).json()
    (entry,) = told["files"]
    assert (entry["status"], entry["match"], entry["matched_id"]) == (
        "merged", "same_outing", typed.pk,
    )  # fmt: skip

    apart = api.post(f"{IMPORT}entries/{entry['id']}/different/")
    again = api.post(f"{IMPORT}entries/{entry['id']}/different/")

    assert (apart.status_code, apart.json()["status"]) == (200, "added")
    assert again.status_code == 400
    assert again.json() == {"detail": ["This one was not taken for another."]}
    assert Activity.objects.count() == 2

    undone = api.post(f"{IMPORT}{told['id']}/undo/").json()

    assert (undone["state"], undone["counts"]["taken_back"]) == ("undone", 1)
    assert Activity.objects.get() == typed


@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_of_imports_costs_the_same_for_one_and_three(rows, api, django_assert_num_queries):
    for _ in range(rows):
        upload(api, "a.gpx", plain_run())
    with django_assert_num_queries(4):  # session, user, count, rows
        assert len(api.get(IMPORT).json()["results"]) == rows
