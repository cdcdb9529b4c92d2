"""What a runner planned: holidays and tapers. The runner comes first in each selector."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import QuerySet

from members.models import PlannedBreak, User


def breaks_of(runner: User, *, on: dt.date) -> QuerySet[PlannedBreak]:
    """Return the breaks that are going on or still to come on that day, the next first."""
    return PlannedBreak.objects.filter(runner=runner, last__gte=on).order_by("first")


def breaks_on(runner_ids: Iterable[int], *, on: dt.date) -> dict[int, PlannedBreak]:
    """Return the break each of these runners is in on that day. One query however many."""
    rows = PlannedBreak.objects.filter(runner__in=list(runner_ids), first__lte=on, last__gte=on)
    return {one.runner_id: one for one in rows}
