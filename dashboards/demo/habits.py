"""What members do week after week: answer questions and wear out shoes. Pure."""

import datetime as dt
import random

from dashboards.demo.pages import NO_PROBLEM, Answers, Diary, Pair

DAY, WEEK = dt.timedelta(days=1), dt.timedelta(days=7)
RED_FLAGS_EVERY = 9  # days; answers count for ten
PAIR_NAMES = ("Grey road pair", "Blue road pair", "Light pair", "Green trail pair", "Red road pair")


def answer_red_flags(diary: Diary, *, since: dt.date, until: dt.date) -> None:
    """Answer every red-flag question with no as often as the answers run out."""
    day = since
    while day <= until:
        diary.red_flags[day] = {}
        day += RED_FLAGS_EVERY * DAY


def wear_shoes(diary: Diary, *, new_after_m: int) -> None:
    """Put every run on a pair; a new one is bought once the last has gone `new_after_m`."""
    runs = diary.runs()
    if not runs:
        return
    if not diary.pairs:
        diary.pairs.append(Pair(PAIR_NAMES[0], 0, runs[0].on))
    worn_m = 0
    for run in runs:
        if worn_m >= new_after_m:
            diary.pairs[-1].retired_on = run.on
            name = PAIR_NAMES[len(diary.pairs) % len(PAIR_NAMES)]
            diary.pairs.append(Pair(name, 0, run.on))
            worn_m = 0
        run.pair = len(diary.pairs) - 1
        worn_m += run.distance_m or 0


def answer_checks(diary: Diary, *, today: dt.date, habit: float, rng: random.Random) -> None:
    """Answer the weekly check on most Sundays since joining; `habit` is how often."""
    last_entry = max([*(one.on for one in diary.outings), *diary.days, *diary.mornings])
    sunday = diary.joined_on + (6 - diary.joined_on.weekday()) * DAY
    while sunday < today and sunday <= last_entry + DAY:
        if rng.random() < habit:
            diary.checks[sunday - 6 * DAY] = _answers(diary, sunday)
        sunday += WEEK


def _answers(diary: Diary, sunday: dt.date) -> Answers:
    """How the week went, going by the heel that was open in it."""
    week = [sunday - back * DAY for back in range(7)]
    is_open = any(
        one.since <= sunday and (one.closed_on is None or one.closed_on > week[-1])
        for one in diary.problems
    )
    if not is_open:
        return NO_PROBLEM
    if any(diary.days.get(day) == "injured" for day in week):
        return (17, 17, 8, 17)
    sorest = max((diary.mornings.get(day, 0) for day in week), default=0)
    return (8, 8, 8, 17) if sorest >= 4 else (8, 0, 0, 8)
