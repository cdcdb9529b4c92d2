"""What a table's columns mean: told by a known layout, or by the member who was asked."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Final, Literal, Self, get_args

DateOrder = Literal["ymd", "dmy", "mdy"]
DistanceUnit = Literal["km", "mi", "m", "yd"]
DurationFormat = Literal["clock", "hours_minutes", "seconds", "minutes", "hours"]
DecimalMark = Literal[".", ","]
Role = Literal[
    "date", "time_of_day", "kind", "distance", "duration", "elapsed", "title", "file", "time_zone"
]

ROLES: Final[tuple[Role, ...]] = get_args(Role)
"""What a column can be; each is a field of TableColumns."""

METRES: Final[Mapping[DistanceUnit, float]] = {"km": 1000, "mi": 1609.344, "m": 1, "yd": 0.9144}


class WrongColumns(ValueError):
    """A choice of columns that cannot read a table; `field` names the one to mend."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True)
class TableColumns:
    """Which column is what, counted from 0, and how it is written. None where there is none.

    Raises WrongColumns for a choice no table can be read with. `as_dict` and `from_dict` are for
    storing it as JSON.
    """

    date: int
    """The day, with or without the time of day behind it."""
    time_of_day: int | None = None
    kind: int | None = None
    """Where there is none, every row is of kind `kind_if_unsaid`."""
    distance: int | None = None
    duration: int | None = None
    """Timer time: what the club calls the duration."""
    elapsed: int | None = None
    """From the first moment to the last, pauses included."""
    title: int | None = None
    file: int | None = None
    """The name of the recording a row belongs to, in the same archive."""
    time_zone: int | None = None
    """An IANA name for each row."""
    date_order: DateOrder = "ymd"
    """For dates in figures only; a written month and a leading year speak for themselves."""
    utc: bool = False
    """Whether times are in UTC; else they are where the runner was."""
    distance_unit: DistanceUnit = "km"
    duration_format: DurationFormat = "clock"
    """Of `duration` and `elapsed`. `clock` is h:mm:ss and mm:ss; `hours_minutes` reads `1:33` as
    1 h 33; the others are plain numbers."""
    decimal_mark: DecimalMark = "."
    kind_if_unsaid: str = "run"

    def __post_init__(self) -> None:
        """Refuse what cannot be read."""
        for role in ROLES:
            self._check_column(role)
        if self.distance is None and self.duration is None and self.elapsed is None:
            raise WrongColumns("distance", "Choose a column for the distance or for the time.")
        for field, known in _CHOICES.items():
            if getattr(self, field) not in known:
                raise WrongColumns(field, "Choose one of the values offered.")
        if not isinstance(self.utc, bool) or not isinstance(self.kind_if_unsaid, str):
            raise WrongColumns("utc", "Choose one of the values offered.")

    def _check_column(self, role: Role) -> None:
        column = getattr(self, role)
        if column is None and role != "date":
            return
        if type(column) is not int or not 0 <= column < MAX_COLUMNS:
            raise WrongColumns(role, "Choose one of the columns.")

    @property
    def used(self) -> dict[Role, int]:
        """The columns that mean something."""
        columns = {role: getattr(self, role) for role in ROLES}
        return {role: column for role, column in columns.items() if column is not None}

    def as_dict(self) -> dict[str, Any]:
        """As plain values that JSON can hold."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """Back from `as_dict`; keys nobody knows are passed over. Raises WrongColumns."""
        known = {field.name for field in fields(cls)}
        if "date" not in values:
            raise WrongColumns("date", "Choose the column with the date.")
        return cls(**{key: value for key, value in values.items() if key in known})


MAX_COLUMNS = 1000
"""A table with more is none; Strava's has about a hundred."""

_CHOICES: dict[str, tuple[str, ...]] = {
    "date_order": get_args(DateOrder),
    "distance_unit": get_args(DistanceUnit),
    "duration_format": get_args(DurationFormat),
    "decimal_mark": get_args(DecimalMark),
}
