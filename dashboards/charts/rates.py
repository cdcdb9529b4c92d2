"""Figures with their intervals, each held against a limit or a base rate."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboards.charts.shared import BAR, INK, MARK, Figure, bare_figure


@dataclass(frozen=True, slots=True)
class RateRow:
    """One figure with its interval, and the limit or base rate it is held against."""

    name: str
    value: float
    low: float | None = None
    high: float | None = None
    limit: float | None = None


def alert_burden(rows: Sequence[RateRow]) -> Figure:
    """Return new alerts per 100 runner-weeks as bars, each with its interval and its budget."""
    return _rates(rows, limit="Budget", x_title="per 100 runner-weeks", as_bars=True)


def alerts_followed(rows: Sequence[RateRow]) -> Figure:
    """Return the share of alerts that were followed by a new problem beside that of any week."""
    return _rates(rows, limit="Any week", x_title="% of alerts", as_bars=False)


def _rates(rows: Sequence[RateRow], *, limit: str, x_title: str, as_bars: bool) -> Figure:
    names = [row.name for row in rows]
    bars = {"type": "bar", "orientation": "h", "marker": {"color": BAR}}
    dots = {"type": "scatter", "mode": "markers", "marker": {"color": BAR, "size": 10}}
    found = (bars if as_bars else dots) | {
        "name": "Found",
        "x": [row.value for row in rows],
        "y": names,
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [_apart(row.high, row.value) for row in rows],
            "arrayminus": [_apart(row.value, row.low) for row in rows],
            "color": INK,
            "thickness": 1.5,
        },
        "hovertemplate": "%{y}: %{x}<extra></extra>",
    }
    limits = {
        "type": "scatter",
        "mode": "markers",
        "name": limit,
        "x": [row.limit for row in rows if row.limit is not None],
        "y": [row.name for row in rows if row.limit is not None],
        "marker": {
            "symbol": "line-ns-open",
            "size": 18,
            "color": MARK,
            "line": {"width": 3, "color": MARK},
        },
        "hovertemplate": f"{limit.lower()}: %{{x}}<extra></extra>",
    }
    figure = bare_figure([found, limits], y_title="", x_type="linear")
    figure["layout"]["height"] = 110 + 30 * len(rows)
    figure["layout"]["xaxis"] |= {
        "title": {"text": x_title},
        "rangemode": "tozero",
        "showgrid": True,
        "gridcolor": "--chart-grid",
    }
    figure["layout"]["yaxis"] |= {
        "type": "category",
        "autorange": "reversed",
        "categoryorder": "array",
        "categoryarray": names,
        "showgrid": False,
    }
    return figure


def _apart(high: float | None, low: float | None) -> float | None:
    return None if high is None or low is None else round(high - low, 2)
