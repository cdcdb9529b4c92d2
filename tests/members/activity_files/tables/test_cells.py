"""What stands in a cell, as people and programs write it."""

from datetime import date, time, timedelta

import pytest

from members.activity_files.tables import cells


@pytest.mark.parametrize(
    ("text", "mark", "figure"),
    [
        ("5.02", ".", 5.02),
        ("1,035", ".", 1035),
        ("1,035", ",", 1.035),
        ("1.035,5", ",", 1035.5),
        ("1 035,5", ",", 1035.5),
        ("1'035.5", ".", 1035.5),
        ("-3", ".", -3),
        (".5", ".", 0.5),
        ("--", ".", None),
        ("1e5", ".", None),
        ("5 km", ".", None),
        ("1.2.3", ".", None),
        ("", ".", None),
    ],
)
def test_numbers(text, mark, figure):
    assert cells.number(text, mark) == figure


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("5.2 km", (5.2, "km")),
        ("3.1 mi", (3.1, "mi")),
        ("800m", (800, "m")),
        ("5.2", (5.2, None)),
        ("5 leagues", (None, None)),
    ],
)
def test_distances_with_their_unit(text, found):
    assert cells.distance(text, ".") == found


@pytest.mark.parametrize(
    ("column", "separator", "mark"),
    [
        (["8.02", "1,035"], ",", "."),
        (["1,035", "8,5"], ";", ","),
        (["1.035", "12,25"], ";", ","),
        (["1,035.5"], ",", "."),
        (["1.035.500"], ",", ","),
        (["1,035"], ",", None),
        (["1,035"], ";", ","),
        (["0,035"], ",", ","),
        (["10", "--"], ";", "."),
    ],
)
def test_the_mark_of_decimals_is_told_by_the_whole_column(column, separator, mark):
    assert cells.decimal_mark(column, separator=separator) == mark


@pytest.mark.parametrize(
    ("text", "how", "seconds"),
    [
        ("01:14:14", "clock", 4454),
        ("00:08:02.2", "clock", 482.2),
        ("13:05", "clock", 785),
        ("1:33", "hours_minutes", 5580),
        ("1:33.5", "hours_minutes", 93.5),
        ("1:33:10", "hours_minutes", 5590),
        ("1 day 2:00:00", "clock", 93_600),
        ("90", "minutes", 5400),
        ("1.5", "hours", 5400),
        ("3189.0", "seconds", 3189),
        ("1h 05m 30s", "clock", 3930),
        ("45 min", "clock", 2700),
        ("1 std 5 min", "clock", 3900),
        ("50'30''", "clock", 3030),
        ("--", "clock", None),
        ("soon", "clock", None),
        ("-5", "seconds", None),
    ],
)
def test_durations(text, how, seconds):
    assert cells.seconds(text, how, ".") == seconds


@pytest.mark.parametrize(
    ("text", "order", "day", "clock"),
    [
        ("2025-09-28 23:07:55", "dmy", date(2025, 9, 28), time(23, 7, 55)),
        ("2025-09-28", "mdy", date(2025, 9, 28), None),
        ("28.9.2025 18:05", "dmy", date(2025, 9, 28), time(18, 5)),
        ("28.09.25", "dmy", date(2025, 9, 28), None),
        ("9/28/2025 11:07 PM", "mdy", date(2025, 9, 28), time(23, 7)),
        ("9/28/2025 12:07 AM", "mdy", date(2025, 9, 28), time(0, 7)),
        ("Jul 17, 2015, 10:15:52 AM", "dmy", date(2015, 7, 17), time(10, 15, 52)),
        ("17 juil. 2015 à 10:15:52", "dmy", date(2015, 7, 17), time(10, 15, 52)),
        ("17. März 2015, 10:15", "dmy", date(2015, 3, 17), time(10, 15)),
        ("Saturday, 17 July 2015", "dmy", date(2015, 7, 17), None),
        ("2015年7月17日 10:15", "dmy", date(2015, 7, 17), time(10, 15)),
    ],
)
def test_dates(text, order, day, clock):
    found = cells.when(text, order)

    assert (found.day, found.clock, found.offset) == (day, clock, None)


def test_offsets_are_kept():
    assert cells.when("2025-09-28T23:07:55+02:00", "dmy").offset == timedelta(hours=2)
    assert cells.when("2025-09-28T23:07:55Z", "dmy").offset == timedelta(0)


@pytest.mark.parametrize(
    "text", ["", "soon", "31.02.2025", "2025-13-01", "5.3", "0:30", "1.2.3.4", "99999-01-01"]
)
def test_what_is_no_date(text):
    assert cells.when(text, "dmy") is None


@pytest.mark.parametrize(
    ("column", "order"),
    [
        (["3/4/2025", "3/13/2025"], "mdy"),
        (["3/4/2025", "13/4/2025"], "dmy"),
        (["3.4.2025"], "dmy"),
        (["3/4/2025"], None),
        (["1/12/2025", "2/12/2025", "1/11/2025"], None),
        (["11/9/2025", "12/8/2025", "12/10/2025"], "mdy"),
        (["2025-03-04"], "ymd"),
        (["13/13/2025"], None),
        (["13/4/2025", "4/13/2025"], None),
    ],
)
def test_the_order_of_dates_is_told_by_the_whole_column(column, order):
    assert cells.date_order(column) == order
