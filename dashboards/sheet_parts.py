"""What a sheet for a visit may hold, and what of it the runner has to tick first. Pure."""

from collections.abc import Mapping
from typing import NamedTuple


class Part(NamedTuple):
    """One thing to tick. `at_first`: ticked until the runner takes it away."""

    label: str
    at_first: bool
    is_health: bool


PARTS: Mapping[str, Part] = {
    "name": Part("My name", True, False),
    "course": Part("My sore spots and how they went", True, True),
    "runs": Part("My runs, week by week", True, False),
    "checks": Part("My weekly checks", True, True),
    "shoes": Part("My shoes", True, False),
    "tried": Part("What I tried: routines, the way back, days off", True, False),
    "safety": Part("My answers to the safety questions", False, True),
    "medicines": Part("Medicines: the question about them, painkillers around runs", False, True),
    "clinician": Part("What a clinician called it", False, True),
}
WEEKS = (4, 8, 12)
USUAL_WEEKS = 12
DAYS = (1, 3, 7)
