"""Weeks and seasons."""

import datetime as dt

import pytest

from members.weeks import season_start


@pytest.mark.parametrize(
    ("day", "start"),
    [
        ("2026-02-28", "2025-12-01"),
        ("2026-03-01", "2026-03-01"),
        ("2026-05-31", "2026-03-01"),
        ("2026-06-01", "2026-06-01"),
        ("2026-11-30", "2026-09-01"),
        ("2026-12-01", "2026-12-01"),
        ("2026-01-01", "2025-12-01"),
    ],
)
def test_a_season_starts_with_march_june_september_and_december(day, start):
    assert season_start(dt.date.fromisoformat(day)) == dt.date.fromisoformat(start)
