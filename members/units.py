"""How distances, durations and paces are written and typed. Pure; stored are metres and seconds."""

import math
import re

METRES_PER = {"km": 1000.0, "mi": 1609.344}
SPEED = {"km": "km/h", "mi": "mph"}
METRES_FROM = 25  # a swim of this many or more is typed in metres: nobody swims that many km


def format_number(metres: float, unit: str) -> str:
    """Return the bare figure with one decimal, for example 12.3."""
    return f"{metres / METRES_PER[unit]:.1f}"


def format_distance(metres: float, unit: str) -> str:
    """Return 12.3 km or 7.6 mi."""
    return f"{format_number(metres, unit)} {unit}"


def format_duration(seconds: float) -> str:
    """Return 45:30, or 1:05:30 from an hour on."""
    whole = round(seconds)
    hours, rest = divmod(whole, 3600)
    minutes, seconds_ = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{seconds_:02d}" if hours else f"{minutes}:{seconds_:02d}"


def format_pace(metres: float | None, seconds: float | None, unit: str) -> str:
    """Return 5:12 /km; empty where either figure is missing."""
    if not metres or not seconds:
        return ""
    return f"{format_duration(seconds * METRES_PER[unit] / metres)} /{unit}"


def format_rate(kind: str, metres: float | None, seconds: float | None, unit: str) -> str:
    """Return the pace of a run or walk, 24.0 km/h of a ride, 2:05 /100 m of a swim."""
    if not metres or not seconds or kind in {"strength", "mobility"}:
        return ""
    if kind == "ride":
        return f"{metres / METRES_PER[unit] * 3600 / seconds:.1f} {SPEED[unit]}"
    if kind == "swim":
        return f"{format_duration(seconds * 100 / metres)} /100 m"
    return format_pace(metres, seconds, unit)


def parse_duration(text: str) -> int:
    """Return the seconds of 45 (minutes), 45:30 or 1:05:30. Raises ValueError with a sentence.

    The number keys of a phone have no colon: 45.30 and 1.05.30, with two figures each, are read
    as well.
    """
    plain = re.sub(r"[.,](\d{2})(?=[.,:]|$)", r":\1", text.strip())
    match = re.fullmatch(r"(?:(\d{1,3}):)?(\d{1,4})(?::(\d{1,2}))?", plain)
    if match is None:
        raise ValueError("Write the time as minutes (45), 45:30 or 1:05:30.")
    first, second, third = match.groups()
    if first is None and third is None:
        return int(second) * 60
    if third is None:
        hours, minutes, seconds = 0, int(first), int(second)
    elif first is None:
        hours, minutes, seconds = 0, int(second), int(third)
    else:
        hours, minutes, seconds = int(first), int(second), int(third)
    if seconds > 59 or (hours and minutes > 59):
        raise ValueError("Minutes and seconds go up to 59, as in 1:05:30.")
    return hours * 3600 + minutes * 60 + seconds


def parse_distance(text: str, unit: str) -> int:
    """Return whole metres of 10.5 or 10,5 in the unit. Raises ValueError with a sentence."""
    plain = text.strip().lower().removesuffix(unit).strip().replace(",", ".")
    if not re.fullmatch(r"\d{1,6}(\.\d{0,3})?|\.\d{1,3}", plain):
        raise ValueError(f"Write the distance as a number of {unit}, for example 10.5.")
    return math.floor(float(plain) * METRES_PER[unit] + 0.5)


def format_typed(kind: str, metres: int | None, unit: str) -> str:
    """Return a distance as it is typed: metres for a swim, else the unit's figure."""
    if metres is None:
        return ""
    in_metres = kind == "swim" and metres >= METRES_FROM
    return str(metres) if in_metres else format_number(metres, unit)


def parse_typed(text: str, kind: str, unit: str) -> int:
    """Return whole metres of a distance as typed for this kind.

    1500 of a swim, and 800 m of anything, are metres. Raises ValueError with a sentence.
    """
    plain = text.strip().lower()
    match = re.fullmatch(r"(\d{1,6})\s*(m?)", plain)
    if match and (match[2] or (kind == "swim" and int(match[1]) >= METRES_FROM)):
        return int(match[1])
    return parse_distance(text, unit)
