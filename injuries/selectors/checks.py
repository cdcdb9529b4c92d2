"""Which week is asked about, and whether a mail's link still works."""

import datetime as dt
from typing import Any

from injuries.links import AskedCheck, AskedMorning
from injuries.models import PainReport, WeeklyCheck
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
NOT_THIS_MORNING = "This link was for one morning and has run out. Your own page takes any day."
MORNING_SAID = "This morning has been answered already, thank you. To change it, log in."
SOMEBODY_ELSE = "You are logged in, and this link was not made for you. Please use your own page."


def asked_week(*, on: dt.date) -> dt.date:
    """Return the Monday of the week whose check is asked for on `on`."""
    return monday_of(on - ASKED_UNTIL)


def link_refusal(asked: AskedCheck | None, *, user: Any, now: dt.datetime) -> str:
    """Return why the link to a weekly check does not work for whoever follows it; else nothing.

    Nothing in it tells anything about a person: not even that there is one.
    """
    runner = None if asked is None else _whose(asked.runner_id)
    if asked is None or runner is None:
        return NOT_OURS
    if _is_somebody_else(user, runner):
        return SOMEBODY_ELSE
    age = (runner.today(now=now) - asked.week).days
    if runner.health_consent_at is None or not 0 <= age < LINK_DAYS:
        return TOO_OLD
    if WeeklyCheck.objects.filter(runner=runner, week=asked.week).exists():
        return USED
    return ""


def morning_refusal(asked: AskedMorning | None, *, user: Any, now: dt.datetime) -> str:
    """Return why the link to one morning does not work for whoever follows it; else nothing."""
    runner = None if asked is None else _whose(asked.runner_id)
    if asked is None or runner is None:
        return NOT_OURS
    if _is_somebody_else(user, runner):
        return SOMEBODY_ELSE
    if runner.health_consent_at is None or runner.today(now=now) != asked.on:
        return NOT_THIS_MORNING
    if morning_said(runner, on=asked.on) is not None:
        return MORNING_SAID
    return ""


def morning_said(runner: User, *, on: dt.date) -> int | None:
    """Return how the first steps of `on` were, 0 to 10; None where nothing was said."""
    mornings = PainReport.objects.filter(runner=runner, on=on, activity__isnull=True)
    return mornings.values_list("first_step", flat=True).first()


def _whose(runner_id: int) -> User | None:
    return User.objects.filter(pk=runner_id, is_active=True).first()


def _is_somebody_else(user: Any, runner: User) -> bool:
    return bool(user.is_authenticated and user.pk != runner.pk)
