"""Reading what stands in a cell: numbers, times and dates as people and programs write them."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from math import isfinite
from typing import Final, NamedTuple

from members.activity_files.tables.columns import (
    DateOrder,
    DecimalMark,
    DistanceUnit,
    DurationFormat,
)
from members.activity_files.tables.words import MONTH_BY_WORD

_THOUSANDS = re.compile("[\\s'\u2019]")
"""Marks between thousands besides point and comma."""

MISSING: Final = {"", "-", "--", "---", "–", "—", "n/a", "na", "null", "none", "nan", "#n/a"}

_CLOCK = re.compile(
    r"(?<![\d:.])(\d{1,2})[:.h](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?\s*([ap])?\.?\s?m?\.?(?![\d:])",
    re.IGNORECASE,
)
_ISO = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d([.,]\d+)?)?\s?(Z|UTC|[+-]\d\d:?\d\d)?$")
_DAY = re.compile(
    r"(?<!\d)(?<!\d[./-])(\d{1,4})\s?[./\-年]\s?(\d{1,2})\s?[./\-月]\s?(\d{1,4})(?![./-]?\d)"
)
_UNITS = re.compile(
    r"(?:(\d+) ?d(?:ays?)?)? ?(?:(\d+) ?(?:h|hrs?|hours?|std))? ?"
    r"(?:(\d+) ?(?:m|mins?|minutes?|'))? ?(?:(\d+(?:[.,]\d+)?) ?(?:s|secs?|seconds?|''|\"))?",
    re.IGNORECASE,
)


class When(NamedTuple):
    """A date with what was written of its time: none, or with an offset, where that is told."""

    day: date
    clock: time | None
    offset: timedelta | None


def folded(text: str) -> str:
    """Lower case, without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if not unicodedata.combining(char))


def is_missing(text: str) -> bool:
    """Whether a cell says that there is nothing to say."""
    return text.strip().casefold() in MISSING


def number(text: str, mark: DecimalMark) -> float | None:
    """A number with `mark` before its decimals and any other marks between its thousands."""
    cleaned = _THOUSANDS.sub("", text)
    cleaned = cleaned.replace("," if mark == "." else ".", "").replace(mark, ".")
    if not re.fullmatch(r"[-+]?\d{1,15}(\.\d*)?|[-+]?\.\d+", cleaned):
        return None
    figure = float(cleaned)
    return figure if isfinite(figure) else None


def distance(text: str, mark: DecimalMark) -> tuple[float | None, DistanceUnit | None]:
    """A distance, and its unit where one stands behind it ("5.2 km")."""
    found = re.fullmatch(r"(.*?\d\.?)\s*([a-z]+)\.?", text.strip(), re.IGNORECASE)
    if found is None:
        return number(text, mark), None
    unit = _UNIT_BY_WORD.get(found[2].casefold())
    return (number(found[1], mark), unit) if unit else (None, None)


_UNIT_BY_WORD: Final[dict[str, DistanceUnit]] = {
    "km": "km", "k": "km", "kms": "km", "kilometer": "km", "kilometers": "km", "kilometre": "km",
    "kilometres": "km", "mi": "mi", "mile": "mi", "miles": "mi", "m": "m", "meter": "m",
    "meters": "m", "metre": "m", "metres": "m", "yd": "yd", "yards": "yd",
}  # fmt: skip


def decimal_mark(cells: Iterable[str], *, separator: str) -> DecimalMark | None:
    """The mark of a column's decimals; None where a column leaves it open.

    "1,035" may be thousands or decimals; another row with "8,5" or "3,421.2" tells.
    """
    open_to_both = False
    for cell in cells:
        text = _THOUSANDS.sub("", cell)
        marks = re.findall(r"[.,]", text)
        if not marks or not re.fullmatch(r"[-+]?[\d.,]+", text):
            continue
        if len(set(marks)) == 2:
            return "," if marks[-1] == "," else "."
        whole, _, decimals = text.rpartition(marks[-1])
        if len(marks) > 1:
            return "," if marks[0] == "." else "."
        if len(decimals) != 3 or not whole.lstrip("+-") or whole.lstrip("+-").startswith("0"):
            return "," if marks[0] == "," else "."
        open_to_both = True
    if not open_to_both:
        return "."
    return "," if separator == ";" else None


def seconds(text: str, how: DurationFormat, mark: DecimalMark) -> float | None:
    """A duration in seconds. Anything with its units written (1h 05m 30s) speaks for itself."""
    if is_missing(text):
        return None
    if ":" in text:
        return _by_colons(text, two_are_hours=how == "hours_minutes")
    plain = None if re.search(r"[a-z'\"]", text, re.IGNORECASE) else number(text, mark)
    if plain is None:
        return _by_units(text)
    factor = {"seconds": 1, "minutes": 60, "hours": 3600, "hours_minutes": 3600, "clock": 1}[how]
    return plain * factor if plain >= 0 else None


def _by_colons(text: str, *, two_are_hours: bool) -> float | None:
    found = re.fullmatch(
        r"(?:(\d{1,3})\s?(?:d|days?,?)\s)?(\d{1,6}):(\d{1,2})(?::(\d{1,2}))?(?:[.,](\d+))?",
        text.strip(),
    )
    if found is None:
        return None
    days, first, second, third, fraction = found.groups()
    whole = int(days or 0) * 86_400
    if third is not None:
        whole += int(first) * 3600 + int(second) * 60 + int(third)
    elif two_are_hours and fraction is None:
        whole += int(first) * 3600 + int(second) * 60
    else:
        whole += int(first) * 60 + int(second)
    return whole + float(f"0.{fraction or 0}")


def _by_units(text: str) -> float | None:
    found = _UNITS.fullmatch(text.strip())
    if found is None or not any(found.groups()):
        return None
    days, hours, minutes, rest = (float((part or "0").replace(",", ".")) for part in found.groups())
    return ((days * 24 + hours) * 60 + minutes) * 60 + rest


def when(text: str, order: DateOrder) -> When | None:
    """A date, with its time of day and its offset from UTC where they are written."""
    text = text.strip()
    if _ISO.match(text):
        return _iso(text)
    day = _day_in_figures(text, order) or _day_in_words(text)
    if day is None:
        return None
    return When(day[0], clock(day[1]), None)


def clock(text: str) -> time | None:
    """A time of day, by 24 or by twice 12 hours."""
    found = _CLOCK.search(text)
    if found is None:
        return None
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    half = (found[4] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        return time(hour, minute, second)
    except ValueError:
        return None


def _iso(text: str) -> When | None:
    try:
        moment = datetime.fromisoformat(
            text.replace(",", ".").replace(" UTC", "Z").replace(" +", "+")
        )
    except ValueError:
        return None
    return When(moment.date(), moment.time().replace(microsecond=0), moment.utcoffset())


def _day_in_figures(text: str, order: DateOrder) -> tuple[date, str] | None:
    """The day, and what of the text stands beside it."""
    found = _DAY.search(text)
    if found is None:
        return None
    one, two, three = (int(part) for part in found.groups())
    if len(found[1]) == 4:
        year, month, day = one, two, three
    elif order == "mdy":
        year, month, day = three, one, two
    else:
        year, month, day = three, two, one
    return _with_rest(year, month, day, text[: found.start()] + " " + text[found.end() :])


def _day_in_words(text: str) -> tuple[date, str] | None:
    """ "Jul 17, 2015", "17. Juli 2015", "17 juil. 2015 à", "Sat, 17 Jul 2015"."""
    plain = folded(text)
    words = [(word, MONTH_BY_WORD.get(word)) for word in re.findall(r"[^\W\d_]+", plain)]
    months = [(word, month) for word, month in words if month]
    year = re.search(r"(?<![\d:])(\d{4})(?![\d:])", plain)
    if not months or year is None:
        return None
    rest = plain[: year.start()] + " " + plain[year.end() :]
    day = re.search(r"(?<![\d:.])(\d{1,2})(?![\d:])(?!\.\d)", rest)
    if day is None:
        return None
    return _with_rest(
        int(year[1]), months[0][1], int(day[1]), rest[: day.start()] + " " + rest[day.end() :]
    )


def _with_rest(year: int, month: int | None, day: int, rest: str) -> tuple[date, str] | None:
    year += 2000 if year < 70 else 1900 if year < 100 else 0
    try:
        return date(year, month or 0, day), rest
    except ValueError:
        return None


def date_order(cells: Iterable[str]) -> DateOrder | None:
    """The order of dates in figures; None where every one could be read both ways.

    A figure over 12 is no month, dots stand in dmy, and exports are sorted: where only one reading
    leaves the rows in order, it is that one.
    """
    cells = [cell for cell in cells if _leads_with_day(cell)]
    if not cells:
        return "ymd"
    for order, other in _BOTH_ORDERS:
        if any(when(cell, other) is None for cell in cells):
            return order if all(when(cell, order) for cell in cells) else None
    if any(re.search(r"\d\.\s?\d+\.", cell) for cell in cells):
        return "dmy"
    sorted_by = [order for order, _ in _BOTH_ORDERS if _is_sorted(cells, order)]
    return sorted_by[0] if len(cells) > 2 and len(sorted_by) == 1 else None


_BOTH_ORDERS: Final[tuple[tuple[DateOrder, DateOrder], ...]] = (("dmy", "mdy"), ("mdy", "dmy"))


def _leads_with_day(cell: str) -> bool:
    found = _DAY.search(cell)
    return found is not None and len(found[1]) < 4


def _is_sorted(cells: Iterable[str], order: DateOrder) -> bool:
    days = [found.day for cell in cells if (found := when(cell, order))]
    return days == sorted(days) or days == sorted(days, reverse=True)
