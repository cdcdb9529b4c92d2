"""What members do week after week: answer questions and wear out shoes. Pure."""

import datetime as dt
import random

from dashboards.demo.pages import NO_PROBLEM, Answers, Diary, Pair

DAY, WEEK = dt.timedelta(days=1), dt.timedelta(days=7)
NEW_AFTER_M = 450_000
RED_FLAGS_EVERY = 9  # days; answers count for ten
PAIR_NAMES = ("Grey road pair", "Blue road pair", "Light pair", "Green trail pair", "Red road pair")


def answer_red_flags(diary: Diary, *, since: dt.date, until: dt.date) -> None:
    """Answer every red-flag question with no as often as the answers run out."""
    day = since
    while day <= until:
        diary.red_flags[day] = {}
        day += RED_FLAGS_EVERY * DAY


def wear_shoes(diary: Diary, *, last_pair_m: int, is_worn: bool = False) -> None:
    """Put every run on a pair so that the last one has `last_pair_m` on it, those before 450 km.

    A worn pair that was not run that far here came with the rest on it.
    """
    bought: list[tuple[dt.date, int]] = []  # first day and metres, newest pair first
    limit_m, worn_m = last_pair_m, 0
    runs = diary.runs()
    for run in reversed(runs):
        if not bought or worn_m >= limit_m:
            limit_m = NEW_AFTER_M if bought else last_pair_m
            bought.append((run.on, 0))
            worn_m = 0
        worn_m += run.distance_m or 0
        bought[-1] = (run.on, worn_m)
        run.pair = -len(bought)
    for number, (first_used, _) in enumerate(reversed(bought)):
        retired_on = bought[-number - 2][0] if number + 1 < len(bought) else None
        name = PAIR_NAMES[number % len(PAIR_NAMES)]
        diary.pairs.append(Pair(name, 0, first_used, retired_on))
    for run in runs:
        run.pair = len(bought) + (run.pair or 0)
    if is_worn and len(bought) == 1:
        diary.pairs[0].start_m = max(0, last_pair_m - bought[0][1])


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
