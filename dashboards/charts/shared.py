"""What every chart is made of: the bare figure, its colours, its units and its dates."""

import datetime as dt
from typing import Any

from members.units import METRES_PER

Figure = dict[str, Any]

INK, MUTED, BAR, LINE, MARK = (
    f"--chart-{name}" for name in ("ink", "muted", "bar", "line", "mark")
)


def in_unit(distance_m: int | None, unit: str) -> float | None:
    """Return the distance in km or miles with one decimal; unknown stays unknown."""
    return None if distance_m is None else round(distance_m / METRES_PER[unit], 1)


def day_label(day: dt.date) -> str:
    """Return a date such as 9 Mar."""
    return f"{day.day} {day:%b}"


def bare_figure(data: list[dict[str, Any]], *, y_title: str, x_type: str) -> Figure:
    """Return these traces with the axes, the legend and the colours every chart has."""
    return {
        "data": data,
        "layout": {
            "height": 300,
            "margin": {"l": 44, "r": 12, "t": 8, "b": 40},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "font": {"color": INK},
            "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
            "xaxis": {"type": x_type, "automargin": True, "showgrid": False},
            "yaxis": {
                "automargin": True,
                "title": {"text": y_title},
                "rangemode": "tozero",
                "gridcolor": "--chart-grid",
            },
            "barmode": "overlay",
            "hovermode": "closest",
        },
    }
