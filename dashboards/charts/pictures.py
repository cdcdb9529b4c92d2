"""Small pictures as SVG made here; no script is needed to show them."""

from collections.abc import Sequence
from html import escape

from dashboards.charts.days import PainDay
from dashboards.charts.shared import day_label
from dashboards.charts.weeks import WeekLoad
from members.units import METRES_PER

BARS_WIDTH, BARS_HEIGHT = 96, 28

SQUARE = 14

MORNING_WIDTH, MORNINGS_HEIGHT = 5, 20


def week_bars(weeks: Sequence[WeekLoad], *, unit: str) -> str:
    """Return the week bars of one board row as SVG, the longest run of each week marked.

    An unknown week is a dash at the foot. One path a kind, for a board has hundreds of these.
    """
    top_m = max((each.distance_m or 0 for each in weeks), default=0)
    step = BARS_WIDTH // max(len(weeks), 1)
    bars: list[str] = []
    now: list[str] = []
    unknown: list[str] = []
    longest: list[str] = []
    for place, (_, distance_m, longest_m, _, current) in enumerate(weeks):
        x = place * step
        if distance_m is None:
            unknown.append(f"M{x} {BARS_HEIGHT - 1}h{step - 2}")
            continue
        # A logged week is never drawn as nothing.
        high = max(2, round(BARS_HEIGHT * distance_m / top_m)) if top_m else 2
        (now if current else bars).append(_bar(x, step - 2, high))
        if longest_m:
            mark = max(1, round(BARS_HEIGHT * longest_m / top_m)) if top_m else 1
            longest.append(f"M{x} {BARS_HEIGHT - mark + 1}h{step - 2}")
    drawn = "".join(
        f'<path class="{kind}" d="{"".join(path)}"/>'
        for kind, path in (("b", bars), ("n", now), ("u", unknown), ("l", longest))
        if path
    )
    return (
        f'<svg class="bars" role="img" aria-label="{escape(bars_in_words(weeks, unit=unit))}" '
        f'viewBox="0 0 {BARS_WIDTH} {BARS_HEIGHT}">{drawn}</svg>'
    )


def _bar(x: int, width: int, high: int, foot: int = BARS_HEIGHT) -> str:
    return f"M{x} {foot}v-{high}h{width}v{high}z"


def bars_in_words(weeks: Sequence[WeekLoad], *, unit: str) -> str:
    """Return the numbers of the week bars, oldest first, and the longest run of them all."""
    per = METRES_PER[unit]
    known = [
        "unknown" if each.distance_m is None else f"{round(each.distance_m / per, 1):g}"
        for each in weeks
    ]
    said = f"{unit} a week, oldest first: {', '.join(known)}"
    longest = max((each.longest_m or 0 for each in weeks), default=0)
    return f"{said}; longest run {round(longest / per, 1):g}" if longest else said


def morning_bars(days: Sequence[PainDay]) -> str:
    """Return one small bar a morning as SVG, higher is worse; a morning without a word is blank."""
    known = [
        _bar(place * (MORNING_WIDTH + 1), MORNING_WIDTH, 2 * day.first_step or 1, MORNINGS_HEIGHT)
        for place, day in enumerate(days)
        if day.first_step is not None
    ]
    width = len(days) * (MORNING_WIDTH + 1) - 1
    return (
        f'<svg class="mornings" role="img" aria-label="{escape(strip_in_words(days))}" '
        f'viewBox="0 0 {width} {MORNINGS_HEIGHT}">'
        f'<path class="u" d="M0 {MORNINGS_HEIGHT}h{width}"/>'
        f'<path class="m" d="{"".join(known)}"/></svg>'
    )


def morning_strip(days: Sequence[PainDay]) -> str:
    """Return one square a day as SVG, darker is worse; a day without a word is an empty outline."""
    marks = "".join(_square(each, i * (SQUARE + 2)) for i, each in enumerate(days))
    width = max(len(days) * (SQUARE + 2) - 2, 1)
    words = escape(strip_in_words(days))
    return (
        f'<svg class="strip" role="img" aria-label="{words}" viewBox="0 0 {width} {SQUARE}" '
        f'width="{width}" height="{SQUARE}">{marks}</svg>'
    )


def strip_in_words(days: Sequence[PainDay]) -> str:
    """Return the mornings that were reported, oldest first."""
    said = [
        f"{day_label(each.on)}: {each.first_step}" for each in days if each.first_step is not None
    ]
    if not said:
        return "No morning was reported."
    return f"First steps in the morning, 0 to 10. {', '.join(said)}"


def _square(day: PainDay, x: int) -> str:
    inside = SQUARE - 1
    if day.first_step is None:
        return (
            f'<rect class="morning-none" x="{x}.5" y="0.5" width="{inside}" height="{inside}" '
            'rx="2" fill="none" stroke="currentColor" stroke-dasharray="2 2" opacity="0.4"/>'
        )
    title = f"{day_label(day.on)}: {day.first_step} of 10"
    return (
        f'<rect class="morning morning-{day.first_step}" x="{x}.5" y="0.5" width="{inside}" '
        f'height="{inside}" rx="2" fill="currentColor" stroke="currentColor" '
        f'fill-opacity="{0.08 + 0.092 * day.first_step:.2f}"><title>{title}</title></rect>'
    )
