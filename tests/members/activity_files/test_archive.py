import gzip
import io
import struct
import zipfile

import pytest

from members.activity_files import (
    CorruptFile,
    EmptyFile,
    EncryptedFile,
    NestedArchive,
    ParsedActivity,
    TooLarge,
    UnknownFormat,
    limits,
)
from members.activity_files.limits import Budget
from tests.members.activity_files.builders import plain_run, read, read_activity, read_one, zipped

RUN = plain_run()


def shape(content: bytes, name: str = "all.zip") -> list[tuple[str, str]]:
    """Each entry's file and what kind of outcome it has."""
    return [(entry.file, type(entry.outcome).__name__) for entry in read(content, name=name)]


def test_a_gzipped_file_is_the_same_activity_as_the_plain_one():
    assert read_activity(gzip.compress(RUN), name="run.gpx.gz") == read_activity(RUN)


@pytest.mark.parametrize("name", ["run.gpx", "run", "run.fit.gz"])
def test_packing_is_told_by_the_content_not_the_name(name):
    assert read_activity(gzip.compress(RUN), name=name).distance_m == 200
    assert shape(zipped({"a.gpx": RUN}), name) == [(f"{name}/a.gpx", "ParsedActivity")]


def test_a_zip_gives_one_entry_a_member_in_order_and_passes_over_junk():
    content = zipped(
        {
            "year/b.gpx": RUN,
            "year/": b"",
            "year/a.gpx.gz": gzip.compress(plain_run(seconds=90)),
            "__MACOSX/year/._a.gpx": b"junk",
            "year/.DS_Store": b"junk",
            ".hidden/a.gpx": RUN,
            "Thumbs.db": b"junk",
            "photo.jpg": b"\xff\xd8\xff",
            "empty.gpx": b"",
        }
    )

    assert shape(content) == [
        ("all.zip/year/b.gpx", "ParsedActivity"),
        ("all.zip/year/a.gpx.gz", "ParsedActivity"),
        ("all.zip/photo.jpg", "UnknownFormat"),
        ("all.zip/empty.gpx", "EmptyFile"),
    ]


@pytest.mark.parametrize("files", [{}, {"folder/": b"", "__MACOSX/a": b"x"}])
def test_an_archive_without_files_says_so(files):
    outcome = read_one(zipped(files), name="all.zip")

    assert type(outcome) is EmptyFile
    assert outcome.reason == "There are no files in this archive."


def test_names_are_shown_printable_and_never_lead_anywhere():
    content = zipped({"../../etc/pass\x1b[31m\nwd.gpx": RUN, "n" * 300 + ".gpx": RUN})

    assert [entry.file for entry in read(content, name="all.zip")] == [
        "all.zip/../../etc/pass [31m wd.gpx",
        "all.zip/" + "n" * 200,
    ]


def test_utf8_names_written_without_the_mark_are_understood():
    content = zipped({"Läufe.gpx": RUN})
    unmarked = content.replace(struct.pack("<H", 0x800), struct.pack("<H", 0))

    assert unmarked != content
    assert shape(unmarked) == [("all.zip/Läufe.gpx", "ParsedActivity")]


def test_a_zip_inside_a_zip_is_read_in_its_place():
    inner = zipped({"x/a.gpx": RUN, "__MACOSX/._a.gpx": b"junk", "b.jpg": b"\xff\xd8"})

    assert shape(zipped({"1.gpx": RUN, "d/in.ZIP": inner, "2.gpx": RUN})) == [
        ("all.zip/1.gpx", "ParsedActivity"),
        ("all.zip/d/in.ZIP/x/a.gpx", "ParsedActivity"),
        ("all.zip/d/in.ZIP/b.jpg", "UnknownFormat"),
        ("all.zip/2.gpx", "ParsedActivity"),
    ]


def test_two_levels_inside_are_refused_and_the_rest_is_read():
    deepest = zipped({"in.zip": zipped({"deepest.zip": zipped({"a.gpx": RUN})}), "1.gpx": RUN})

    first, second = read(deepest, name="all.zip")

    assert (first.file, type(first.outcome)) == ("all.zip/in.zip/deepest.zip", NestedArchive)
    assert first.outcome.status == "failed"
    assert type(second.outcome) is ParsedActivity


@pytest.mark.parametrize("inner", [b"PK\x03\x04 torn", b"no zip"])
def test_an_inner_zip_that_is_damaged_fails_and_the_rest_is_read(inner):
    assert shape(zipped({"in.zip": inner, "1.gpx": RUN})) == [
        ("all.zip/in.zip", "CorruptFile"),
        ("all.zip/1.gpx", "ParsedActivity"),
    ]


def test_a_bomb_in_an_inner_zip_is_stopped_by_the_ratio_of_the_whole():
    bomb = zipped({f"{number}.gpx": bytes(5_000_000) for number in range(9)})

    found = shape(zipped({"in.zip": bomb}))

    assert [outcome for _, outcome in found] == [*["CorruptFile"] * 3, "TooLarge"]


def test_an_inner_zip_counts_as_unpacked_itself():
    bomb = zipped({"in.zip": io.BytesIO(zipped({"a.gpx": RUN})).getvalue() + bytes(30_000_000)})

    assert shape(bomb) == [("all.zip/in.zip", "TooLarge")]


def test_a_file_packed_twice_is_read_and_three_times_not():
    twice = gzip.compress(gzip.compress(RUN))

    assert read_activity(twice, name="run.gpx.gz.gz") == read_activity(RUN)
    assert read_activity(twice, name="run.gpx.gz") == read_activity(RUN)
    assert type(read_one(gzip.compress(twice))) is NestedArchive


@pytest.mark.parametrize("inner", [zipped({"a.gpx": RUN}), gzip.compress(zipped({"a.gpx": RUN}))])
def test_other_archives_inside_an_archive_are_refused(inner):
    [entry] = read(zipped({"inner.gpx.gz": inner}), name="all.zip")

    assert type(entry.outcome) is NestedArchive
    assert entry.outcome.status == "failed"


def test_a_zip_inside_a_gz_is_refused():
    assert type(read_one(gzip.compress(zipped({"a.gpx": RUN})))) is NestedArchive


def test_a_member_with_a_password_fails_and_the_others_are_read():
    content = bytearray(zipped({"secret.gpx": RUN, "open.gpx": RUN}))
    content[6] |= 1  # the flag in the member's header
    content[content.index(b"PK\x01\x02") + 8] |= 1  # and in the directory

    first, second = read(bytes(content), name="all.zip")

    assert type(first.outcome) is EncryptedFile
    assert type(second.outcome) is ParsedActivity


def test_a_member_packed_in_an_unusual_way_fails():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("a.gpx", RUN)

    outcome = read_one(packed.getvalue(), name="all.zip")

    assert type(outcome) is CorruptFile
    assert outcome.reason == "It is packed in a way not read here. Pack it as a plain zip."


def test_a_damaged_member_fails_and_the_others_are_read():
    content = zipped({"a.gpx": RUN, "b.gpx": RUN})
    damaged = bytearray(content)
    damaged[60:80] = b"\x00" * 20

    assert shape(bytes(damaged)) == [
        ("all.zip/a.gpx", "CorruptFile"),
        ("all.zip/b.gpx", "ParsedActivity"),
    ]


@pytest.mark.parametrize("cut", [10, 100, -30])
def test_a_truncated_archive_is_corrupt(cut):
    assert shape(zipped({"a.gpx": RUN})[:cut]) == [("all.zip", "CorruptFile")]
    assert type(read_one(gzip.compress(RUN)[:cut])) is CorruptFile


def test_more_members_than_allowed_are_refused_before_any_is_read(monkeypatch):
    monkeypatch.setattr("members.activity_files.archive.MAX_MEMBERS", 3)

    assert shape(zipped({f"{number}.gpx": RUN for number in range(4)})) == [("all.zip", "TooLarge")]
    assert len(shape(zipped({f"{number}.gpx": RUN for number in range(3)}))) == 3


def test_a_file_over_the_limit_is_refused_packed_or_not(monkeypatch):
    monkeypatch.setattr(limits, "MAX_FILE_BYTES", 1_000_000)
    large = RUN + b" " * 1_000_000

    assert type(read_one(large)) is TooLarge
    assert type(read_one(gzip.compress(large))) is TooLarge
    assert shape(zipped({"a.gpx": large, "b.gpx": RUN})) == [
        ("all.zip/a.gpx", "TooLarge"),
        ("all.zip/b.gpx", "ParsedActivity"),
    ]


def test_an_endless_directory_is_refused_before_it_is_opened(monkeypatch):
    monkeypatch.setattr("members.activity_files.archive.MAX_DIRECTORY_BYTES", 70_000)
    many = zipped({f"{number:0100}.gpx": b"" for number in range(600)})

    assert shape(many) == [("all.zip", "TooLarge")]


def test_a_spreadsheet_is_no_archive():
    outcome = read_one(zipped({"xl/workbook.xml": b"<workbook/>"}), name="runs.xlsx")

    assert type(outcome) is UnknownFormat
    assert outcome.reason == "This is a spreadsheet (save it as CSV)."


def test_a_gzip_bomb_is_stopped_by_its_ratio():
    bomb = gzip.compress(bytes(30_000_000))

    outcome = read_one(bomb)

    assert type(outcome) is TooLarge
    assert outcome.reason.startswith("It unpacks to far more than an archive of activities holds")


def test_a_zip_bomb_of_many_members_is_stopped_and_nothing_after_it_is_unpacked():
    members = {f"{number}.gpx": bytes(5_000_000) for number in range(9)}

    assert [outcome for _, outcome in shape(zipped(members))] == [*["CorruptFile"] * 3, "TooLarge"]


def test_gz_members_of_a_zip_count_for_the_same_budget():
    members = {f"{number}.gpx.gz": gzip.compress(bytes(5_000_000)) for number in range(9)}

    assert [outcome for _, outcome in shape(zipped(members))] == [*["CorruptFile"] * 3, "TooLarge"]


def test_sizes_in_headers_are_not_believed():
    honest = zipped({"a.gpx": bytes(30_000_000)})
    claimed = honest.replace(struct.pack("<L", 30_000_000), struct.pack("<L", 100))

    assert claimed != honest
    assert shape(claimed) == [("all.zip/a.gpx", "CorruptFile")]


def test_a_budget_grows_with_what_was_uploaded_up_to_a_limit():
    assert Budget.for_packed(0).left == 16 * 1024**2
    assert Budget.for_packed(1_000_000).left == 200_000_000
    assert Budget.for_packed(50_000_000).left == 4 * 1024**3


def test_members_are_unpacked_one_by_one():
    entries = iter(read(zipped({"a.gpx": RUN, "b.gpx": RUN}), name="all.zip"))

    assert next(entries).file == "all.zip/a.gpx"
    assert isinstance(next(entries).outcome, ParsedActivity)


def test_an_unknown_file_inside_is_skipped():
    outcome = read_one(zipped({"notes.txt": b"hello"}), name="all.zip")

    assert type(outcome) is UnknownFormat
    assert outcome.status == "skipped"
