"""Distances and times as people type them."""

from collections.abc import Callable

from django.core.exceptions import ValidationError

from members.units import format_number


def shown(metres: int | None, unit: str) -> str:
    """Return metres as they are typed in the runner's unit; nothing for nothing."""
    return "" if metres is None else format_number(metres, unit)


def parsed(parse: Callable[..., int], typed: str, *args: str) -> int:
    """Return what `parse` reads. Raises its ValueError as a ValidationError."""
    try:
        return int(parse(typed, *args))
    except ValueError as error:
        raise ValidationError(str(error)) from None
