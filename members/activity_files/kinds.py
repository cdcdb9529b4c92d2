"""What was done, from the many words that programs have for it."""

import re
import unicodedata
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


# Lower case, without accents; only words that mean the kind by themselves.
_WORDS: dict[Kind, str] = {
    Kind.RUN: (
        "run running runs runner jog jogging treadmill trailrun trailrunning virtualrun trackrun "
        "race ultrarun parkrun lauf laufen laufband laufbandtraining lauftraining joggen traillauf "
        "laufsport strassenlauf bahnlauf corrida correr carrera course courir corsa hardlopen "
        "hardloop lopning l\u00f8b l\u00f8ping juoksu bieganie beh futas kosu "
        "\u0431\u0435\u0433 \u30e9\u30f3\u30cb\u30f3\u30b0 \u8dd1\u6b65 \ub2ec\ub9ac\uae30"
    ),
    Kind.RIDE: (
        "ride riding rides bike biking cycling cycle bicycle biketouring roadbiking virtualride "
        "ebike ebiking ebikeride mountainbike mountainbiking mtb gravel bmx spinning cyclocross "
        "rad radfahren radfahrt radsport rennrad rennradfahren radeln fahrrad fahrradfahren "
        "ciclismo cyclisme velo wielrennen fietsen fiets kolarstwo cykling cykla "
        "sykling pyoraily bicicleta bicicletta"
    ),
    Kind.SWIM: (
        "swim swimming swims openwater lapswimming poolswimming schwimmen freiwasserschwimmen "
        "natacion natation natacao nuoto zwemmen simning svomming svomning uinti plywanie"
    ),
    Kind.STRENGTH: (
        "strength weights weighttraining weightlifting strengthtraining crossfit core calisthenics "
        "kraft krafttraining gewichtheben gewichtstraining musculation fuerza forza styrka styrke "
        "styrketraning"
    ),
    Kind.MOBILITY: (
        "mobility yoga pilates stretching stretch flexibility foamrolling dehnen beweglichkeit "
        "etirements estiramientos"
    ),
    Kind.WALK: (
        "walk walking walks hike hiking hikes nordicwalking speedwalking casualwalking racewalking "
        "racewalk trekking snowshoe snowshoeing rucking gehen wandern wanderung spazieren "
        "spaziergang walken walkingsport wandelen caminata caminar caminhada senderismo marche "
        "randonnee escursionismo camminata promenad promenade vandring kavely spacer"
    ),
}


def _folded(text: str) -> str:
    """Lower case, without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char for char in plain if not unicodedata.combining(char))
    return unicodedata.normalize("NFC", bare)


_BY_WORD = {_folded(word): kind for kind, words in _WORDS.items() for word in words.split()}

_NO_SPORT = {"other", "generic", "unknown", "default", "uncategorized", "sonstige", "andere"}
"""What programs write for a sport they have no word for; the name of the track may have one."""

_NO_STEPS = {"wheelchair", "rollstuhl", "handcycle", "motorcycle", "motorbike", "driving", "flying"}
"""Words beside which "run" or "ride" means something else."""

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
    words = _words(text)
    if not words:
        return None
    if len(words) == 1 and words[0].isdigit():
        return _BY_STRAVA_NUMBER.get(words[0], Kind.OTHER)
    known = _known(words)
    return known[0] if known else Kind.OTHER


def kind_from_title(title: str) -> Kind | None:
    """The kind that the name of a track gives away, as in "Cycling 4/5/18 6:10 pm" or "Lunch Walk";
    None where it says nothing or several things."""
    told = set(_known(_words(title))) & {Kind.RUN, Kind.RIDE, Kind.SWIM, Kind.WALK}
    return told.pop() if len(told) == 1 else None


def kind_of_track(words: str, measured: Measured | None, *, title: str = "") -> Kind:
    """What the file says was done, in its type or else in the name of the track.

    Where it says nothing a run, unless too fast for one.
    """
    said = kind_from_words(words)
    if said is not None and not _says_nothing(words):
        return said
    if said is not None:
        return kind_from_title(title) or said
    too_fast = measured is not None and (
        measured.median_kmh > FASTER_THAN_RUNNING_KMH
        or measured.average_kmh > FASTER_ON_AVERAGE_KMH
    )
    named = kind_from_title(title)
    if named in (Kind.RIDE, Kind.SWIM, Kind.WALK):
        return named
    return Kind.OTHER if too_fast else Kind.RUN


def _says_nothing(words: str) -> bool:
    return set(_words(words)) <= _NO_SPORT


def _words(text: str) -> list[str]:
    """The words of a name, lower case and without accents; the whole as one word comes first."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    return re.findall(r"\w+", _folded(spaced).replace("_", " "))


def _known(words: list[str]) -> list[Kind]:
    """The kinds of the known words, in their order."""
    if not _NO_STEPS.isdisjoint(words):
        return []
    return [_BY_WORD[word] for word in ("".join(words), *words) if word in _BY_WORD]
