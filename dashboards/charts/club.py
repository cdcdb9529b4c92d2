"""A club over the weeks: the answers of its runners, and who answered the weekly check."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboards.charts.shared import MARK, MUTED, Figure, bare_figure, day_label

# Strictest first; the picture and its legend keep this order. Grey is kept for "we do not know".
ANSWERS = {
    "rest": ("■", "rest"),
    "cross_train": ("▲", "cross-train"),
    "ease": ("●", "ease"),
    "carry_on": ("✓", "carry on"),
    "not_assessed": ("\u2013", "not assessed"),
}


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
    figure = bare_figure([answered, problems], y_title="%", x_type="category")
    figure["layout"]["yaxis"]["range"] = [0, 100]
    return figure


def _percent(share: float | None) -> int | None:
    return None if share is None else round(100 * share)


def answer_map(weeks: Sequence[dt.date], rows: Sequence[AnswerRow]) -> Figure:
    """Return runners x weeks: the training answer of each week as colour and as a sign."""
    order = list(ANSWERS)
    labels = [day_label(week) for week in weeks]
    figure = bare_figure(
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
