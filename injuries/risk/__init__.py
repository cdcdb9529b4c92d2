"""The risk engine: plain Python, importable without Django."""

from injuries.risk.engine import ENGINE_VERSION, assess, ceiling
from injuries.risk.sentences import coach_sentence, runner_sentence
from injuries.risk.types import (
    ALL_RED_FLAGS,
    RED_FLAG_IDS,
    STANDING_FACTS,
    Activity,
    Assessment,
    Check,
    Day,
    Flag,
    History,
    Pain,
    Problem,
    RedFlags,
    Shoe,
    Unjudged,
)

__all__ = [
    "ALL_RED_FLAGS",
    "ENGINE_VERSION",
    "RED_FLAG_IDS",
    "STANDING_FACTS",
    "Activity",
    "Assessment",
    "Check",
    "Day",
    "Flag",
    "History",
    "Pain",
    "Problem",
    "RedFlags",
    "Shoe",
    "Unjudged",
    "assess",
    "ceiling",
    "coach_sentence",
    "runner_sentence",
]
