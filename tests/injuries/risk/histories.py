"""Short ways to write a history: days are counted back from `ON`."""

import datetime as dt
from dataclasses import replace
from typing import Any

from injuries.risk import (
    ALL_RED_FLAGS,
    Activity,
    Assessment,
    Day,
    Flag,
    History,
    Pain,
    Problem,
    RedFlags,
)

ON = dt.date(2026, 3, 15)  # a Sunday


def ago(days: int) -> dt.date:
    """Return the day that many days before ON."""
    return ON - dt.timedelta(days=days)


def run(days_ago: int, km: float | None = 10, **fields: Any) -> Activity:
    """Return a run; without `duration_s` an hour."""
    fields.setdefault("duration_s", 3600)
    metres = None if km is None else round(km * 1000)
    return Activity(on=ago(days_ago), distance_m=metres, **fields)


def rests(first: int, last: int = 0, *, but: tuple[int, ...] = (), status: str = "rest"):
    """Return a status for each day from `first` to `last` days ago, but for some."""
    return tuple(Day(ago(back), status) for back in range(first, last - 1, -1) if back not in but)


def steady(*runs: Activity, days: int = 100, **fields: Any) -> History:
    """Return a history whose every day is known: 10 km each fourth day until 20 days ago, two
    short runs since so that there is no break, and `runs`.
    """
    base = (run(6, 2), run(13, 2), *(run(back) for back in range(20, days, 4)))
    return History(on=ON, activities=base + runs, days=rests(days), **fields)


def off(
    days: int, *, back: tuple[Activity, ...] = (), status: str = "rest", **fields: Any
) -> History:
    """Runs until `days` + 1 days ago, then known days without a run, then `back`."""
    base = tuple(run(ago_, 10) for ago_ in range(days + 1, days + 80, 4))
    return History(on=ON, activities=base + back, days=rests(days + 80, status=status), **fields)


def sore(*, since: int = 5, spot: str = "under_heel_inner", **fields: Any) -> dict[str, Any]:
    """Return an open problem with every red-flag question answered no today."""
    no = RedFlags(ON, dict.fromkeys(ALL_RED_FLAGS, False))
    return {"problems": (Problem("left", spot, ago(since)),), "red_flags": (no,)} | fields


def mornings(values: dict[int, int]) -> tuple[Pain, ...]:
    """Return first steps by days ago."""
    return tuple(Pain(ago(back), first_step=value) for back, value in values.items())


def with_(history: History, **fields: Any) -> History:
    """Return the history with some fields replaced."""
    return replace(history, **fields)


def flag(assessment: Assessment, rule: str) -> Flag | None:
    """Return the flag of one rule, or None."""
    return next((one for one in assessment.flags if one.rule == rule), None)


def level(assessment: Assessment, rule: str) -> str | None:
    """Return the level of one rule's flag, or None."""
    found = flag(assessment, rule)
    return None if found is None else found.level


def why(assessment: Assessment, rule: str) -> str | None:
    """Return why a rule was not judged, or None."""
    return next((one.why for one in assessment.not_assessed if one.rule == rule), None)
