"""The grid of runners and weeks as an HTML table: thousands of cells, each a word or a number.

Written here and not in a template for its size, like the rows of the board. The word of a cell is
its text, so that the grid is its own table for whoever listens or copies; what is seen instead is
the sign that the stylesheet puts before it. Every text from outside goes through `escape`.
"""

from collections.abc import Callable, Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe

from dashboards.charts import day_label
from dashboards.selectors.trends.heat import ANSWER, BEFORE, LOAD, PAIN, SILENT, Cell, HeatMap
from members.units import METRES_PER

# Class and word of what a cell may say; the strictest first, as the legend has them.
ANSWERS = {
    "clinician": ("hc", "see a clinician"),
    "rest": ("hr", "rest"),
    "cross_train": ("hx", "cross-train"),
    "ease": ("he", "ease off"),
    "carry_on": ("hk", "carry on"),
    "not_assessed": ("hn", "not assessed"),
}
WORDS = {SILENT: ("hs", "nothing logged"), BEFORE: ("hb", "not in the club yet")}
UNMEASURED = ("hn", "not measured")
STEPS = 5  # shades of a distance
PAIN_FROM = (0, 1, 3, 5, 7)  # first steps; the shade of each is its place here


SHADES = {LOAD: ("more", "less"), PAIN: ("7 to 10", "1 or 2")}  # of the darkest and of the palest


def legend(shows: str) -> list[tuple[str, str]]:
    """Return class and word of each sign of the grid."""
    if shows == ANSWER:
        return [*ANSWERS.values(), *WORDS.values()]
    dark, pale = SHADES[shows]
    silent = "no morning told" if shows == PAIN else WORDS[SILENT][1]
    return [("h4", dark), ("h1", pale), ("h0", "none"), ("hs", silent), WORDS[BEFORE]]


def heat_html(heat: HeatMap, *, club: str, unit: str) -> SafeString:
    """Return the table; `club` is the address of the club's pages."""
    cell = _painter(heat, unit)
    head = "".join(f"<th scope=col><span>{day_label(week)}</span></th>" for week in heat.weeks)
    rows = "\n".join(
        f'<tr><th scope=row><a href="{escape(club)}runners/{row.runner.pk}/">'
        f"{escape(row.runner.name)}</a></th>{''.join(map(cell, row.cells))}</tr>"
        for row in heat.rows
    )
    return mark_safe(
        f'<table class="heat heat-{heat.shows}"><thead><tr><th scope=col>Runner</th>{head}</tr>'
        f"</thead><tbody>\n{rows}\n</tbody></table>"
    )


def _painter(heat: HeatMap, unit: str) -> Callable[[Cell], str]:
    """Return what makes one cell; equal cells are made once."""
    top_m = max(_metres(heat), default=0)
    made: dict[Cell, str] = {}

    def cell(value: Cell) -> str:
        if value not in made:
            css, text = _looks(value, heat.shows, top_m=top_m, unit=unit)
            made[value] = f"<td class={css}>{text}"
        return made[value]

    return cell


def _metres(heat: HeatMap) -> Iterable[int]:
    return (cell for row in heat.rows for cell in row.cells if isinstance(cell, int))


def _looks(value: Cell, shows: str, *, top_m: int, unit: str) -> tuple[str, str]:
    if isinstance(value, str):
        return {**ANSWERS, **WORDS}.get(value, UNMEASURED)
    if shows == PAIN:
        return f"h{sum(value >= least for least in PAIN_FROM) - 1}", str(value)
    shade = -(-value * (STEPS - 1) // top_m) if top_m else 0
    return f"h{shade}", _whole(value, unit)


def _whole(metres: int, unit: str) -> str:
    """Return whole km or miles, for a cell has no room for more; a short run is not nothing."""
    rounded = round(metres / METRES_PER[unit])
    return str(rounded) if rounded or not metres else "&lt;1"
