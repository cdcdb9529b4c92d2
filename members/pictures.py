"""Small pictures as SVG. Pure."""

import datetime as dt
from collections.abc import Sequence
from html import escape

STEP, HIGH, DOT = 16, 34, 3
SHOWN = 24


def comfort_course(said: Sequence[tuple[dt.date, int]]) -> str:
    """Return how comfortable a pair was, one dot an answer, oldest first, 10 at the top."""
    shown = said[-SHOWN:]
    points = [(DOT + i * STEP, HIGH - DOT - value * 2.8) for i, (_, value) in enumerate(shown)]
    width = max(2 * DOT, (len(points) - 1) * STEP + 2 * DOT)
    line = " ".join(f"{x},{y:.1f}" for x, y in points)
    dots = "".join(f'<circle cx="{x}" cy="{y:.1f}" r="{DOT}"/>' for x, y in points)
    return (
        f'<svg class="course" role="img" aria-label="{escape(comfort_in_words(shown))}" '
        f'viewBox="0 0 {width} {HIGH}" width="{width}" height="{HIGH}" fill="currentColor">'
        f'<polyline points="{line}" fill="none" stroke="currentColor" opacity="0.5"/>{dots}</svg>'
    )


def comfort_in_words(said: Sequence[tuple[dt.date, int]]) -> str:
    """Return the answers, oldest first."""
    answers = ", ".join(f"{on.day} {on:%B} {on.year}: {value}" for on, value in said)
    return f"Comfort from 0 to 10, oldest first. {answers}"
