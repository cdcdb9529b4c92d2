"""A file as some device or service writes it, with the figures it was made from."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from tests.members.activity_files.builders import START

HALF_HOUR = 1800
SIX_KM = 6000.0
"""Half an hour at 12 km/h: what most files hold."""


class Want(NamedTuple):
    """An activity that has to come out. None where nothing is said about it."""

    kind: str = "run"
    start: datetime = START
    metres: float | None = SIX_KM
    seconds: float = HALF_HOUR
    """Timer time."""
    elapsed: float | None = None
    day: int | None = None
    """Of the month it counts for."""


class Case(NamedTuple):
    """A file, and what has to come out of it: activities, or else a status."""

    name: str
    content: bytes
    wants: tuple[Want, ...] = (Want(),)
    status: str = ""
    """`skipped`, `failed` or `asked` where there is no activity in it."""
    partial: bool = False
    """Whether it has to say that it could not be read whole."""
    compare: bool = True
    """Whether the usual library, used straightforwardly, reads the same out of it."""


def after(seconds: float) -> datetime:
    """A moment that long after the usual start."""
    return START + timedelta(seconds=seconds)


def at(text: str) -> datetime:
    """A moment in UTC."""
    return datetime.fromisoformat(text).astimezone(UTC)


def refused(name: str, content: bytes, status: str = "skipped") -> Case:
    """A file with no activity in it."""
    return Case(name, content, (), status, compare=False)
