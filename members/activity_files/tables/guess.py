"""A first suggestion for the columns of a table nobody here knows. Shown to the member, who mends
it; nothing is read by it alone."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from members.activity_files.kinds import Kind, kind_from_words
from members.activity_files.tables import cells
from members.activity_files.tables.columns import (
    DecimalMark,
    DistanceUnit,
    DurationFormat,
    Role,
    TableColumns,
    WrongColumns,
)
from members.activity_files.tables.sheet import Sheet
from members.activity_files.tables.words import HEADINGS, RATES


@dataclass(frozen=True, slots=True)
class Guess:
    """What each column seems to be (None for nothing), and all of it as far as it can be read."""

    roles: tuple[Role | None, ...]
    columns: TableColumns | None


def guess(sheet: Sheet) -> Guess:
    """The best suggestion from headings and cells."""
    roles = _roles(sheet)
    at: dict[str, int] = {role: place for place, role in enumerate(roles) if role}
    return Guess(roles, _columns(sheet, at))


def _roles(sheet: Sheet) -> tuple[Role | None, ...]:
    roles: list[Role | None] = [None] * len(sheet.names)
    for role, pattern in HEADINGS.items():
        for place, name in enumerate(sheet.names):
            if roles[place] is None and _fits(sheet, place, cells.folded(name), role, pattern):
                roles[place] = role
                break
    return tuple(roles)


def _fits(sheet: Sheet, place: int, name: str, role: Role, pattern: str) -> bool:
    values = [row[place] for row in sheet.sample if not cells.is_missing(row[place])]
    if sheet.has_headings and not re.search(pattern, name):
        return False
    if not values:
        return sheet.has_headings and not sheet.sample
    if role not in ("kind", "title", "date", "time_of_day") and re.search(RATES, name):
        return False
    return _mostly(values, role)


def _mostly(values: list[str], role: Role) -> bool:
    """Whether half of the cells can be what the heading says."""
    return 2 * sum(_can_be(value, role) for value in values) >= len(values)


def _can_be(value: str, role: Role) -> bool:
    is_date = cells.when(value, "dmy") is not None or cells.when(value, "mdy") is not None
    match role:
        case "date":
            return is_date
        case "time_of_day":
            return not is_date and cells.clock(value) is not None
        case "distance":
            return not is_date and _bare(value) is not None
        case "duration" | "elapsed":
            return not is_date and cells.seconds(value, "seconds", ".") is not None
        case "kind":
            return kind_from_words(value) not in (None, Kind.OTHER)
        case _:
            return not re.fullmatch(r"[\d.,:-]+", value)


def _bare(value: str) -> float | None:
    """The number in a cell, whichever mark its decimals have, without a unit behind it."""
    return cells.distance(value, "," if "," in value else ".")[0]


def _columns(sheet: Sheet, at: dict[str, int]) -> TableColumns | None:
    if "date" not in at:
        return None
    try:
        return TableColumns.from_dict(
            {
                **at,
                "date_order": cells.date_order(_cells(sheet, at["date"])) or "dmy",
                "distance_unit": _distance_unit(sheet, at.get("distance")),
                "duration_format": _duration_format(sheet, at.get("duration", at.get("elapsed"))),
                "decimal_mark": _mark(sheet, at),
            }
        )
    except WrongColumns:
        return None


def _cells(sheet: Sheet, column: int) -> Iterable[str]:
    return [row[column] for row in sheet.sample]


def _distance_unit(sheet: Sheet, column: int | None) -> DistanceUnit:
    if column is None:
        return "km"
    said = sheet.names[column] + " " + " ".join(list(_cells(sheet, column))[:5]).casefold()
    if re.search(r"\b(mi|mile|miles|meilen)\b", said):
        return "mi"
    if re.search(r"\b(m|metres?|meters?|metern?)\b|_m$", sheet.names[column]):
        return "m"
    figures = sorted(found for value in _cells(sheet, column) if (found := _bare(value)))
    return "m" if figures and figures[len(figures) // 2] >= 500 else "km"


def _duration_format(sheet: Sheet, column: int | None) -> DurationFormat:
    if column is None:
        return "clock"
    values = [value for value in _cells(sheet, column) if not cells.is_missing(value)]
    if any(":" in value for value in values):
        return "clock"
    name = cells.folded(sheet.names[column])
    if re.search(r"\b(min|mins|minutes?|minuten|minutos|minuti)\b|_min", name):
        return "minutes"
    if re.search(r"\b(h|hours?|stunden|std|heures|horas|ore)\b", name):
        return "hours"
    figures = sorted(found for value in values if (found := _bare(value)))
    if re.search(r"\b(s|sec|secs|seconds?|sekunden)\b|_s$", name) or not figures:
        return "seconds"
    return "seconds" if figures[len(figures) // 2] > 300 else "minutes"


def _mark(sheet: Sheet, at: dict[str, int]) -> DecimalMark:
    for role in ("distance", "duration", "elapsed"):
        if role in at:
            mark = cells.decimal_mark(_cells(sheet, at[role]), separator=sheet.separator)
            if mark == ",":
                return ","
    return "."
