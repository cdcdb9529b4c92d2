"""Runners and weeks as a grid: the answer of the rules, the distance, or the worst morning.

What a cell may say of a runner is decided in injuries/selectors/sharing.py. A week somebody said
nothing in is "silent" and never looks like one that went well.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Max

from dashboards.selectors.trends.asked import WEEK, Asked, Runner, WeekNumber
from dashboards.selectors.trends.logged import Entries
from injuries.models import PainReport, Training, WeeklyAssessment
from injuries.selectors.sharing import shares_pain, what_coach_sees
from members.weeks import monday_of

ANSWER, LOAD, PAIN = MAPS = ("answer", "load", "pain")
ROWS_A_PAGE = 200

SILENT = "silent"  # nothing was said in the week
BEFORE = ""  # not in the club yet, and nothing known
NOT_SAYING_STOP = {Training.CARRY_ON, Training.NOT_ASSESSED}
SILENT_DAYS = 7  # without a word, as on the board

# An answer, metres, first steps from 0 to 10; or SILENT or BEFORE.
Cell = str | int


class Judged(NamedTuple):
    """What the rules said of one week. Has what sharing.py asks of a week."""

    on: dt.date
    training: str
    clinician: str
    shoes: bool


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One runner, a cell a week."""

    runner: Runner
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class HeatMap:
    """One page of the grid. `left_out`: how many of these runners do not share what it shows."""

    shows: str
    weeks: tuple[dt.date, ...]
    rows: tuple[HeatRow, ...]
    page: int
    pages: int
    left_out: int

    @property
    def before(self) -> int:
        """The page before."""
        return self.page - 1

    @property
    def after(self) -> int:
        """The next page."""
        return self.page + 1


def heat_map(asked: Asked, logged: Entries, *, shows: str = ANSWER, page: int = 1) -> HeatMap:
    """Return the page of the grid, by name; a page too far is the last. One query at most."""
    shown = [one for one in asked.runners if shows != PAIN or shares_pain(one)]
    pages = max(1, -(-len(shown) // ROWS_A_PAGE))
    page = min(max(page, 1), pages)
    here = shown[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE]
    cell = {ANSWER: _answers, LOAD: _loads, PAIN: _mornings}[shows](asked, here, logged)
    rows = [
        HeatRow(one, tuple(cell(one, place) for place in range(len(asked.weeks)))) for one in here
    ]
    left_out = len(asked.runners) - len(shown)
    return HeatMap(shows, asked.weeks, tuple(rows), page, pages, left_out)


Cells = Callable[[Runner, int], Cell]


def _answers(asked: Asked, runners: Iterable[Runner], logged: Entries) -> Cells:
    rows = WeeklyAssessment.objects.filter(
        runner__in=[one.user_id for one in runners], week__range=asked.span
    )
    found = {
        (runner, (week - asked.weeks[0]) // WEEK): Judged._make(rest)
        for runner, week, *rest in rows.order_by().values_list(
            "runner_id", "week", "on", "training", "clinician", "shoes"
        )
    }

    def cell(one: Runner, place: int) -> Cell:
        judged = found.get((one.user_id, place))
        is_silent = _is_silent(one, place, asked, logged)
        if judged is None:
            return _unsaid(one, place, asked) if is_silent else str(Training.NOT_ASSESSED)
        answer = _answer(one, judged)
        return SILENT if is_silent and answer in NOT_SAYING_STOP else answer

    return cell


def _answer(one: Runner, judged: Judged) -> str:
    view = what_coach_sees(one, judged, flags=())
    return "clinician" if view.clinician else str(view.training)


def _loads(asked: Asked, runners: Iterable[Runner], logged: Entries) -> Cells:
    def cell(one: Runner, place: int) -> Cell:
        entry = logged.get((one.user_id, place))
        if entry is None:
            return _unsaid(one, place, asked)
        return "unmeasured" if entry.distance_m is None else entry.distance_m

    return cell


def _mornings(asked: Asked, runners: Iterable[Runner], logged: Entries) -> Cells:
    rows = PainReport.objects.filter(
        runner__in=[one.user_id for one in runners],
        on__range=asked.days,
        first_step__isnull=False,
    )
    week = WeekNumber("on", first=asked.weeks[0])
    worst: Mapping[tuple[int, int], int] = {
        (runner, place): value
        for runner, place, value in rows.order_by()
        .values_list("runner_id", week)
        .annotate(worst=Max("first_step"))
    }

    def cell(one: Runner, place: int) -> Cell:
        found = worst.get((one.user_id, place))
        return _unsaid(one, place, asked) if found is None else found

    return cell


def _unsaid(one: Runner, place: int, asked: Asked) -> str:
    """Return that nothing was said, which nobody could have before joining."""
    return BEFORE if asked.weeks[place] < monday_of(one.joined_at.date()) else SILENT


def _is_silent(one: Runner, place: int, asked: Asked, logged: Entries) -> bool:
    """Whether nothing was said in the week; the one that goes on counts together with the last."""
    key = one.user_id, place
    is_going_on = place == len(asked.weeks) - 1
    return key not in logged and not (is_going_on and (one.user_id, place - 1) in logged)
