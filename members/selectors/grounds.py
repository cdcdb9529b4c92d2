"""On which ground somebody ran lately, as shares of the distance. Information; no rule reads it."""

import datetime as dt
from typing import NamedTuple

from django.db.models import Sum

from members.models import Activity, User
from members.models.training import Surface

DAYS = 28
NOT_SAID = "not said"


class Ground(NamedTuple):
    """One ground and its share of the distance, in whole per cent."""

    name: str
    percent: int


def grounds_of(runner: User, *, on: dt.date) -> tuple[Ground, ...]:
    """Return the grounds of the runs of the last four weeks, most run on first. One query.

    What was not said is a share of its own; where no run says its ground there is nothing to show.
    """
    runs = Activity.objects.filter(
        runner=runner,
        kind=Activity.Kind.RUN,
        distance_m__gt=0,
        on__range=(on - dt.timedelta(days=DAYS - 1), on),
    )
    metres = dict(
        runs.order_by()
        .values_list("surface")
        .annotate(metres=Sum("distance_m"))
        .order_by("-metres")
    )
    if not set(metres) - {""}:
        return ()
    whole = sum(metres.values())
    names = dict(Surface.choices)
    return tuple(
        Ground(names.get(surface, NOT_SAID), round(100 * run / whole))
        for surface, run in metres.items()
    )
