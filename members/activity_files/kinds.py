"""What was done, from the many words that programs have for it."""

import re
from enum import StrEnum

from members.activity_files.track import Measured

FASTER_THAN_RUNNING_KMH = 25
"""Half the moving time above this is no run: the best of the world hold 21 for two hours."""

FASTER_ON_AVERAGE_KMH = 50
"""The average above this is no run either: a position that jumped makes a distance no rule may use.
(A single smaller jump, which the median passes over, leaves a run a run.)"""


class Kind(StrEnum):
    """The kinds of activity the club knows (design: words and data)."""

    RUN = "run"
    RIDE = "ride"
    SWIM = "swim"
    STRENGTH = "strength"
    MOBILITY = "mobility"
    WALK = "walk"
    OTHER = "other"


_WORDS: dict[Kind, str] = {
    Kind.RUN: (
        "run running runs jog jogging treadmill trailrun trailrunning virtualrun trackrun race "
        "lauf laufen laufband laufbandtraining joggen traillauf trailrunning "
        "corrida correr carrera course corsa hardlopen"
    ),
    Kind.RIDE: (
        "ride riding bike biking cycling cycle bicycle biketouring roadbiking virtualride "
        "ebikeride mountainbike mountainbiking mtb gravel bmx spinning "
        "rad radfahren radsport rennrad ciclismo cyclisme velo wielrennen fietsen"
    ),
    Kind.SWIM: "swim swimming openwater lapswimming poolswimming schwimmen natacion natation",
    Kind.STRENGTH: (
        "strength weights weighttraining weightlifting strengthtraining crossfit core "
        "kraft krafttraining gewichtheben"
    ),
    Kind.MOBILITY: "mobility yoga pilates stretching stretch flexibility foamrolling dehnen",
    Kind.WALK: (
        "walk walking hike hiking nordicwalking speedwalking casualwalking trekking snowshoeing "
        "gehen wandern spazieren walken caminata marche randonnee"
    ),
}

_BY_WORD = {word: kind for kind, words in _WORDS.items() for word in words.split()}

# Strava writes the number of its own list into the `type` of the GPX files it exports.
_BY_STRAVA_NUMBER = {
    "1": Kind.RIDE, "4": Kind.WALK, "9": Kind.RUN, "10": Kind.WALK, "13": Kind.WALK,
    "16": Kind.SWIM, "17": Kind.RIDE, "18": Kind.RIDE,
}  # fmt: skip


def kind_from_words(text: str) -> Kind | None:
    """The kind that `text` (a sport as some program names it) means; None when it says nothing.

    "trail_running", "Indoor Cycling", "VirtualRun" and "9" are understood by their words, the
    first known one decides. A sport named in words unknown here is `other`, not a guess.
    """
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    words = re.findall(r"\w+", spaced.lower().replace("_", " "))
    if not words:
        return None
    if len(words) == 1 and words[0].isdigit():
        return _BY_STRAVA_NUMBER.get(words[0], Kind.OTHER)
    known = [_BY_WORD[word] for word in ("".join(words), *words) if word in _BY_WORD]
    return known[0] if known else Kind.OTHER


def kind_of_track(words: str, measured: Measured | None) -> Kind:
    """What the file says was done; where it says nothing a run, unless too fast for one."""
    said = kind_from_words(words)
    if said is not None:
        return said
    too_fast = measured is not None and (
        measured.median_kmh > FASTER_THAN_RUNNING_KMH
        or measured.average_kmh > FASTER_ON_AVERAGE_KMH
    )
    return Kind.OTHER if too_fast else Kind.RUN
