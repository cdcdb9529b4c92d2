"""Plotly figures as plain dicts and small SVG strings: rows in, picture out. Pure.

Distances come in metres and are drawn in the reader's unit ("km" or "mi"). Colours are the names of
CSS properties: the script that draws resolves them, so that a chart follows light and dark.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, NamedTuple

from members.units import METRES_PER

Figure = dict[str, Any]

INK, MUTED, BAR, LINE, MARK = (
    f"--chart-{name}" for name in ("ink", "muted", "bar", "line", "mark")
)

# Strictest first; the picture and its legend keep this order. Grey is kept for "we do not know".
ANSWERS = {
    "rest": ("■", "rest"),
    "cross_train": ("▲", "cross-train"),
    "ease": ("●", "ease"),
    "carry_on": ("✓", "carry on"),
    "not_assessed": ("\u2013", "not assessed"),
}


class WeekLoad(NamedTuple):
    """One week of running. `None` is unknown or nothing logged, never zero."""

    week: dt.date  # its Monday
    distance_m: int | None = None
    longest_m: int | None = None
    ceiling_m: int | None = None  # what the longest run was measured against
    current: bool = False


@dataclass(frozen=True, slots=True)
class PainDay:
    """What was reported about one day, 0 to 10, and how far was run. `None`: no answer."""

    on: dt.date
    first_step: int | None = None
    during: int | None = None
    after: int | None = None
    distance_m: int | None = None


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One runner's training answers, a week each; `None` where no week was assessed."""

    name: str
    answers: tuple[str | None, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The answers as words, for the table beside the picture."""
        return tuple(ANSWERS[answer][1] if answer else "" for answer in self.answers)


@dataclass(frozen=True, slots=True)
class WeekShare:
    """How many of a club's runners answered a week's check, and how many named a problem.

    `problems` is None where so few answered that it could point at somebody.
    """

    week: dt.date
    runners: int
    answered: int
    problems: int | None

    @property
    def response(self) -> float | None:
        """Share of the runners who answered, 0 to 1."""
        return self.answered / self.runners if self.runners else None

    @property
    def prevalence(self) -> float | None:
        """Share with a problem of those who answered, 0 to 1; None where suppressed."""
        return None if self.problems is None or not self.answered else self.problems / self.answered


@dataclass(frozen=True, slots=True)
class RateRow:
    """One figure with its interval, and the limit or base rate it is held against."""

    name: str
    value: float
    low: float | None = None
    high: float | None = None
    limit: float | None = None


def in_unit(distance_m: int | None, unit: str) -> float | None:
    """Return the distance in km or miles with one decimal; unknown stays unknown."""
    return None if distance_m is None else round(distance_m / METRES_PER[unit], 1)


def day_label(day: dt.date) -> str:
    """Return a date such as 9 Mar."""
    return f"{day.day} {day:%b}"


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
    return _figure([bars, longest, ceiling], y_title=unit, x_type="category")


def club_distance(weeks: Sequence[WeekLoad], *, unit: str) -> Figure:
    """Return the week bars alone: a club has no longest run and no ceiling."""
    figure = weekly_distance(weeks, unit=unit)
    return figure | {"data": figure["data"][:1]}


def problem_share(weeks: Sequence[WeekShare]) -> Figure:
    """Return the share of the club with a problem each week beside the share that answered."""
    labels = [day_label(each.week) for each in weeks]
    answered = {
        "type": "bar",
        "name": "Answered",
        "x": labels,
        "y": [_percent(each.response) for each in weeks],
        "marker": {"color": MUTED, "opacity": 0.35},
        "hovertemplate": "%{y} % answered<extra></extra>",
    }
    problems = {
        "type": "scatter",
        "mode": "lines+markers",
        "name": "With a problem, of those who answered",
        "x": labels,
        "y": [_percent(each.prevalence) for each in weeks],
        "connectgaps": False,
        "marker": {"symbol": "diamond", "size": 9, "color": MARK},
        "line": {"width": 2, "color": MARK},
        "hovertemplate": "%{y} % with a problem<extra></extra>",
    }
    figure = _figure([answered, problems], y_title="%", x_type="category")
    figure["layout"]["yaxis"]["range"] = [0, 100]
    return figure


def _percent(share: float | None) -> int | None:
    return None if share is None else round(100 * share)


def run_timeline(days: Sequence[PainDay], *, unit: str) -> Figure:
    """Return each day's running alone, for those who may not see pain."""
    return _figure([_runs(days, unit)], y_title=unit, x_type="date")


def pain_course(days: Sequence[PainDay], *, unit: str) -> Figure:
    """Return first steps, pain during and after over the days, with the runs behind them."""
    dates = [each.on.isoformat() for each in days]
    runs = _runs(days, unit) | {"yaxis": "y2"}
    courses = [
        _pain_trace("First steps in the morning", dates, [each.first_step for each in days], 0),
        _pain_trace("During the run", dates, [each.during for each in days], 1),
        _pain_trace("After the run", dates, [each.after for each in days], 2),
    ]
    figure = _figure([runs, *courses], y_title="0 none, 10 worst", x_type="date")
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


def _runs(days: Sequence[PainDay], unit: str) -> dict[str, Any]:
    return {
        "type": "bar",
        "name": "Run",
        "x": [each.on.isoformat() for each in days],
        "y": [in_unit(each.distance_m, unit) for each in days],
        "marker": {"color": BAR, "opacity": 0.6},
        "hovertemplate": f"%{{x|%a %d %b}}: ran %{{y}} {unit}<extra></extra>",
    }


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
    figure = _figure([found, limits], y_title="", x_type="linear")
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


def answer_map(weeks: Sequence[dt.date], rows: Sequence[AnswerRow]) -> Figure:
    """Return runners x weeks: the training answer of each week as colour and as a sign."""
    order = list(ANSWERS)
    labels = [day_label(week) for week in weeks]
    figure = _figure(
        [
            {
                "type": "heatmap",
                "x": labels,
                "y": list(range(len(rows))),
                "z": [[order.index(a) if a else None for a in row.answers] for row in rows],
                "text": [[ANSWERS[a][0] if a else "" for a in row.answers] for row in rows],
                "hovertext": [_answers_in_words(row, labels) for row in rows],
                "hoverinfo": "text",
                "texttemplate": "%{text}",
                "colorscale": _steps([f"--answer-{name.replace('_', '-')}" for name in order]),
                "zmin": -0.5,
                "zmax": len(order) - 0.5,
                "showscale": False,
                "xgap": 2,
                "ygap": 2,
            }
        ],
        y_title="",
        x_type="category",
    )
    figure["layout"]["height"] = 90 + 24 * len(rows)
    # Rows are numbers and not names, for two runners may have the same name.
    figure["layout"]["yaxis"] |= {
        "autorange": "reversed",
        "showgrid": False,
        "zeroline": False,
        "tickvals": list(range(len(rows))),
        "ticktext": [_short(row.name) for row in rows],
    }
    return figure


def _answers_in_words(row: AnswerRow, labels: Sequence[str]) -> list[str]:
    return [
        f"{row.name}, week of {label}: {word or 'no week assessed'}"
        for label, word in zip(labels, row.words, strict=True)
    ]


def _short(name: str) -> str:
    """Return Imogen I., for a phone has no room for more."""
    first, *more = name.split() or [""]
    return f"{first} {more[-1][0]}." if more else first


def _steps(colors: list[str]) -> list[list[Any]]:
    """Return a colour scale of equal flat steps."""
    share = 1 / len(colors)
    return [
        [round(edge, 6), color]
        for i, color in enumerate(colors)
        for edge in (i * share, (i + 1) * share)
    ]


def _figure(data: list[dict[str, Any]], *, y_title: str, x_type: str) -> Figure:
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


# --- Small pictures: SVG made here, no script needed ---
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
