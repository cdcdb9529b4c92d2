"""How one kind of field is read from JSON: one value, with its error, or a whole column at once.

A column is quick and says only that something in it is out of order; reading its values one by one
then finds which. None is a value nobody gave, and stays None.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


class Malformed(ValueError):
    """Input that is not a history; the message names the field as in the JSON."""


class Reader:
    """Reads one kind of value."""

    def one(self, value: Any) -> Any:
        """Return what the value says. Raises Malformed."""
        raise NotImplementedError

    def column(self, values: Sequence[Any]) -> Sequence[Any]:
        """Return what the values say. Raises Malformed or TypeError."""
        return [None if value is None else self.one(value) for value in values]


NOTHING = type(None)
FIRST_YEAR, LAST_YEAR = 1900, 2999


def _are(values: Sequence[Any], kind: type) -> bool:
    return {NOTHING, kind}.issuperset(map(type, values))


@dataclass(frozen=True, slots=True)
class Whole(Reader):
    """A whole number between two bounds; `unit` is said in the error, like " of metres"."""

    unit: str = ""
    least: int = 0
    most: int | None = None

    def one(self, value: Any) -> int:
        """Return the number; true, 5.0 and "5" are none."""
        if type(value) is int and self._holds(value, value):
            return value
        span = f"{self.least} or more" if self.most is None else f"{self.least} to {self.most}"
        raise Malformed(f"must be a whole number{self.unit}, {span}.")

    def column(self, values: Sequence[Any]) -> Sequence[Any]:
        """Return the numbers."""
        kinds = set(map(type, values))
        if not {NOTHING, int}.issuperset(kinds):
            raise Malformed
        if int not in kinds:
            return values
        known = values
        if NOTHING in kinds:
            known = [value for value in values if value is not None]
        if not self._holds(min(known), max(known)):
            raise Malformed
        return values

    def _holds(self, smallest: int, largest: int) -> bool:
        return self.least <= smallest and (self.most is None or largest <= self.most)


class OneOf(Reader):
    """One word of a fixed list."""

    def __init__(self, allowed: tuple[str, ...]) -> None:
        self.allowed = allowed
        self.choices = frozenset(allowed)

    def one(self, value: Any) -> str:
        """Return the word."""
        if isinstance(value, str) and value in self.choices:
            return value
        raise Malformed(f"must be one of {', '.join(self.allowed)}.")

    def column(self, values: Sequence[Any]) -> Sequence[Any]:
        """Return the words."""
        if not self.choices.issuperset(set(values) - {None}):
            raise Malformed
        return values


class YesNo(Reader):
    """True or false."""

    def one(self, value: Any) -> bool:
        """Return it; 0 and 1 are numbers."""
        if isinstance(value, bool):
            return value
        raise Malformed("must be true or false.")

    def column(self, values: Sequence[Any]) -> Sequence[Any]:
        """Return them."""
        if not _are(values, bool):
            raise Malformed
        return values


class Text(Reader):
    """A text of at least one character."""

    def one(self, value: Any) -> str:
        """Return it."""
        if isinstance(value, str) and value:
            return value
        raise Malformed("must be a text.")

    def column(self, values: Sequence[Any]) -> Sequence[Any]:
        """Return them."""
        if not _are(values, str) or "" in values:
            raise Malformed
        return values


def _in_reach(day: dt.date) -> dt.date:
    """Windows reach back and forth from a day; that needs room on both sides of it."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError
    return day


class Date(Reader):
    """A day, 2026-03-15. The histories of a club name the same days over and over: kept."""

    MOST_KEPT = 20_000

    def __init__(self) -> None:
        self.kept: dict[str | None, dt.date | None] = {None: None}

    def one(self, value: Any) -> dt.date:
        """Return the day."""
        try:
            # Ten characters may be a week day as well, 2026-W10-7.
            if isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-":
                return _in_reach(dt.date.fromisoformat(value))
        except ValueError:
            pass
        raise Malformed("must be a date like 2026-03-15, from 1900 to 2999.")

    def column(self, values: Sequence[Any]) -> Sequence[Any]:
        """Return the days."""
        try:
            return list(map(self.kept.__getitem__, values))
        except KeyError:
            new = set(values).difference(self.kept)
        if len(self.kept) + len(new) > self.MOST_KEPT:
            self.kept = {None: None}
            new = set(values) - {None}
        self.kept.update((value, self.one(value)) for value in new)
        return list(map(self.kept.__getitem__, values))


class Instant(Reader):
    """A moment with its offset, 2026-03-14T09:00:00+01:00."""

    def one(self, value: Any) -> dt.datetime:
        """Return the moment."""
        try:
            moment = dt.datetime.fromisoformat(value)
        except (ValueError, TypeError):
            raise Malformed("must be a time like 2026-03-14T09:00:00+01:00.") from None
        if moment.tzinfo is None:
            raise Malformed("must name its offset, like +01:00.")
        return moment

    def column(self, values: Sequence[Any]) -> Sequence[Any]:
        """Return the moments."""
        if None in values:
            return [None if value is None else self.one(value) for value in values]
        try:
            moments = list(map(dt.datetime.fromisoformat, values))
        except ValueError:
            raise Malformed from None
        if None in [moment.tzinfo for moment in moments]:
            raise Malformed
        return moments


class Week(Reader):
    """A week, 2026-W10, as its Monday."""

    def one(self, value: Any) -> dt.date:
        """Return the Monday."""
        try:
            if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-W[0-9]{2}", value):
                return _in_reach(dt.date.fromisocalendar(int(value[:4]), int(value[6:]), 1))
        except ValueError:
            pass
        raise Malformed("must be a week like 2026-W10, from 1900 to 2999.")


class Rows(Reader):
    """A list; what stands in it is read by its own fields."""

    def one(self, value: Any) -> list[Any]:
        """Return the list."""
        if isinstance(value, list):
            return value
        raise Malformed("must be a list.")


@dataclass(frozen=True, slots=True)
class FourOf(Reader):
    """Four answers, each one of some numbers or null."""

    allowed: tuple[int, ...]

    def one(self, value: Any) -> tuple[int | None, ...]:
        """Return the four; a wrong one is named by its place."""
        if not isinstance(value, list) or len(value) != 4:
            raise Malformed("must be a list of four answers.")
        for index, answer in enumerate(value):
            if answer is not None and (type(answer) is not int or answer not in self.allowed):
                raise Malformed(f"[{index}]: must be 0, 8, 17, 25 or null.")
        return tuple(value)


@dataclass(frozen=True, slots=True)
class Answers(Reader):
    """Answers by question: true, false, or null for not answered."""

    questions: tuple[str, ...]

    def one(self, value: Any) -> dict[str, bool | None]:
        """Return the answers; a wrong one is named by its question."""
        if not isinstance(value, dict):
            raise Malformed("must be an object of question: true, false or null.")
        for question, answer in value.items():
            if question not in self.questions:
                raise Malformed(f".{question}: is not a red-flag question.")
            if answer is not None and not isinstance(answer, bool):
                raise Malformed(f".{question}: must be true, false or null.")
        return value
