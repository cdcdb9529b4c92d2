"""What somebody changes about themselves."""

import datetime as dt

from django.db import transaction

from members.models import User
from members.models.people import BEGINNER_FOR
from members.signals import training_changed
from members.weeks import monday_of


def change_person(
    user: User,
    *,
    name: str,
    time_zone: str,
    unit: str,
    previous_injury: bool | None,
    declared_longest_m: int | None,
    beginner: bool,
    now: dt.datetime,
) -> User:
    """Store name, zone, unit, the answers rules M1 and L1 use, and the label of M10.

    Raises ValidationError.
    """
    user.name, user.time_zone, user.unit = name.strip(), time_zone, unit
    user.full_clean(exclude=["password"])
    today = user.today(now=now)
    if previous_injury != user.previous_injury or user.asks_previous_injury(on=today):
        _set_previous_injury(user, previous_injury, on=today)
    if declared_longest_m != user.declared_longest_m:
        user.declared_longest_m = declared_longest_m
        user.declared_on = None if declared_longest_m is None else today
    if beginner != user.is_beginner(on=today):
        user.beginner_until = today + BEGINNER_FOR if beginner else None
    with transaction.atomic():
        user.save()
        training_changed.send(User, runner=user, first_day=monday_of(today), now=now)
    return user


def say_previous_injury(user: User, *, said: bool | None, now: dt.datetime) -> User:
    """Keep whether somebody was injured in the last 12 months (M1); None: rather not said."""
    today = user.today(now=now)
    _set_previous_injury(user, said, on=today)
    with transaction.atomic():
        user.save(update_fields=["previous_injury", "previous_injury_answered_on"])
        training_changed.send(User, runner=user, first_day=monday_of(today), now=now)
    return user


def _set_previous_injury(user: User, said: bool | None, *, on: dt.date) -> None:
    """The same answer again renews one that no longer counts."""
    user.previous_injury = said
    user.previous_injury_answered_on = None if said is None else on
