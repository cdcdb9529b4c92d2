"""Whether a mail's link to a week's missing days still works."""

import datetime as dt
from typing import Any

from members.links import AskedDays
from members.models import User

LINK_DAYS = 14  # from its Monday, as long as the link to the weekly check

NOT_OURS = (
    "This link is not whole, or not one of ours. The newest mail has a working one, and your own "
    "page needs none."
)
TOO_OLD = "This link was for an earlier week and has run out. Your own page has every week."
SOMEBODY_ELSE = "You are logged in, and this link was not made for you. Please use your own page."


def days_refusal(asked: AskedDays | None, *, user: Any, now: dt.datetime) -> str:
    """Return why this link does not work for whoever follows it; empty where it does.

    Nothing in it tells anything about a person: not even that there is one.
    """
    runner = None if asked is None else User.objects.filter(pk=asked.runner_id).first()
    if asked is None or runner is None or not runner.is_active:
        return NOT_OURS
    if user.is_authenticated and user.pk != runner.pk:
        return SOMEBODY_ELSE
    age = (runner.today(now=now) - asked.week).days
    return "" if 0 <= age < LINK_DAYS else TOO_OLD
