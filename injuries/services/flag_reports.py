"""Works out how good each club's flags have been, once a week, away from any page."""

import datetime as dt
from typing import Any

from injuries.backtest import FORMAT, RESAMPLES, SEED, of_lives
from injuries.models import FlagReport
from injuries.selectors.backtest import club_lives
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
        club_id=club_id, defaults={"made_at": now, "figures": figures}
    )
    return True


def club_figures(
    club: Club, *, now: dt.datetime, seed: int = SEED, resamples: int = RESAMPLES
) -> dict[str, Any]:
    """Return the backtest of all of a club's own histories."""
    return of_lives(club_lives(club, now=now), seed=seed, resamples=resamples)
