"""What replayed weeks say about the flags: burden and what came after, by rule (evidence 6.4).

Onset, a new problem in somebody free of one, is kept apart from status, any problem next week
(evidence 6.3): most of what looks like forecasting a status is that whoever hurts goes on hurting.
Chance is what as many alerts on other weeks of the same runner would have done.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from injuries.backtest.figures import Discrimination, Draws, Estimate, Scored, divide
from injuries.backtest.outcomes import Tally, inverted, lead_days, tally
from injuries.backtest.replay import CONTEXT, MEASURES, Replayed, Week, episodes
from injuries.coach_list import BUDGET, FAMILIES
from injuries.risk import ENGINE_VERSION

HORIZONS = (7, 14, 28)
HEADLINE = 14
FEWEST_ONSETS = 10
FEW_ONSETS = f"too few onsets: fewer than {FEWEST_ONSETS}"
NO_ALERT = "no alert"
ALL_SORE = "no alert in somebody free of a problem who was followed up"
CHANCE_NONE = "chance alone would not have met an onset either"
ONLY_CONTEXT = "context, alerts nobody"
NO_WEEK = "no week with 28 known days before it"
RULES = (
    "RF1", "RF2", "RF3", "M9", "P1", "P2", "P3", "P4", "P5", "P6", "L1", "L3", "L4", "L7", "S1",
    "S2", "S3", "S4",
)  # fmt: skip

Pick = Callable[[Week], bool]

# What anybody could guess without the rules; evidence 6.4 wants these beaten.
PLAIN_GUESSES: dict[str, Pick] = {
    "injured_before": lambda week: week.injured_before,
    "week_over_10_percent": lambda week: (week.measures["L4"] or 0) > 0.1,
}


@dataclass(frozen=True, slots=True)
class Limits:
    """From how many runners on a figure is told: a club's groups from five on."""

    runners: int = 1

    def hides(self, runners: int) -> bool:
        """Tell whether a figure about so few people could point at somebody."""
        return runners < self.runners and self.runners > 1

    @property
    def why(self) -> str:
        """Say why a figure about too few people is not told."""
        return f"fewer than {self.runners} runners"


def replay_report(
    replays: Iterable[Replayed], draws: Draws, *, limits: Limits, unknown: str = ""
) -> dict[str, Any]:
    """Return every figure as plain data; `draws` are of as many runners as there are.

    `unknown` says why nothing can be told about what came after, where that is so.
    """
    everybody = sorted(replays, key=lambda one: (len(one.runner), one.runner))
    return Report(everybody, draws, limits, unknown).figures()


class Report:
    """The figures of one set of runners."""

    def __init__(
        self, everybody: Sequence[Replayed], draws: Draws, limits: Limits, unknown: str
    ) -> None:
        self.everybody, self.draws, self.limits = everybody, draws, limits
        self.weeks = [len(one.weeks) for one in everybody]
        self.onsets = sum(len(one.onsets) for one in everybody)
        self.unknown = unknown
        self.untold = unknown  # why nothing is told about onsets
        few_people = limits.hides(sum(bool(one.onsets) for one in everybody))
        if not unknown and (self.onsets < FEWEST_ONSETS or few_people):
            self.untold = FEW_ONSETS

    def figures(self) -> dict[str, Any]:
        """Return all of them."""
        days = [week.on for one in self.everybody for week in one.weeks]
        return {
            "engine": ENGINE_VERSION,
            "runners": sum(map(bool, self.weeks)),
            "athlete_weeks": sum(self.weeks),
            "weeks_with_too_little_before": sum(one.too_early for one in self.everybody),
            "first_week": min(days).isoformat() if days else None,
            "last_week": max(days).isoformat() if days else None,
            "coverage": self._coverage(),
            "onsets": self._told_onsets(),
            "base_rate": {str(days): self._base_rate(days) for days in HORIZONS},
            "budget": self._budget(),
            "weeks_at_step": self._weeks_at_step(),
            "rules": [self._rule(rule) for rule in RULES],
            "any_for_coach": self._alert("any_for_coach", lambda week: bool(week.coach)),
            "plain_guesses": [self._alert(name, pick) for name, pick in PLAIN_GUESSES.items()],
            "measures": [self._measure(rule) for rule in MEASURES],
        }

    def _told_onsets(self) -> dict[str, Any]:
        hidden = self.unknown or (self.untold if self.limits.runners > 1 else "")
        return {"value": None, "why": hidden} if hidden else {"value": self.onsets}

    def _coverage(self) -> dict[str, Any]:
        assessed = [sum(week.assessed for week in one.weeks) for one in self.everybody]
        answered = [one.answered for one in self.everybody]
        unknown = Estimate(None, why=self.unknown)
        checks = unknown if self.unknown else self.draws.ratio(answered, self.weeks)
        return {
            "assessed": self.draws.ratio(assessed, self.weeks).to_json(),
            "weekly_checks_answered": checks.to_json(),
        }

    # --- Burden ----------------------------------------------------------------------------------
    def _flagged(self, pick: Pick) -> list[list[dt.date]]:
        return [[week.on for week in one.weeks if pick(week)] for one in self.everybody]

    def _rate(self, counts: Sequence[int]) -> Estimate:
        if not sum(self.weeks):
            return Estimate(None, why=NO_WEEK)
        if self.limits.hides(sum(map(bool, counts))):
            return Estimate(None, why=self.limits.why)
        return self.draws.ratio(counts, self.weeks)

    def _coach_episodes(self, rules: Sequence[str]) -> list[int]:
        shown = self._flagged(lambda week: not week.coach.isdisjoint(rules))
        return [len(episodes(days)) for days in shown]

    def _unshortened(self, rules: Sequence[str]) -> list[int]:
        """Return what would have been told, had the coaches' list never been shortened."""
        listed = self._flagged(lambda week: not week.listed.keys().isdisjoint(rules))
        return [len(episodes(days)) for days in listed]

    def _weeks_at_step(self) -> dict[str, int]:
        """Return how many athlete-weeks lay at each step of the coaches' list."""
        counts = Counter(week.step for one in self.everybody for week in one.weeks)
        return {str(step): counts[step] for step in sorted(counts)}

    def _budget(self) -> dict[str, Any]:
        """Return the episodes that coaches are shown, by family of rules, against the budget."""
        parts = {"coach_facing": tuple(FAMILIES), "load_only": ("load",)}
        return {name: self._held_against(BUDGET[name], parts[name]) for name in parts}

    def _held_against(self, limit: float, families: Sequence[str]) -> dict[str, Any]:
        rules = [rule for family in families for rule in FAMILIES[family]]
        by_family = [self._coach_episodes(FAMILIES[family]) for family in families]
        by_rule = [self._coach_episodes((rule,)) for rule in rules]
        rate = self._rate([sum(one) for one in zip(*by_family, strict=True)])
        sum_over_rules = self._rate([sum(one) for one in zip(*by_rule, strict=True)])
        whole = [self._unshortened(FAMILIES[family]) for family in families]
        unshortened = self._rate([sum(one) for one in zip(*whole, strict=True)])
        return rate.to_json() | {
            "limit": limit,
            "within": None if rate.value is None else rate.value <= limit,
            "sum_over_rules": sum_over_rules.to_json()["value"],
            "unshortened": unshortened.to_json()["value"],
        }

    def _rule(self, rule: str) -> dict[str, Any]:
        found = self._alert(rule, lambda week: rule in week.rules)
        shown = self._rate(self._coach_episodes((rule,)))
        to_coaches = Estimate(None, why=ONLY_CONTEXT) if rule in CONTEXT else shown
        return found | {"coach_burden": to_coaches.to_json()}

    def _alert(self, name: str, pick: Pick) -> dict[str, Any]:
        flagged = self._flagged(pick)
        begun = [episodes(days) for days in flagged]
        runners = sum(map(bool, begun))
        is_hidden = self.limits.hides(runners)
        why = self.limits.why if is_hidden else self.untold or ("" if runners else NO_ALERT)
        tallies = {
            days: [
                tally(one, begun=set(starts), flagged=mine, days=days)
                for one, starts, mine in zip(self.everybody, begun, flagged, strict=True)
            ]
            for days in HORIZONS
        }
        return {
            "rule": name,
            "episodes": None if is_hidden else sum(map(len, begun)),
            "runners": None if is_hidden else runners,
            "burden": self._rate([len(one) for one in begun]).to_json(),
            "onset": {str(days): self._onset(tallies[days], why) for days in HORIZONS},
            "lead_days": lead_days(tallies[HEADLINE], untold=why),
            "status_next_week": self._status(begun, why),
        }

    # --- What came after -------------------------------------------------------------------------
    def _onset(self, tallies: Sequence[Tally], why: str) -> dict[str, Any]:
        if why:
            keys = ("ppv", "number_needed_to_alert", "sensitivity", "false_alerts_per_100_weeks")
            untold = Estimate(None, why=why).to_json()
            return {"episodes": None, "hits": None} | dict.fromkeys((*keys, "lift"), untold)
        begun, hits = [one.episodes for one in tallies], [one.hits for one in tallies]
        warned, onsets = [one.warned for one in tallies], [one.onsets for one in tallies]
        weeks, chance = [one.weeks for one in tallies], [one.by_chance for one in tallies]
        false = [100 * (one.episodes - one.hits) for one in tallies]
        ppv = self.draws.ratio(hits, begun, without=ALL_SORE)
        return {
            "episodes": sum(begun),
            "hits": sum(hits),
            "ppv": ppv.to_json(),
            "number_needed_to_alert": inverted(ppv).to_json(),
            "sensitivity": self.draws.ratio(warned, onsets).to_json(),
            "false_alerts_per_100_weeks": self.draws.ratio(false, weeks).to_json(),
            "lift": self.draws.ratio(hits, chance, without=CHANCE_NONE).to_json(),
        }

    def _base_rate(self, days: int) -> dict[str, Any]:
        if self.untold:
            return Estimate(None, why=self.untold).to_json()
        tallies = [tally(one, begun=(), flagged=(), days=days) for one in self.everybody]
        onset_weeks, weeks = [one.onset_weeks for one in tallies], [one.weeks for one in tallies]
        return self.draws.ratio(onset_weeks, weeks).to_json()

    def _status(self, begun: Sequence[Sequence[dt.date]], why: str) -> dict[str, Any]:
        """Of the episodes, how many had a problem next week; chance is any of one's own weeks."""
        if why:
            return dict.fromkeys(("ppv", "lift"), Estimate(None, why=why).to_json())
        alerts: list[int] = []
        hits: list[int] = []
        chance: list[float] = []
        for one, starts in zip(self.everybody, begun, strict=True):
            outcomes = {week.on: one.problem_next_week(week.on) for week in one.weeks}
            followed = {on: outcome for on, outcome in outcomes.items() if outcome is not None}
            mine = [followed[on] for on in starts if on in followed]
            alerts.append(len(mine))
            hits.append(sum(mine))
            chance.append(len(mine) * (divide(sum(followed.values()), len(followed)) or 0.0))
        return {
            "ppv": self.draws.ratio(hits, alerts).to_json(),
            "lift": self.draws.ratio(hits, chance).to_json(),
        }

    # --- Numbers ---------------------------------------------------------------------------------
    def _measure(self, rule: str) -> dict[str, Any]:
        by_horizon = {str(days): self._discrimination(rule, days) for days in HORIZONS}
        return {"measure": f"{rule} {MEASURES[rule]}"} | by_horizon

    def _discrimination(self, rule: str, days: int) -> dict[str, Any]:
        rows = {one.runner: list(_scored(one, rule, days)) for one in self.everybody}
        found = Discrimination(rows, [one.runner for one in self.everybody])
        too_few = FEW_ONSETS if sum(found.outcomes) < FEWEST_ONSETS else ""
        return {"weeks": found.rows} | found.figures(self.draws, why=self.untold or too_few)


def _scored(one: Replayed, rule: str, days: int) -> Iterable[Scored]:
    """Yield the number of each week in which the runner was free, and whether an onset followed."""
    for week in one.weeks:
        number, outcome = week.measures[rule], one.onset_within(week.on, days)
        if week.free and number is not None and outcome is not None:
            yield Scored(number, outcome)
