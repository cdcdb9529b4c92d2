"""The pairs of one member: what they have run, how they feel, what came of checking them.

The runner comes first in each selector. Distances are counted here and nowhere else.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Max, Min, Prefetch, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from members.models import Activity, Shoe, ShoeCheck, ShoeComfort, User

NEARLY = 0.8  # of a pair's limit: the first, quiet word
COMFORT_EVERY_DAYS = 30  # evidence 4, S4: asked monthly
IN_USE_DAYS = 30  # run in this lately, a pair is asked about
ROTATION_DAYS = 60  # evidence 4, S3
QUIET_M = 100_000  # a reminder rests this far after a check; our choice, like the limits themselves


@dataclass(frozen=True, slots=True)
class Pair:
    """One pair as it stands on the day `on`. Metres; checks newest first, comforts oldest first."""

    shoe: Shoe
    on: dt.date
    distance_m: int
    runs: int
    recent_runs: int
    first_run: dt.date | None
    last_run: dt.date | None
    comforts: tuple[ShoeComfort, ...]
    checks: tuple[ShoeCheck, ...]

    @property
    def percent(self) -> int:
        """How much of the pair's limit is run, whole per cent."""
        return self.distance_m * 100 // self.shoe.limit_m

    @property
    def level(self) -> str:
        """Return "shoe_look" at the limit, "shoe_soon" from 80 % of it, else nothing."""
        if self.shoe.retired_on is not None or self.distance_m < NEARLY * self.shoe.limit_m:
            return ""
        return "shoe_look" if self.distance_m >= self.shoe.limit_m else "shoe_soon"

    @property
    def quieted_by(self) -> ShoeCheck | None:
        """The newest check, while the pair has run less than 100 km since; else None."""
        newest = self.checks[0] if self.checks else None
        if newest is None or newest.outcome == ShoeCheck.Outcome.NOTHING:
            return None
        return newest if self.distance_m < newest.distance_m + QUIET_M else None

    @property
    def used_since(self) -> dt.date | None:
        """The day it was first used: as said, else that of the first run in it."""
        return self.shoe.first_used or self.first_run

    @property
    def months(self) -> int | None:
        """Whole months from the first use to today or to the end of use; None if unknown."""
        since = self.used_since
        if since is None:
            return None
        until = self.shoe.retired_on or self.on
        months = (until.year - since.year) * 12 + until.month - since.month
        return max(0, months - (until.day < since.day))

    @property
    def comfort_today(self) -> int | None:
        """What was said today about its comfort."""
        newest = self.comforts[-1] if self.comforts else None
        return newest.comfort if newest is not None and newest.on == self.on else None

    @property
    def is_in_use(self) -> bool:
        """Whether it is not retired and was run in within the last 30 days."""
        if self.shoe.retired_on is not None or self.last_run is None:
            return False
        return (self.on - self.last_run).days < IN_USE_DAYS

    @property
    def comfort_due(self) -> bool:
        """Whether the monthly question is open: in use, and neither answered nor set aside."""
        said = [self.comforts[-1].on] if self.comforts else []
        said += [self.shoe.comfort_skipped_on] if self.shoe.comfort_skipped_on else []
        return self.is_in_use and all((self.on - day).days >= COMFORT_EVERY_DAYS for day in said)


def counted_shoes(runner: User) -> QuerySet[Shoe]:
    """Return the runner's pairs, each with `distance_m`: its start and every run in it, metres."""
    return with_distance(Shoe.objects.filter(owner=runner))


def with_distance(shoes: QuerySet[Shoe]) -> QuerySet[Any]:
    """Return these pairs, each with `distance_m` as above."""
    run = Q(activities__kind=Activity.Kind.RUN)
    worn = Sum("activities__distance_m", filter=run)
    return shoes.annotate(distance_m=F("start_m") + Coalesce(worn, 0))


def _in_order(shoes: QuerySet[Shoe]) -> QuerySet[Shoe]:
    return shoes.order_by(F("retired_on").desc(nulls_first=True), "-is_default", "name", "id")


def shoes_with_distance(runner: User, *, include_retired: bool = True) -> list[Shoe]:
    """Return the runner's pairs with `distance_m`, those in use first. One query."""
    shoes = _in_order(counted_shoes(runner))
    return list(shoes if include_retired else shoes.filter(retired_on__isnull=True))


def pairs_of(runner: User, *, on: dt.date, include_retired: bool = True) -> tuple[Pair, ...]:
    """Return the runner's pairs, those in use first, then the last retired. Three queries."""
    run = Q(activities__kind=Activity.Kind.RUN)
    recent = Q(activities__on__gt=on - dt.timedelta(days=ROTATION_DAYS), activities__on__lte=on)
    shoes = (
        _in_order(counted_shoes(runner))
        .annotate(
            runs=Count("activities", filter=run),
            recent_runs=Count("activities", filter=run & recent),
            first_run=Min("activities__on", filter=run),
            last_run=Max("activities__on", filter=run),
        )
        .prefetch_related(
            "comforts", Prefetch("checks", ShoeCheck.objects.select_related("new_shoe"))
        )
    )
    if not include_retired:
        shoes = shoes.filter(retired_on__isnull=True)
    return tuple(_pair(shoe, on=on) for shoe in shoes)


def pair_of(runner: User, *, pk: int, on: dt.date) -> Pair | None:
    """Return one pair of the runner, None where it is not theirs. Three queries."""
    return next((pair for pair in pairs_of(runner, on=on) if pair.shoe.pk == pk), None)


def _pair(shoe: Shoe, *, on: dt.date) -> Pair:
    counted: dict[str, object] = vars(shoe)
    names = ("distance_m", "runs", "recent_runs", "first_run", "last_run")
    return Pair(
        shoe=shoe,
        on=on,
        comforts=tuple(said for said in shoe.comforts.all() if said.on <= on),
        checks=tuple(shoe.checks.all()),
        **{name: counted[name] for name in names},  # type: ignore[arg-type]
    )


@dataclass(frozen=True, slots=True)
class Rotation:
    """How many pairs were run in within the last 60 days, and in how many runs (evidence 4, S3)."""

    pairs: int
    runs: int


def rotation_of(pairs: tuple[Pair, ...]) -> Rotation:
    """Return how many of these pairs were run in lately. No query."""
    recent = [pair.recent_runs for pair in pairs if pair.recent_runs]
    return Rotation(len(recent), sum(recent))


# --- The pair that is filled in -------------------------------------------------------------------
def default_shoes(runner: User) -> dict[str, Shoe]:
    """Return the pair filled in on each ground that has its own, and under "" the usual one.

    One query; no key where there is none.
    """
    filled_in = Shoe.objects.filter(owner=runner, retired_on__isnull=True).filter(
        Q(is_default=True) | ~Q(default_surface="")
    )
    found: dict[str, Shoe] = {}
    for shoe in filled_in:
        if shoe.is_default:
            found[""] = shoe
        if shoe.default_surface:
            found[shoe.default_surface] = shoe
    return found


def default_shoe(runner: User, *, surface: str = "") -> Shoe | None:
    """Return the pair filled in on that ground: its own, else the usual one, else None."""
    found = default_shoes(runner)
    return found.get(surface) or found.get("")


# --- Runs without a pair --------------------------------------------------------------------------
def could_be_worn(shoe: Shoe, *, on: dt.date) -> bool:
    """Whether the pair was there on that day: from its first use until it was retired."""
    begun = shoe.first_used is None or shoe.first_used <= on
    return begun and (shoe.retired_on is None or on <= shoe.retired_on)


def untagged_runs(runner: User, *, shoes: list[Shoe]) -> QuerySet[Activity]:
    """Return the runs without a pair on days one of `shoes` was there, newest first."""
    runs = Activity.objects.filter(
        runner=runner, kind=Activity.Kind.RUN, shoe__isnull=True
    ).order_by("-started_at", "-id")
    worn = Q(pk__in=[])
    for shoe in shoes:
        days = Q() if shoe.first_used is None else Q(on__gte=shoe.first_used)
        days &= Q() if shoe.retired_on is None else Q(on__lte=shoe.retired_on)
        if not days:
            return runs
        worn |= days
    return runs.filter(worn)


def suggested_shoe(run: Activity, shoes: list[Shoe]) -> Shoe | None:
    """Return the pair most likely worn in a run: that of its ground, the usual, the only one."""
    there = [shoe for shoe in shoes if could_be_worn(shoe, on=run.on)]
    ground = [shoe for shoe in there if run.surface and shoe.default_surface == run.surface]
    usual = [shoe for shoe in there if shoe.is_default]
    only = there if len(there) == 1 else []
    return next(iter(ground + usual + only), None)
