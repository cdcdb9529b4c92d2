"""Weeks as bars in layers: a club's squads, kinds of ground, kinds of runs; each with its words."""

import datetime as dt
from collections.abc import Sequence
from html import escape
from typing import Any, NamedTuple

from dashboards.charts.shared import BAR, MUTED, Figure, bare_figure, day_label

# A colour and a hatching each, for neither alone tells layers apart for everybody.
COLOURS = tuple(f"--chart-{letter}" for letter in "abcdef")
HATCHES = ("", "/", "x", ".", "-", "|", "\\")
UNKNOWN = {"color": "--chart-unknown", "pattern": {"shape": ".", "fgcolor": MUTED, "size": 5}}


class Layer(NamedTuple):
    """One kind over the weeks. `values` are drawn, None is a gap; `said` is what each tells."""

    name: str
    values: Sequence[float | None]
    said: Sequence[str]
    is_unknown: bool = False  # grey and dotted: it says that nothing is known


def stacked(weeks: Sequence[dt.date], layers: Sequence[Layer], *, y_title: str) -> Figure:
    """Return the layers one on the other, the first at the foot."""
    known = [layer for layer in layers if not layer.is_unknown]
    looks = {layer.name: _look(place) for place, layer in enumerate(known)}
    traces = [_bars(weeks, one, looks.get(one.name, UNKNOWN)) for one in layers]
    figure = bare_figure(traces, y_title=y_title, x_type="category")
    figure["layout"] |= {"barmode": "stack", "bargap": 0.15}
    return figure


def part_of(weeks: Sequence[dt.date], *, whole: Layer, part: Layer, y_title: str) -> Figure:
    """Return bars of a part before bars of the whole it belongs to."""
    behind = _bars(weeks, whole, {"color": MUTED, "opacity": 0.35})
    before = _bars(weeks, part, {"color": BAR})
    return bare_figure([behind, before], y_title=y_title, x_type="category")


def _look(place: int) -> dict[str, Any]:
    shape = HATCHES[place % len(HATCHES)]
    pattern = {"shape": shape, "fgcolor": "--card", "fillmode": "overlay", "size": 6}
    return {"color": COLOURS[place % len(COLOURS)], "pattern": pattern}


def _bars(weeks: Sequence[dt.date], layer: Layer, marker: dict[str, Any]) -> dict[str, Any]:
    return _trace(weeks, layer) | {"type": "bar", "marker": marker}


def _trace(weeks: Sequence[dt.date], layer: Layer) -> dict[str, Any]:
    return {
        "name": escape(layer.name, quote=False),
        "x": [day_label(week) for week in weeks],
        "y": list(layer.values),
        "hovertext": list(layer.said),
        "hovertemplate": "%{x}: %{hovertext}<extra>%{fullData.name}</extra>",
    }
