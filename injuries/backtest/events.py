"""Scores and rules against single days on which an injury began or did not, free of the leak.

In the public data the days from D-22 to D-8 are missing before every injury and hardly anywhere
else, so whatever counts, fills or compares known days "predicts" well and means nothing. Here a
day is scored by a score only when all that score looks at is known, D-22 is left out for
everybody, of one's own earlier weeks only those that ended before D-22 count, and nothing of the
day itself or later is looked at.
"""

import math
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from injuries.backtest.figures import Discrimination, Draws, Estimate, Scored, divide, dot
from injuries.backtest.lovdal import Event, LoggedDay, Logs
from injuries.risk import thresholds as t
from injuries.risk.facts import Session
from injuries.risk.load import Compared

CHRONIC_DAYS = 27  # D-8 to D-35 without D-22
KNOWN_BEFORE = 23  # an injury's own history is unknown from D-22 to D-8
TOO_FEW = "fewer than 10 injuries with the whole history known"
FEWEST_ONSETS = 10


# --- One day --------------------------------------------------------------------------------------
def base_before(event: Event) -> int | None:
    """Return the longest day of the 30 before the last week, D-22 left out; None where unknown."""
    days = (*event.longest[1:], *event.before)
    return None if None in days else max(day for day in days if day is not None)


def longest_ratio(event: Event) -> float | None:
    """L1's number for the last week: its longest day against the longest of the 30 days before."""
    base_m, longest_m = base_before(event), event.longest[0]
    if longest_m is None or not base_m:
        return None
    return Compared(_run(event.day - 7, longest_m), longest_m, base_m).ratio


def spikes(event: Event) -> list[Compared]:
    """Return the days of the last week that are a spike by L1, each against its own 30 days."""
    if base_before(event) is None or None in event.last:
        return []
    found = []
    for back, metres in enumerate(event.last, start=1):
        before = (*event.last[back:], *event.longest[1:], *event.before[: back + 8])
        base_m = max(day for day in before if day is not None)
        if metres and base_m:
            one = Compared(_run(event.day - back, metres), metres, base_m)
            if one.is_spike:
                found.append(one)
    return found


def _run(day: int, metres: int) -> Session:
    return Session(day, metres, False, None, False)


def acute_chronic(event: Event) -> float | None:
    """Return 7:28 uncoupled: metres a day of the last week over those of D-35 to D-8."""
    days = (*event.weeks[1:], *event.before[:13])
    if event.weeks[0] is None or None in days:
        return None
    chronic = sum(day for day in days if day is not None) / CHRONIC_DAYS
    return divide(event.weeks[0] / 7, chronic)


def week_ratio(event: Event) -> float | None:
    """Return the last week over the week before."""
    last, before = event.weeks[:2]
    return None if last is None or before is None else divide(last, before)


class UsualWeeks:
    """One athlete's 7-day sums without an unknown day, added up day by day for L7's z score."""

    def __init__(self, days: Iterable[LoggedDay]) -> None:
        metres = {one.day: one.metres for one in days if one.metres is not None}
        self._ends, sums = [], []
        for day in sorted(metres):
            week = [metres.get(day - back) for back in range(7)]
            if None not in week:
                self._ends.append(day)
                sums.append(sum(one for one in week if one is not None))
        self._sums = [0, *accumulate(sums)]
        self._squares = [0, *accumulate(one * one for one in sums)]

    def z(self, week_m: int, *, until: int) -> float | None:
        """Return the week in standard deviations above those that ended by the day `until`."""
        count = bisect_right(self._ends, until)
        if count < t.USUAL_WEEKS_MIN:
            return None
        total, squares = self._sums[count], self._squares[count]
        spread = count * squares - total * total  # whole numbers: no rounding before the root
        return None if spread <= 0 else (week_m * count - total) / math.sqrt(spread)


# --- The tables -----------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class ScoredEvent:
    """What the scores say on one day; None: not all that it looks at is known."""

    injury: bool
    numbers: dict[str, float | None]
    alerts: dict[str, bool | None]


SCORES = {
    "longest_ratio": "longest day of the last 7 over the longest of the 30 days before (L1)",
    "acute_chronic": "acute:chronic 7:28, uncoupled",
    "week_ratio": "last week over the week before (L4)",
    "usual_week_z": "km of the last 7 days against one's own earlier weeks, z (L7)",
}
RULES = {
    "L1": "a day of the last 7 over 10 % and 1 km longer than the longest of its 30 days before",
    "L1_over_100": "the same, more than twice as long",
    "L4": "the last week over 30 % more than the week before",
    "L7": "the last 7 days more than 1.5 SD above one's own earlier weeks",
    "acute_chronic_over_1_5": "acute:chronic over 1.5 (no rule here, for comparison)",
    "week_over_10_percent": "the last week over 10 % more (no rule here, for comparison)",
}


def score(event: Event, usual: UsualWeeks) -> ScoredEvent:
    """Return every score and rule of one day."""
    ratio, acute, week = longest_ratio(event), acute_chronic(event), week_ratio(event)
    last_m, before_m = event.weeks[:2]
    z = None if last_m is None else usual.z(last_m, until=event.day - KNOWN_BEFORE)
    found = spikes(event)
    is_base = before_m is not None and before_m >= t.BIG_STEP_MIN_WEEK_M
    change = None if week is None or not is_base else week - 1
    return ScoredEvent(
        injury=event.injury,
        numbers={
            "longest_ratio": ratio,
            "acute_chronic": acute,
            "week_ratio": week,
            "usual_week_z": z,
        },
        alerts={
            "L1": None if ratio is None else bool(found),
            "L1_over_100": None if ratio is None else any(one.is_double for one in found),
            "L4": None if change is None else change > t.BIG_STEP,
            "L7": None if z is None else z > t.ABOVE_USUAL_Z,
            "acute_chronic_over_1_5": None if acute is None else acute > 1.5,
            "week_over_10_percent": None if week is None else week > 1.1,
        },
    )


def events_report(logs: Logs, draws: Draws) -> dict[str, Any]:
    """Return the tables of scores and rules as plain data; `draws` are of `logs.athletes`."""
    scored = {}
    for athlete, events in logs.events.items():
        usual = UsualWeeks(logs.days.get(athlete, ()))
        scored[athlete] = [score(event, usual) for event in events]
    return {
        "events": sum(map(len, scored.values())),
        "injuries": sum(one.injury for mine in scored.values() for one in mine),
        "scores": [_score_figures(name, scored, logs.athletes, draws) for name in SCORES],
        "rules": [_rule_figures(name, scored, logs.athletes, draws) for name in RULES],
    }


def _score_figures(
    name: str, scored: Mapping[str, Sequence[ScoredEvent]], athletes: Sequence[str], draws: Draws
) -> dict[str, Any]:
    rows = {
        athlete: [
            Scored(number, one.injury)
            for one in mine
            if (number := one.numbers[name]) is not None
        ]
        for athlete, mine in scored.items()
    }  # fmt: skip
    found = Discrimination(rows, athletes)
    injuries = sum(found.outcomes)
    return {
        "score": name,
        "meaning": SCORES[name],
        "scored": found.rows,
        "injuries": injuries,
    } | found.figures(draws, why="" if injuries >= FEWEST_ONSETS else TOO_FEW)


@dataclass(slots=True)
class Tally:
    """One athlete's days by what a rule said and what came."""

    alerts: int = 0
    hits: int = 0
    days: int = 0
    injuries: int = 0

    @property
    def by_chance(self) -> float:
        """Hits that as many alerts on days drawn at random from this athlete's would make."""
        return self.alerts * self.injuries / self.days if self.days else 0.0


def _rule_figures(
    name: str, scored: Mapping[str, Sequence[ScoredEvent]], athletes: Sequence[str], draws: Draws
) -> dict[str, Any]:
    tallies = [_tally(name, scored.get(athlete, ())) for athlete in athletes]
    alerts = [one.alerts for one in tallies]
    hits = [one.hits for one in tallies]
    days = [one.days for one in tallies]
    injuries = [one.injuries for one in tallies]
    false = [a - h for a, h in zip(alerts, hits, strict=True)]
    healthy = [d - i for d, i in zip(days, injuries, strict=True)]
    quiet = [d - a for d, a in zip(days, alerts, strict=True)]
    missed = [i - h for i, h in zip(injuries, hits, strict=True)]
    chance = [one.by_chance for one in tallies]

    def risk_ratio(weights: Sequence[int]) -> float | None:
        flagged = divide(dot(weights, hits), dot(weights, alerts))
        unflagged = divide(dot(weights, missed), dot(weights, quiet))
        return flagged / unflagged if flagged is not None and unflagged else None

    figures = {
        "flagged_share": draws.ratio(alerts, days),
        "ppv": draws.ratio(hits, alerts),
        "base_rate": draws.ratio(injuries, days),
        "number_needed_to_alert": draws.ratio(alerts, hits),
        "sensitivity": draws.ratio(hits, injuries),
        "false_alert_share": draws.ratio(false, healthy),
        "risk_ratio": draws.estimate(risk_ratio),
        "lift": draws.ratio(hits, chance),
    }
    if sum(injuries) < FEWEST_ONSETS:
        figures = {
            key: one if key == "flagged_share" else Estimate(None, why=TOO_FEW)
            for key, one in figures.items()
        }
    counts = {
        "scored": sum(days),
        "injuries": sum(injuries),
        "alerts": sum(alerts),
        "hits": sum(hits),
    }
    told = {key: one.to_json() for key, one in figures.items()}
    return {"rule": name, "meaning": RULES[name]} | counts | told


def _tally(name: str, mine: Iterable[ScoredEvent]) -> Tally:
    tally = Tally()
    for one in mine:
        alert = one.alerts[name]
        if alert is None:
            continue
        tally.days += 1
        tally.injuries += one.injury
        tally.alerts += alert
        tally.hits += alert and one.injury
    return tally
