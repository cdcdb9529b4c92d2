"""Which week is asked about, and whether a link still works."""

import datetime as dt
from typing import Any

from injuries.links import AskedCheck
from injuries.models import WeeklyCheck
from members.models import User
from members.weeks import monday_of

ASKED_UNTIL = dt.timedelta(days=3)  # until Wednesday the week before is asked about
LINK_DAYS = 14  # from its Monday: a link works until the end of the next week

NOT_OURS = (
    "This link is not whole, or not one of ours. The newest mail has a working one, and your own "
    "page needs none."
)
TOO_OLD = "This link was for an earlier week and has run out. The newest mail has a new one."
USED = "This week has been answered already, thank you. To change it, log in."
SOMEBODY_ELSE = "You are logged in, and this link was not made for you. Please use your own page."


def asked_week(*, on: dt.date) -> dt.date:
    """Return the Monday of the week whose check is asked for on `on`."""
    return monday_of(on - ASKED_UNTIL)


def link_refusal(asked: AskedCheck | None, *, user: Any, now: dt.datetime) -> str:
    """Return why this link does not work for whoever follows it; empty where it does.

    Nothing in it tells anything about a person: not even that there is one.
    """
    runner = None if asked is None else User.objects.filter(pk=asked.runner_id).first()
    if asked is None or runner is None or not runner.is_active:
        return NOT_OURS
    if user.is_authenticated and user.pk != runner.pk:
        return SOMEBODY_ELSE
    age = (runner.today(now=now) - asked.week).days
    if runner.health_consent_at is None or not 0 <= age < LINK_DAYS:
        return TOO_OLD
    if WeeklyCheck.objects.filter(runner=runner, week=asked.week).exists():
        return USED
    return ""
