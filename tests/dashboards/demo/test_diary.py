"""The demo's stories: the same for the same seed, and nothing in them that cannot be."""

import datetime as dt

import pytest

from dashboards.demo.cast import STORIES, cast
from dashboards.demo.diary import diary_of
from dashboards.demo.stories import STORY

TODAY = dt.date(2026, 3, 18)


def test_the_same_seed_tells_the_same_year():
    first = [diary_of(one, today=TODAY, weeks=52, seed=7) for one in cast(members=25, seed=7)]
    again = [diary_of(one, today=TODAY, weeks=52, seed=7) for one in cast(members=25, seed=7)]
    assert first == again


def test_another_seed_tells_another_year():
    one, other = (cast(members=25, seed=seed) for seed in (7, 8))
    assert one != other


def test_a_small_club_is_the_beginning_of_a_large_one():
    assert cast(members=60, seed=7)[:8] == cast(members=8, seed=7)


def test_every_story_is_told_and_every_address_is_its_own():
    characters = cast(members=200, seed=7)
    assert {one.story for one in characters} == set(STORY) == set(STORIES)
    assert len({one.email for one in characters}) == 200


@pytest.mark.parametrize("weeks", [4, 12, 52, 80])
@pytest.mark.parametrize("today", [TODAY + dt.timedelta(days=back) for back in range(7)])
def test_nothing_lies_in_the_future_or_before_joining(weeks, today):
    for one in cast(members=22, seed=7):
        diary = diary_of(one, today=today, weeks=weeks, seed=7)
        days = [run.on for run in diary.outings] + [*diary.days, *diary.mornings]
        assert max(days) <= today
        assert min(run.on for run in diary.outings) >= diary.joined_on
        assert all(week + dt.timedelta(days=6) < today for week in diary.checks)
        open_places = [(p.side, p.spot) for p in diary.problems if p.closed_on is None]
        assert len(open_places) == len(set(open_places))


@pytest.mark.parametrize("today", [TODAY + dt.timedelta(days=back) for back in range(7)])
def test_a_run_is_on_the_pair_that_was_in_use(today):
    for one in cast(members=22, seed=7):
        diary = diary_of(one, today=today, weeks=52, seed=7)
        in_use = [pair for pair in diary.pairs if pair.retired_on is None]
        assert len(in_use) == 1
        for run in diary.runs():
            pair = diary.pairs[run.pair]
            assert pair.first_used <= run.on
            assert pair.retired_on is None or run.on <= pair.retired_on
