"""Short ways to write a diary: days are counted from DAY_0, the day the plan is begun."""

import datetime as dt
from typing import Any

from injuries.care import Plan, PlanState, replay
from injuries.care.phases import phase
from injuries.risk import Activity, History, Pain, RedFlags

DAY_0 = dt.date(2026, 3, 2)


def at(day: int) -> dt.date:
    """Return the date that many days after the plan was begun."""
    return DAY_0 + dt.timedelta(days=day)


def walk(day: int, *, minutes: int = 30, during: int | None = 0, gait: bool | None = False):
    """Return a walk."""
    return Activity(at(day), "walk", duration_s=minutes * 60, pain_during=during, gait_changed=gait)


def run(
    day: int, metres: int | None = 1600, during: int | None = 0, gait: bool | None = False, **more
):
    """Return a run of phase 1 that went well, unless said otherwise."""
    return Activity(
        at(day), "run", distance_m=metres, pain_during=during, gait_changed=gait, **more
    )


def morning(day: int, first_step: int | None = 0) -> Pain:
    """Return the first steps of one morning."""
    return Pain(at(day), first_step)


ENTRY = (walk(0), morning(1), morning(2))


def session(day: int, number: int = 1, **fields: Any) -> tuple[Activity, Pain]:
    """Return a session of that phase that went well, and the morning after."""
    return run(day, phase(number).distance_m, **fields), morning(day + 1)


def course(*, first_day: int = 2, last_phase: int = 6) -> list[Activity | Pain]:
    """Return every session from phase 1 to the end of `last_phase`, each second day."""
    rows: list[Activity | Pain] = []
    day = first_day
    for number in range(1, last_phase + 1):
        for _ in range(phase(number).times):
            rows += session(day, number)
            day += 2
    return rows


def flat(rows: Any) -> list[Any]:
    """Return the rows out of whatever tuples and lists they lie in."""
    if isinstance(rows, (Activity, Pain, RedFlags)):
        return [rows]
    return [one for row in rows for one in flat(row)]


def history(*rows: Any, on: int, adult: bool = True) -> History:
    """Return a history of these activities, mornings and safety answers, seen from day `on`."""
    past = [one for one in flat(rows) if one.on <= at(on)]
    return History(
        on=at(on),
        adult=adult,
        activities=tuple(one for one in past if isinstance(one, Activity)),
        pain=tuple(one for one in past if isinstance(one, Pain)),
        red_flags=tuple(one for one in past if isinstance(one, RedFlags)),
    )


def stand(*rows: Any, on: int, adult: bool = True, **plan: Any) -> PlanState:
    """Return where the plan stands on day `on`."""
    return replay(Plan(DAY_0, **plan), history(*rows, on=on, adult=adult))


def yes(day: int) -> RedFlags:
    """Return a yes to one of the fixed questions."""
    return RedFlags(at(day), {"night_pain": True})


def assessed(day: int) -> RedFlags:
    """Return the note that a clinician has looked."""
    return RedFlags(at(day), {}, at(day))
