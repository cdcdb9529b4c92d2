"""What the plan says to the runner: where it stands, what decides, why a session did not count."""

import datetime as dt

from injuries.care import numbers as n
from injuries.care.phases import PHASES
from injuries.care.types import (
    ENDED,
    ENTERING,
    GOOD,
    HELD,
    LEFT,
    RED_FLAG,
    SEE_CLINICIAN,
    STEP_BACK,
    WAITING,
    PlanState,
    Session,
)

COUNT = ("none", "one", "two", "three")


def day(on: dt.date | None) -> str:
    """Return Wednesday 4 March; plain English everywhere."""
    return "" if on is None else f"{on:%A} {on.day} {on:%B}"


def where(state: PlanState) -> str:
    """Return in one sentence where the plan stands."""
    since = day(state.since)
    if state.status == ENTERING:
        return "Not begun yet: first a walk, and two settled mornings after it."
    if state.status == HELD:
        return f"On hold since {since}. Please do not run until it is released."
    if state.status == RED_FLAG:
        return (
            f"Stopped on {since}: one of your safety answers should be looked at first. Please do "
            "not run until then. After that the plan begins with the walk again."
        )
    if state.status == SEE_CLINICIAN:
        return (
            f"Waiting since {since}: two steps back within {n.STEP_BACK_DAYS} days. Please book a "
            "doctor or physiotherapist before the next session."
        )
    if state.status == LEFT:
        return f"Done on {since}. You are running again, based on what you logged."
    if state.status == ENDED:
        return f"You ended it on {since}."
    return (
        f"Phase {state.phase} of {len(PHASES)}: {COUNT[state.good]} of {COUNT[state.needed]} "
        "good sessions in a row."
    )


def decides(state: PlanState) -> str:
    """Return what the next step hangs on; empty where the plan is over."""
    if state.is_over:
        return ""
    if state.status == ENTERING:
        return entering(state)
    if state.status in (HELD, RED_FLAG, SEE_CLINICIAN):
        return {
            HELD: "It goes on once whoever holds it lets go.",
            RED_FLAG: "It goes on once you note that somebody has looked at it.",
            SEE_CLINICIAN: "It goes on once you note that somebody has looked at it.",
        }[state.status]
    if state.waiting_for is not None:
        return (
            f"Your first steps on {day(state.waiting_for)} decide: at most "
            f"{state.settled_limit} of 10 is settled."
        )
    left = state.needed - state.good
    sessions = "One more session" if left == 1 else f"{COUNT[left].capitalize()} sessions in a row"
    s = "s" if left == 1 else ""
    ahead = f"end{s} the plan" if state.phase == len(PHASES) else f"lead{s} to phase {_next(state)}"
    return (
        f"{sessions} {ahead}: {_pain(state)} while running, running as usual, and first steps of "
        f"at most {state.settled_limit} of 10 the morning after."
    )


def entering(state: PlanState) -> str:
    """Return what is still missing before the first session."""
    entry = state.entry
    if entry.walk_on is not None:
        missing = entry.mornings.count(False)
        ahead = "the next morning has" if missing == 1 else "the two mornings after it have"
        return f"Your walk on {day(entry.walk_on)} went well. Now {ahead} to be settled."
    walk = (
        f"Walk for {n.WALK_S // 60} minutes and note it: pain of at most "
        f"{min(state.pain_limit, n.LIMIT)} of 10, walking as usual, and the two mornings after "
        "it settled."
    )
    why = WALKS[entry.why]
    return f"{why} {walk}" if why else walk


def _next(state: PlanState) -> int:
    return (state.phase or 1) + 1


def _pain(state: PlanState) -> str:
    limit = state.pain_limit
    return f"pain of at most {limit} of 10" if limit else "no pain"


WALKS = {
    "none": "",
    "short": "Your last walk was shorter than that.",
    "gait": "On your last walk you walked differently because of your heel.",
    "hurt": "Your last walk hurt more than that.",
    "not_said": "We do not know how your heel was on your last walk.",
    "unsettled": "After your last walk the mornings had not settled.",
    "no_morning": "After your last walk there was no word on a morning.",
}

REASONS = {
    "held": "the plan was on hold",
    "booked": "the plan was waiting for somebody to look at your heel",
    "hurt": "it hurt more than this plan allows",
    "gait": "you ran differently because of it",
    "unsettled": "the morning after had not settled",
    "not_said": "how your heel was during the run, or whether you ran differently, is not known",
    "no_distance": "its distance is not known",
    "short": "it was shorter than the session",
    "long": "it was longer than the session",
    "no_rest_day": "there was no rest day before it",
    "no_morning": "there is no word on the morning after",
    "over_stop": f"it hurt more than {n.STOP} of 10",
    "unsettled_twice": f"the morning after had not settled twice within {n.UNSETTLED_DAYS} days",
}


def became(session: Session) -> str:
    """Return what became of a session and why."""
    if session.outcome == GOOD:
        return "Counted."
    if session.outcome == WAITING:
        return "The morning after decides."
    why = " and ".join(REASONS[reason] for reason in session.reasons)
    start = "One phase back: " if session.outcome == STEP_BACK else "Once more: "
    return f"{start}{why}."
