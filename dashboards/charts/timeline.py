"""One runner's days on one picture: runs and pain above, and in lanes below what went with them."""

import datetime as dt
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, NamedTuple

from dashboards.charts.days import PainDay, pain_traces, run_bars
from dashboards.charts.shared import INK, LINE, MARK, MUTED, Figure, bare_figure, in_unit

LANE_PX, ABOVE_PX, BELOW_PX = 30, 270, 60
NAME_CHARS = 14  # of a lane, for a phone has no room for more
HOVER_CHARS = 44
SYMBOLS = ("triangle-up", "square", "circle-open")
DAY = dt.timedelta(days=1)


class Moment(NamedTuple):
    """Something of one day: a flag, a decision, an answer."""

    on: dt.date
    lane: str
    text: str


class Span(NamedTuple):
    """Something from `first` to `last`, both included: a holiday, a pair in use, a phase."""

    first: dt.date
    last: dt.date
    lane: str
    text: str


class TableDay(NamedTuple):
    """One line of the table: a day and all that is on the picture about it."""

    day: PainDay
    is_longest: bool  # of its week
    shoes: tuple[str, ...]
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """What is shown from `first` to `last`. Lanes stand in the order of their first row here."""

    first: dt.date
    last: dt.date
    days: tuple[PainDay, ...] = ()
    moments: tuple[Moment, ...] = ()
    spans: tuple[Span, ...] = ()
    shoes: tuple[Span, ...] = ()  # one a pair
    worn: tuple[tuple[dt.date, str], ...] = ()  # each day and pair run in

    def __bool__(self) -> bool:
        return bool(self.days or self.moments or self.spans)

    @property
    def says_pain(self) -> bool:
        """Whether any answer about pain is shown."""
        return any(
            value is not None
            for day in self.days
            for value in (day.first_step, day.during, day.after)
        )

    @property
    def lanes(self) -> tuple[str, ...]:
        """The names of the lanes below the runs, apart from those of the pairs."""
        of_days = [moment.lane for moment in self.moments]
        return tuple(dict.fromkeys([*of_days, *(span.lane for span in self.spans)]))

    @property
    def table(self) -> tuple[TableDay, ...]:
        """A line for each day with anything on it, newest first."""
        by_day = {day.on: day for day in self.days}
        said: dict[dt.date, list[str]] = {}
        for span in self.spans:
            said.setdefault(max(span.first, self.first), []).append(span_in_words(span))
        for moment in self.moments:
            said.setdefault(moment.on, []).append(moment.text)
        worn: dict[dt.date, list[str]] = {}
        for on, shoe in self.worn:
            worn.setdefault(on, []).append(shoe)
        longest = longest_of_weeks(self.days)
        return tuple(
            TableDay(
                by_day.get(on, PainDay(on)),
                on in longest,
                tuple(dict.fromkeys(worn.get(on, ()))),
                tuple(said.get(on, ())),
            )
            for on in sorted(by_day.keys() | said.keys(), reverse=True)
        )


def longest_of_weeks(days: Iterable[PainDay]) -> frozenset[dt.date]:
    """Return the day of each week, Monday to Sunday, that most was run on; the first of equals."""
    best: dict[dt.date, PainDay] = {}
    for day in days:
        week = day.on - day.on.weekday() * DAY
        if day.distance_m and day.distance_m > (best[week].distance_m or 0 if week in best else 0):
            best[week] = day
    return frozenset(day.on for day in best.values())


def span_in_words(span: Span) -> str:
    """Return for instance "holiday until 28 March"."""
    if span.first == span.last:
        return span.text
    return f"{span.text} until {span.last.day} {span.last:%B}"


def runner_timeline(seen: Timeline, *, unit: str) -> Figure:
    """Return the picture: what is not in `seen` is not in it either."""
    names = [*seen.lanes, *(_short(pair.text) for pair in seen.shoes)]
    place = {lane: number for number, lane in enumerate(seen.lanes)}
    data = [
        run_bars(seen.days, unit) | {"yaxis": "y2"},
        _longest(seen.days, unit),
        *(pain_traces(seen.days) if seen.says_pain else ()),
        *(_bars(lane, place[lane], seen) for lane in seen.lanes),
        *(_marks(lane, place[lane], seen) for lane in seen.lanes),
        *(_pair(pair, len(place) + number) for number, pair in enumerate(seen.shoes)),
    ]
    shown = [trace for trace in data if any(value is not None for value in trace["y"])]
    figure = bare_figure(shown, y_title="", x_type="date")
    _arrange(figure["layout"], names, seen, unit=unit)
    return figure


def _arrange(layout: dict[str, Any], names: Sequence[str], seen: Timeline, *, unit: str) -> None:
    lanes_px = LANE_PX * len(names)
    foot = lanes_px / (lanes_px + ABOVE_PX)
    layout["height"] = ABOVE_PX + lanes_px + BELOW_PX
    layout["legend"] |= {"font": {"size": 11}}
    layout["xaxis"] |= {
        "anchor": "y3" if names else "y",
        "tickformat": "%-d %b\n%Y",
        "range": [(seen.first - DAY).isoformat(), (seen.last + DAY).isoformat()],
    }
    layout["yaxis"] |= {
        "domain": [foot + 0.03 if names else 0, 1],
        "title": {"text": "pain, 0 to 10"},
        "range": [-0.3, 10.3],
        "dtick": 2,
        "fixedrange": True,
        "visible": seen.says_pain,
    }
    layout["yaxis2"] = {
        "overlaying": "y",
        "side": "right" if seen.says_pain else "left",
        "rangemode": "tozero",
        "showgrid": not seen.says_pain,
        "gridcolor": "--chart-grid",
        "automargin": True,
        "fixedrange": True,
        "tickmode": "auto",
        "title": {"text": unit},
    }
    layout["yaxis3"] = {
        "domain": [0, foot],
        "range": [len(names) - 0.5, -0.5],
        "tickvals": list(range(len(names))),
        "ticktext": [escape(name, quote=False) for name in names],
        "tickfont": {"size": 11},
        "automargin": True,
        "fixedrange": True,
        "showgrid": True,
        "gridcolor": "--chart-grid",
        "zeroline": False,
    }


def _longest(days: Sequence[PainDay], unit: str) -> dict[str, Any]:
    longest = longest_of_weeks(days)
    found = [day for day in days if day.on in longest]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "Longest of its week",
        "x": [day.on.isoformat() for day in found],
        "y": [in_unit(day.distance_m, unit) for day in found],
        "yaxis": "y2",
        "marker": {"symbol": "diamond", "size": 7, "color": INK},
        "hovertemplate": f"%{{x|%a %d %b}}: longest of its week, %{{y}} {unit}<extra></extra>",
    }


def _bars(lane: str, place: int, seen: Timeline) -> dict[str, Any]:
    """Return the lane's stretches as one thick broken line."""
    spans = [span for span in seen.spans if span.lane == lane]
    return _lane(
        lane,
        mode="lines",
        x=[edge for span in spans for edge in (*_edges(span, seen), None)],
        y=[edge for _ in spans for edge in (place, place, None)],
        text=[words for span in spans for words in (*2 * [hover(span_in_words(span))], "")],
        line={"width": 12, "color": MUTED},
    )


def _marks(lane: str, place: int, seen: Timeline) -> dict[str, Any]:
    moments = [moment for moment in seen.moments if moment.lane == lane]
    return _lane(
        lane,
        mode="markers",
        x=[moment.on.isoformat() for moment in moments],
        y=[place for _ in moments],
        text=[hover(moment.text) for moment in moments],
        marker={"symbol": SYMBOLS[place % 3], "size": 10, "color": (MARK, INK, LINE)[place % 3]},
    )


def _pair(pair: Span, place: int) -> dict[str, Any]:
    return _lane(
        escape(pair.text, quote=False),
        mode="lines",
        x=[pair.first.isoformat(), (pair.last + DAY).isoformat()],
        y=[place, place],
        text=2 * [hover(span_in_words(pair))],
        line={"width": 6, "color": LINE},
    )


def _lane(name: str, **trace: Any) -> dict[str, Any]:
    return {
        "type": "scatter",
        "name": name,
        "yaxis": "y3",
        "connectgaps": False,
        "showlegend": False,
        "hovertemplate": "%{x|%a %d %b}: %{text}<extra></extra>",
        **trace,
    }


def _edges(span: Span, seen: Timeline) -> tuple[str, str]:
    """Return where a stretch begins and ends on the picture; a day is as wide as a day."""
    first, last = max(span.first, seen.first), min(span.last, seen.last)
    return first.isoformat(), (last + DAY).isoformat()


def hover(text: str) -> str:
    """Return words for Plotly: broken into lines, and nothing in them a tag (it knows a few)."""
    return "<br>".join(escape(line, quote=False) for line in textwrap.wrap(text, HOVER_CHARS))


def _short(name: str) -> str:
    return name if len(name) <= NAME_CHARS else f"{name[: NAME_CHARS - 1].rstrip()}…"
