"""How many of those who answered the weekly check had a sore heel, over the weeks."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from dashboards.charts.shared import INK, MARK, MUTED, Figure, bare_figure, day_label


class SoreWeek(NamedTuple):
    """One week as shares of 0 to 1: answered of asked, and of these; `None` is not shown."""

    week: dt.date
    response: float | None
    problem: float | None
    substantial: float | None


def sore_weeks(weeks: Sequence[SoreWeek]) -> Figure:
    """Return the shares with any and with a substantial problem before the share that answered."""
    labels = [day_label(each.week) for each in weeks]
    answered = {
        "type": "bar",
        "name": "Answered",
        "x": labels,
        "y": [_percent(each.response) for each in weeks],
        "marker": {"color": MUTED, "opacity": 0.35},
        "hovertemplate": "%{y} % answered<extra></extra>",
    }
    anything = _line("Any problem", labels, [each.problem for each in weeks], INK, "diamond")
    worse = _line("Substantial", labels, [each.substantial for each in weeks], MARK, "square")
    figure = bare_figure([answered, anything, worse], y_title="%", x_type="category")
    figure["layout"]["yaxis"]["range"] = [0, 105]
    return figure


def _line(
    name: str, labels: Sequence[str], shares: Sequence[float | None], color: str, symbol: str
) -> Figure:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": name,
        "x": list(labels),
        "y": [_percent(share) for share in shares],
        "connectgaps": False,
        "marker": {"symbol": symbol, "size": 9, "color": color},
        "line": {"width": 2, "color": color},
        "hovertemplate": f"%{{y}} % {name.lower()}<extra></extra>",
    }


def _percent(share: float | None) -> int | None:
    return None if share is None else round(100 * share)
