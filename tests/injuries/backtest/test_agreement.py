"""An independent computation of L1, L4 and L7, vectorised, agrees with the engine on every day.

Written from the rules as documented (evidence 1.1, 1.4, 1.8, design 4), on one grid of athletes by
days: `nan` is an unknown day. Nothing of the engine is used here.
"""

import os
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat

import numpy as np
import pytest

from injuries.backtest import read
from injuries.backtest.lives import MONDAY
from tests.injuries.backtest.engine_days import numbers_of
from tests.injuries.backtest.shared import LOVDAL, needs_lovdal

BEFORE = 40  # unknown days in front of everybody's first, so that no window runs off the grid
NEVER = -(10**6)


@pytest.fixture(scope="module")
def logs():
    """Each athlete's days, the longest log first, so that the processes end together."""
    return sorted(read([LOVDAL]).days.values(), key=len, reverse=True)


@pytest.fixture(scope="module")
def grid(logs):
    """Metres by athlete and day; also the column of each athlete's first day of the log."""
    width = max(mine[-1].day - mine[0].day for mine in logs) + BEFORE + 1
    metres = np.full((len(logs), width), np.nan)
    for row, mine in enumerate(logs):
        for one in mine:
            if one.metres is not None:
                metres[row, one.day - mine[0].day + BEFORE] = one.metres
    return metres


def back(values, days, fill):
    """Return each day's value of `days` days before."""
    moved = np.full_like(values, fill)
    moved[:, days:] = values[:, : values.shape[1] - days]
    return moved


def trailing(values, days, last, work, fill):
    """Work over the `days` days that end `last` days before each day."""
    return work([back(values, last + n, fill) for n in range(days)], axis=0)


class Rules:
    """Every rule's number for every cell of the grid; nan where there is none."""

    def __init__(self, metres):
        self.known = ~np.isnan(metres)
        self.metres = np.nan_to_num(metres)
        self.run = self.metres > 0
        columns = np.arange(metres.shape[1])
        first = np.where(self.known.any(axis=1), self.known.argmax(axis=1), 10**6)
        self.day = np.broadcast_to(columns, metres.shape)
        self.age = self.day - first[:, None]  # days since the first known one
        self.coverage = trailing(self.known.astype(float), 30, 0, np.sum, 0) / 30
        self._breaks(first)

    def _breaks(self, first):
        """Known days without a run before each run, where they make a break of a week."""
        so_far = np.cumsum(self.known, axis=1)
        last_run = np.maximum.accumulate(np.where(self.run, self.day, NEVER), axis=1)
        before = back(last_run, 1, NEVER)  # the last run before this day
        start = np.where(before == NEVER, first[:, None], before + 1)
        so_far_at = np.take_along_axis(so_far, np.clip(start - 1, 0, None), axis=1)
        known_between = back(so_far, 1, 0) - np.where(start > 0, so_far_at, 0)
        long = (self.day - start >= 7) & (known_between >= 7)
        self.known_before_run = np.where(self.run & long, known_between, 0)
        # Still going on at the end of a day without a run.
        known_now = so_far - np.where(start > 0, so_far_at, 0)
        is_on = ~self.run & (self.day - start + 1 >= 7) & (known_now >= 14)
        self.long_break_on = is_on

    def returns(self):
        """The first day of the return each day lies in, of several that of the longest break."""
        best = np.zeros(self.day.shape)
        since = np.full(self.day.shape, NEVER)
        for ago in range(83, -1, -1):  # the latest wins among equals
            known = back(self.known_before_run, ago, 0)
            lasts = np.where(known < 14, 7, np.minimum(known, 84))
            is_in = (known > 0) & (ago < lasts) & (known >= best)
            best = np.where(is_in, known, best)
            since = np.where(is_in, self.day - ago, since)
        return since

    def l1(self):
        """Largest ratio, of the runs of 14 days, to the longest run of the 30 days before it."""
        since = self.returns()
        longest = np.zeros(self.metres.shape)
        for ago in range(1, 31):
            counts = (since == NEVER) | (self.day - ago >= since)
            longest = np.maximum(longest, np.where(counts, back(self.metres, ago, 0.0), 0.0))
        enough = (since != NEVER) | (back(self.coverage, 1, 0.0) >= 0.8 - 1e-12)
        judged = self.run & (self.age >= 30) & (longest > 0) & enough
        ratio = np.where(judged, self.metres / np.where(longest > 0, longest, 1), -np.inf)
        worst = trailing(ratio, 14, 0, np.max, -np.inf)
        return np.where(np.isinf(worst), np.nan, worst)

    def week_sums(self):
        """Sum of the 7 days that end on each day; nan with an unknown one among them."""
        whole = trailing(self.known.astype(float), 7, 0, np.sum, 0) == 7
        return np.where(whole, trailing(self.metres, 7, 0, np.sum, 0), np.nan)

    def l4(self):
        """Change of the week against the one before, unless that was small, recovery or a break."""
        sums = self.week_sums()
        before = back(sums, 7, np.nan)
        earlier = np.mean([back(sums, 7 * n, np.nan) for n in range(2, 6)], axis=0)
        recovery = before < 0.6 * earlier  # False where one of the four is unknown
        back_from_long = np.where(self.known_before_run >= 14, 1.0, 0.0)
        lately = trailing(back_from_long, 28, 0, np.max, 0.0) > 0
        with np.errstate(invalid="ignore", divide="ignore"):
            change = (sums - before) / before
        usable = (before >= 10_000) & ~recovery & ~lately & ~self.long_break_on
        return np.where(usable, change, np.nan)

    def l7(self):
        """The week in SDs above the mean of all that ended 7 or more days before."""
        sums = self.week_sums()
        there = ~np.isnan(sums)
        # Whole numbers all the way: no SD of equal weeks that is not quite nothing.
        values = np.where(there, np.nan_to_num(sums), 0).astype(np.int64)
        count, total, squares = (
            back(np.cumsum(one, axis=1), 7, 0)
            for one in (there.astype(np.int64), values, values**2)
        )
        spread = count * squares - total**2
        usable = there & (count >= 28) & (spread > 0)
        score = (values * count - total) / np.sqrt(np.where(usable, spread, 1))
        return np.where(usable, score, np.nan)


@needs_lovdal
@pytest.mark.timeout(300)  # the engine's part is most of it
def test_the_engine_agrees_on_every_athlete_day(logs, grid):
    workers = min(4, os.cpu_count() or 1)
    with ProcessPoolExecutor(workers) as pool:
        engine = list(pool.map(numbers_of, logs, repeat(MONDAY)))
    found = Rules(grid)
    compared = {}
    for place, (name, values) in enumerate(
        {"L1": found.l1(), "L4": found.l4(), "L7": found.l7()}.items()
    ):
        ours = np.concatenate(
            [
                values[row, [one.day - mine[0].day + BEFORE for one in mine]]
                for row, mine in enumerate(logs)
            ]
        )
        theirs = np.array(
            [np.nan if day[place] is None else day[place] for mine in engine for day in mine]
        )
        assert np.array_equal(np.isnan(ours), np.isnan(theirs)), name
        assert np.nanmax(np.abs(ours - theirs)) <= 0.5e-4 + 1e-9, name  # the engine's 4 places
        compared[name] = (len(ours), int((~np.isnan(ours)).sum()))
    assert {days for days, _ in compared.values()} == {46_519}
    assert min(numbers for _, numbers in compared.values()) > 25_000
