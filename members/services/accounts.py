"""What somebody changes about themselves."""

import datetime as dt

from django.db import transaction

from members.models import User
from members.models.people import BEGINNER_FOR
from members.signals import training_changed
from members.weeks import monday_of

ANSWER_COUNTS_FOR = dt.timedelta(days=365)


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
    if _is_news(user, previous_injury, on=today):
        user.previous_injury = previous_injury
        user.previous_injury_answered_on = None if previous_injury is None else today
    if declared_longest_m != user.declared_longest_m:
        user.declared_longest_m = declared_longest_m
        user.declared_on = None if declared_longest_m is None else today
    if beginner != user.is_beginner(on=today):
        user.beginner_until = today + BEGINNER_FOR if beginner else None
    with transaction.atomic():
        user.save()
        training_changed.send(User, runner=user, first_day=monday_of(today), now=now)
    return user


def _is_news(user: User, previous_injury: bool | None, *, on: dt.date) -> bool:
    """The same answer again renews one that no longer counts."""
    answered_on = user.previous_injury_answered_on
    old = answered_on is not None and on - answered_on > ANSWER_COUNTS_FOR
    return previous_injury != user.previous_injury or old
