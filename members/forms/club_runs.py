"""Forms for a club's runs and routes: distances as typed, errors at their field."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from members.forms.typed import parsed
from members.forms.widgets import ClockInput, DayInput
from members.models import ClubRun, SoftRoute
from members.models.training import MAX_DISTANCE_M
from members.units import format_typed, parse_typed

GROUPS = 4


def distance_field(label: str, *, unit: str, required: bool = False) -> forms.CharField:
    """Return a field for a distance as runners type it."""
    field = forms.CharField(label=f"{label} ({unit})", max_length=12, required=required)
    field.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}
    return field


class ClubRunForm(forms.Form):
    """One run with up to four groups; `groups` holds their names and metres once it is valid."""

    on = forms.DateField(label="Date", widget=DayInput())
    starts_at = forms.TimeField(label="Starts at", widget=ClockInput())
    place = forms.CharField(label="Meeting place", max_length=120)
    note = forms.CharField(label="Note", max_length=300, required=False)

    def __init__(self, *args: Any, unit: str, run: ClubRun | None = None, **kwargs: Any) -> None:
        self.unit = unit
        self.groups: list[tuple[str, int]] = []
        kwargs["initial"] = (self._filled(run) if run else {}) | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        for number in range(1, GROUPS + 1):
            self.fields[f"distance_{number}"] = distance_field(f"Group {number}", unit=unit)
            self.fields[f"name_{number}"] = forms.CharField(
                label=f"Name of group {number}", max_length=40, required=False
            )

    def _filled(self, run: ClubRun) -> dict[str, Any]:
        filled = {"on": run.on, "starts_at": run.starts_at, "place": run.place, "note": run.note}
        for number, group in enumerate(run.groups.all()[:GROUPS], start=1):
            filled[f"distance_{number}"] = format_typed("run", group.distance_m, self.unit)
            filled[f"name_{number}"] = group.name
        return filled

    @property
    def group_fields(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The two fields of each group."""
        return [(self[f"distance_{n}"], self[f"name_{n}"]) for n in range(1, GROUPS + 1)]

    def clean(self) -> dict[str, Any]:
        """Read the distances, each with its error at its field."""
        cleaned = super().clean() or {}
        self.groups = []
        for number in range(1, GROUPS + 1):
            typed, name = cleaned.get(f"distance_{number}"), cleaned.get(f"name_{number}", "")
            if not typed:
                if name:
                    self.add_error(f"distance_{number}", "Say how far this group runs.")
                continue
            try:
                self.groups.append((name, _group_distance(typed, unit=self.unit)))
            except ValidationError as error:
                self.add_error(f"distance_{number}", error)
        return cleaned

    def fill(self, run: ClubRun) -> ClubRun:
        """Put what was typed into the run."""
        for field in ("on", "starts_at", "place", "note"):
            setattr(run, field, self.cleaned_data[field])
        return run


def _group_distance(typed: str, *, unit: str) -> int:
    """Return whole metres. Raises ValidationError, also for what no group runs."""
    metres = parsed(parse_typed, typed, "run", unit)
    if not 1 <= metres <= MAX_DISTANCE_M:
        raise ValidationError("A group runs more than nothing and at most 500 km.")
    return metres


class SoftRouteForm(forms.Form):
    """One route on soft ground."""

    name = forms.CharField(label="Name", max_length=80)
    surface = forms.ChoiceField(
        label="Ground", choices=[(s.value, s.label) for s in SoftRoute.SOFT]
    )
    distance = forms.CharField(max_length=12)
    start = forms.CharField(label="Where it starts", max_length=120)
    note = forms.CharField(label="Note", max_length=300, required=False)
    link = forms.URLField(
        label="Link to a map", max_length=300, required=False, assume_scheme="https"
    )

    def __init__(self, *args: Any, unit: str, route: SoftRoute | None = None, **kwargs: Any):
        self.unit = unit
        if route is not None:
            kwargs["initial"] = {
                "name": route.name,
                "surface": route.surface,
                "distance": format_typed("run", route.distance_m, unit),
                "start": route.start,
                "note": route.note,
                "link": route.link,
            }
        super().__init__(*args, **kwargs)
        self.fields["distance"] = distance_field("Length", unit=unit, required=True)

    def clean_distance(self) -> int:
        """Return whole metres."""
        return parsed(parse_typed, self.cleaned_data["distance"], "run", self.unit)

    def fill(self, route: SoftRoute) -> SoftRoute:
        """Put what was typed into the route."""
        for field in ("name", "surface", "start", "note", "link"):
            setattr(route, field, self.cleaned_data[field])
        route.distance_m = self.cleaned_data["distance"]
        return route


def next_saturday(on: dt.date) -> dt.date:
    """Return the Saturday of that week, or the day itself on a weekend."""
    return on + dt.timedelta(days=max(0, 5 - on.weekday()))
