"""Hours of sport beside years of age, for people under 18 (M9): shown, never a rule."""

import datetime as dt
from typing import NamedTuple

from django.db.models import Count, Q, Sum

from members.models import Activity, User
from members.weeks import monday_of


class YouthWeek(NamedTuple):
    """The week so far: `seconds` of what is known; `untimed` activities came without a time."""

    age: int
    seconds: int
    untimed: int

    @property
    def is_over(self) -> bool:
        """Whether there were more hours than years, as far as is known."""
        return self.seconds > self.age * 3600


def youth_week(runner: User, *, on: dt.date) -> YouthWeek | None:
    """Return the hours of the week of `on`, all kinds together; None for adults. One query."""
    age = runner.age(on=on)
    if age is None:
        return None
    logged = Activity.objects.filter(runner=runner, on__range=(monday_of(on), on))
    found = logged.aggregate(
        seconds=Sum("duration_s"), untimed=Count("pk", filter=Q(duration_s__isnull=True))
    )
    return YouthWeek(age, found["seconds"] or 0, found["untimed"])
