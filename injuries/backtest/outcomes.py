"""What came after one runner's alerts of one kind, counted (evidence 6.4)."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from injuries.backtest.figures import Estimate, percentile
from injuries.backtest.replay import Replayed

NOT_FOLLOWED = "no alert was followed by an onset"


@dataclass(slots=True)
class Tally:
    """What one runner adds to the figures about one kind of alert and one horizon."""

    episodes: int = 0  # begun while free of a problem and followed to the end of the horizon
    hits: int = 0
    weeks: int = 0  # free of a problem and followed: where an alert could be right or wrong
    onset_weeks: int = 0
    onsets: int = 0
    warned: int = 0
    leads: list[int] = field(default_factory=list)
    same_day: int = 0

    @property
    def by_chance(self) -> float:
        """Hits of as many alerts on any of this runner's weeks: the mean over all orders."""
        return self.episodes * self.onset_weeks / self.weeks if self.weeks else 0.0


def tally(
    one: Replayed, *, begun: Collection[dt.date], flagged: Sequence[dt.date], days: int
) -> Tally:
    """Count one runner: `begun` are first days of episodes, `flagged` all days with the alert."""
    counted = Tally()
    for week in one.weeks:
        counted.same_day += week.on in begun and week.on in one.onsets
        outcome = one.onset_within(week.on, days) if week.free else None
        if outcome is None:
            continue
        counted.weeks += 1
        counted.onset_weeks += outcome
        if week.on in begun:
            counted.episodes += 1
            counted.hits += outcome
            if outcome:
                first = min(onset for onset in one.onsets if onset > week.on)
                counted.leads.append((first - week.on).days)
    horizon = dt.timedelta(days=days)
    counted.onsets = len(one.onsets)
    counted.warned = sum(
        any(onset - horizon <= on < onset for on in flagged) for onset in one.onsets
    )
    return counted


def lead_days(tallies: Iterable[Tally], *, untold: str) -> dict[str, Any]:
    """Return the days from the Sunday an alert was first seen to the onset that followed.

    The share under a day is of those that were first seen on the very day of an onset.
    """
    tallies = list(tallies)
    leads = sorted(lead for one in tallies for lead in one.leads)
    same_day = sum(one.same_day for one in tallies)
    if untold or not len(leads) + same_day:
        nothing = dict.fromkeys(("alerts", "median", "q1", "q3", "share_under_1_day"))
        return nothing | {"why": untold or NOT_FOLLOWED}
    return {
        "alerts": len(leads),
        "median": median(leads) if leads else None,
        "q1": percentile(leads, 25) if leads else None,
        "q3": percentile(leads, 75) if leads else None,
        "share_under_1_day": round(same_day / (same_day + len(leads)), 4),
    }


def inverted(share: Estimate) -> Estimate:
    """Return one over a share: how many alerts for one that was followed by an onset."""
    if not share.value:
        return Estimate(None, why=share.why or NOT_FOLLOWED)
    return Estimate(
        1 / share.value,
        1 / share.high if share.high else None,
        1 / share.low if share.low else None,
    )
