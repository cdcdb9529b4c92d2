"""Routines ticked off, one tap each. Information for the runner; no rule reads it."""

import datetime as dt

from django.core.exceptions import ValidationError

from members.models import RoutineTick, User
from members.weeks import day_refusal


def tick_routine(
    runner: User, *, routine: str, on: dt.date, ticked: bool, now: dt.datetime
) -> RoutineTick | None:
    """Say that a routine was done on a day, or take that back; saying it twice changes nothing.

    Raises ValidationError by field.
    """
    if routine not in RoutineTick.Routine.values:
        raise ValidationError({"routine": "Choose one of the routines."})
    refused = day_refusal(on, today=runner.today(now=now))
    if refused:
        raise ValidationError({"on": refused})
    if not ticked:
        RoutineTick.objects.filter(runner=runner, on=on, routine=routine).delete()
        return None
    tick, _ = RoutineTick.objects.get_or_create(
        runner=runner, on=on, routine=routine, defaults={"ticked_at": now}
    )
    return tick
