"""Why a flag fired: its own numbers with their units, what was compared, where it comes from.

Everything is made from the flag's stored values and the table of thresholds; nothing is judged
again. What stands for one question that was answered is left out for anybody but the runner.
"""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any, NamedTuple

from injuries.risk.reasons import COMPARES, ENDS, THRESHOLDS, Values
from injuries.risk.sentences import in_unit
from injuries.risk.thresholds import TABLE, Threshold

GRADES = {
    "A": "from a trial",
    "B": "from a large cohort",
    "C": "from one cohort or a small trial",
    "D": "opinion or convention",
    "X": "the evidence speaks against it",
}
CHOSEN = "our own choice"


class Number(NamedTuple):
    """One number of a flag: what it is, and how much."""

    name: str
    value: str


class Limit(NamedTuple):
    """A threshold with its source; `link` is empty where the source has no address."""

    value: str
    meaning: str
    source: str
    link: str
    grade: str


class Why(NamedTuple):
    """All that is behind one flag."""

    numbers: tuple[Number, ...]
    compares: str
    limits: tuple[Limit, ...]
    ends: str


def why(rule: str, level: str, values: Values, *, unit: str = "km", own: bool) -> Why:
    """Return what is behind a flag, distances in the reader's unit.

    `own`: the reader is the runner. Raises KeyError for a level nobody has worded.
    """
    return Why(
        numbers=tuple(_numbers(values, unit, own=own)),
        compares=COMPARES[rule],
        limits=tuple(_limit(row, unit) for row in _rows(rule)),
        ends=ENDS[rule, level](values),
    )


# --- Numbers ----------------------------------------------------------------------------------
def _of_ten(value: Any, unit: str) -> str:
    return f"{value:g} of 10"


def _metres(value: Any, unit: str) -> str:
    return in_unit(unit)(value)


def _day(value: Any, unit: str) -> str:
    day = dt.date.fromisoformat(value)
    return f"{day:%A} {day.day} {day:%B %Y}"


def _days(value: Any, unit: str) -> str:
    return "1 day" if value == 1 else f"{value} days"


def _percent(value: Any, unit: str) -> str:
    return f"{100 * value:.0f} %"


def _plain(value: Any, unit: str) -> str:
    return f"{value:g}"


Said = Callable[[Any, str], str]

# In this order; a value nobody has worded is not shown, and a test says so.
WORDED: dict[str, tuple[str, Said]] = {
    "run_on": ("the run", _day),
    "distance_m": ("distance", _metres),
    "longest_30d_m": ("compared with", _metres),
    "ratio": ("share of it", _percent),
    "return_limit_m": ("limit of the first week back", _metres),
    "back_on": ("first run back", _day),
    "longest_before_m": ("longest run before the break", _metres),
    "limit_m": ("limit", _metres),
    "share": ("share of the old week", _percent),
    "week_limit_m": ("enough for a week", _metres),
    "week_m": ("seven days", _metres),
    "week_before_m": ("the week before", _metres),
    "change": ("more than the week before", _percent),
    "z": ("standard deviations above the usual week", lambda value, unit: f"{value:.1f}"),
    "during": ("pain during the run", _of_ten),
    "limit": ("limit for this spot", _of_ten),
    "gait_changed": ("ran differently", lambda value, unit: "yes" if value else "no"),
    "morning_on": ("the morning", _day),
    "first_step": ("first steps", _of_ten),
    "base": ("usual first steps", _of_ten),
    "keep_m": ("three quarters of that run", _metres),
    "median": ("middle value of this week's mornings", _of_ten),
    "median_before": ("of the week before", _of_ten),
    "medians": (
        "middle values of four weeks' mornings",
        lambda value, unit: ", ".join(f"{one:g}" for one in value) + " of 10",
    ),
    "since": ("since", _day),
    "days": ("days", _days),
    "checks": ("weekly checks in a row", _plain),
    "severity": ("weekly check", lambda value, unit: f"{value} of 100"),
    "answered_on": ("answered on", _day),
    "last_answer_on": ("last word about it", _day),
    "questions": ("answered yes", lambda value, unit: _questions(len(value))),
    "runs": ("runs, all in one pair", _plain),
    "comfort": ("comfort now", _of_ten),
    "comfort_on": ("said on", _day),
    "first_comfort": ("comfort at first", _of_ten),
    "first_comfort_on": ("said first on", _day),
}
# Single answers are for nobody but the runner.
OWN = frozenset({"questions", "gait_changed"})
# Which pair is named by the sentence; how the base was chosen changes a name, not a number.
UNSAID = frozenset({"shoe", "declared", "since_break"})


def _questions(count: int) -> str:
    return "to 1 question" if count == 1 else f"to {count} questions"


def _numbers(values: Values, unit: str, *, own: bool) -> list[Number]:
    found = []
    for key, (name, said) in WORDED.items():
        value = values.get(key)
        if value is not None and (own or key not in OWN):
            found.append(
                Number(_base(values) if key == "longest_30d_m" else name, said(value, unit))
            )
    return found


def _base(values: Values) -> str:
    if values.get("declared"):
        return "the longest run that was told of"
    if values.get("since_break"):
        return "the longest run since coming back"
    return "the longest run of the 30 days before"


# --- Thresholds -------------------------------------------------------------------------------
def _rows(rule: str) -> list[Threshold]:
    by_id = {row.id: row for row in TABLE}
    return [by_id[name] for name in THRESHOLDS[rule]]


def _limit(row: Threshold, unit: str) -> Limit:
    is_doi = re.match(r"10\.\d{4,}/", row.source) is not None
    if row.basis == "choice":
        return Limit(_amount(row, unit), row.meaning, CHOSEN, "", "")
    link = f"https://doi.org/{row.source}" if is_doi else ""
    source = re.sub(r" \(evidence [\d.]+\)", "", row.source)  # a chapter of notes, not a source
    return Limit(_amount(row, unit), row.meaning, source, link, GRADES[row.grade])


def _amount(row: Threshold, unit: str) -> str:
    if row.unit == "m":
        return _metres(row.value, unit)
    if row.unit == "share":
        return _percent(row.value, unit)
    return _of_ten(row.value, unit) if row.unit == "0-10" else f"{row.value:g} {row.unit}"
