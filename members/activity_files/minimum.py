"""How little is no activity: a watch that was started and stopped again by mistake.

A sprint of 100 m counts however short it took, half a minute on the mat counts without any
distance, and so does a repetition of 40 s on the track.
"""

from members.activity_files.kinds import Kind
from members.activity_files.types import ParsedActivity

SHORTEST_S = 30
SHORTEST_M = 100
"""Less than both is no activity; an unknown distance counts as none."""

ON_THE_SPOT_M = 50
ON_THE_SPOT_S = 120
"""Less than both is a recording stopped at the door, where one moves on at all and says how far: a
child walks 50 m in that time. A machine that tells no distance is not meant."""

MOVES_ON = {Kind.RUN, Kind.WALK, Kind.RIDE}


def too_little(found: ParsedActivity) -> str:
    """Why so little is no activity; empty where it is one.

    A table's row without any time is judged by its distance alone.
    """
    metres, seconds = found.distance_m or 0, max(found.timer_s, found.elapsed_s)
    hardly_begun = seconds < SHORTEST_S and metres < SHORTEST_M
    stayed = found.kind in MOVES_ON and 0 < metres < ON_THE_SPOT_M and seconds < ON_THE_SPOT_S
    if not (hardly_begun or stayed):
        return ""
    return f"{_as_told(metres, seconds)}: too little for an activity, perhaps stopped at once."


def _as_told(metres: int, seconds: int) -> str:
    if not seconds:
        return f"It is only {metres} m"
    lasted = f"It lasted only {seconds} {'second' if seconds == 1 else 'seconds'}"
    return f"{lasted} and {metres} m" if metres else lasted
