"""manage.py import_activities."""

import gzip
import json
import os

import pytest
from django.core.management import CommandError, call_command

from members.management.commands import import_activities
from members.models import Activity
from members.services.imports import paths
from tests.members.activity_files.builders import START, plain_run, zipped

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(time_machine, now):
    time_machine.move_to(now, tick=False)


@pytest.fixture
def take(runner, capsys):
    """Return a function that imports: (exit code, the error's line, what was printed)."""

    def run(*paths, email=runner.email):
        code, line = 0, ""
        try:
            call_command("import_activities", "--member", email, *map(str, paths))
        except CommandError as error:
            code, line = error.returncode, str(error)
        return code, line, capsys.readouterr().out

    return run


@pytest.fixture
def folder(tmp_path):
    """A run, the same packed, one more in a zip, and a torn file."""
    (tmp_path / "year").mkdir()
    (tmp_path / "year" / "a.gpx").write_bytes(plain_run())
    (tmp_path / "year" / "a.gpx.gz").write_bytes(gzip.compress(plain_run()))
    (tmp_path / "more.zip").write_bytes(zipped({"b.gpx": plain_run(START.replace(hour=17))}))
    (tmp_path / "torn.gpx").write_bytes(b"<gpx>")
    return tmp_path


def test_json_tells_of_each_activity_and_nothing_else(take, folder, runner):
    path = folder / "more.zip"

    code, _, out = take(path, "--json")

    assert code == 0
    assert json.loads(out) == {
        "files": [
            {
                "file": f"{path}/b.gpx",
                "status": "added",
                "reason": "",
                "kind": "run",
                "started_at": "2026-03-14T17:00:00+00:00",
                "distance_m": 200,
                "duration_s": 60,
            }
        ]
    }
    assert Activity.objects.get().runner == runner


def test_folders_are_walked_and_duplicates_told(take, folder):
    year = folder / "year"

    code, _, out = take(year)

    assert code == 0
    assert out.splitlines() == [
        f"added     {year}/a.gpx",
        f"duplicate {year}/a.gpx.gz  It is in your log already.",
        "1 added, 1 already there.",
    ]


def test_the_last_line_counts_what_did_not_come_in(take, folder):
    (folder / "notes.txt").write_bytes(b"hello")
    (folder / "more.zip").unlink()

    assert take(folder)[2].splitlines()[-1] == "1 added, 1 already there, 1 skipped, 1 failed."


def test_a_second_time_nothing_is_added(take, folder):
    first = json.loads(take(folder / "year", folder / "more.zip", "--json")[2])["files"]
    second = json.loads(take(folder / "year", folder / "more.zip", "--json")[2])["files"]

    assert [one["status"] for one in first] == ["added", "duplicate", "added"]
    assert [one["status"] for one in second] == ["duplicate"] * 3
    assert [one["distance_m"] for one in second] == [200] * 3


def test_a_dry_run_says_the_same_and_stores_nothing(take, folder):
    tried = take(folder / "year", "--dry-run")[2]

    assert not Activity.objects.exists()
    assert tried == take(folder / "year")[2]


def test_a_torn_file_ends_with_one_and_the_others_are_in(take, folder):
    code, line, out = take(folder / "torn.gpx", folder / "year", "--json")

    assert (code, line) == (1, "1 file could not be read.")
    assert [one["status"] for one in json.loads(out)["files"]] == ["failed", "added", "duplicate"]


def test_a_wrong_call_ends_with_two_and_takes_nothing_in(take, folder):
    missing = folder / "none.gpx"

    assert take(missing) == (2, f"There is no file or folder {missing}.", "")
    assert take(folder, email="x@example.org") == (
        2,
        "Nobody here has the email x@example.org.",
        "",
    )
    assert take(folder / "year", missing)[0] == 2
    assert not Activity.objects.exists()


def test_an_archive_is_told_by_its_content(take, folder):
    path = folder / "export"
    path.write_bytes((folder / "more.zip").read_bytes())

    assert take(path)[2].splitlines()[0] == f"added     {path}/b.gpx"


def test_a_file_that_cannot_be_opened_failed_with_the_reason(take, folder, monkeypatch):
    path = folder / "year" / "a.gpx"
    opened = type(path).open

    def refuse(self, *args, **kwargs):
        if self == path:
            raise PermissionError(13, "Permission denied")
        return opened(self, *args, **kwargs)

    monkeypatch.setattr(type(path), "open", refuse)
    code, _, out = take(folder / "year", "--json")

    assert code == 1
    assert [(one["status"], one["reason"]) for one in json.loads(out)["files"]] == [
        ("failed", "It cannot be read: Permission denied."),
        ("added", ""),
    ]


def test_a_table_of_a_folder_finds_its_recordings(take, tmp_path):
    (tmp_path / "activities").mkdir()
    (tmp_path / "activities" / "1.gpx").write_bytes(plain_run())
    (tmp_path / "activities.csv").write_text(
        "Activity ID,Activity Date,Activity Name,Activity Type,Elapsed Time,Distance,Filename\n"
        '1,"Mar 14, 2026, 8:00:00 AM",Dawn,Run,60,0.21,activities/1.gpx\n'
        '2,"Mar 13, 2026, 8:00:00 AM",By hand,Run,1800,5.02,\n'
    )

    files = json.loads(take(tmp_path, "--json")[2])["files"]

    assert [(one["file"], one["status"], one["distance_m"]) for one in files] == [
        (f"{tmp_path}/activities/1.gpx", "added", 200),
        (f"{tmp_path}/activities.csv", "added", 5020),
    ]
    assert [run.note for run in Activity.objects.order_by("on")] == ["By hand", "Dawn"]


UNKNOWN = b"When,How far\n12.03.2025,5.3\n13.03.2025,12.8\n"
ASKS = "This table is not known here: say on the import page which column is which."


def test_an_unknown_table_named_itself_failed_and_in_an_export_is_skipped(take, tmp_path):
    (tmp_path / "export").mkdir()
    table = tmp_path / "export" / "wellness.csv"
    table.write_bytes(UNKNOWN)
    packed = tmp_path / "export.zip"
    packed.write_bytes(zipped({"wellness.csv": UNKNOWN}))

    for path, expected in (
        (table, (1, [(str(table), "failed", ASKS)])),
        (tmp_path / "export", (0, [(str(table), "skipped", ASKS)])),
        (packed, (0, [(f"{packed}/wellness.csv", "skipped", ASKS)])),
    ):
        code, _, out = take(path, "--json")
        told = [(one["file"], one["status"], one["reason"]) for one in json.loads(out)["files"]]
        assert (code, told) == expected


def test_a_recording_stopped_at_once_is_skipped_with_its_figures(take, tmp_path):
    path = tmp_path / "oops.gpx"
    path.write_bytes(plain_run(seconds=20))

    code, _, out = take(path, "--json")

    assert (code, json.loads(out)["files"]) == (
        0,
        [
            {
                "file": str(path),
                "status": "skipped",
                "reason": "It lasted only 20 seconds and 67 m: too little for an activity, "
                "perhaps stopped at once.",
                "kind": "run",
                "started_at": "2026-03-14T08:00:00+00:00",
                "distance_m": 67,
                "duration_s": 20,
            }
        ],
    )


def test_what_is_gone_when_its_turn_comes_failed_with_the_reason(take, folder, monkeypatch):
    gone = {folder / "year" / "a.gpx", folder / "more.zip"}
    found = paths.groups

    def then_gone(path):
        yield from list(found(path))
        for one in gone:
            one.unlink(missing_ok=True)

    monkeypatch.setattr(import_activities, "groups", then_gone)
    (folder / "torn.gpx").unlink()
    code, _, out = take(folder, "--json")

    why = "It cannot be read: No such file or directory."
    assert code == 1
    assert [(one["file"], one["status"], one["reason"]) for one in json.loads(out)["files"]] == [
        (f"{folder}/year/a.gpx", "failed", why),
        (f"{folder}/year/a.gpx.gz", "added", ""),
        (f"{folder}/more.zip", "failed", why),
    ]


def test_a_circle_of_folders_is_walked_once_and_a_dead_link_passed_over(take, folder):
    (folder / "year" / "round").symlink_to(folder, target_is_directory=True)
    (folder / "year" / "dead.gpx").symlink_to(folder / "nowhere.gpx")

    files = json.loads(take(folder / "year", "--json")[2])["files"]

    assert [one["status"] for one in files] == ["added", "duplicate"]


def test_a_folder_that_cannot_be_looked_into_failed(take, folder, monkeypatch):
    closed = folder / "year" / "closed"
    closed.mkdir()
    look = os.scandir

    def refuse(path):
        if str(path) == str(closed):
            raise PermissionError(13, "Permission denied", str(path))
        return look(path)

    monkeypatch.setattr(os, "scandir", refuse)
    code, _, out = take(folder / "year", "--json")

    assert code == 1
    told = [(one["file"], one["status"]) for one in json.loads(out)["files"]]
    assert told[-1] == (str(closed), "failed")
    assert [status for _, status in told] == ["added", "duplicate", "failed"]


def test_an_empty_folder_holds_nothing(take, tmp_path):
    assert take(tmp_path) == (0, "", "0 added, 0 already there.\n")


def test_a_name_no_terminal_can_show_is_printed_all_the_same(take, tmp_path):
    (tmp_path / os.fsdecode(b"\xff\n.gpx")).write_bytes(plain_run())

    assert take(tmp_path)[2].splitlines()[0] == f"added     {tmp_path}/ .gpx"


def test_help_names_what_is_taken_and_the_exit_statuses(capsys):
    with pytest.raises(SystemExit) as ended:
        call_command("import_activities", "--help")

    text = " ".join(capsys.readouterr().out.split())
    assert ended.value.code == 0
    for part in (
        "--member EMAIL",
        "--dry-run",
        "--json",
        "Exit status 0; 1 where",
        "2 for a wrong",
    ):
        assert part in text
