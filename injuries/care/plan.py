"""The way back to running as a state machine (evidence 3.6), made from what the runner logs.

`replay` is the only way to know where somebody stands: it goes through the days and keeps nothing,
so a late or mended answer simply gives another result. A session counts only where everything it
needs is known and good; whatever is missing repeats the phase.
"""

import datetime as dt
from dataclasses import dataclass, field

from injuries.care import numbers as n
from injuries.care.days import DAY, Days, Effort
from injuries.care.phases import PHASES, phase
from injuries.care.types import (
    ACTIVE,
    ENDED,
    ENTERING,
    GOOD,
    HELD,
    LEFT,
    RED_FLAG,
    REPEAT,
    SEE_CLINICIAN,
    STEP_BACK,
    WAITING,
    Entry,
    Plan,
    PlanState,
    Session,
)
from injuries.risk import History


@dataclass(slots=True)
class _Walker:
    """The fold over the days."""

    plan: Plan
    days: Days
    from_on: dt.date  # walks before this day do not count
    phase: int | None = None
    good: int = 0
    entered_on: dt.date | None = None
    walk_on: dt.date | None = None
    seen_on: dt.date | None = None  # the last session, or the day of entry
    booked_on: dt.date | None = None
    left_on: dt.date | None = None
    limit: int = 0
    unsettled: list[dt.date] = field(default_factory=list)
    steps_back: list[dt.date] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)

    @property
    def pain_limit(self) -> int:
        if not self.days.adult:
            return n.LIMIT_UNDER_18
        return n.LIMIT_ACHILLES if self.plan.achilles_named else n.LIMIT


def replay(plan: Plan, history: History) -> PlanState:
    """Return where the plan stands at the end of `history.on`."""
    days = Days(history)
    walker = _Walker(plan, days, plan.started_on - n.WALK_DAYS * DAY)
    last = history.on if plan.ended_on is None else min(plan.ended_on, history.on)
    day = walker.from_on
    while day <= last and walker.left_on is None:
        _one_day(walker, day)
        day += DAY
    return _state(walker, last)


def _one_day(walker: _Walker, day: dt.date) -> None:
    if walker.days.red_flag(day):
        _start_over(walker, day + DAY)
        return
    if walker.booked_on and any(walker.booked_on <= on <= day for on in walker.days.assessed):
        walker.booked_on = None
    if walker.phase is None:
        _try_to_enter(walker, day)
    elif walker.seen_on and (day - walker.seen_on).days >= n.BREAK_DAYS:
        walker.phase, walker.good = 1, 0
    if walker.phase is not None and day in walker.days.runs:
        _judge(walker, day)


def _start_over(walker: _Walker, day: dt.date) -> None:
    """A red flag stops the plan; once assessed it begins with a walk again."""
    walker.from_on = day
    walker.phase = walker.entered_on = walker.walk_on = walker.booked_on = None
    walker.good = 0
    walker.unsettled.clear()
    walker.steps_back.clear()


# --- Entering ------------------------------------------------------------------------------------
def _try_to_enter(walker: _Walker, day: dt.date) -> None:
    if day < walker.plan.started_on:
        return
    entry = _entry_now(walker, day)
    if entry.walk_on is not None and all(entry.mornings):
        walker.phase, walker.good = 1, 0
        walker.entered_on = walker.seen_on = day
        walker.limit = walker.days.settled_limit(entry.walk_on)


def _entry_now(walker: _Walker, day: dt.date) -> Entry:
    """Return the newest walk that can still lead on, else why the newest one did not."""
    found = [on for on in walker.days.walks if walker.from_on <= on <= day]
    entries = [_entry(walker, on, day) for on in sorted(found, reverse=True)]
    hopeful = next((entry for entry in entries if entry.walk_on is not None), None)
    return hopeful or next(iter(entries), Entry(why="none"))


def _entry(walker: _Walker, walk_on: dt.date, day: dt.date) -> Entry:
    """Return what that day's walk and the mornings after it, up to `day`, say."""
    why = _walk_refusal(walker, walker.days.walks[walk_on])
    if why:
        return Entry(why=why)
    limit = walker.days.settled_limit(walk_on)
    after = [walk_on + DAY * k for k in range(1, n.MORNINGS + 1)]
    said = {on: walker.days.mornings.get(on) if on <= day else None for on in after}
    if any(value is not None and value > limit for value in said.values()):
        return Entry(why="unsettled")
    if any(value is None and on < day for on, value in said.items()):
        return Entry(why="no_morning")
    return Entry(walk_on, tuple(value is not None for value in said.values()))


def _walk_refusal(walker: _Walker, walk: Effort) -> str:
    if (walk.longest_s or 0) < n.WALK_S:
        return "short"
    if walk.gait_changed:
        return "gait"
    if walk.worst is not None and walk.worst > min(walker.pain_limit, n.LIMIT):
        return "hurt"
    return "not_said" if walk.during is None or walk.gait_changed is None else ""


# --- Sessions ------------------------------------------------------------------------------------
def _judge(walker: _Walker, day: dt.date) -> None:
    """Note what became of the run of that day, and move: on, not at all, or a phase back."""
    morning = walker.days.mornings.get(day + DAY)
    if morning is not None and morning > walker.limit:
        walker.unsettled.append(day)
    reasons = _step_back_reasons(walker, day)
    outcome = STEP_BACK
    if not reasons:
        reasons = _repeat_reasons(walker, day)
        outcome = REPEAT if reasons else GOOD if morning is not None else WAITING
    walker.sessions.append(Session(day, walker.phase or 1, outcome, reasons))
    walker.seen_on = day
    _move(walker, day, outcome)


def _step_back_reasons(walker: _Walker, day: dt.date) -> tuple[str, ...]:
    worst = walker.days.runs[day].worst
    recent = [on for on in walker.unsettled if (day - on).days < n.UNSETTLED_DAYS]
    found = {
        "over_stop": worst is not None and worst > n.STOP,
        "unsettled_twice": len(recent) > 1 and recent[-1] == day,
    }
    return tuple(reason for reason, applies in found.items() if applies)


def _repeat_reasons(walker: _Walker, day: dt.date) -> tuple[str, ...]:
    """Return why this run does not count; nothing where it does or may still."""
    days, run = walker.days, walker.days.runs[day]
    morning = days.mornings.get(day + DAY)
    whole_m = phase(walker.phase or 1).distance_m
    before = days.last_run_before(day)
    found = {
        "held": any(hold.covers(day) for hold in walker.plan.holds),
        "booked": walker.booked_on is not None,
        "hurt": run.worst is not None and run.worst > walker.pain_limit,
        "gait": run.gait_changed is True,
        "unsettled": morning is not None and morning > walker.limit,
        "not_said": run.during is None or run.gait_changed is None,
        "no_distance": run.distance_m is None,
        "short": (run.distance_m or whole_m) * 100 < whole_m * n.SHORT_PERCENT,
        "long": (run.distance_m or whole_m) * 100 > whole_m * n.LONG_PERCENT,
        "no_rest_day": before is not None and (day - before).days <= n.REST_DAYS,
        "no_morning": morning is None and day + DAY < days.on,
    }
    return tuple(reason for reason, applies in found.items() if applies)


def _move(walker: _Walker, day: dt.date, outcome: str) -> None:
    at = walker.phase or 1
    if outcome == GOOD:
        walker.good += 1
        if walker.good == phase(at).times:
            walker.phase, walker.good = min(at + 1, len(PHASES)), 0
            walker.left_on = day + DAY if at == len(PHASES) else None
    elif outcome == REPEAT:
        walker.good = 0
    elif outcome == STEP_BACK:
        walker.phase, walker.good = max(at - 1, 1), 0
        walker.unsettled.clear()
        walker.steps_back.append(day)
        if [(day - on).days < n.STEP_BACK_DAYS for on in walker.steps_back].count(True) > 1:
            walker.booked_on = day
            walker.steps_back.clear()


# --- Where it stands -----------------------------------------------------------------------------
def _state(walker: _Walker, on: dt.date) -> PlanState:
    status, since = _status(walker, on)
    waiting = [one.on for one in walker.sessions if one.outcome == WAITING]
    return PlanState(
        status=status,
        phase=walker.phase,
        good=walker.good,
        sessions=tuple(walker.sessions),
        entry=_entry_now(walker, on) if walker.phase is None else Entry(),
        entered_on=walker.entered_on,
        since=since,
        next_on=_next_on(walker, on) if status == ACTIVE else None,
        waiting_for=waiting[-1] + DAY if waiting else None,
        settled_limit=walker.limit,
        pain_limit=walker.pain_limit,
    )


def _status(walker: _Walker, on: dt.date) -> tuple[str, dt.date | None]:
    """Return the status and since when; of several the strictest."""
    ended_on = walker.plan.ended_on
    holds = [hold.first for hold in walker.plan.holds if hold.covers(on)]
    found: list[tuple[str, dt.date | None]] = [
        (LEFT, walker.left_on),
        (ENDED, ended_on if ended_on is not None and ended_on <= walker.days.on else None),
        (RED_FLAG, walker.days.red_flag_since(on)),
        (SEE_CLINICIAN, walker.booked_on),
        (HELD, min(holds, default=None)),
    ]
    stopped = next(((status, since) for status, since in found if since is not None), None)
    return stopped or (ENTERING if walker.phase is None else ACTIVE, None)


def _next_on(walker: _Walker, on: dt.date) -> dt.date:
    last = walker.days.last_run_before(on + DAY)
    return on if last is None else max(on, last + (n.REST_DAYS + 1) * DAY)
