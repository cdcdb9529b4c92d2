"""Pairs of shoes: add, edit, make the default, retire."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from members.models import Shoe, User
from members.signals import training_changed
from members.weeks import day_refusal


def add_shoe(runner: User, *, now: dt.datetime, is_default: bool = False, **fields: Any) -> Shoe:
    """Add a pair. Raises ValidationError by field."""
    return _save(Shoe(owner=runner, created_at=now), is_default=is_default, now=now, **fields)


def edit_shoe(shoe: Shoe, *, now: dt.datetime, **fields: Any) -> Shoe:
    """Change a pair. Raises ValidationError by field."""
    is_default = fields.pop("is_default", shoe.is_default)
    return _save(shoe, is_default=is_default, now=now, **fields)


def retire_shoe(shoe: Shoe, *, on: dt.date | None, now: dt.datetime) -> Shoe:
    """Retire a pair, keeping its history; None brings it back."""
    return _save(shoe, is_default=shoe.is_default and on is None, now=now, retired_on=on)


def _save(shoe: Shoe, *, is_default: bool, now: dt.datetime, **fields: Any) -> Shoe:
    for field, value in fields.items():
        setattr(shoe, field, value)
    shoe.is_default = is_default and shoe.retired_on is None
    shoe.clean_fields(exclude={"owner"})
    today = shoe.owner.today(now=now)
    _check_days(shoe, today=today)
    with transaction.atomic():
        if shoe.is_default:
            others = Shoe.objects.filter(owner=shoe.owner, is_default=True).exclude(pk=shoe.pk)
            others.update(is_default=False)
        shoe.save()
        training_changed.send(User, runner=shoe.owner, first_day=today, now=now)
    return shoe


def _check_days(shoe: Shoe, *, today: dt.date) -> None:
    days = {"first_used": shoe.first_used, "retired_on": shoe.retired_on}
    refused = {
        field: sentence
        for field, day in days.items()
        if day is not None and (sentence := day_refusal(day, today=today))
    }
    if refused:
        raise ValidationError(refused)
