"""What one member did, and the pairs they did it in. The runner comes first in each selector."""

import datetime as dt

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from members.models import Activity, DayStatus, Shoe, User
from members.weeks import monday_of


def activities_of(runner: User) -> QuerySet[Activity]:
    """Return the runner's activities, newest first, each with its pair."""
    return Activity.objects.filter(runner=runner).select_related("shoe")


def shoes_with_distance(runner: User, *, include_retired: bool = True) -> list[Shoe]:
    """Return the runner's pairs with `distance_m`: start plus runs, metres. One query."""
    shoes = Shoe.objects.filter(owner=runner)
    if not include_retired:
        shoes = shoes.filter(retired_on__isnull=True)
    run = Sum("activities__distance_m", filter=Q(activities__kind=Activity.Kind.RUN))
    return list(
        shoes.annotate(distance_m=F("start_m") + Coalesce(run, 0)).order_by(
            F("retired_on").asc(nulls_first=True), "-is_default", "name", "id"
        )
    )


def default_shoe(runner: User) -> Shoe | None:
    """Return the pair filled in by default, or None."""
    return Shoe.objects.filter(owner=runner, is_default=True).first()


def unknown_days(runner: User, *, week: dt.date, on: dt.date) -> list[dt.date]:
    """Return the days of that week up to `on` about which nothing was said. Two queries."""
    monday = monday_of(week)
    days = [monday + dt.timedelta(days=offset) for offset in range(7)]
    span = (monday, days[-1])
    known = set(Activity.objects.filter(runner=runner, on__range=span).values_list("on", flat=True))
    known |= set(
        DayStatus.objects.filter(runner=runner, on__range=span).values_list("on", flat=True)
    )
    return [day for day in days if day <= on and day not in known]


def day_statuses(runner: User, *, week: dt.date) -> dict[dt.date, str]:
    """Return what was said about the days of a week, by day. One query."""
    monday = monday_of(week)
    rows = DayStatus.objects.filter(
        runner=runner, on__range=(monday, monday + dt.timedelta(days=6))
    )
    return dict(rows.values_list("on", "status"))
