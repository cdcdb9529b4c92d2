"""What goes in and what comes out: frozen, plain, in metres, seconds and local dates.

Rows that come by the hundred are named tuples, the rest frozen dataclasses: as frozen, and made
three times as fast (docs/adr/0008).
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, NamedTuple

KINDS = ("run", "ride", "swim", "strength", "mobility", "walk", "other")
STATUSES = ("rest", "ill", "injured", "holiday", "unknown")
SIDES = ("left", "right", "both")
SPOTS = (
    "under_heel_inner",
    "under_heel_centre",
    "whole_heel",
    "back_of_heel",
    "above_heel",
    "inner_ankle",
    "elsewhere",
)
CHECK_ANSWERS = (0, 8, 17, 25)

# Evidence 3.1: fixed questions, each yes / no / not asked; there is no score.
RED_FLAG_IDS: dict[str, tuple[str, ...]] = {
    "RF1": (
        "sudden_severe_pain",
        "snap_pop_grind",
        "odd_shape",
        "cannot_bear_weight",
        "cannot_move_ankle",
        "hot_red_fever",
        "wound",
    ),
    "RF2": (
        "rest_pain",
        "night_pain",
        "steadily_worse",
        "walking_pain",
        "swelling_bruising",
        "squeeze_pain",
        "hop_pain",
        "low_energy",
    ),
    "RF3": (
        "numbness",
        "burning_electric",
        "diabetes_circulation",
        "skin_colour_change",
        "inflammatory_signs",
        "unwell_weight_loss",
        "cancer_history",
        "medicines",
    ),
}
ALL_RED_FLAGS = tuple(question for ids in RED_FLAG_IDS.values() for question in ids)
# Facts about a person that do not come and go: asked once per problem.
STANDING_FACTS = frozenset(
    {"diabetes_circulation", "medicines", "cancer_history", "inflammatory_signs"}
)

# Strictest first; the strictest that fires is the one training answer.
TRAINING = ("rest", "cross_train", "ease", "not_assessed", "carry_on")
CLINICIAN = ("urgent_today", "within_days", "book")


class Activity(NamedTuple):
    """Something done on the runner's local day `on`; unknown figures are None, never 0."""

    on: dt.date
    kind: str = "run"
    started_at: dt.datetime | None = None
    distance_m: int | None = None
    duration_s: int | None = None
    effort: int | None = None
    pain_during: int | None = None
    gait_changed: bool | None = None
    painkiller: bool | None = None
    shoe: str | None = None
    imputed: bool = False


class Day(NamedTuple):
    """What a day without a run was."""

    on: dt.date
    status: str


class Pain(NamedTuple):
    """A pain report of one day, 0 to 10: first steps in the morning, the hour after a run."""

    on: dt.date
    first_step: int | None = None
    after: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """One episode of a sore heel."""

    side: str
    spot: str
    since: dt.date
    closed: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """The weekly check: four answers of 0, 8, 17 or 25; `week` is its Monday."""

    week: dt.date
    answered_on: dt.date
    answers: tuple[int | None, int | None, int | None, int | None]


@dataclass(frozen=True, slots=True)
class RedFlags:
    """Answers to red-flag questions, or the note that a clinician has assessed them."""

    on: dt.date
    answers: dict[str, bool | None] = field(default_factory=dict)
    assessed_on: dt.date | None = None


class Comfort(NamedTuple):
    """How comfortable a pair felt on a day, 0 to 10."""

    on: dt.date
    value: int


@dataclass(frozen=True, slots=True)
class Shoe:
    """One pair; its wear is `start_m` plus the runs logged with it."""

    id: str
    start_m: int = 0
    limit_m: int | None = None
    first_used: dt.date | None = None
    retired: dt.date | None = None
    comfort: tuple[Comfort, ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """Everything known about one runner up to and including the local day `on`."""

    on: dt.date
    adult: bool = True
    previous_injury_12m: bool | None = None
    declared_longest_30d_m: int | None = None
    activities: tuple[Activity, ...] = ()
    days: tuple[Day, ...] = ()
    pain: tuple[Pain, ...] = ()
    problems: tuple[Problem, ...] = ()
    checks: tuple[Check, ...] = ()
    red_flags: tuple[RedFlags, ...] = ()
    shoes: tuple[Shoe, ...] = ()


@dataclass(frozen=True, slots=True)
class Flag:
    """One rule that fired: its numbers, and the sentence made from them."""

    rule: str
    level: str
    action: str
    values: dict[str, Any]
    text: str
    coach: bool = False


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What a run of `distance_m` on the day `on` would mean, before it is run.

    `values` are L1's numbers for it, or None with the reason in `why`; `level` is L1's, None within
    the usual; `training` and `ceiling_m` are the answers as things stand.
    """

    on: dt.date
    distance_m: int
    training: str
    ceiling_m: int | None
    level: str | None
    values: dict[str, Any] | None
    why: str | None


@dataclass(frozen=True, slots=True)
class Unjudged:
    """A rule that could not be judged, and why."""

    rule: str
    why: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the rules say about one runner: three independent answers and what they rest on."""

    on: dt.date
    engine: str
    training: str
    shoes: bool
    clinician: str | None
    coverage_30: float
    ceiling_m: int | None
    ceiling_until: dt.date | None
    measures: dict[str, dict[str, float | None]]
    flags: tuple[Flag, ...]
    not_assessed: tuple[Unjudged, ...]
