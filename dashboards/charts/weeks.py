"""Weeks of running: the bars of my week."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from dashboards.charts.shared import BAR, LINE, MARK, Figure, bare_figure, day_label, in_unit


class WeekLoad(NamedTuple):
    """One week of running. `None` is unknown or nothing logged, never zero."""

    week: dt.date  # its Monday
    distance_m: int | None = None
    longest_m: int | None = None
    ceiling_m: int | None = None  # what the longest run was measured against
    current: bool = False


def weekly_distance(weeks: Sequence[WeekLoad], *, unit: str) -> Figure:
    """Return week bars, the longest run of each as a mark, and the ceiling as a step line."""
    labels = [day_label(each.week) for each in weeks]
    bars = {
        "type": "bar",
        "name": "Distance",
        "x": labels,
        "y": [in_unit(each.distance_m, unit) for each in weeks],
        "marker": {"color": BAR, "opacity": [0.45 if each.current else 1 for each in weeks]},
        "hovertemplate": f"%{{y}} {unit} in the week<extra></extra>",
    }
    longest = {
        "type": "scatter",
        "mode": "lines+markers",
        "name": "Longest run",
        "x": labels,
        "y": [in_unit(each.longest_m, unit) for each in weeks],
        "marker": {"symbol": "diamond", "size": 8, "color": MARK},
        "line": {"width": 1, "color": MARK},
        "hovertemplate": f"longest run %{{y}} {unit}<extra></extra>",
    }
    ceiling = {
        "type": "scatter",
        "mode": "lines",
        "name": "Safe ceiling",
        "x": labels,
        "y": [in_unit(each.ceiling_m, unit) for each in weeks],
        "line": {"shape": "hvh", "dash": "dash", "width": 2, "color": LINE},
        "hovertemplate": f"ceiling %{{y}} {unit}<extra></extra>",
    }
    return bare_figure([bars, longest, ceiling], y_title=unit, x_type="category")
