"""What one runner did over a year. Pure: same character, day and seed, same year."""

import datetime as dt
import random

from dashboards.demo.cast import Character
from dashboards.demo.habits import answer_checks, wear_shoes
from dashboards.demo.pages import Diary
from dashboards.demo.stories import STORY, WORN_M
from dashboards.demo.year import add_past, steady_year


def diary_of(character: Character, *, today: dt.date, weeks: int, seed: int) -> Diary:
    """Return the character's year up to yesterday, with this morning's report."""
    rng = random.Random(f"{seed}/{character.email}")  # noqa: S311 (a story, not a secret)
    diary = steady_year(character, today=today, weeks=weeks, rng=rng)
    add_past(diary, character, today=today, weeks=weeks, rng=rng)
    STORY[character.story](diary, today, character)
    fresh_m = rng.randrange(60_000, 430_000)
    last_pair_m = WORN_M.get(character.story)
    wear_shoes(diary, last_pair_m=last_pair_m or fresh_m, is_worn=last_pair_m is not None)
    answer_checks(diary, today=today, habit=rng.uniform(0.6, 0.98), rng=rng)
    return diary
