"""The list of activities that Garmin Connect exports, in any language, also re-saved.

The file does not say whether it counts in km or miles, so the unit is looked for in what the device
measured besides, and where nothing tells the member is asked.
"""

import re
from collections.abc import Iterator
from statistics import median

from members.activity_files.kinds import Kind, kind_from_words
from members.activity_files.tables import cells
from members.activity_files.tables.columns import (
    METRES,
    DecimalMark,
    DistanceUnit,
    DurationFormat,
    TableColumns,
)
from members.activity_files.tables.sheet import Row, Sheet

TYPE, DATE, FAVORITE, TITLE, DISTANCE, CALORIES, TIME = range(7)
"""The first columns, the same in every language."""

_YES_NO = {"true", "false", "wahr", "falsch", "vrai", "faux", "verdadero", "falso", "vero", "waar",
           "onwaar", "sant", "falskt", "prawda", "falsz", "verdadeiro"}  # fmt: skip
_ENGLISH = ("activity type", "date", "favorite", "title", "distance", "calories")
_ELAPSED = ("elapsed time", "verstrichene zeit", "temps ecoule", "tiempo transcurrido",
            "tempo trascorso", "verstreken tijd", "tempo decorrido")  # fmt: skip
_STRIDE = re.compile(
    r"stride length|schrittlange|longueur.*foulee|zancada|passo|staplengte|passada"
)
_CADENCE = re.compile(r"(?<!max )(?:run cadence|laufschrittfrequenz|schrittfrequenz|cadence)")
_COLDEST = re.compile(r"min temp|niedrigste temp")

PLAUSIBLE_STRIDE_M = (0.4, 2.2)
FAHRENHEIT_FROM = 45
"""Nobody trains in 45 degrees Celsius at the coldest; half of all rows above it count."""

KM_PACE_S, MILE_PACE_S = 6 * 60 + 30, 9 * 60 + 30
"""Seconds for one unit. A usual pace below 6:30 would be four minutes a kilometre if it were one a
mile; above 9:30 it would be walking if it were one a kilometre. Between them pace tells nothing."""


def recognise(sheet: Sheet) -> TableColumns | None:
    """The columns of a Garmin Connect list; None for any other table, or one to be asked about."""
    if not _is_garmin(sheet):
        return None
    order = cells.date_order(row[DATE] for row in sheet.sample)
    mark = _mark(sheet)
    unit = _unit(sheet, mark)
    if order is None or unit is None:
        return None
    return TableColumns(
        date=DATE,
        kind=TYPE,
        title=TITLE,
        distance=DISTANCE,
        duration=TIME,
        elapsed=_elapsed(sheet),
        date_order=order,
        distance_unit=unit,
        duration_format=_duration_format(sheet, mark),
        decimal_mark=mark,
    )


def _is_garmin(sheet: Sheet) -> bool:
    if len(sheet.names) <= TIME:
        return False
    return _is_english(sheet) or _is_filled_like_garmin(sheet)


def _is_english(sheet: Sheet) -> bool:
    return sheet.names[:6] == _ENGLISH and sheet.names[6] in ("time", "activity time")


def _is_filled_like_garmin(sheet: Sheet) -> bool:
    """A date, a favourite yes or no, and a time in their places: in other languages too."""
    return bool(sheet.sample) and all(
        cells.folded(row[FAVORITE]) in _YES_NO
        and cells.when(row[DATE], "dmy" if "." in row[DATE] else "ymd") is not None
        and (":" in row[TIME] or cells.is_missing(row[TIME]))
        for row in sheet.sample
    )


def _elapsed(sheet: Sheet) -> int | None:
    names = [cells.folded(name) for name in sheet.names]
    return next((names.index(name) for name in _ELAPSED if name in names), None)


def _mark(sheet: Sheet) -> DecimalMark:
    columns = [DISTANCE, *range(TIME + 1, len(sheet.names))]
    for column in columns:
        values = [row[column] for row in sheet.sample]
        if not any(re.search(r"\d[.,]\d", value) for value in values):
            continue
        mark = cells.decimal_mark(values, separator=sheet.separator)
        if mark is not None:
            return mark
    return "," if sheet.separator == ";" else "."


def _duration_format(sheet: Sheet, mark: DecimalMark) -> DurationFormat:
    """Garmin writes 01:14:14; `1:33` comes from a spreadsheet and is 1 h 33, unless the pace in the
    same row says minutes."""
    short = [row for row in sheet.sample if re.fullmatch(r"\d+:\d\d", row[TIME])]
    votes = 0
    for row in short:
        pace, distance = _pace(sheet, row), cells.number(row[DISTANCE], mark)
        if pace and distance:
            expected = pace * distance
            minutes = cells.seconds(row[TIME], "clock", mark) or 0
            votes += 1 if abs(expected - minutes) < abs(expected - 60 * minutes) else -1
    return "clock" if votes > 0 else "hours_minutes"


def _unit(sheet: Sheet, mark: DecimalMark) -> DistanceUnit | None:
    """Kilometres or miles, by the first evidence there is; None where nothing tells."""
    return (
        _by_stride(sheet, mark)
        or _by_temperature(sheet, mark)
        or (None if _is_english(sheet) else "km")
        or _by_pace(sheet)
    )


def _by_stride(sheet: Sheet, mark: DecimalMark) -> DistanceUnit | None:
    """Steps times their length is the distance in metres, whatever the unit of the list."""
    names = [cells.folded(name) for name in sheet.names]
    stride = next((place for place, name in enumerate(names) if _STRIDE.search(name)), None)
    cadence = next((place for place, name in enumerate(names) if _CADENCE.search(name)), None)
    if stride is None or cadence is None:
        return None
    factors = []
    for row in _runs(sheet):
        length, steps = cells.number(row[stride], mark), cells.number(row[cadence], mark)
        distance = cells.number(row[DISTANCE], mark)
        seconds = _seconds(sheet, row, mark)
        if length and steps and distance and seconds:
            metres = length if length <= PLAUSIBLE_STRIDE_M[1] else length * 0.3048
            factors.append(metres * steps * seconds / 60 / distance)
    if not factors:
        return None
    middle = median(factors)
    near: dict[DistanceUnit, float] = {
        unit: abs(middle / METRES[unit] - 1) for unit in ("km", "mi")
    }
    best = min(near, key=lambda unit: near[unit])
    return best if near[best] < 0.2 else None


def _seconds(sheet: Sheet, row: Row, mark: DecimalMark) -> float | None:
    return cells.seconds(row[TIME], _duration_format(sheet, mark), mark)


def _by_temperature(sheet: Sheet, mark: DecimalMark) -> DistanceUnit | None:
    names = [cells.folded(name) for name in sheet.names]
    column = next((place for place, name in enumerate(names) if _COLDEST.search(name)), None)
    if column is None:
        return None
    found = [cells.number(row[column], mark) for row in sheet.sample]
    degrees = [value for value in found if value]
    return "mi" if degrees and median(degrees) >= FAHRENHEIT_FROM else None


def _by_pace(sheet: Sheet) -> DistanceUnit | None:
    paces = [pace for row in _runs(sheet) if (pace := _pace(sheet, row))]
    if not paces:
        return None
    usual = median(paces)
    return "km" if usual < KM_PACE_S else "mi" if usual > MILE_PACE_S else None


def _pace(sheet: Sheet, row: Row) -> float | None:
    """Seconds for a unit of distance."""
    names = [cells.folded(name) for name in sheet.names]
    column = next((names.index(name) for name in _PACE if name in names), None)
    if column is None or not re.fullmatch(r"\d{1,2}:\d\d", row[column]):
        return None
    return cells.seconds(row[column], "clock", ".")


_PACE = ("avg pace", "average pace", "ø pace", "o pace", "durchschnittliche pace", "allure moyenne")


def _runs(sheet: Sheet) -> Iterator[Row]:
    return (row for row in sheet.sample if kind_from_words(row[TYPE]) == Kind.RUN)
