"""The course of a sore heel as SVG made here: it stands on paper and needs no script."""

import datetime as dt
from collections.abc import Iterator, Sequence

from dashboards.charts.days import PainDay
from dashboards.charts.shared import day_label

LEFT, RIGHT, TOP, FOOT = 26, 704, 12, 150
HEIGHT, WIDTH = 172, 712
DAY = dt.timedelta(days=1)


def course_picture(days: Sequence[PainDay], *, first: dt.date, last: dt.date) -> str:
    """Return pain by day, 0 to 10: first steps as dots, during as triangles, after as squares.

    Runs are grey bars behind, the longest as high as the picture. All of it is in tables as well.
    """
    step = (RIGHT - LEFT) / max((last - first).days, 1)
    longest_m = max((day.distance_m or 0 for day in days), default=0)
    drawn = "".join(
        _day(day, LEFT + (day.on - first).days * step, longest_m=longest_m, step=step)
        for day in days
    )
    return (
        f'<svg class="course-picture" role="img" aria-label="{_words(days, first, last)}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" fill="currentColor" font-size="11">'
        f"{''.join(_scale())}{''.join(_dates(first, last, step))}{drawn}</svg>"
    )


def _words(days: Sequence[PainDay], first: dt.date, last: dt.date) -> str:
    said = sum(
        any(value is not None for value in (day.first_step, day.during, day.after)) for day in days
    )
    return (
        f"Pain by day from {day_label(first)} to {day_label(last)}, "
        f"{said} day{'' if said == 1 else 's'} reported; the weeks are in the table."
    )


def _day(day: PainDay, x: float, *, longest_m: int, step: float) -> str:
    marks = ""
    if day.distance_m and longest_m:
        top = FOOT - (FOOT - TOP) * day.distance_m / longest_m
        wide = max(1.5, min(step * 0.7, 8))
        marks += (
            f'<path d="M{x - wide / 2:.1f} {FOOT}V{top:.1f}h{wide:.1f}V{FOOT}z" opacity="0.22"/>'
        )
    if day.first_step is not None:
        marks += f'<circle cx="{x:.1f}" cy="{_height(day.first_step):.1f}" r="3"/>'
    if day.during is not None:
        y = _height(day.during)
        marks += f'<path d="M{x:.1f} {y - 4:.1f}l4 7h-8z"/>'
    if day.after is not None:
        y = _height(day.after)
        marks += (
            f'<rect x="{x - 3:.1f}" y="{y - 3:.1f}" width="6" height="6" fill="none" '
            'stroke="currentColor"/>'
        )
    return marks


def _height(pain: int) -> float:
    return FOOT - (FOOT - TOP) * pain / 10


def _scale() -> Iterator[str]:
    for pain in (0, 5, 10):
        y = _height(pain)
        yield f'<path d="M{LEFT} {y:.1f}H{RIGHT}" stroke="currentColor" opacity="0.3"/>'
        yield f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{pain}</text>'


def _dates(first: dt.date, last: dt.date, step: float) -> Iterator[str]:
    weeks = max(1, (last - first).days // 7)
    each = 7 * max(1, round(weeks / 6))
    for back in range(0, (last - first).days + 1, each):
        x = LEFT + back * step
        if x < RIGHT - 24:
            label = day_label(first + back * DAY)
            yield f'<text x="{x:.1f}" y="{HEIGHT - 6}">{label}</text>'
