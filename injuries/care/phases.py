"""The six phases of the return-to-run plan (evidence 3.6) and today's session in words."""

from dataclasses import dataclass

from injuries.care import numbers as n

METRES_PER_MILE = 1609.344
TIMES_IN_WORDS = ("", "once", "twice", "three times", "four times", "five times", "six times")


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase: turns of walking and running until the distance is done. `walk_min` 0: no walk."""

    number: int
    effort: int
    walk_min: int
    run_min: int | None  # None: run all of it
    distance_m: int

    @property
    def times(self) -> int:
        """Good sessions in a row before the next phase, or before leaving."""
        return n.LAST_TIMES if self.number == len(PHASES) else n.TIMES


PHASES = (
    Phase(1, 3, 2, 3, 1600),
    Phase(2, 3, 2, 3, 2400),
    Phase(3, 4, 2, 4, 2400),
    Phase(4, 4, 2, 4, 3200),
    Phase(5, 5, 1, 4, 3200),
    Phase(6, 5, 0, None, 3200),
)


def phase(number: int) -> Phase:
    """Return the phase of that number, 1 to 6."""
    return PHASES[number - 1]


def turns(one: Phase, *, pace_s_per_km: float | None = None) -> int:
    """Return how many turns of walking and running make the phase's distance, rounded.

    Running is at the runner's own usual pace, else at an easy one; walking at 5 km/h.
    """
    if one.run_min is None:
        return 1
    running = 60_000 / pace_s_per_km if pace_s_per_km else n.RUNNING_M_PER_MIN
    metres = one.walk_min * n.WALKING_M_PER_MIN + one.run_min * running
    return max(1, round(one.distance_m / metres))


def session_in_words(
    one: Phase, *, unit: str = "km", pace_s_per_km: float | None = None
) -> tuple[str, str]:
    """Return today's session and what goes with it: two sentences for the runner."""
    distance = _distance(one.distance_m, unit)
    around = f"Effort {one.effort} of 10: easy enough to talk. Level ground, no hills, no speed."
    if one.run_min is None:
        return f"Run {distance} without a walk.", around
    count = turns(one, pace_s_per_km=pace_s_per_km)
    times = TIMES_IN_WORDS[count] if count < len(TIMES_IN_WORDS) else f"{count} times"
    return (
        f"Walk {one.walk_min} min, run {one.run_min} min, about {times}, until you have done "
        f"{distance}.",
        around,
    )


def _distance(metres: int, unit: str) -> str:
    per = METRES_PER_MILE if unit == "mi" else 1000
    return f"{metres / per:.1f} {unit}"
