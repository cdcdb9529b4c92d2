"""Works out how good each club's flags have been, once a week, away from any page.

And at which step its coaches are alerted, so that the list stays within its budget.
"""

import datetime as dt
from typing import Any

from injuries.backtest import FORMAT, RESAMPLES, SEED, of_lives
from injuries.coach_list import WEEK, Standing, standings
from injuries.models import FlagReport
from injuries.selectors.backtest import club_lives
from injuries.selectors.coach_list import told_by_runner
from members.models import Club

MADE_EVERY = dt.timedelta(days=7)
MOST_RUNNERS = 500  # more are drawn by lot, so that the job ends in time


def clubs_due(*, now: dt.datetime) -> list[int]:
    """Return the clubs whose figures are missing or a week old."""
    fresh = FlagReport.objects.filter(made_at__gt=now - MADE_EVERY, figures__format=FORMAT)
    due = Club.objects.exclude(flag_report__in=fresh).order_by("pk")
    return list(due.values_list("pk", flat=True))


def make_flag_report(club_id: int, *, now: dt.datetime) -> bool:
    """Work out and store one club's figures; False where they are fresh or the club is gone."""
    if club_id not in clubs_due(now=now):
        return False
    club = Club.objects.get(pk=club_id)
    figures = of_lives(club_lives(club, now=now, at_most=MOST_RUNNERS))
    FlagReport.objects.update_or_create(
        club_id=club_id, defaults={"made_at": now, "figures": figures} | _step(club, now=now)
    )
    return True


def _step(club: Club, *, now: dt.datetime) -> dict[str, Any]:
    """Return at which step coaches are alerted from now on: each settled week is judged once."""
    report = FlagReport.objects.filter(club=club).first()
    start = Standing()
    if report is not None and report.coach_step_judged and report.coach_step_since:
        held = (report.coach_step_judged + WEEK - report.coach_step_since) // WEEK
        start = Standing(report.coach_step, held, report.coach_step_judged)
    for last in standings(told_by_runner(club, now=now), start)[-1:]:
        since = last.judged + WEEK - last.held * WEEK
        return {
            "coach_step": last.step,
            "coach_step_since": since,
            "coach_step_judged": last.judged,
        }
    return {}


def club_figures(
    club: Club, *, now: dt.datetime, seed: int = SEED, resamples: int = RESAMPLES
) -> dict[str, Any]:
    """Return the backtest of all of a club's own histories."""
    return of_lives(club_lives(club, now=now), seed=seed, resamples=resamples)
