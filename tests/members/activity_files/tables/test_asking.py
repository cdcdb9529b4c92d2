"""A table nobody here knows: what is asked, and reading it by the answer."""

import pytest

from members.activity_files import (
    CorruptFile,
    NotAnActivity,
    TableColumns,
    UnknownTable,
    WrongColumns,
    preview,
)
from tests.members.activity_files.tables.shared import NOW, entries, figures, unknown

DIARY = "Name;Wann;Strecke;Dauer\nRunde;12.03.2025;5,3;0:30\nLang;14.03.2025;12,8;1:15\n"
ANSWER = TableColumns(
    date=1,
    title=0,
    distance=2,
    duration=3,
    date_order="dmy",
    duration_format="hours_minutes",
    decimal_mark=",",
)


def test_a_table_nobody_knows_asks_instead_of_guessing():
    table = unknown(DIARY.replace("Wann", "Datum"))

    assert table.status == "failed"
    assert table.headings == ("Name", "Datum", "Strecke", "Dauer")
    assert table.rows == (
        ("Runde", "12.03.2025", "5,3", "0:30"),
        ("Lang", "14.03.2025", "12,8", "1:15"),
    )
    assert table.separator == ";"
    assert table.roles == ("title", "date", "distance", "duration")
    assert table.suggestion == TableColumns(
        date=1, title=0, distance=2, duration=3, date_order="dmy", decimal_mark=","
    )


def test_the_answer_reads_it_and_every_later_table_with_these_headings():
    signature = unknown(DIARY).signature
    later = "NAME; Wann ;Strecke;Dauer\nNeu;1.4.2025;7,0;0:42\n"

    assert figures(DIARY, tables={signature: ANSWER}) == [
        ("run", "2025-03-12 12:00:00+0100", 5300, 1800, 1800, "Runde"),
        ("run", "2025-03-14 12:00:00+0100", 12_800, 4500, 4500, "Lang"),
    ]
    assert figures(later, tables={signature: ANSWER}) == [
        ("run", "2025-04-01 12:00:00+0200", 7000, 2520, 2520, "Neu")
    ]
    assert unknown(DIARY.replace("Name", "Titel"), tables={signature: ANSWER})


def test_a_preview_shows_the_first_rows_as_they_would_be_read():
    found = preview(unknown(DIARY), ANSWER, default_time_zone="Europe/Berlin", now=NOW)

    assert [(one.distance_m, one.timer_s, one.day_only) for one in found] == [
        (5300, 1800, True),
        (12_800, 4500, True),
    ]


def test_a_preview_names_the_rows_that_cannot_be_read():
    wrong = TableColumns(date=0, distance=2)
    found = preview(unknown(DIARY), wrong, default_time_zone="Europe/Berlin", now=NOW)

    assert [one.reason for one in found] == [
        "Row 1: “Runde” is no date that can be read.",
        "Row 2: “Lang” is no date that can be read.",
    ]


def test_a_column_the_table_does_not_have_is_named():
    with pytest.raises(WrongColumns) as caught:
        preview(unknown(DIARY), TableColumns(date=1, distance=9), default_time_zone="UTC", now=NOW)

    assert caught.value.field == "distance"


def test_an_answer_is_stored_as_json_and_comes_back():
    assert TableColumns.from_dict(ANSWER.as_dict() | {"of a later version": 1}) == ANSWER


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({}, "date"),
        ({"date": "1", "distance": 2}, "date"),
        ({"date": -1, "distance": 2}, "date"),
        ({"date": 0}, "distance"),
        ({"date": 0, "distance": 1, "distance_unit": "leagues"}, "distance_unit"),
        ({"date": 0, "distance": 1, "duration_format": 7}, "duration_format"),
        ({"date": 0, "distance": 1, "utc": "no"}, "utc"),
    ],
)
def test_an_answer_no_table_can_be_read_with_is_refused_by_field(values, field):
    with pytest.raises(WrongColumns) as caught:
        TableColumns.from_dict(values)

    assert caught.value.field == field


def test_a_table_of_something_else_is_no_question():
    [entry] = entries("Name,Brand\nPegasus,Nike\n", name="shoes.csv")

    assert type(entry.outcome) is NotAnActivity
    assert entry.outcome.reason == "It is a table without dates, so not of activities."


def test_an_unknown_table_is_told_by_its_content_too():
    [entry] = entries(DIARY.replace("Wann", "Datum"), name="diary.txt")

    assert type(entry.outcome) is UnknownTable


@pytest.mark.parametrize(
    "content",
    ["a," * 200_000, 'Date,Distance,Time\n"' + "x,y\n" * 50_000],
    ids=["wide", "unclosed"],
)
def test_a_table_that_never_ends_fails(content):
    [entry] = entries(content)

    assert type(entry.outcome) is CorruptFile


def test_more_rows_than_any_log_has_are_read_up_to_the_limit(monkeypatch):
    monkeypatch.setattr("members.activity_files.tables.sheet.MAX_ROWS", 2)
    monkeypatch.setattr("members.activity_files.tables.sheet.SAMPLE_ROWS", 2)
    content = "Date,Distance,Time\n" + "2025-03-12,5.0,0:30:00\n" * 3
    signature = unknown(content).signature
    found = entries(content, tables={signature: TableColumns(date=0, distance=1, duration=2)})

    assert [type(entry.outcome).__name__ for entry in found] == [
        "ParsedActivity",
        "ParsedActivity",
        "TooLarge",
    ]


def test_separator_and_first_line_of_a_spreadsheet_are_obeyed():
    table = unknown("sep=|\nDatum|Strecke|Dauer\n12.03.2025|5,3|0:30\n")

    assert (table.separator, table.headings) == ("|", ("Datum", "Strecke", "Dauer"))


def test_a_table_without_headings_is_asked_about_by_its_columns():
    table = unknown("12.03.2025;5,3;0:30\n13.03.2025;7,3;0:40\n")

    assert table.headings == ("Column 1", "Column 2", "Column 3")
    assert len(table.rows) == 2
    assert table.signature == unknown("1.1.2024;1,0;0:10\n").signature
