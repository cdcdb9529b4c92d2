"""The forms of an import: files to take in, and which column of a table is which."""

from typing import Any

from django import forms

from members.activity_files import ROLES, TableColumns, UnknownTable, WrongColumns
from members.activity_files.archive import printable
from members.models import Activity


class FilesInput(forms.ClearableFileInput):
    """A file picker for several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return the files. Raises ValidationError for none."""
        files = data if isinstance(data, (list, tuple)) else [data]
        return [super(FilesField, self).clean(one, initial) for one in files or [None]]


class ImportForm(forms.Form):
    """Activity files to take in."""

    files = FilesField(
        label="Files",
        allow_empty_file=True,
        max_length=255,
        widget=FilesInput(attrs={"multiple": True}),
        error_messages={"required": "Choose at least one file."},
    )


# --- Tables --------------------------------------------------------------------------------------
ROLE_LABELS = {
    "date": "Day",
    "time_of_day": "Time of day",
    "kind": "Kind of activity",
    "distance": "Distance",
    "duration": "Time taken",
    "elapsed": "Time with pauses",
    "title": "Title",
    "file": "Name of the recording",
    "time_zone": "Time zone",
}
DATE_ORDERS = (
    ("ymd", "year, month, day"),
    ("dmy", "day, month, year"),
    ("mdy", "month, day, year"),
)
UNITS = (("km", "kilometres"), ("mi", "miles"), ("m", "metres"), ("yd", "yards"))
DURATIONS = (
    ("clock", "1:05:30 or 45:30"),
    ("hours_minutes", "1:05 is an hour and five minutes"),
    ("seconds", "seconds"),
    ("minutes", "minutes"),
    ("hours", "hours"),
)
MARKS = ((".", "a point: 10.5"), (",", "a comma: 10,5"))
HEADING_LENGTH = 60


class ColumnsForm(forms.Form):
    """Which column is which; begins with the best guess."""

    date_order = forms.ChoiceField(label="Days in figures are written", choices=DATE_ORDERS)
    distance_unit = forms.ChoiceField(label="Distance is in", choices=UNITS)
    decimal_mark = forms.ChoiceField(label="Decimals follow", choices=MARKS)
    duration_format = forms.ChoiceField(label="Time taken is written", choices=DURATIONS)
    kind_if_unsaid = forms.ChoiceField(
        label="Where no kind is told it is a", choices=Activity.Kind.choices
    )
    utc = forms.BooleanField(label="Times of day are in UTC", required=False)

    def __init__(self, data: Any = None, *, table: UnknownTable) -> None:
        super().__init__(data, initial=_guess(table))
        columns = [
            (str(number), _heading(number, heading))
            for number, heading in enumerate(table.headings)
        ]
        roles = {role: self._role(role, columns) for role in ROLES}
        self.fields = roles | self.fields  # the columns come first
        self.columns: TableColumns | None = None

    @staticmethod
    def _role(role: str, columns: list[tuple[str, str]]) -> forms.ChoiceField:
        return forms.ChoiceField(
            label=ROLE_LABELS[role],
            choices=[("", "choose" if role == "date" else "no column"), *columns],
            required=False,
            error_messages={"invalid_choice": "Choose one of the columns."},
        )

    def clean(self) -> dict[str, Any]:
        """Put the answers together; what no table can be read by is said at its field."""
        said = super().clean() or self.cleaned_data
        if self.errors:
            return said
        chosen = {role: int(said[role]) if said[role] else None for role in ROLES}
        rest = {name: said[name] for name in said if name not in ROLES}
        try:
            if chosen["date"] is None:
                raise WrongColumns("date", "Choose the column with the day.")
            self.columns = TableColumns(**(rest | chosen))
        except WrongColumns as error:
            self.add_error(error.field, str(error))
        return said


def _guess(table: UnknownTable) -> dict[str, Any]:
    if table.suggestion is not None:
        return table.suggestion.as_dict()
    seen = {role: number for number, role in enumerate(table.roles) if role}
    return {"distance_unit": "km", "decimal_mark": ".", "kind_if_unsaid": "run", **seen}


def _heading(number: int, heading: str) -> str:
    shown = printable(heading, HEADING_LENGTH)
    return f"{number + 1}. {shown}" if shown else f"{number + 1}. (no heading)"
