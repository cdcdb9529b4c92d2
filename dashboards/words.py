"""What pages and mails say for each answer: the fact, the reason, the offer. Pure."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from injuries.risk import Why, coach_sentence, runner_sentence, why

BASED_ON = "Based on what you logged. This is not a diagnosis."

DO_NOW: Mapping[str, str] = {
    "urgent_today": "Please do not run, and get this looked at today.",
    "within_days": "Please do not run, and have this looked at within a few days.",
    "book": "Please book somebody to look at this.",
    "rest": "Rest from running and impact for now.",
    "cross_train": "Swap the next 2 to 3 days' runs for bike, pool or elliptical.",
    "ease": "Ease off: hold or shorten the next runs.",
    "not_assessed": "We cannot tell this week.",
    "carry_on": "Carry on.",
}

# The word a coach reads for each place a row may stand in; the board sorts by this order.
STATES: Mapping[str, str] = {
    "clinician": "clinician",
    "rest": "rest",
    "cross_train": "cross-train",
    "ease": "ease",
    "shoes": "shoes",
    "silent": "silent",
    "returning": "returning",
    "new": "new",
    "not_assessed": "not assessed",
    "holiday": "holiday",
    "taper": "taper",
    "ok": "ok",
    "nothing": "shares nothing",
}

# What a coach has to do with a row, beside where it stands; filters of the board like the states.
TASKS: Mapping[str, str] = {
    "waiting": "waiting for an answer",
    "due": "to follow up",
    "mine": "mine",
    "snoozed": "snoozed",
}
CHIPS: Mapping[str, str] = {**TASKS, **STATES}

CLINICIAN: Mapping[str, str] = {
    "urgent_today": "get seen today",
    "within_days": "see a clinician within days",
    "book": "book a clinician",
    "advised": "advised to seek advice",
}

# How a sore heel began, and whether it is the first there, in the terms of injury surveillance.
ONSETS: Mapping[str, str] = {
    "": "not said",
    "acute": "at one moment",
    "repetitive_sudden": "suddenly",
    "repetitive_gradual": "slowly",
}
EPISODES: Mapping[str, str] = {
    "index": "first",
    "exacerbation": "worse before it was over",
    "early_recurrence": "again, within two months",
    "late_recurrence": "again, within a year",
    "delayed_recurrence": "again, after a year",
}


def days_lost(lost: int, unknown: int) -> str:
    """Return how many days somebody could not run, as far as it is known."""
    if not unknown:
        return str(lost)
    return f"at least {lost}" if lost else "unknown"


# What coaches are alerted to at each step of their list (injuries/coach_list.py).
COACH_STEPS: tuple[str, ...] = (
    "Coaches are alerted to all that the rules have for them.",
    "of single runs after an injury within 12 months, only those over 30 %, not over 10 %, longer",
    "of single runs, only those more than twice the longest of 30 days",
    "of single runs, only those more than twice the longest of 30 days, and of worn shoes only "
    "those at their own limit",
    "of single runs, only those more than twice the longest of 30 days, of worn shoes only those "
    "at their own limit, and not of mornings that creep up",
)


def coach_step(step: int, *, since: dt.date | None) -> str:
    """Return in a sentence what coaches are alerted to, and that nothing else changes."""
    if step == 0:
        return COACH_STEPS[0]
    day = "" if since is None else f" from the week of {since.day} {since:%B} on"
    return (
        f"There was more to read than the budget for three weeks, so{day} coaches are alerted to "
        f"less: {COACH_STEPS[step]}. Runners are told what they always were, and every flag still "
        "stands on the runner's page."
    )


# Rules that say something beside an answer and never decide one.
CONTEXT_RULES = frozenset({"L4", "L7", "S3"})

# What each rule is about, in a few words; the figures about flags name them so.
RULES: Mapping[str, str] = {
    "RF1": "safety questions, get seen today",
    "RF2": "safety questions, bone and load",
    "RF3": "safety questions, nerves and health",
    "M9": "heel pain under 18",
    "P1": "pain during a run",
    "P2": "the morning after a run",
    "P3": "mornings from week to week",
    "P4": "sore for two weeks",
    "P5": "the weekly check",
    "P6": "no word about a sore spot",
    "L1": "a run over the longest of 30 days",
    "L3": "back after a break",
    "L4": "a big step from week to week",
    "L7": "well above the usual week",
    "S1": "worn shoes",
    "S2": "a new sore spot and the shoes",
    "S3": "one pair only",
    "S4": "shoes less comfortable than at first",
    "any_for_coach": "anything coaches are shown",
    "injured_before": "injured within 12 months, as anybody could say",
    "week_over_10_percent": "over 10 % more than last week",
}


class Flag(Protocol):
    """What a sentence is made from."""

    @property
    def rule(self) -> str: ...
    @property
    def level(self) -> str: ...
    @property
    def action(self) -> str: ...
    @property
    def values(self) -> Mapping[str, Any]: ...


def to_runner(flag: Flag, *, on: dt.date, unit: str) -> str:
    """Return what the runner reads about one of their flags, in their own unit."""
    return runner_sentence(flag.rule, _level(flag), flag.values, on=on, unit=unit)


def about(flag: Flag, *, on: dt.date, unit: str) -> str:
    """Return what a coach reads about a flag the runner shares."""
    return coach_sentence(flag.rule, _level(flag), flag.values, on=on, unit=unit)


def behind(flag: Flag, *, unit: str, own: bool) -> Why:
    """Return the numbers, the rule, its sources and the end of a flag; `own`: to the runner."""
    return why(flag.rule, _level(flag), flag.values, unit=unit, own=own)


def _level(flag: Flag) -> str:
    return "yes_today" if (flag.rule, flag.action) == ("RF3", "urgent_today") else flag.level


class Decision(Protocol):
    """What a coach did, as far as it is told in one line."""

    @property
    def kind(self) -> str: ...
    @property
    def training(self) -> str: ...
    @property
    def spoke(self) -> bool: ...
    @property
    def due_on(self) -> dt.date | None: ...
    @property
    def snoozed_until(self) -> dt.date | None: ...


def decided(decision: Decision, *, day: Callable[[dt.date], str]) -> str:
    """Return what coaches read: agreed; spoke to them; look again on Tue 24 March."""
    parts = _did(decision, day=day, whom="them")
    if decision.due_on:
        parts.append(f"look again on {day(decision.due_on)}")
    return "; ".join(parts)


def decided_to_runner(decision: Decision, *, day: Callable[[dt.date], str]) -> str:
    """Return what the runner reads beside a note that was shared: spoke to you."""
    return "; ".join(_did(decision, day=day, whom="you"))


def _did(decision: Decision, *, day: Callable[[dt.date], str], whom: str) -> list[str]:
    said = {
        "accepted": "agreed",
        "changed": f"changed the answer to {STATES.get(decision.training, 'carry on')}",
        "dismissed": "set it aside",
        "noted": "" if decision.spoke else "made a note",
        "snoozed": "",
    }[decision.kind]
    until = decision.snoozed_until
    parts = [
        said,
        f"spoke to {whom}" if decision.spoke else "",
        f"lets it wait until {day(until)}" if until else "",
    ]
    return [part for part in parts if part]
