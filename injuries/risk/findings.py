"""What a rule may answer: it fired, or it could not be judged."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Fired:
    """A rule that fired: what it asks of training, clinician and shoes, and its numbers."""

    rule: str
    level: str
    action: str
    values: dict[str, Any]
    training: str = "carry_on"
    clinician: str | None = None
    shoes: bool = False
    coach: bool = False


@dataclass(frozen=True, slots=True)
class NotJudged:
    """A rule without enough to go on. `blocks`: without it nobody may be told to carry on."""

    rule: str
    why: str
    blocks: bool = False


Finding = Fired | NotJudged
