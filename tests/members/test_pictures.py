"""Small pictures: what they draw and what they say without eyes."""

import datetime as dt

import pytest
from defusedxml import ElementTree

from members.pictures import comfort_course

DAY = dt.date(2026, 1, 3)


def drawn(values):
    said = [(DAY + dt.timedelta(days=30 * n), value) for n, value in enumerate(values)]
    return ElementTree.fromstring(comfort_course(said))


def test_ten_is_at_the_top_and_nothing_at_the_foot():
    dots = drawn([10, 0, 5]).findall("circle")
    assert [(dot.get("cx"), dot.get("cy")) for dot in dots] == [
        ("3", "3.0"),
        ("19", "31.0"),
        ("35", "17.0"),
    ]


def test_it_says_its_numbers():
    assert drawn([8, 7]).get("aria-label") == (
        "Comfort from 0 to 10, oldest first. 3 January 2026: 8, 2 February 2026: 7"
    )


@pytest.mark.parametrize(
    ("answers", "dots", "width"), [(1, 1, "6"), (24, 24, "374"), (30, 24, "374")]
)
def test_it_shows_two_years_of_months_at_most(answers, dots, width):
    picture = drawn([5] * answers)
    assert (len(picture.findall("circle")), picture.get("width")) == (dots, width)
