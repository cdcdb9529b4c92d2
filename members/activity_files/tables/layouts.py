"""The tables that are known: whose they are, told by their headings and by how they are filled."""

from collections.abc import Callable
from dataclasses import dataclass

from members.activity_files.tables import cells, garmin
from members.activity_files.tables.columns import DateOrder, DecimalMark, TableColumns
from members.activity_files.tables.sheet import Sheet

OWN_HEADINGS = (
    "id",
    "kind",
    "started_at",
    "time_zone",
    "distance_m",
    "duration_s",
    "elapsed_s",
    "effort",
    "surface",
    "shoe",
    "note",
    "source",
)
"""Our own export, `activities.csv`."""

_STRAVA = ("activity id", "activity date", "activity name", "activity type")
_STRAVA_FIRST = (
    "id",
    "date",
    "name",
    "type",
    "description",
    "elapsed_time",
    "distance",
    "commute",
    "gear",
    "filename",
)
"""Until the summer of 2019, with metres."""


@dataclass(frozen=True, slots=True)
class Layout:
    """One known table: who writes it, and how to tell and read it."""

    source: str
    recognise: Callable[[Sheet], TableColumns | None]
    one_row: bool = False
    """Only the first row is an activity; what follows are samples."""


def find(sheet: Sheet) -> tuple[Layout, TableColumns] | None:
    """The layout of a table with its columns; None for a table nobody here knows."""
    for layout in LAYOUTS:
        columns = layout.recognise(sheet)
        if columns is not None:
            return layout, columns
    return None


def _own(sheet: Sheet) -> TableColumns | None:
    if sheet.names != OWN_HEADINGS:
        return None
    return TableColumns(
        date=2,
        kind=1,
        time_zone=3,
        distance=4,
        duration=5,
        elapsed=6,
        title=10,
        utc=True,
        distance_unit="m",
        duration_format="seconds",
    )


def _runkeeper(sheet: Sheet) -> TableColumns | None:
    at = _places(
        sheet, date="date", kind="type", title="notes", duration="duration", file="gpx file"
    )
    distance = _distance(sheet, "distance")
    if not distance or "route name" not in sheet.names or not {"date", "duration"} <= at.keys():
        return None
    order = _order(sheet, at["date"])
    return TableColumns.from_dict({**at, **distance, "date_order": order}) if order else None


def _polar(sheet: Sheet) -> TableColumns | None:
    if sheet.names[:2] != ("name", "sport"):
        return None
    at = _places(
        sheet,
        kind="sport",
        date="date",
        time_of_day="start time",
        duration="duration",
        title="notes",
    )
    distance = _distance(sheet, "total distance")
    if not distance or not {"date", "time_of_day", "duration"} <= at.keys():
        return None
    # One date tells its order by itself only after the 12th; miles go with the month in front.
    usual = "mdy" if distance["distance_unit"] == "mi" else "dmy"
    order = _order(sheet, at["date"], rows=1) or usual
    return TableColumns.from_dict({**at, **distance, "date_order": order})


def _first_strava(sheet: Sheet) -> TableColumns | None:
    if sheet.names != _STRAVA_FIRST:
        return None
    return TableColumns(
        date=1,
        title=2,
        kind=3,
        elapsed=5,
        distance=6,
        file=9,
        utc=True,
        distance_unit="m",
        duration_format="seconds",
    )


def _strava(sheet: Sheet) -> TableColumns | None:
    """By the English headings; else by the order of the columns, which no language changes."""
    names = sheet.names
    if names[:4] == _STRAVA and {"elapsed time", "distance"} <= set(names):
        at = _places(
            sheet,
            elapsed="elapsed time",
            distance="distance",
            file="filename",
            duration="moving time",
        )
    elif _is_filled_like_strava(sheet):
        at = {"elapsed": 5, "distance": 6, "file": 12, "duration": 16}
    else:
        return None
    heading = names[at["distance"]]
    again = [place for place, name in enumerate(names) if name == heading][1:]
    at["distance"] = again[0] if again else at["distance"]
    order = _order(sheet, 1)
    if order is None:
        return None
    fixed = {"date": 1, "title": 2, "kind": 3, "utc": True, "duration_format": "seconds"}
    return TableColumns.from_dict(
        {
            "duration": at["elapsed"],
            **at,
            **fixed,
            "date_order": order,
            "distance_unit": "m" if again else "km",
            "decimal_mark": _mark(sheet, at["distance"]),
        }
    )


def _is_filled_like_strava(sheet: Sheet) -> bool:
    """The many columns in other words: the ids are figures, and rows name their files."""
    if len(sheet.names) < 18 or not sheet.sample or sheet.names.count(sheet.names[6]) < 2:
        return False
    return all(
        row[0].isdigit()
        and (cells.when(row[1], "dmy") or cells.when(row[1], "mdy"))
        and (row[12].startswith("activities/") or not row[12])
        for row in sheet.sample
    )


def _places(sheet: Sheet, **wanted: str) -> dict[str, int]:
    """Where the wanted headings first stand; those that are missing are left out."""
    return {role: sheet.names.index(name) for role, name in wanted.items() if name in sheet.names}


def _distance(sheet: Sheet, heading: str) -> dict[str, object]:
    """The column whose heading has the unit behind it; nothing where there is none."""
    for unit in ("km", "mi"):
        if f"{heading} ({unit})" in sheet.names:
            place = sheet.names.index(f"{heading} ({unit})")
            return {"distance": place, "distance_unit": unit}
    return {}


def _order(sheet: Sheet, column: int, *, rows: int | None = None) -> DateOrder | None:
    return cells.date_order(row[column] for row in sheet.sample[:rows])


def _mark(sheet: Sheet, column: int) -> DecimalMark:
    values = (row[column] for row in sheet.sample)
    return cells.decimal_mark(values, separator=sheet.separator) or "."


LAYOUTS = (
    Layout("Surefoot", _own),
    Layout("Strava", _first_strava),
    Layout("Strava", _strava),
    Layout("Runkeeper", _runkeeper),
    Layout("Polar Flow", _polar, one_row=True),
    Layout("Garmin Connect", garmin.recognise),
)
