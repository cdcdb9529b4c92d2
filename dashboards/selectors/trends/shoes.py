"""Which pairs are due: in use, and at 80 % of their own limit or over it (evidence 4, S1).

Coaches see a pair's name and distance and nothing else of it (docs/privacy.md).
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import F

from dashboards.selectors.trends.asked import Asked, Runner
from members.models import Shoe
from members.selectors.shoes import NEARLY, with_distance


@dataclass(frozen=True, slots=True)
class DuePair:
    """One pair with its owner."""

    runner: Runner
    name: str
    distance_m: int
    limit_m: int

    @property
    def percent(self) -> int:
        """How much of its limit is run, whole per cent."""
        return self.distance_m * 100 // self.limit_m

    @property
    def at_limit(self) -> bool:
        """Whether it has run its limit, or is only near it."""
        return self.distance_m >= self.limit_m


def shoes_due(asked: Asked) -> tuple[DuePair, ...]:
    """Return the pairs due today, the most worn first. One query."""
    owners = {runner.user_id: runner for runner in asked.runners}
    in_use = Shoe.objects.filter(owner__in=owners, retired_on__isnull=True)
    due = with_distance(in_use).filter(distance_m__gte=F("limit_m") * NEARLY)
    rows: Any = due.order_by("owner__name", "owner_id", "name", "pk").values_list(
        "owner_id", "name", "distance_m", "limit_m"
    )
    pairs = [DuePair(owners[owner], *rest) for owner, *rest in rows]
    return tuple(sorted(pairs, key=lambda pair: -pair.distance_m / pair.limit_m))
