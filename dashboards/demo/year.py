"""A year in which hardly anything happens, and the few things that do. Pure.

Long runs stay within a few per cent of each other, so that no rule fires by accident.
"""

import datetime as dt
import math
import random

from dashboards.demo.cast import Character
from dashboards.demo.habits import answer_red_flags
from dashboards.demo.pages import Diary, Outing, Problem

# Weekdays of the runs (Monday is 0) by how many a week, and each run's share of the long run.
WEEK_PATTERNS = {
    3: ((1, 0.5), (3, 0.6), (6, 1.0)),
    4: ((1, 0.5), (3, 0.6), (5, 0.4), (6, 1.0)),
    5: ((0, 0.35), (1, 0.5), (3, 0.6), (5, 0.4), (6, 1.0)),
}


def steady_year(character: Character, *, today: dt.date, weeks: int, rng: random.Random) -> Diary:
    """Return a usual year: runs, rest days and what is done besides running."""
    first = today - dt.timedelta(days=7 * weeks)
    diary = Diary(joined_on=first)
    shares = dict(WEEK_PATTERNS[character.runs_a_week])
    for offset in range(7 * weeks):
        day = first + dt.timedelta(days=offset)
        share = shares.get(day.weekday())
        if share is None or rng.random() < 0.04:
            diary.days[day] = "rest"
        else:
            diary.outings.append(_run(character, day, share=share, rng=rng))
        diary.outings += _besides_running(day, rng)
    return diary


def _besides_running(day: dt.date, rng: random.Random) -> list[Outing]:
    """Some strength on Wednesdays, foam rolling on Fridays, a ride on Mondays."""
    kind, chance = {2: ("strength", 0.4), 4: ("mobility", 0.3), 0: ("ride", 0.12)}.get(
        day.weekday(), ("", 0.0)
    )
    if rng.random() >= chance:
        return []
    minutes = rng.randrange(10, 25) if kind == "mobility" else rng.randrange(25, 60)
    distance_m = minutes * 400 if kind == "ride" else None
    return [Outing(day, distance_m, minutes * 60, 3, kind=kind, hour=19)]


def _run(character: Character, day: dt.date, *, share: float, rng: random.Random) -> Outing:
    season = 1 + 0.06 * math.sin(2 * math.pi * day.timetuple().tm_yday / 365)
    distance_m = round(character.long_run_m * share * season * rng.uniform(0.97, 1.0), -1)
    pace = character.pace_s_km * rng.uniform(0.97, 1.05)
    return Outing(
        on=day,
        distance_m=int(distance_m),
        duration_s=int(distance_m / 1000 * pace),
        effort=rng.choice((3, 4, 4, 5)) if share < 1 else rng.choice((5, 6)),
        hour=9 if day.weekday() >= 5 else 18,
        surface=rng.choice(("road", "road", "trail", "grass")),
    )


# How many days ago something may begin, at the latest: for those who live through a story it must
# be over and forgotten before the story begins.
LATEST_STEADY, LATEST_STORY, EARLIEST_MARGIN = 24, 110, 45

# A problem in the year before makes every later one count for more (M1); their story is plainer.
SORE = {"sorer", "unsettled", "limping", "night_pain", "two_weeks", "silent_sore"}


def add_past(
    diary: Diary, character: Character, *, today: dt.date, weeks: int, rng: random.Random
) -> None:
    """Add up to two things that happened earlier in the year and are over."""
    latest = LATEST_STEADY if character.story == "steady" else LATEST_STORY
    earliest = 7 * weeks - EARLIEST_MARGIN
    if character.story in {"healed", "busy_month"} or earliest <= latest:
        return
    sore_now = character.story in SORE
    may_happen = (jump, away, ill_spell) if sore_now else (jump, niggle, niggle, away, ill_spell)
    for happened in rng.sample(may_happen, k=2):
        happened(diary, today - dt.timedelta(days=rng.randrange(latest, earliest)), rng)


def jump(diary: Diary, day: dt.date, rng: random.Random) -> None:
    """One run a good deal longer than those before."""
    run = next((run for run in diary.runs() if run.on >= day), None)
    if run is not None and run.distance_m:
        base = max((other.distance_m or 0) for other in diary.runs() if other.on <= run.on)
        run.stretch(rng.uniform(1.2, 1.5) * base / run.distance_m)


def niggle(diary: Diary, day: dt.date, rng: random.Random) -> None:
    """A sore heel that begins, worsens, is given a rest and heals."""
    weeks = rng.randrange(2, 5)
    peak = rng.choice((3, 4, 5))
    began, closed = day - dt.timedelta(days=7 * weeks), day
    spot = rng.choice(("under_heel_inner", "under_heel_inner", "under_heel_centre", "back_of_heel"))
    diary.problems.append(Problem(rng.choice(("left", "right")), spot, began, closed))
    answer_red_flags(diary, since=began, until=closed)
    for offset in range(7 * weeks):
        if rng.random() < 0.75:
            diary.mornings[began + dt.timedelta(days=offset)] = _course(offset / (7 * weeks), peak)
    if peak >= 4:
        rest_from = began + dt.timedelta(days=2 * weeks)
        until = rest_from + dt.timedelta(days=rng.randrange(5, 9))
        diary.no_running_since(rest_from, until=until, status="injured")
        diary.outings.append(
            Outing(rest_from + dt.timedelta(days=2), 18_000, 3_000, 3, kind="ride", hour=19)
        )
    for run in diary.runs():
        if began < run.on < closed:
            run.during = max(0, diary.mornings.get(run.on, 1) - 1)


def _course(share: float, peak: int) -> int:
    """Soreness over the length of a niggle: up in the first third, down to nothing after."""
    if share < 1 / 3:
        return round(2 + (peak - 2) * share * 3)
    return round(peak * (1 - share) * 1.5)


def away(diary: Diary, day: dt.date, rng: random.Random) -> None:
    """A week or so of holiday, said beforehand."""
    until = day + dt.timedelta(days=rng.randrange(5, 9))
    diary.no_running_since(day, until=until, status="holiday")


def ill_spell(diary: Diary, day: dt.date, rng: random.Random) -> None:
    """A few days in bed."""
    until = day + dt.timedelta(days=rng.randrange(3, 7))
    diary.no_running_since(day, until=until, status="ill")
