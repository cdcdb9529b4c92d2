"""Distances, durations and paces as written and typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members.units import (
    format_distance,
    format_duration,
    format_pace,
    parse_distance,
    parse_duration,
)


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [("45", 2700), ("45:30", 2730), ("1:05:30", 3930), (" 0:59 ", 59), ("90:00", 5400)],
)
def test_a_time_is_minutes_or_parts(typed, seconds):
    assert parse_duration(typed) == seconds


@pytest.mark.parametrize("typed", ["", "abc", "-5", "1:2:3:4", "4:61", "1:75:00", "1.5", "12345"])
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
