"""Forms for what a member did: distance and time as typed, errors at their field."""

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from members.forms.typed import parsed, shown
from members.forms.widgets import ClockInput, DayInput
from members.models import Activity, DayStatus, Shoe, Surface, User
from members.models.training import MAX_DISTANCE_M, MAX_DURATION_S
from members.selectors.shoes import default_shoe
from members.units import format_duration, parse_distance, parse_duration
from members.weeks import day_refusal

NOON = dt.time(12)


class ActivityForm(forms.Form):
    """One activity. Distance, time and date matter; the rest may be left alone."""

    distance = forms.CharField(max_length=12, required=False)
    duration = forms.CharField(
        label="Time", max_length=12, required=False, help_text="45, 45:30 or 1:05:30"
    )
    on = forms.DateField(label="Date", widget=DayInput())
    effort = forms.TypedChoiceField(
        label="Effort",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "not said"), *((n, str(n)) for n in range(11))],
        error_messages={"invalid_choice": "Choose an effort from 0 to 10."},
        help_text="0 is rest, 10 is everything you have",
    )
    shoe = forms.ModelChoiceField(
        label="Shoes",
        queryset=Shoe.objects.none(),
        required=False,
        empty_label="no pair",
        error_messages={"invalid_choice": "Choose one of your own pairs."},
    )
    time = forms.TimeField(label="Started at", required=False, widget=ClockInput())
    kind = forms.ChoiceField(
        label="What", choices=Activity.Kind.choices, initial="run", required=False
    )
    surface = forms.ChoiceField(
        label="Ground", choices=[("", "not said"), *Surface.choices], required=False
    )
    note = forms.CharField(
        label="Note", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    client_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        runner: User,
        now: dt.datetime,
        instance: Activity | None = None,
        **kwargs: Any,
    ) -> None:
        self.runner, self.now, self.instance = runner, now, instance
        kwargs["initial"] = self._initial() | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        own = Shoe.objects.filter(owner=runner)
        used = instance.shoe_id if instance else None
        wearable = own.filter(retired_on__isnull=True) | own.filter(pk=used)
        self.fields["shoe"].queryset = wearable  # type: ignore[attr-defined]
        self.fields["distance"].label = f"Distance ({runner.unit})"
        self.fields["distance"].widget.attrs |= {
            "inputmode": "decimal",
            "autocomplete": "off",
            "data-pace": "distance",
            "data-unit": runner.unit,
        }
        self.fields["duration"].widget.attrs |= {"autocomplete": "off", "data-pace": "duration"}
        self.fields["on"].widget.attrs["max"] = runner.today(now=now).isoformat()

    def _initial(self) -> dict[str, Any]:
        activity = self.instance
        if activity is None:
            return {
                "on": self.runner.today(now=self.now),
                "shoe": default_shoe(self.runner),
                "kind": "run",
                "client_key": uuid.uuid4(),
            }
        return {
            "distance": shown(activity.distance_m, self.runner.unit),
            "duration": "" if not activity.duration_s else format_duration(activity.duration_s),
            "on": activity.on,
            "time": activity.local_start.time().replace(second=0, microsecond=0),
            "kind": activity.kind,
            "effort": activity.effort,
            "shoe": activity.shoe_id,
            "surface": activity.surface,
            "note": activity.note,
        }

    def clean_distance(self) -> int | None:
        """Return whole metres."""
        typed = self.cleaned_data["distance"]
        if not typed.strip():
            return None
        if self.instance is not None and typed == self.initial["distance"]:
            return self.instance.distance_m
        metres = parsed(parse_distance, typed, self.runner.unit)
        if not 1 <= metres <= MAX_DISTANCE_M:
            raise ValidationError("A distance lies between 1 metre and 500 km.")
        return metres

    def clean_duration(self) -> int | None:
        """Return whole seconds."""
        typed = self.cleaned_data["duration"]
        if not typed.strip():
            return None
        seconds = parsed(parse_duration, typed)
        if not 1 <= seconds <= MAX_DURATION_S:
            raise ValidationError("A time lies between one second and three days.")
        return seconds

    def clean_on(self) -> dt.date:
        """Refuse days to come and days before anybody's watch."""
        day: dt.date = self.cleaned_data["on"]
        refused = day_refusal(day, today=self.runner.today(now=self.now))
        if refused:
            raise ValidationError(refused)
        return day

    def clean_kind(self) -> str:
        """A form without a kind is a run."""
        return self.cleaned_data["kind"] or Activity.Kind.RUN

    def clean(self) -> dict[str, Any]:
        """Ask for one of distance and time."""
        data = super().clean() or self.cleaned_data
        both_read = not {"distance", "duration"} & set(self.errors)
        if both_read and not data.get("distance") and not data.get("duration"):
            self.add_error("distance", "Give a distance or a time.")
        if not {"on", "time"} & set(self.errors) and self._started_at() > self.now + dt.timedelta(
            minutes=1
        ):
            self.add_error("time", "This time lies in the future.")
        return data

    def cleaned(self) -> dict[str, Any]:
        """Return keyword arguments for `log_activity` and `edit_activity`."""
        data = self.cleaned_data
        values = {
            "kind": data["kind"],
            "started_at": self._started_at(),
            "time_zone": self._time_zone(),
            "distance_m": data["distance"],
            "duration_s": data["duration"],
            "effort": data["effort"],
            "surface": data["surface"],
            "shoe": data["shoe"],
            "note": data["note"],
        }
        if self.instance is None:
            values["client_key"] = data["client_key"]
        return values

    def _time_zone(self) -> str:
        return self.instance.time_zone if self.instance else self.runner.time_zone

    def _started_at(self) -> dt.datetime:
        """The start in UTC: as it was where day and time are unchanged, else as typed."""
        day, time = self.cleaned_data["on"], self.cleaned_data.get("time")
        if self.instance is not None and self._is_unchanged(day, time):
            return self.instance.started_at
        local_now = self.now.astimezone(self.runner.zone)
        if time is None and day == local_now.date():
            return self.now
        zone = self.instance.local_start.tzinfo if self.instance else self.runner.zone
        return dt.datetime.combine(day, time or NOON, zone).astimezone(dt.UTC)

    def _is_unchanged(self, day: dt.date, time: dt.time | None) -> bool:
        return day == self.initial["on"] and time in (None, self.initial["time"])


class DayForm(forms.Form):
    """What one day was; empty takes it back to unknown."""

    on = forms.DateField()
    status = forms.ChoiceField(
        choices=[("", "not said"), *DayStatus.Status.choices], required=False
    )
