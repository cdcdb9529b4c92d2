"""How distances, durations and paces are written and typed. Pure; stored are metres and seconds."""

import math
import re

METRES_PER = {"km": 1000.0, "mi": 1609.344}


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


def parse_duration(text: str) -> int:
    """Return the seconds of 45 (minutes), 45:30 or 1:05:30. Raises ValueError with a sentence."""
    match = re.fullmatch(r"(?:(\d{1,3}):)?(\d{1,4})(?::(\d{1,2}))?", text.strip())
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
