"""Days of one runner: what was run and what was reported about each."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboards.charts.shared import BAR, INK, LINE, MARK, Figure, bare_figure, in_unit


@dataclass(frozen=True, slots=True)
class PainDay:
    """What was reported about one day, 0 to 10, and how far was run. `None`: no answer."""

    on: dt.date
    first_step: int | None = None
    during: int | None = None
    after: int | None = None
    distance_m: int | None = None


def pain_course(days: Sequence[PainDay], *, unit: str) -> Figure:
    """Return first steps, pain during and after over the days, with the runs behind them."""
    runs = run_bars(days, unit) | {"yaxis": "y2"}
    figure = bare_figure([runs, *pain_traces(days)], y_title="0 none, 10 worst", x_type="date")
    figure["layout"]["yaxis"] |= {"range": [-0.3, 10.3], "dtick": 2}
    figure["layout"]["yaxis2"] = {
        "overlaying": "y",
        "side": "right",
        "rangemode": "tozero",
        "showgrid": False,
        "tickmode": "auto",
        "automargin": True,
        "title": {"text": unit},
    }
    return figure


def run_bars(days: Sequence[PainDay], unit: str) -> dict[str, Any]:
    """Return each day's running as bars."""
    return {
        "type": "bar",
        "name": "Run",
        "x": [each.on.isoformat() for each in days],
        "y": [in_unit(each.distance_m, unit) for each in days],
        "marker": {"color": BAR, "opacity": 0.6},
        "hovertemplate": f"%{{x|%a %d %b}}: ran %{{y}} {unit}<extra></extra>",
    }


def pain_traces(days: Sequence[PainDay]) -> list[dict[str, Any]]:
    """Return first steps, pain during and after a run; a day without a word is a gap."""
    dates = [each.on.isoformat() for each in days]
    return [
        _pain_trace("First steps in the morning", dates, [each.first_step for each in days], 0),
        _pain_trace("During the run", dates, [each.during for each in days], 1),
        _pain_trace("After the run", dates, [each.after for each in days], 2),
    ]


def _pain_trace(
    name: str, dates: list[str], values: Sequence[int | None], style: int
) -> dict[str, Any]:
    # A line joins mornings only: between two runs there is nothing to join.
    color, symbol, mode = (
        (LINE, "circle", "lines+markers"),
        (MARK, "triangle-up", "markers"),
        (INK, "square-open", "markers"),
    )[style]
    return {
        "type": "scatter",
        "mode": mode,
        "name": name,
        "x": dates,
        "y": list(values),
        "connectgaps": False,
        "marker": {"symbol": symbol, "size": 8, "color": color},
        "line": {"color": color, "width": 2},
        "hovertemplate": "%{y} of 10<extra>" + name + "</extra>",
    }
