"""Archives and folders entry by entry: going on after a break, and tables beside recordings."""

import gzip
import io
import os
from datetime import timedelta

import pytest

from members.activity_files import (
    CorruptFile,
    LooseFile,
    TooLarge,
    UnknownFormat,
    open_files,
    open_upload,
)
from members.activity_files.limits import MEGABYTE
from tests.members.activity_files import fit_files
from tests.members.activity_files.builders import (
    NOW,
    START,
    gpx,
    lap,
    plain_run,
    segment,
    tcx,
    tcx_activity,
    trk,
    zipped,
)

RUN = plain_run()
LATER = plain_run(START + timedelta(hours=5))


def opened(content: bytes, name: str = "export.zip"):
    return upload_of(io.BytesIO(content), name)


def upload_of(file, name: str):
    return open_upload(file, name=name, default_time_zone="Europe/Berlin", now=NOW)


def told(content: bytes) -> list[tuple]:
    """File, kind, metres and title of each activity; file and reason of what is none."""
    with opened(content) as upload:
        entries = [one for _, found in upload.results() for one in found]
    return [
        (one.file.removeprefix("export.zip/"), one.outcome.reason)
        if isinstance(one.outcome, Exception)
        else (
            one.file.removeprefix("export.zip/"),
            str(one.outcome.kind),
            one.outcome.distance_m,
            one.outcome.title,
        )
        for one in entries
    ]


# --- Going on ------------------------------------------------------------------------------------
ARCHIVE = zipped({"a.gpx": RUN, "in.zip": zipped({"b.gpx": LATER, "c.jpg": b"x"}), "d.gpx": b""})


def test_entries_are_listed_in_a_stable_order_without_being_read():
    with opened(ARCHIVE) as upload:
        listed = [(entry.number, entry.name) for entry in upload.entries]

    assert listed == [
        (0, "export.zip/a.gpx"),
        (1, "export.zip/in.zip/b.gpx"),
        (2, "export.zip/in.zip/c.jpg"),
        (3, "export.zip/d.gpx"),
    ]


@pytest.mark.parametrize("start", [0, 1, 2, 4])
def test_a_second_reading_goes_on_where_the_first_was(start):
    with opened(ARCHIVE) as upload:
        everything = list(upload.results())
    with opened(ARCHIVE) as upload:
        rest = list(upload.results(start=start))

    assert [entry for entry, _ in rest] == [entry for entry, _ in everything[start:]]
    assert [[one.file for one in found] for _, found in rest] == [
        [one.file for one in found] for _, found in everything[start:]
    ]


def test_what_lies_before_the_start_is_not_read():
    damaged = bytearray(zipped({"a.gpx": RUN, "b.gpx": LATER}))
    damaged[60:80] = bytes(20)

    with opened(bytes(damaged)) as upload:
        [(_, [found])] = upload.results(start=1)

    assert found.outcome.distance_m == 200


def test_a_single_file_is_an_upload_of_one_entry_and_stays_open():
    file = io.BytesIO(RUN)
    with open_upload(file, name="run.gpx", default_time_zone="Europe/Berlin", now=NOW) as upload:
        [entry] = upload.entries
        found = [upload.read(entry), upload.read(entry)]

    assert entry.name == "run.gpx"
    assert entry.size == len(RUN)
    assert found[0] == found[1]
    assert not file.closed


# --- A table and its recordings ------------------------------------------------------------------
HEADINGS = (
    "Activity ID,Activity Date,Activity Name,Activity Type,Elapsed Time,Distance,"
    "Relative Effort,Commute,Activity Gear,Filename\n"
)


def row(name: str, kind: str = "Run", file: str = "") -> str:
    return f'1,"Mar 14, 2026, 8:00:00 AM",{name},{kind},60,0.21,,false,,{file}\n'


def test_an_export_gives_each_activity_once_with_the_name_and_kind_of_its_table():
    table = (
        HEADINGS + row("Dawn", file="activities/1.gpx.gz") + row("Dog", "Walk", "activities/2.tcx")
    )
    walk = tcx(
        tcx_activity(
            '<Lap StartTime="2026-03-14T08:00:00Z"><TotalTimeSeconds>60</TotalTimeSeconds></Lap>'
        )
    )

    assert told(
        zipped(
            {
                "activities.csv": table.encode(),
                "activities/1.gpx.gz": gzip.compress(RUN),
                "activities/2.tcx": walk,
                "shoes.csv": b"Brand,Model\nNike,Pegasus\n",
                "media/1.jpg": b"\xff\xd8",
            }
        )
    ) == [
        ("activities.csv", "All its activities are read from the recordings beside it."),
        ("activities/1.gpx.gz", "run", 200, "Dawn"),
        ("activities/2.tcx", "walk", None, "Dog"),
        ("shoes.csv", "It is a table without dates, so not of activities."),
        ("media/1.jpg", "This is a picture."),
    ]


def test_the_row_counts_where_its_recording_is_missing_or_cannot_be_read():
    table = (
        HEADINGS
        + row("Typed")
        + row("Lost", file="activities/9.gpx")
        + row("Torn", file="activities/1.gpx")
    )
    with opened(
        zipped({"ex/activities.csv": table.encode(), "ex/activities/1.gpx": b"<gpx>"})
    ) as upload:
        [(_, typed), (_, [torn])] = upload.results()

    assert [one.outcome.title for one in typed] == ["Typed", "Lost"]
    assert torn.file == "export.zip/ex/activities/1.gpx"
    assert (torn.outcome.title, torn.outcome.distance_m) == ("Torn", 210)
    assert torn.outcome.partial == (
        "Taken from the table, because the recording cannot be read: "
        "The file breaks off or is damaged before the first point."
    )


def test_a_recording_of_several_activities_keeps_its_own_names():
    two = gpx(trk(segment(), name="A"), trk(segment(START + timedelta(hours=2)), name="B"))
    table = HEADINGS + row("Both", file="1.gpx")

    assert told(zipped({"activities.csv": table.encode(), "1.gpx": two}))[1:] == [
        ("1.gpx", "run", 200, "A"),
        ("1.gpx", "run", 200, "B"),
    ]


def test_a_sport_the_table_names_in_unknown_words_does_not_hide_what_the_file_says():
    table = HEADINGS + row("Kendo", "Kendo", "1.gpx")

    assert told(zipped({"activities.csv": table.encode(), "1.gpx": RUN}))[1] == (
        "1.gpx",
        "run",
        200,
        "Kendo",
    )


def test_loose_files_find_each_other_like_those_of_an_archive():
    files = {"f/activities.csv": (HEADINGS + row("Dawn", file="1.gpx")).encode(), "f/1.gpx": RUN}
    loose = [
        LooseFile(name, len(content), lambda content=content: io.BytesIO(content))
        for name, content in files.items()
    ]

    with open_files(loose, default_time_zone="Europe/Berlin", now=NOW) as upload:
        found = [one for _, found in upload.results() for one in found]

    assert [one.file for one in found] == ["f/activities.csv", "f/1.gpx"]
    assert found[1].outcome.title == "Dawn"


def test_a_loose_file_that_cannot_be_opened_says_why():
    def refuse():
        raise PermissionError(13, "Permission denied")

    with open_files(
        [LooseFile("a.gpx", 5, refuse)], default_time_zone="Europe/Berlin", now=NOW
    ) as upload:
        [(_, [found])] = upload.results()

    assert found.outcome.status == "failed"
    assert found.outcome.reason == "It cannot be read: Permission denied."


# --- Whole exports -------------------------------------------------------------------------------
def test_a_garmin_export_gives_its_runs_and_a_reason_for_everything_else():
    part = zipped(
        {
            "a@example.org_1.fit": fit_files.run(),
            "a@example.org_2.fit": fit_files.fit(fit_files.file_id(type=32)),
            "a@example.org_3.tcx": tcx(tcx_activity(lap(START + timedelta(hours=2)))),
            "a@example.org_4.fit": b"",
        }
    )
    export = zipped(
        {
            "DI_CONNECT/DI-Connect-Fitness/a_summarizedActivities.json": b"[]",
            "DI_CONNECT/DI-Connect-Uploaded-Files/UploadedFiles_0-_Part1.zip": part,
            "DI_CONNECT/DI-Connect-Uploaded-Files/UploadedFiles_0-_Part2.zip": zipped(
                {"b.fit": fit_files.run(START + timedelta(hours=9))}
            ),
            "IT_CONTENT/photo.jpg": b"\xff\xd8\xff",
        }
    )
    folder = "DI_CONNECT/DI-Connect-Uploaded-Files"

    assert told(export) == [
        (
            "DI_CONNECT/DI-Connect-Fitness/a_summarizedActivities.json",
            "This is data of a program (JSON), not a recording of a kind that is read here.",
        ),
        (f"{folder}/UploadedFiles_0-_Part1.zip/a@example.org_1.fit", "run", 200, ""),
        (
            f"{folder}/UploadedFiles_0-_Part1.zip/a@example.org_2.fit",
            "It holds daily monitoring, not something that was done.",
        ),
        (f"{folder}/UploadedFiles_0-_Part1.zip/a@example.org_3.tcx", "run", 200, ""),
        (f"{folder}/UploadedFiles_0-_Part1.zip/a@example.org_4.fit", "The file is empty."),
        (f"{folder}/UploadedFiles_0-_Part2.zip/b.fit", "run", 200, ""),
        ("IT_CONTENT/photo.jpg", "This is a picture."),
    ]


def test_the_other_tables_of_an_export_are_left_out_and_nobody_is_asked_about_them():
    log = b"When,How far\n12.03.2025,5.3\n13.03.2025,12.8\n"
    tables = {
        "challenges.csv": b'Join Date,Name\n"Jan 1, 2025, 8:00:00 AM",January 10K\n',
        "logins.csv": b"Login Date,IP Address\n2025-01-01 10:00:00,192.0.2.1\n",
        "blocks.csv": b"Blocked Athlete,Date\n",
        "flags.csv": b"",
        "log.csv": log,
    }
    with opened(zipped(tables)) as upload:
        found = {
            entry.name.partition("/")[2]: (type(one.outcome).__name__, one.outcome.reason)
            for entry, [one] in upload.results()
        }

    of_else = (
        "NotAnActivity",
        "It is a table in which nothing looks like a distance or a time. If it is a log of "
        "activities, import it by itself.",
    )
    empty = ("NotAnActivity", "It is an empty table.")
    asked = ("UnknownTable", found["log.csv"][1])
    assert found == {
        "challenges.csv": of_else,
        "logins.csv": of_else,
        "blocks.csv": empty,
        "flags.csv": empty,
        "log.csv": asked,
    }
    for name in ("challenges.csv", "flags.csv"):
        with opened(zipped({name: tables[name]})) as upload:  # by itself it is asked about
            [(_, [one])] = upload.results()
        assert type(one.outcome).__name__ in ("UnknownTable", "EmptyFile")


def test_a_runkeeper_export_gives_each_run_once():
    table = (
        "Activity Id,Date,Type,Route Name,Distance (km),Duration,Average Pace,Notes,GPX File\n"
        "a,2026-03-14 09:00:00,Cycling,,0.21,1:00,,Windy,2026-03-14-090000.gpx\n"
        "b,2026-03-13 18:00:00,Running,,5.00,30:00,,On the mat,\n"
    )

    assert told(zipped({"cardioActivities.csv": table.encode(), "2026-03-14-090000.gpx": RUN})) == [
        ("cardioActivities.csv", "run", 5000, "On the mat"),
        ("2026-03-14-090000.gpx", "ride", 200, "Windy"),
    ]


@pytest.mark.parametrize(
    ("name", "begin", "error", "most"),
    [
        ("a.gpx", b"<gpx>", TooLarge, 65),
        ("a.fit", b"\x0e\x20\0\0\0\0\0\0.FIT", TooLarge, 65),
        ("a.csv", b"Date,Distance\n", TooLarge, 65),
        ("film.mp4", b"\0\0\0 ftypmp42", UnknownFormat, 1),
        ("backup.zip", b"PK\x03\x04", CorruptFile, 1),
    ],
)
def test_of_a_file_of_200_mb_no_more_is_read_than_an_activity_needs(
    tmp_path, name, begin, error, most
):
    path = tmp_path / name
    path.write_bytes(begin)
    os.truncate(path, 200_000_000)
    handed_out = 0

    class Counted(io.FileIO):
        def read(self, size=-1):
            nonlocal handed_out
            found = super().read(size)
            handed_out += len(found)
            return found

    with Counted(path) as file, upload_of(file, name) as upload:
        [(_, [entry])] = upload.results()
        assert type(entry.outcome) is error
        assert handed_out <= most * MEGABYTE
