"""The pairs of one member. The runner comes first in each selector."""

from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce

from members.models import Activity, Shoe, User


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
