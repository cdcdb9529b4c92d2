"""Hills and speed: locked until a week is half of what it was."""

import datetime as dt

from injuries.care.hills import unlocked_on, week_before_m
from tests.injuries.care.diaries import at, run, walk


def test_the_week_before_is_a_quarter_of_the_28_days_before_it_began():
    rows = [run(-28, 10_000), run(-1, 10_000), run(-29, 90_000), run(0, 90_000), walk(-3)]

    assert week_before_m(rows, since=at(0)) == 5_000


def test_without_runs_or_with_an_unknown_distance_the_week_before_is_not_known():
    assert week_before_m([], since=at(0)) is None
    assert week_before_m([run(-3, 10_000), run(-2, None)], since=at(0)) is None


def test_the_first_week_that_reaches_half_unlocks():
    rows = [run(-6, 1_000), run(0, 1_499), run(5, 1_000), run(6, 1)]

    assert unlocked_on(rows, left_on=at(0), week_m=5_000, on=at(5)) is None
    assert unlocked_on(rows, left_on=at(0), week_m=5_000, on=at(9)) == at(6)
    assert unlocked_on(rows, left_on=at(0), week_m=4_998, on=at(9)) == at(0)


def test_an_unknown_distance_unlocks_nothing():
    assert unlocked_on([run(0, None)], left_on=at(0), week_m=10, on=at(3)) is None


def test_without_a_week_to_compare_it_takes_four_weeks():
    for week_m in (None, 0):
        assert unlocked_on([], left_on=at(0), week_m=week_m, on=at(27)) is None
        assert unlocked_on([], left_on=at(0), week_m=week_m, on=at(60)) == at(0) + dt.timedelta(28)
