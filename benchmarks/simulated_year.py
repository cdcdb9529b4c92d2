"""How much there is to read in a simulated year: `python -m benchmarks.simulated_year 1000 1`.

Made-up recreational runners, the same for the same seed, replayed through the rules. It tests the
code and the burden; it says nothing about whether an alert is right (docs/risk-model.md). Where a
figure of real runners is known the simulation is held to it: 33.4 % of sessions in a week 30 % or
more above the one before (22,839 sessions of 430 recreational runners, doi:10.4085/1062-6050-
0430.23), 2.3 injuries in 100 runner-weeks (7.7 per 1,000 h, doi:10.1007/s40279-015-0333-8, at 3 h
a week). The rest is a choice, made before looking at the alerts.
"""

import datetime as dt
import random
import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from injuries.backtest import Lived, as_text, of_clubs, spells_of
from injuries.risk import (
    ALL_RED_FLAGS,
    Activity,
    Check,
    Day,
    History,
    Pain,
    Problem,
    RedFlags,
    Shoe,
)

FIRST = dt.date(2025, 1, 6)  # a Monday
CLUB = 50  # runners; the budget of evidence 6.4 is thought of for so many
WEEKS = 60  # eight of them before the year that is counted
DAY, WEEK = dt.timedelta(days=1), dt.timedelta(days=7)
SPOTS = ("under_heel_inner", "under_heel_centre", "back_of_heel", "above_heel", "elsewhere")


@dataclass(slots=True)
class Runner:
    """One runner's habits, and everything they said."""

    name: str
    rng: random.Random
    runs_a_week: int = 3
    long_run_m: int = 12_000
    unevenness: float = 0.1  # SD of the log of a week's distance; held to the 33.4 %
    taps: float = 0.9  # how often a week's other days are said to be rest
    answers: float = 0.75  # how often the weekly check is answered
    logs_shoes: bool = True
    injured_before: bool = False
    activities: list[Activity] = field(default_factory=list)
    days: list[Day] = field(default_factory=list)
    pain: list[Pain] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    red_flags: list[RedFlags] = field(default_factory=list)
    shoes: list[Shoe] = field(default_factory=list)
    pair_m: int = 0
    # How the body is: what it is, since, how long, how sore at worst.
    sore: tuple[str, dt.date, int, int] | None = None
    away: tuple[str, dt.date] | None = None  # holiday or ill, and its last day


def runner(number: int, seed: int) -> Runner:
    """Return a runner with a year behind them, the same for the same number and seed."""
    rng = random.Random(f"{seed}/{number}")
    made = Runner(
        name=str(number),
        rng=rng,
        runs_a_week=rng.choices((2, 3, 4, 5), weights=(25, 40, 25, 10))[0],
        long_run_m=round(rng.triangular(7_000, 24_000, 12_000), -2),
        unevenness=rng.uniform(0.05, 0.15),
        taps=rng.choices((0.95, 0.7), weights=(80, 20))[0],
        answers=rng.uniform(0.5, 0.95),
        logs_shoes=rng.random() < 0.6,
        injured_before=rng.random() < 0.35,
    )
    _new_pair(made, FIRST, start_m=rng.randrange(0, 500_000))
    for number_of_week in range(WEEKS):
        _live_week(made, FIRST + number_of_week * WEEK, number_of_week)
    return made


# --- A week ---------------------------------------------------------------------------------------
def _live_week(one: Runner, monday: dt.date, number: int) -> None:
    rng = one.rng
    # Four weeks up by a few per cent, the fourth an easy one, and what life does to each.
    form = (1.0, 1.06, 1.12, 0.75)[number % 4] * rng.lognormvariate(0, one.unevenness)
    if rng.random() < 0.02:
        form *= 1.5  # a race, a friend's long way home
    days = {*rng.sample(range(6), one.runs_a_week - 1), 6}
    says_rest = rng.random() < one.taps
    for weekday in range(7):
        _live_day(one, monday + weekday * DAY, weekday in days, form, says_rest=says_rest)
    if rng.random() < one.answers:
        _answer(one, monday)


def _live_day(one: Runner, on: dt.date, wants: bool, form: float, *, says_rest: bool) -> None:
    rng = one.rng
    _begin_or_end(one, on)
    if one.away is not None:
        one.days.append(Day(on, one.away[0]))
        return
    level = _soreness(one, on)
    if one.sore and one.sore[0] == "injury":
        one.days.append(Day(on, "injured"))
        return
    if level and rng.random() < 0.6:
        one.pain.append(Pain(on, first_step=level))
    if wants and rng.random() < (0.5 if level > 4 else 0.92):
        _run(one, on, form, level)
    elif says_rest:
        one.days.append(Day(on, "rest"))


def _run(one: Runner, on: dt.date, form: float, level: int) -> None:
    rng = one.rng
    is_long = on.weekday() == 6
    share = rng.lognormvariate(0, 0.08) * (1.0 if is_long else rng.uniform(0.4, 0.75))
    eased = 0.7 if level > 2 else 1.0
    distance_m = max(2_000, round(one.long_run_m * form * share * eased))
    during = None
    if level and rng.random() < 0.7:
        during = max(0, min(10, level + rng.choice((-2, -1, -1, 0, 1))))
    one.activities.append(
        Activity(
            on=on,
            distance_m=distance_m,
            duration_s=round(distance_m * 0.36),
            pain_during=during,
            gait_changed=None if during is None else during >= 7,
            shoe=one.shoes[-1].id if one.logs_shoes else None,
        )
    )
    one.pair_m += distance_m
    if one.pair_m > 650_000 and rng.random() < 0.05:
        _new_pair(one, on + DAY, start_m=0)


def _new_pair(one: Runner, on: dt.date, *, start_m: int) -> None:
    if one.shoes:
        one.shoes[-1] = replace(one.shoes[-1], retired=on)
    one.shoes.append(Shoe(id=str(len(one.shoes)), start_m=start_m, first_used=on))
    one.pair_m = start_m


# --- What happens to people -----------------------------------------------------------------------
def _begin_or_end(one: Runner, on: dt.date) -> None:
    rng = one.rng
    if one.away is not None and on > one.away[1]:
        one.away = None
    if one.sore is not None and on > one.sore[1] + one.sore[2] * DAY:
        _end_sore(one, on)
    if one.away is None and rng.random() < 1.5 / 365:
        one.away = ("holiday", on + rng.randrange(5, 15) * DAY)
    elif one.away is None and rng.random() < 1.5 / 365:
        one.away = ("ill", on + rng.randrange(2, 10) * DAY)
    if one.sore is None and rng.random() < 0.023 / 7:
        days = max(3, round(rng.lognormvariate(2.9, 0.7)))  # median 18
        if rng.random() < 0.25:
            one.sore = (
                "heel",
                on,
                days,
                rng.choices(range(2, 8), weights=(25, 30, 20, 12, 8, 5))[0],
            )
            side = rng.choice(("left", "right"))
            one.problems.append(Problem(side, rng.choice(SPOTS), on))
        else:
            # Elsewhere in the body: a third stop running, the others say so in the weekly check.
            kind = "injury" if rng.random() < 1 / 3 else "niggle"
            one.sore = (kind, on, days, 0)


def _end_sore(one: Runner, on: dt.date) -> None:
    if one.sore is not None and one.sore[0] == "heel":
        last = one.problems[-1]
        # Some never say that it is over, at least not for two months.
        late = 0 if one.rng.random() < 0.85 else 60
        one.problems[-1] = replace(last, closed=on + late * DAY)
    one.sore = None


def _soreness(one: Runner, on: dt.date) -> int:
    """First steps today: up within a third of the time, then down."""
    if one.sore is None or one.sore[0] != "heel":
        return 0
    _, since, days, worst = one.sore
    part = (on - since).days / days
    level = worst * (part * 3 if part < 1 / 3 else (1 - part) * 1.5) + one.rng.choice((-1, 0, 0, 1))
    if (on - since).days % 9 == 0 and one.rng.random() < 0.9:
        answers: dict[str, bool | None] = dict.fromkeys(ALL_RED_FLAGS, False)
        if one.rng.random() < 0.03:
            answers[one.rng.choice(ALL_RED_FLAGS)] = True
        one.red_flags.append(RedFlags(on, answers))
    return max(0, min(10, round(level)))


def _answer(one: Runner, monday: dt.date) -> None:
    sunday = monday + 6 * DAY
    if one.away is not None:
        return
    if one.sore is None:
        answers: tuple[int | None, ...] = (0, None, None, None)
    elif one.sore[0] == "injury":
        answers = (25, None, None, None)
    elif one.sore[3] >= 5:
        answers = (17, 17, 8, 17)
    else:
        answers = (8, one.rng.choice((0, 8)), 8, 8)
    one.checks.append(Check(monday, sunday, answers))  # type: ignore[arg-type]


# --- Seen from a day ------------------------------------------------------------------------------
def lived(one: Runner) -> Lived:
    """Return the runner's life, of which a day sees only what lies before it."""
    last = FIRST + WEEKS * WEEK - DAY
    known = {row.on for row in (*one.activities, *one.days)}
    sundays = [FIRST + number * WEEK + 6 * DAY for number in range(8, WEEKS)]

    def as_of(on: dt.date) -> History:
        return History(
            on=on,
            previous_injury_12m=one.injured_before or None,
            activities=tuple(_until(one.activities, on)),
            days=tuple(_until(one.days, on)),
            pain=tuple(_until(one.pain, on)),
            problems=tuple(_still(row, on) for row in one.problems if row.since <= on),
            checks=tuple(row for row in one.checks if row.answered_on <= on),
            red_flags=tuple(_until(one.red_flags, on)),
            shoes=tuple(_as_it_was(row, on) for row in one.shoes if row.first_used <= on),
        )

    return Lived(
        runner=one.name,
        as_of=as_of,
        sundays=tuple(sundays),
        known=tuple(sorted(known)),
        spells=spells_of(one.problems),
        followed_until=last,
        answered=frozenset(row.answered_on for row in one.checks),
    )


def _until(rows: Sequence, on: dt.date) -> Sequence:
    return rows[: bisect_right(rows, on, key=lambda row: row.on)]


def _still(row: Problem, on: dt.date) -> Problem:
    return replace(row, closed=None) if row.closed is not None and row.closed > on else row


def _as_it_was(row: Shoe, on: dt.date) -> Shoe:
    return replace(row, retired=None) if row.retired is not None and row.retired > on else row


def simulated(runners: int, seed: int) -> Iterator[Lived]:
    """Yield as many lives."""
    return (lived(runner(number, seed)) for number in range(runners))


def clubs(runners: int, seed: int) -> Iterator[list[Lived]]:
    """Yield as many lives, in clubs of 50."""
    for first in range(0, runners, CLUB):
        members = range(first, min(first + CLUB, runners))
        yield [lived(runner(number, seed)) for number in members]


def share_of_big_weeks(runners: int, seed: int) -> float:
    """Share of sessions in seven days 30 % or more above the seven before, to hold to 33.4 %."""
    big = sessions = 0
    for number in range(runners):
        rows = runner(number, seed).activities
        metres = {row.on: row.distance_m or 0 for row in rows}
        for row in rows:
            week, before = (
                sum(metres.get(row.on - (start + n) * DAY, 0) for n in range(7)) for start in (0, 7)
            )
            sessions += before > 0
            big += before > 0 and week >= 1.3 * before
    return big / sessions


def main(arguments: Sequence[str]) -> None:
    """Print the figures."""
    runners, seed = int(arguments[0]), int(arguments[1])
    big = share_of_big_weeks(min(runners, 100), seed)
    print(
        f"Sessions in a week 30 % or more above the one before: {big:.1%} (real runners: 33.4%)\n"
    )
    print(as_text(of_clubs(clubs(runners, seed), resamples=200)))


if __name__ == "__main__":
    main(sys.argv[1:])
