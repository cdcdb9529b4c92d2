"""A whole backtest as plain data: of training logs, or of a club's lives."""

from collections.abc import Iterable, Mapping
from typing import Any

from injuries.backtest.events import events_report
from injuries.backtest.figures import RESAMPLES, SEED, Draws
from injuries.backtest.lives import WHY_NO_OUTCOME, lived_by
from injuries.backtest.lovdal import Logs
from injuries.backtest.replay import Lived, as_one_club, replay
from injuries.backtest.report import Limits, replay_report

FORMAT = 2  # of a club's figures as they are stored; another one is worked out anew
CLUB_MIN = 5  # as everywhere in a club: fewer people could be somebody

ALWAYS = (
    "Intervals are 95 %, percentiles of a bootstrap over athletes. Lift compares with as many "
    "alerts on other days or weeks of the same athlete; 1 is chance.",
    "Alerts that were followed by nothing may have been heeded. Nothing here shows that flags "
    "prevent injuries, and figures from invented data say nothing about real runners.",
    "The coaches' list is replayed as it works: three weeks over the budget shorten it by a step, "
    "in the order of docs/adr/0010; what the runner is told stays.",
)
OF_LOGS = (
    "A day's distance stands for one run, so two runs of one day count as one longer one.",
    "Weeks are counted from day 0, not from a Monday. Days missing from the log are unknown, never "
    "rest: weeks after a gap are not assessed.",
    "Of the rules only those about load can fire: the logs hold no pain, no shoes and no answers. "
    "An injury sets 'injured within 12 months' on later days, as a runner's own answer would.",
)
OF_EVENTS = (
    "D-22 is left out for everybody and only days before D count. Of one's own earlier weeks only "
    "those that ended by D-23 count, since D-22 to D-8 are unknown before an injury.",
    "L1 is judged on the last 7 days instead of 14, without its rules for coming back after a "
    "break, and of D-8 to D-21 the longest day of each week is all that is known. L4 cannot see "
    "recovery weeks or breaks.",
    "Healthy days within 21 days of an injury were removed by the authors, so base rate and PPV "
    "are those of the days that are left.",
)
WITHOUT_DAYS = (
    "Without daily_long.csv nobody has earlier weeks, so usual_week_z and L7 score nothing."
)
OF_CLUB = (
    "An alert counts as first seen on the Sunday that ends its week, although the runner reads "
    "most on the day itself; histories are replayed as they stand now, with what was added later.",
    "An onset is a sore spot opened by somebody without an open one. Only runners who share "
    "everything are counted, from the week in which they joined; groups under "
    f"{CLUB_MIN} are not shown.",
)


def of_logs(logs: Logs, *, seed: int = SEED, resamples: int = RESAMPLES) -> dict[str, Any]:
    """Return the backtest of training logs."""
    lives = [
        lived_by(athlete, logs.days[athlete]) for athlete in logs.athletes if athlete in logs.days
    ]
    replays = as_one_club(map(replay, lives))
    draws = Draws(len(replays), resamples=resamples, seed=seed)
    weekly = replay_report(replays, draws, limits=Limits(), unknown=WHY_NO_OUTCOME)
    by_event = events_report(logs, Draws(len(logs.athletes), resamples=resamples, seed=seed))
    of_days = OF_LOGS if lives else (WITHOUT_DAYS,)
    notes = of_days + (OF_EVENTS if logs.events else ()) + ALWAYS
    return {
        "athletes": len(logs.athletes),
        "seed": seed,
        "resamples": resamples,
        "replay": weekly if lives else None,
        "events": by_event if logs.events else None,
        "notes": list(notes),
    }


def of_lives(
    lives: Iterable[Lived], *, seed: int = SEED, resamples: int = RESAMPLES
) -> dict[str, Any]:
    """Return the backtest of a club's runners; of too few of them nothing but that."""
    return of_clubs([lives], seed=seed, resamples=resamples)


def of_clubs(
    clubs: Iterable[Iterable[Lived]], *, seed: int = SEED, resamples: int = RESAMPLES
) -> dict[str, Any]:
    """Return the backtest of the runners of several clubs, each with its own coaches' list."""
    replays = [one for lives in clubs for one in as_one_club(map(replay, lives))]
    runners = sum(bool(one.weeks) for one in replays)
    limits = Limits(CLUB_MIN)
    told: dict[str, Any] = {"format": FORMAT, "seed": seed, "resamples": resamples}
    if limits.hides(runners):
        why = f"{limits.why} share everything and have 28 known days"
        return told | {"replay": None, "why": why, "notes": [*OF_CLUB, *ALWAYS]}
    draws = Draws(len(replays), resamples=resamples, seed=seed)
    weekly = replay_report(replays, draws, limits=limits)
    return told | {"replay": weekly, "notes": [*OF_CLUB, *ALWAYS]}


def nothing_in(figures: Mapping[str, Any]) -> bool:
    """Tell whether not a single week or day could be judged."""
    weekly, by_event = figures.get("replay"), figures.get("events")
    weeks = weekly["athlete_weeks"] if weekly else 0
    days = max((one["scored"] for one in by_event["scores"]), default=0) if by_event else 0
    return not weeks and not days
