"""What is asked about once: at, just under and just over each bound, and by one's own past."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members.unusual import BOUNDS, Entry, Usual, questions

TODAY = dt.date(2026, 3, 18)
SEASONED = Usual(count=40, longest_m=16_200, longest_s=6_000)


def asked(kind="run", on=TODAY, distance_m=None, duration_s=None, usual=SEASONED, unit="km"):
    entry = Entry(kind, on, distance_m, duration_s)
    return questions(entry, usual, today=TODAY, unit=unit)


def codes(**fields):
    return [one.code for one in asked(**fields)]


@pytest.mark.parametrize(
    ("metres", "usual", "code"),
    [
        (48_600, SEASONED, []),  # three times one's longest
        (48_601, SEASONED, ["far-48601"]),
        (48_601, Usual(4, 16_200, 6_000), []),  # four runs say little
        (12_000, Usual(9, 2_500, 900), []),  # less than 10 km more
        (12_501, Usual(9, 2_500, 900), ["far-12501"]),
        (60_000, Usual(), []),
        (60_001, Usual(), ["far-60001"]),
        (120_000, Usual(9, 100_000, 40_000), []),  # somebody who runs that far
        (120_001, Usual(9, 100_000, 40_000), ["far-120001"]),
    ],
)
def test_far(metres, usual, code):
    assert codes(distance_m=metres, usual=usual) == code


@pytest.mark.parametrize(
    ("kind", "metres", "seconds", "is_asked"),
    [
        ("run", 10_000, 1_500, False),  # 2:30 /km
        ("run", 10_000, 1_499, True),
        ("run", 4_000, 3_600, False),  # 15:00 /km
        ("run", 4_000, 3_601, True),
        ("walk", 5_000, 1_649, True),
        ("walk", 5_000, 1_650, False),
        ("ride", 30_000, 1_800, False),  # 60 km/h
        ("ride", 30_000, 1_799, True),
        ("swim", 1_000, 500, False),  # 50 s for 100 m
        ("swim", 1_000, 499, True),
        ("swim", 1_000, 3_601, True),
        ("strength", 1_000, 1, False),
        ("other", 1_000, 1, False),
    ],
)
def test_pace(kind, metres, seconds, is_asked):
    found = codes(kind=kind, distance_m=metres, duration_s=seconds)
    assert found == ([f"pace-{metres}-{seconds}"] if is_asked else [])


@pytest.mark.parametrize(
    ("kind", "seconds", "usual", "is_asked"),
    [
        ("run", 8 * 3600, Usual(), False),
        ("run", 8 * 3600 + 1, Usual(), True),
        ("run", 18_000, SEASONED, False),
        ("run", 18_001, SEASONED, True),
        ("strength", 4 * 3600 + 1, Usual(), True),
    ],
)
def test_long(kind, seconds, usual, is_asked):
    assert codes(kind=kind, duration_s=seconds, usual=usual) == (
        [f"long-{seconds}"] if is_asked else []
    )


def test_long_ago():
    assert codes(on=TODAY - dt.timedelta(days=180), distance_m=5_000) == []
    assert codes(on=TODAY - dt.timedelta(days=181), distance_m=5_000) == ["on-2025-09-18"]


def test_the_words():
    one, two, three = asked(distance_m=120_000, duration_s=2_730, on=dt.date(2025, 3, 18))
    assert (one.field, one.text) == (
        "distance",
        "120.0 km is far more than your longest of the past year (16.2 km). Is that right?",
    )
    assert (two.field, two.text) == (
        "duration",
        "That would be 0:23 /km, very fast. Are distance and time right?",
    )
    assert (three.field, three.text) == (
        "on",
        "18 March 2025 is more than half a year ago. Is the date right?",
    )


@given(
    st.sampled_from(sorted(BOUNDS)),
    st.none() | st.integers(1, 500_000),
    st.none() | st.integers(1, 259_200),
    st.integers(0, 12_000),
    st.integers(0, 500),
    st.none() | st.integers(1, 500_000),
)
def test_no_entry_breaks_it_and_each_code_is_one_word(kind, metres, seconds, days, count, longest):
    on = TODAY - dt.timedelta(days=days)
    usual = Usual(count, longest, longest)
    for one in asked(kind=kind, on=on, distance_m=metres, duration_s=seconds, usual=usual):
        assert len(one.code.split()) == 1
        assert one.field in {"distance", "duration", "on"}
