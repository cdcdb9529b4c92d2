"""Distances, durations and paces as written and typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members.units import (
    format_distance,
    format_duration,
    format_pace,
    format_rate,
    format_typed,
    parse_distance,
    parse_duration,
    parse_typed,
)


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [
        ("45", 2700),
        ("45:30", 2730),
        ("1:05:30", 3930),
        (" 0:59 ", 59),
        ("90:00", 5400),
        ("45.30", 2730),  # the number keys of a phone have no colon
        ("45,30", 2730),
        ("1.05.30", 3930),
    ],
)
def test_a_time_is_minutes_or_parts(typed, seconds):
    assert parse_duration(typed) == seconds


@pytest.mark.parametrize("typed", ["", "abc", "-5", "1:2:3:4", "4:61", "1:75:00", "1.5", "1.2345"])
def test_what_is_no_time_gets_a_sentence(typed):
    with pytest.raises(ValueError, match=r"Write the time as minutes|Minutes and seconds go up"):
        parse_duration(typed)


@pytest.mark.parametrize(
    ("typed", "unit", "metres"),
    [("10.5", "km", 10_500), ("10,5", "km", 10_500), ("1", "mi", 1609), ("13.1 mi", "mi", 21_082)],
)
def test_a_distance_is_in_the_runners_unit(typed, unit, metres):
    assert parse_distance(typed, unit) == metres


@pytest.mark.parametrize("typed", ["", "ten", "-3", "1.2.3", "1e3", "nan"])
def test_what_is_no_distance_gets_a_sentence(typed):
    with pytest.raises(ValueError, match=r"Write the distance as a number of km"):
        parse_distance(typed, "km")


@given(st.integers(1, 500_000 // 100))
def test_a_distance_shown_is_the_distance_typed(hundreds):
    metres = hundreds * 100
    assert parse_distance(format_distance(metres, "km"), "km") == metres


@given(st.integers(1, 259_200))
def test_a_duration_shown_is_the_duration_typed(seconds):
    assert parse_duration(format_duration(seconds)) == seconds


def test_pace():
    assert format_pace(10_000, 3_120, "km") == "5:12 /km"
    assert format_pace(10_000, 3_120, "mi") == "8:22 /mi"
    assert format_pace(None, 3_120, "km") == ""


@pytest.mark.parametrize(
    ("kind", "metres", "seconds", "unit", "rate"),
    [
        ("run", 10_000, 3_120, "km", "5:12 /km"),
        ("walk", 5_000, 3_600, "km", "12:00 /km"),
        ("ride", 30_000, 4_500, "km", "24.0 km/h"),
        ("ride", 30_000, 4_500, "mi", "14.9 mph"),
        ("swim", 1_500, 1_875, "mi", "2:05 /100 m"),
        ("strength", 1_000, 600, "km", ""),
        ("run", None, 600, "km", ""),
    ],
)
def test_each_kind_has_its_own_rate(kind, metres, seconds, unit, rate):
    assert format_rate(kind, metres, seconds, unit) == rate


@pytest.mark.parametrize(
    ("kind", "typed", "metres"),
    [
        ("swim", "1500", 1_500),
        ("swim", "25", 25),
        ("swim", "24", 24_000),
        ("swim", "1.5", 1_500),
        ("run", "10", 10_000),
        ("run", "800 m", 800),
        ("run", "800m", 800),
        ("ride", "60,5", 60_500),
    ],
)
def test_a_swim_is_typed_in_metres(kind, typed, metres):
    assert parse_typed(typed, kind, "km") == metres


def test_a_distance_is_shown_as_it_is_typed():
    assert format_typed("swim", 1_550, "mi") == "1550"
    assert format_typed("run", 10_043, "km") == "10.0"
    assert format_typed("run", None, "km") == ""
