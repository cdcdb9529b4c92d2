"""Pairs of shoes: add, edit, make the default, retire."""

import datetime as dt
from typing import Any

from django.db import transaction

from members.models import Shoe, User
from members.signals import training_changed


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
    with transaction.atomic():
        if shoe.is_default:
            others = Shoe.objects.filter(owner=shoe.owner, is_default=True).exclude(pk=shoe.pk)
            others.update(is_default=False)
        shoe.save()
        today = shoe.owner.today(now=now)
        training_changed.send(User, runner=shoe.owner, first_day=today, now=now)
    return shoe
