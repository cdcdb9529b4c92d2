"""How a table of one person's rows leaves in an export, and how its rows come back in.

A `Table` names every field of its model: in the CSV and the JSON, in the JSON only, or left out
with the reason. `Restoring` says which of a record are there already and what makes one wrong.
"""

import datetime as dt
import json
import uuid
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models

from members.models import User

CHUNK = 500
Record = dict[str, Any]
"""One row of a JSON file: `id` and one value for each column."""

Key = Callable[[Any], Hashable | None]
"""What tells that two rows are the same thing; None where this way cannot tell."""


def names(text: str) -> tuple[str, ...]:
    """Return the words of a text, as column names."""
    return tuple(text.split())


def keep(row: Any, there: list[Any]) -> str:
    """Take a row as it is."""
    return ""


def pass_check(row: Any, *, runner: User, now: dt.datetime) -> None:
    """Find nothing wrong beyond what the fields themselves say."""


@dataclass(frozen=True, slots=True)
class Restoring:
    """How rows of a table come back."""

    keys: tuple[Key, ...]  # in the order in which they are tried
    check: Callable[..., None] = pass_check  # (row, *, runner, now) raises ValidationError
    # (row, rows that are there) mends a row so that it fits in, or says why it stays out.
    fit: Callable[[Any, list[Any]], str] = keep
    first_day: Callable[[Any], dt.date | None] = lambda row: None  # judged again from here on
    needs_consent: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One file of an export: the rows of one model that belong to one person."""

    name: str
    model: type[models.Model]
    of: str  # the way from a row to its person, for example "shoe__owner"
    columns: tuple[str, ...]
    more: tuple[str, ...] = ()  # in the JSON only
    left_out: Mapping[str, str] = field(default_factory=dict)  # field: why
    refers_to: Mapping[str, str] = field(default_factory=dict)  # foreign key: table of its ids
    values: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)  # worked out
    csv_values: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)
    related: tuple[str, ...] = ()  # read along
    only: models.Q = field(default_factory=models.Q)
    restoring: Restoring | None = None
    why_not_restored: str = ""
    words: str = ""  # what a page calls it, where that is not its name

    @property
    def title(self) -> str:
        """What people call it."""
        return self.words or self.name.replace("_", " ")

    @property
    def stored(self) -> tuple[str, ...]:
        """The columns that are fields, which a record brings back."""
        return tuple(one for one in (*self.columns, *self.more) if one not in self.values)

    def rows_of(self, person: User) -> models.QuerySet[Any]:
        """Return the person's rows, oldest first."""
        rows = self.model._default_manager.filter(self.only, **{self.of: person.pk})
        return rows.select_related(*self.related).order_by("pk")

    def stream(self, person: User) -> Iterator[Any]:
        """Yield the person's rows without holding them all."""
        yield from self.rows_of(person).iterator(chunk_size=CHUNK)

    def record(self, row: Any) -> Record:
        """Return a row as its line in the JSON."""
        columns = (*self.columns, *self.more)
        return {"id": row.pk} | {name: plain(self._value(row, name)) for name in columns}

    def cells(self, row: Any) -> list[str]:
        """Return a row as its line in the CSV."""
        found = [self._value(row, name, self.csv_values) for name in self.columns]
        return [cell(value) for value in (row.pk, *found)]

    def _value(
        self, row: Any, name: str, worked_out: Mapping[str, Callable[[Any], Any]] | None = None
    ) -> Any:
        for given in (worked_out or {}, self.values):
            if name in given:
                return given[name](row)
        return getattr(row, f"{name}_id" if name in self.refers_to else name)


# --- Out ----------------------------------------------------------------------------------------
def plain(value: Any) -> Any:
    """Return a value as JSON knows it: days and moments in ISO 8601."""
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, uuid.UUID) else value


def cell(value: Any) -> str:
    """Return a value as a CSV shows it; nothing known is empty."""
    value = plain(value)
    if value is None or isinstance(value, str):
        return value or ""
    return json.dumps(value, ensure_ascii=False)


# --- In -----------------------------------------------------------------------------------------
def read_value(of: models.Field, value: Any) -> Any:
    """Return what a field holds for a JSON value. Raises ValidationError where it is no such."""
    if value is None:
        if of.null:
            return None
        raise ValidationError("It must not be empty.")
    if isinstance(of, models.JSONField):
        return value
    for kind, read in _READERS:
        if isinstance(of, kind):
            return read(value)
    raise FieldDoesNotExist(of.name)


def _exactly(*kinds: type) -> Callable[[Any], Any]:
    """A number is no truth and a truth no number, unlike in Python."""

    def read(value: Any) -> Any:
        if type(value) in kinds:
            return value
        words = {bool: "true or false", int: "a whole number", float: "a number", str: "a text"}
        raise ValidationError(f"It must be {words[kinds[0]]}.")

    return read


def _text(value: Any) -> str:
    """What no database keeps is refused: zero bytes, and halves of characters."""
    text: str = _exactly(str)(value)
    if "\x00" in text or any("\ud800" <= char <= "\udfff" for char in text):
        raise ValidationError("It holds a character that cannot be kept.")
    return text


def _day(value: Any) -> dt.date:
    try:
        return dt.date.fromisoformat(_exactly(str)(value))
    except ValueError:
        raise ValidationError("It must be a day such as 2026-03-14.") from None


def _moment(value: Any) -> dt.datetime:
    try:
        moment = dt.datetime.fromisoformat(_exactly(str)(value))
        if moment.utcoffset() is None:
            raise ValueError
        return moment.astimezone(dt.UTC)
    except (ValueError, OverflowError):
        raise ValidationError("It must be a moment such as 2026-03-14T09:00:00+00:00.") from None


def _uuid(value: Any) -> uuid.UUID:
    try:
        return uuid.UUID(_exactly(str)(value))
    except ValueError:
        raise ValidationError("It must be a UUID.") from None


# A moment is a day too for the database library, and comes first.
_READERS: tuple[tuple[type[models.Field], Callable[[Any], Any]], ...] = (
    (models.BooleanField, _exactly(bool)),
    (models.DateTimeField, _moment),
    (models.DateField, _day),
    (models.UUIDField, _uuid),
    (models.IntegerField, _exactly(int)),
    (models.FloatField, _exactly(float, int)),
    (models.CharField, _text),
    (models.TextField, _text),
)
