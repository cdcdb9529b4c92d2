"""The sheet a runner takes to a physio: what they ticked, in words, and nothing else.

A sheet is plain data that can be kept as it stood: texts, and the days of one picture.
"""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from dashboards.charts import PainDay
from dashboards.selectors import sheet_heel, sheet_running
from dashboards.sheet_parts import PARTS
from members.models import User
from members.weeks import monday_of

WEEK = dt.timedelta(weeks=1)
Sheet = dict[str, Any]


class Made(Protocol):
    """What writes one part of a sheet."""

    def __call__(self, runner: User, *, first: dt.date, on: dt.date) -> Any: ...


MADE: Mapping[str, Made] = {
    "course": sheet_heel.course,
    "runs": sheet_running.runs,
    "checks": sheet_heel.checks,
    "shoes": sheet_running.shoes,
    "tried": sheet_running.tried,
    "safety": sheet_heel.safety,
    "medicines": sheet_heel.medicines,
}


def parts_for(runner: User) -> tuple[str, ...]:
    """Return what may be on this runner's sheet: of the heel nothing without the consent."""
    keeps_health = runner.health_consent_at is not None
    return tuple(key for key, part in PARTS.items() if keeps_health or not part.is_health)


def physio_sheet(runner: User, *, parts: Collection[str], weeks: int, on: dt.date) -> Sheet:
    """Return the chosen parts of the last `weeks` weeks up to the runner's day `on`.

    Parts that may not be there are left out, whatever was asked for.
    """
    first = monday_of(on) - (weeks - 1) * WEEK
    chosen = [part for part in parts_for(runner) if part in parts]
    sheet: Sheet = {
        "parts": chosen,
        "with_consent": runner.health_consent_at is not None,
        "made_on": on.isoformat(),
        "first": first.isoformat(),
        "name": str(runner) if "name" in chosen else "",
        "problems": sheet_heel.problems(runner, chosen, first=first, on=on),
    }
    for part in chosen:
        if part in MADE:
            sheet[part] = MADE[part](runner, first=first, on=on)
    return sheet


def course_days(sheet: Sheet) -> list[PainDay]:
    """Return the days of a sheet's picture."""
    return [
        PainDay(dt.date.fromisoformat(on), first_step, during, after, distance_m)
        for on, first_step, during, after, distance_m in sheet["course"]["days"]
    ]


class WeekRow(NamedTuple):
    """A week of the sheet's table; empty where that part is not on the sheet."""

    week: str
    ran: Sequence[str]
    hurt: Sequence[str]


def week_rows(sheet: Sheet) -> list[WeekRow]:
    """Return running and pain of each week side by side, oldest first."""
    ran = {week: rest for week, *rest in sheet.get("runs", ())}
    hurt = {week: rest for week, *rest in sheet.get("course", {}).get("weeks", ())}
    said_nothing = ("–", "–", "–") if "course" in sheet else ()
    return [
        WeekRow(week, ran.get(week, ()), hurt.get(week, said_nothing))
        for week in (ran if "runs" in sheet else hurt)
    ]
