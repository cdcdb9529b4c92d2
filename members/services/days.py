"""What a day without a run was; silence stays unknown until somebody says otherwise."""

import datetime as dt
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction

from members.models import DayStatus, User
from members.selectors.training import unknown_days
from members.signals import training_changed
from members.weeks import day_refusal


def set_day_status(
    runner: User, *, on: dt.date, status: str | None, now: dt.datetime
) -> DayStatus | None:
    """Say what a day was; None takes it back to unknown. Raises ValidationError by field."""
    refused = day_refusal(on, today=runner.today(now=now))
    if refused:
        raise ValidationError({"on": refused})
    if status is not None and status not in DayStatus.Status.values:
        raise ValidationError({"status": "Choose rest, ill, injured or holiday."})
    with transaction.atomic():
        if status is None:
            DayStatus.objects.filter(runner=runner, on=on).delete()
            said = None
        else:
            said, _ = DayStatus.objects.update_or_create(
                runner=runner, on=on, defaults={"status": status, "said_at": now, "planned": False}
            )
        training_changed.send(User, runner=runner, first_day=on, now=now)
    return said


def logged_everything(runner: User, *, week: dt.date, now: dt.datetime) -> int:
    """Turn the week's unknown days up to today into rest; return how many there were."""
    days = unknown_days(runner, week=week, on=runner.today(now=now))
    return say_unknown(runner, week=week, said=dict.fromkeys(days, "rest"), now=now)


def say_unknown(
    runner: User, *, week: dt.date, said: Mapping[dt.date, str], now: dt.datetime
) -> int:
    """Say what days of a week were, where nothing was said yet; return for how many it counted.

    What is known already stays, so saying it twice changes nothing. Raises ValidationError.
    """
    if not set(said.values()) <= set(DayStatus.Status.values):
        raise ValidationError({"status": "Choose rest, ill, injured or holiday."})
    days = [day for day in unknown_days(runner, week=week, on=runner.today(now=now)) if day in said]
    if not days:
        return 0
    with transaction.atomic():
        DayStatus.objects.bulk_create(
            [DayStatus(runner=runner, on=day, status=said[day], said_at=now) for day in days],
            ignore_conflicts=True,
        )
        training_changed.send(User, runner=runner, first_day=days[0], now=now)
    return len(days)
