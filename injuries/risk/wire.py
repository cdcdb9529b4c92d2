"""The engine's JSON, both ways (design 4). Malformed input names its field."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import starmap
from operator import itemgetter
from typing import Any

from injuries.risk.readers import (
    Answers,
    Date,
    FourOf,
    Instant,
    Malformed,
    OneOf,
    Reader,
    Rows,
    Text,
    Week,
    Whole,
    YesNo,
)
from injuries.risk.types import (
    ALL_RED_FLAGS,
    CHECK_ANSWERS,
    KINDS,
    SIDES,
    SPOTS,
    STATUSES,
    Activity,
    Assessment,
    Check,
    Comfort,
    Day,
    History,
    Pain,
    Problem,
    RedFlags,
    Shoe,
)

__all__ = ["Malformed", "assessment_to_json", "history_from_json"]

# Beyond 10,000 km or 115 days it is a slip, and no float may run over.
MOST = 10_000_000
DATE, SCALE, YES_NO, TEXT = Date(), Whole(most=10), YesNo(), Text()
METRES, SOME_METRES = Whole(" of metres", most=MOST), Whole(" of metres", least=1, most=MOST)
SECONDS = Whole(" of seconds", most=MOST)


def history_from_json(data: Any) -> History:
    """Return the history of one JSON object. Raises Malformed."""
    found = _fields(data, HISTORY, "", required=("on",))
    on = found["on"]
    for name, table in TABLES.items():
        if name in found:
            found[name] = table.read(found[name], name, on)
    return History(**found)


def assessment_to_json(assessment: Assessment) -> dict[str, Any]:
    """Return the assessment as design 4 prints it."""
    until = assessment.ceiling_until
    return {
        "on": assessment.on.isoformat(),
        "engine": assessment.engine,
        "training": assessment.training,
        "shoes": assessment.shoes,
        "clinician": assessment.clinician,
        "coverage_30": assessment.coverage_30,
        "ceiling_m": assessment.ceiling_m,
        "ceiling_until": None if until is None else until.isoformat(),
        "measures": assessment.measures,
        "flags": [
            {
                "rule": flag.rule,
                "level": flag.level,
                "action": flag.action,
                "values": flag.values,
                "text": flag.text,
            }
            | ({"coach": True} if flag.coach else {})
            for flag in assessment.flags
        ],
        "not_assessed": [{"rule": one.rule, "why": one.why} for one in assessment.not_assessed],
    }


# --- Reading -------------------------------------------------------------------------------------
def _fields(
    data: Any, readers: dict[str, Reader], where: str, *, required: tuple[str, ...]
) -> dict[str, Any]:
    """Return what each present field says; null is the same as absent. Raises Malformed."""
    if not isinstance(data, dict):
        raise Malformed(f"{where or 'input'}: must be an object.")
    prefix = f"{where}." if where else ""
    for key in data:
        if key not in readers:
            raise Malformed(f"{prefix}{key}: is not a field of this format.")
    for key in required:
        if data.get(key) is None:
            raise Malformed(f"{prefix}{key}: is required.")
    found = {}
    for key, reader in readers.items():
        if data.get(key) is None:
            continue
        try:
            found[key] = reader.one(data[key])
        except Malformed as error:
            separator = "" if str(error).startswith(("[", ".")) else ": "
            raise Malformed(f"{prefix}{key}{separator}{error}") from None
    return found


@dataclass(frozen=True)
class Table:
    """A list of rows of one kind, read by its columns: `readers` in the order of kind's fields.

    `defaults` are what stands for null where that is not None; `nested` are lists within a row.
    """

    kind: type
    readers: dict[str, Reader]
    required: tuple[str, ...]
    defaults: Mapping[str, Any] = field(default_factory=dict)
    nested: Mapping[str, "Table"] = field(default_factory=dict)

    @cached_property
    def dates(self) -> tuple[str, ...]:
        """The fields that must not lie after `on`."""
        return tuple(k for k, reader in self.readers.items() if isinstance(reader, Date | Week))

    def read(self, rows: list[Any], name: str, on: dt.date) -> tuple[Any, ...]:
        """Return the rows. Nearly all are in order; else the first that is not is named."""
        if not rows:
            return ()
        try:
            columns = self._columns(rows, on)
        except (Malformed, TypeError, AttributeError):
            return tuple(self._row(row, f"{name}[{index}]", on) for index, row in enumerate(rows))
        rows_read = zip(*columns, strict=True)
        if issubclass(self.kind, tuple):  # a named tuple is a tuple by another name
            return tuple(map(partial(tuple.__new__, self.kind), rows_read))
        return tuple(starmap(self.kind, rows_read))

    def _columns(self, rows: list[Any], on: dt.date) -> list[Sequence[Any]]:
        columns = []
        for (key, reader), values in zip(self.readers.items(), self._values(rows), strict=True):
            column = reader.column(values)
            if key in self.required and None in column:
                raise Malformed
            if key in self.dates and max(filter(None, column), default=on) > on:
                raise Malformed
            if key in self.defaults and None in column:
                default = self.defaults[key]
                column = [default if value is None else value for value in column]
            if key in self.nested:
                table = self.nested[key]
                column = [table.read(inner, key, on) for inner in column]
            columns.append(column)
        if self.kind is Problem and any(_closed_before(*row) for row in zip(*columns, strict=True)):
            raise Malformed
        return columns

    def _values(self, rows: list[Any]) -> Iterable[Sequence[Any]]:
        try:
            values = zip(*map(itemgetter(*self.readers), rows), strict=True)
        except KeyError:  # a row leaves out what may be left out
            if not self.readers.keys() >= set().union(*rows):
                raise Malformed from None
            return [[row.get(key) for row in rows] for key in self.readers]
        if max(map(len, rows)) > len(self.readers):  # all that are known, and one that is not
            raise Malformed
        return values

    def _row(self, data: Any, where: str, on: dt.date) -> Any:
        found = _fields(data, self.readers, where, required=self.required)
        for key in self.dates:
            if key in found and found[key] > on:
                raise Malformed(f"{where}.{key}: {found[key]} is after on ({on}).")
        for key, table in self.nested.items():
            found[key] = table.read(found.get(key, []), f"{where}.{key}", on)
        if self.kind is Problem and found.get("closed", on) < found["since"]:
            began, ended = found["since"], found["closed"]
            raise Malformed(f"{where}.closed: {ended} is before since ({began}).")
        return self.kind(**found)


def _closed_before(side: str, spot: str, since: dt.date, closed: dt.date | None) -> bool:
    return closed is not None and closed < since


HISTORY: dict[str, Reader] = {
    "on": DATE,
    "adult": YES_NO,
    "previous_injury_12m": YES_NO,
    "declared_longest_30d_m": SOME_METRES,
    "activities": Rows(),
    "days": Rows(),
    "pain": Rows(),
    "problems": Rows(),
    "checks": Rows(),
    "red_flags": Rows(),
    "shoes": Rows(),
}
TABLES = {
    "activities": Table(
        Activity,
        {
            "on": DATE,
            "kind": OneOf(KINDS),
            "started_at": Instant(),
            "distance_m": METRES,
            "duration_s": SECONDS,
            "effort": SCALE,
            "pain_during": SCALE,
            "gait_changed": YES_NO,
            "painkiller": YES_NO,
            "shoe": TEXT,
            "imputed": YES_NO,
        },
        required=("on", "kind"),
        defaults={"imputed": False},
    ),
    "days": Table(Day, {"on": DATE, "status": OneOf(STATUSES)}, required=("on", "status")),
    "pain": Table(Pain, {"on": DATE, "first_step": SCALE, "after": SCALE}, required=("on",)),
    "problems": Table(
        Problem,
        {"side": OneOf(SIDES), "spot": OneOf(SPOTS), "since": DATE, "closed": DATE},
        required=("side", "spot", "since"),
    ),
    "checks": Table(
        Check,
        {"week": Week(), "answered_on": DATE, "answers": FourOf(CHECK_ANSWERS)},
        required=("week", "answered_on", "answers"),
    ),
    "red_flags": Table(
        RedFlags,
        {"on": DATE, "answers": Answers(ALL_RED_FLAGS), "assessed_on": DATE},
        required=("on",),
        defaults={"answers": {}},
    ),
    "shoes": Table(
        Shoe,
        {
            "id": TEXT,
            "start_m": METRES,
            "limit_m": SOME_METRES,
            "first_used": DATE,
            "retired": DATE,
            "comfort": Rows(),
        },
        required=("id",),
        defaults={"start_m": 0, "comfort": []},
        nested={"comfort": Table(Comfort, {"on": DATE, "value": SCALE}, required=("on", "value"))},
    ),
}
