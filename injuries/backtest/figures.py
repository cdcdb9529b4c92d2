"""Figures about alerts, each with an interval from a bootstrap over athletes. Plain Python.

Every figure is made from what each athlete adds to it, so that drawing athletes again (not rows:
the weeks of one person are alike) costs a sum. The draws come from one seed and are the same for
every figure. A figure that cannot be made is None with the reason, never zero.
"""

import random
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from operator import mul
from typing import Any

RESAMPLES = 1_000
SEED = 1
SPAN = (2.5, 97.5)  # the percentiles that bound an interval
MOST_UNDEFINED = 0.1  # beyond this share of draws without a value there is no interval
NOTHING = "nothing to divide by"
AP_DRAWS = 200  # average precision needs a walk over all rows for each draw

Weights = Sequence[int]
Statistic = Callable[[Weights], float | None]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its 95 % interval; without a value `why` says why."""

    value: float | None
    low: float | None = None
    high: float | None = None
    why: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return plain numbers to 4 places."""
        found: dict[str, Any] = {
            "value": _round(self.value),
            "low": _round(self.low),
            "high": _round(self.high),
        }
        return found | ({"why": self.why} if self.why else {})


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


class Draws:
    """How often each of `athletes` is drawn in each resample; the same for the same seed."""

    def __init__(self, athletes: int, *, resamples: int = RESAMPLES, seed: int = SEED) -> None:
        self.athletes = athletes
        rng = random.Random(seed)  # noqa: S311 (a draw of lots, not a secret)
        everybody = range(athletes)
        self.weights: list[Weights] = []
        for _ in range(resamples if athletes else 0):
            drawn = Counter(rng.choices(everybody, k=athletes))
            self.weights.append([drawn[one] for one in everybody])

    def estimate(
        self, statistic: Statistic, *, at_most: int | None = None, without: str = NOTHING
    ) -> Estimate:
        """Return the statistic of everybody once, with its percentile interval."""
        value = statistic([1] * self.athletes)
        if value is None:
            return Estimate(None, why=without)
        found = [statistic(weights) for weights in self.weights[:at_most]]
        values = sorted(one for one in found if one is not None)
        if not values or len(values) < (1 - MOST_UNDEFINED) * len(found):
            return Estimate(value)
        return Estimate(value, percentile(values, SPAN[0]), percentile(values, SPAN[1]))

    def ratio(
        self, above: Sequence[float], below: Sequence[float], *, without: str = NOTHING
    ) -> Estimate:
        """Return sum / sum over athletes; `without` says what it means that there is no below."""
        return self.estimate(
            lambda weights: divide(dot(weights, above), dot(weights, below)), without=without
        )


def dot(weights: Sequence[float], values: Sequence[float]) -> float:
    """Return the weighted sum."""
    return float(sum(map(mul, weights, values)))


def divide(above: float, below: float) -> float | None:
    """Return the quotient; None where there is nothing to divide by."""
    return above / below if below else None


def percentile(values: Sequence[float], percent: float) -> float:
    """Return a percentile of sorted values, linear between two of them."""
    at = (len(values) - 1) * percent / 100
    low = int(at)
    high = min(low + 1, len(values) - 1)
    return values[low] + (values[high] - values[low]) * (at - low)


# --- Discrimination ------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Scored:
    """One score of one athlete, and whether the outcome followed."""

    score: float
    outcome: bool


class Discrimination:
    """AUROC over everybody, within athletes, and average precision of one score.

    Pairs of athletes are compared once; a resample then only weighs the pairs, which gives the
    same number as ranking its rows again.
    """

    def __init__(self, rows: Mapping[str, Sequence[Scored]], athletes: Sequence[str]) -> None:
        """Take each athlete's rows; `athletes` is the order of the draws."""
        self._rows = [rows.get(one, ()) for one in athletes]
        self._yes = [sorted(row.score for row in mine if row.outcome) for mine in self._rows]
        self._no = [sorted(row.score for row in mine if not row.outcome) for mine in self._rows]
        self.outcomes = [len(mine) for mine in self._yes]
        self.others = [len(mine) for mine in self._no]

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return sum(self.outcomes) + sum(self.others)

    @cached_property
    def _wins(self) -> list[tuple[int, list[float]]]:
        """Athlete with an outcome, and over each athlete's rows without: pairs won, ties half."""
        return [
            (one, [sum(_won(score, others) for score in mine) for others in self._no])
            for one, mine in enumerate(self._yes)
            if mine
        ]

    def figures(self, draws: Draws, *, why: str = "") -> dict[str, Any]:
        """Return all four as plain data; `why` says why none is told."""
        statistics: dict[str, tuple[Statistic, int | None]] = {
            "auc": (self.auc, None),
            "within_athlete_auc": (self.within, None),
            "average_precision": (self.average_precision, AP_DRAWS),
            "base_rate": (self.base_rate, None),
        }
        return {
            name: (
                Estimate(None, why=why) if why else draws.estimate(statistic, at_most=at_most)
            ).to_json()
            for name, (statistic, at_most) in statistics.items()
        }

    def auc(self, weights: Weights) -> float | None:
        """How often a row with the outcome scores above one without."""
        won = sum(
            weights[one] * dot(weights, wins) for one, wins in self._wins if weights[one]
        )  # fmt: skip
        return divide(won, dot(weights, self.outcomes) * dot(weights, self.others))

    def within(self, weights: Weights) -> float | None:
        """Each athlete's own AUC, weighed by the outcomes they had: differences between people out.

        Athletes without an outcome, or with nothing else, have none.
        """
        above = below = 0.0
        for one, wins in self._wins:
            if weights[one] and self.others[one]:
                above += weights[one] * wins[one] / self.others[one]
                below += weights[one] * self.outcomes[one]
        return divide(above, below)

    @cached_property
    def _ordered(self) -> tuple[list[int], list[int], list[int]]:
        """Athlete of each row from the highest score down; of each outcome: athlete, last tie."""
        rows = sorted(
            ((row.score, one, row.outcome) for one, mine in enumerate(self._rows) for row in mine),
            reverse=True,
        )
        falling = [-score for score, _, _ in rows]
        outcomes = [(one, score) for score, one, outcome in rows if outcome]
        return (
            [one for _, one, _ in rows],
            [one for one, _ in outcomes],
            [bisect_right(falling, -score) for _, score in outcomes],
        )

    def average_precision(self, weights: Weights) -> float | None:
        """Mean, over rows with the outcome, of the share of outcomes among rows as high or higher.

        Compare with the base rate, which is what chance gives.
        """
        athletes, owners, last_tie = self._ordered
        so_far = [0, *accumulate(map(weights.__getitem__, athletes))]
        mine = [weights[one] for one in owners]
        total = found = 0
        above, tied, place = 0.0, 0, -1
        for weight, place_of_tie in zip(mine, last_tie, strict=True):
            if place_of_tie != place:
                above += _precision_sum(found, tied, so_far[place] if place >= 0 else 0)
                found, tied, place = found + tied, 0, place_of_tie
            tied += weight
            total += weight
        if place >= 0:
            above += _precision_sum(found, tied, so_far[place])
        return divide(above, total)

    def base_rate(self, weights: Weights) -> float | None:
        """Share of rows with the outcome."""
        outcomes = dot(weights, self.outcomes)
        return divide(outcomes, outcomes + dot(weights, self.others))


def _won(score: float, others: Sequence[float]) -> float:
    below = bisect_left(others, score)
    return below + (bisect_right(others, score) - below) / 2


def _precision_sum(found: int, tied: int, rows: int) -> float:
    """What `tied` outcomes at one score add: each the precision at that score."""
    return tied * (found + tied) / rows if tied else 0.0
