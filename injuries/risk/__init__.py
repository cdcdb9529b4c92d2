"""The risk engine: plain Python, importable without Django."""

from injuries.risk.course import Standing, hurt_before, standing
from injuries.risk.engine import ENGINE_VERSION, assess, ceiling, what_if, what_ifs
from injuries.risk.sentences import coach_sentence, runner_sentence, what_if_sentence
from injuries.risk.types import (
    ALL_RED_FLAGS,
    RED_FLAG_IDS,
    STANDING_FACTS,
    Activity,
    Assessment,
    Check,
    Comfort,
    Day,
    Flag,
    History,
    Pain,
    Problem,
    RedFlags,
    Shoe,
    Unjudged,
    WhatIf,
)
from injuries.risk.why import Why, why

__all__ = [
    "ALL_RED_FLAGS",
    "ENGINE_VERSION",
    "RED_FLAG_IDS",
    "STANDING_FACTS",
    "Activity",
    "Assessment",
    "Check",
    "Comfort",
    "Day",
    "Flag",
    "History",
    "Pain",
    "Problem",
    "RedFlags",
    "Shoe",
    "Standing",
    "Unjudged",
    "WhatIf",
    "Why",
    "assess",
    "ceiling",
    "coach_sentence",
    "hurt_before",
    "runner_sentence",
    "standing",
    "what_if",
    "what_if_sentence",
    "what_ifs",
    "why",
]
