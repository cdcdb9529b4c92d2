"""The coach's board: who stands where, who needs the coach first, and how many of each."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from dashboards import words
from dashboards.selectors.board_rows import BoardRow, board_rows
from members.models import Membership, Squad
from members.selectors.people import squads_seen_by
from members.weeks import monday_of

URGENCY = ("urgent_today", "within_days", "advised", "book", "")
ORDER = {state: place for place, state in enumerate(words.STATES)}


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter with how many rows it would show."""

    state: str
    word: str
    count: int
    selected: bool

    @property
    def is_state(self) -> bool:
        """Whether it has a shape and a colour, and is not a task of the coach."""
        return self.state in words.STATES


@dataclass(frozen=True, slots=True)
class Board:
    """A club's week. `rows` are those the filters let through, `chips` count all of the squad."""

    week: dt.date
    on: dt.date
    is_current: bool
    rows: tuple[BoardRow, ...]
    chips: tuple[Chip, ...]
    runners: int
    squads: tuple[Squad, ...]

    @property
    def undecided(self) -> int:
        """How many rows wait for a coach's answer."""
        return sum(row.wants_decision for row in self.rows)


def board(
    coach: Membership,
    *,
    on: dt.date,
    week: dt.date | None = None,
    show: str = "",
    squad: int | None = None,
    search: str = "",
) -> Board:
    """Return the board of the coach's club on the day `on`.

    Without `week` (a Monday) each runner stands with this week's assessment or, until there is
    one, last week's; with it, with that week's only.
    """
    this_week = monday_of(on)
    rows = sorted(board_rows(coach, on=on, week=week), key=_need)
    if squad is not None:
        rows = [row for row in rows if row.who.squad_id == squad]
    wanted = search.casefold().split()
    shown = [row for row in rows if _stands_in(row, show) and _found(row, wanted)]
    return Board(
        week=week or this_week,
        on=on,
        is_current=week is None or week == this_week,
        rows=tuple(shown),
        chips=_chips(rows, show=show),
        runners=len(rows),
        squads=tuple(squads_seen_by(coach)),
    )


def _chips(rows: Iterable[BoardRow], *, show: str) -> tuple[Chip, ...]:
    counts = Counter(key for row in rows for key in row.states + row.tasks)
    return tuple(
        Chip(state, word, counts[state], state == show) for state, word in words.CHIPS.items()
    )


def _need(row: BoardRow) -> tuple[bool, int, int, bool, str]:
    """Sort by the most pressing state, urgency, what nobody has answered yet, then by name.

    What a coach lets wait comes after all that asks for something.
    """
    return (
        "snoozed" in row.tasks,
        ORDER[row.pressing],
        URGENCY.index(row.view.clinician),
        not row.wants_decision,
        row.name.casefold(),
    )


def _stands_in(row: BoardRow, show: str) -> bool:
    return not show or show in row.states or show in row.tasks


def _found(row: BoardRow, wanted: list[str]) -> bool:
    if not wanted:
        return True
    haystack = f"{row.name} {row.who.squad or ''}".casefold()
    return all(word in haystack for word in wanted)
