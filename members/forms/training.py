"""Forms for what a member did: distance and time as typed, errors at their field."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from members.forms.typed import parsed
from members.forms.widgets import ClockInput, DayInput
from members.models import Activity, DayStatus, Shoe, Surface, User
from members.models.training import MAX_DISTANCE_M, MAX_DURATION_S
from members.selectors.shoes import default_shoes
from members.selectors.usual import last_of_each_kind, unusual_in
from members.units import format_duration, format_typed, parse_duration, parse_typed
from members.unusual import Entry, Question
from members.weeks import day_refusal

NOON = dt.time(12)
KINDS = ("run", "walk", "ride", "swim", "strength", "mobility", "other")  # as often chosen
LONGEST_WAIT = dt.timedelta(days=60)
ON_FOOT = {Activity.Kind.RUN, Activity.Kind.WALK, Activity.Kind.OTHER}


def typed_figures(activity: Activity, unit: str) -> dict[str, str]:
    """Return distance and time of an activity as a member types them."""
    seconds = activity.duration_s
    return {
        "distance": format_typed(activity.kind, activity.distance_m, unit),
        "duration": format_duration(seconds) if seconds else "",
    }


def _clock(activity: Activity) -> dt.time | None:
    """The time of day at which it began, in whole minutes; None where nobody said it."""
    if not activity.start_said:
        return None
    return activity.local_start.time().replace(second=0, microsecond=0)


class ActivityForm(forms.Form):
    """One activity. Distance, time and date matter; the rest may be left alone.

    What is unusual (`members/unusual.py`) is asked about once, at its field: `questions` then holds
    what `sure` has to name for it to be taken as it is.
    """

    kind = forms.ChoiceField(
        label="What",
        choices=[(kind, Activity.Kind(kind).label) for kind in KINDS],
        initial="run",
        required=False,
        widget=forms.RadioSelect,
    )
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
    )
    shoe = forms.ModelChoiceField(
        label="Shoes",
        queryset=Shoe.objects.none(),
        required=False,
        empty_label="no pair",
        error_messages={"invalid_choice": "Choose one of your own pairs."},
    )
    time = forms.TimeField(label="Started at", required=False, widget=ClockInput())
    surface = forms.ChoiceField(
        label="Ground", choices=[("", "not said"), *Surface.choices], required=False
    )
    note = forms.CharField(
        label="Note", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    client_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    # When an entry that waited without a network was typed; it counts instead of the arrival.
    typed_at = forms.DateTimeField(widget=forms.HiddenInput, required=False)
    sure = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        runner: User,
        now: dt.datetime,
        instance: Activity | None = None,
        again: str = "",
        **kwargs: Any,
    ) -> None:
        self.runner, self.now, self.instance, self.again = runner, now, instance, again
        self.questions: list[Question] = []
        is_new = instance is None and runner.pk is not None
        self.last = last_of_each_kind(runner) if is_new else {}
        self.pairs = default_shoes(runner) if is_new else {}
        kwargs["initial"] = self._initial() | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        own = Shoe.objects.filter(owner=runner.pk)
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
        self.fields["duration"].widget.attrs |= {
            "inputmode": "decimal",
            "autocomplete": "off",
            "data-pace": "duration",
        }
        self.fields["on"].widget.attrs["max"] = runner.today(now=now).isoformat()

    def _initial(self) -> dict[str, Any]:
        activity = self.instance
        if activity is None:
            return self._fresh()
        return {
            **typed_figures(activity, self.runner.unit),
            "on": activity.on,
            "time": _clock(activity),
            "kind": activity.kind,
            "effort": activity.effort,
            "shoe": activity.shoe_id,
            "surface": activity.surface,
            "note": activity.note,
        }

    def _fresh(self) -> dict[str, Any]:
        """Today, the usual pair and ground; `again` fills in the last time of that kind."""
        kind = self.again if self.again in Activity.Kind.values else "run"
        last = self.last.get(kind)
        surface = last.surface if last else ""
        fresh = {
            "on": self.runner.today(now=self.now),
            "shoe": self.pair_for(surface),
            "surface": surface,
            "kind": kind,
            "client_key": uuid.uuid4(),
        }
        if self.again and last is not None:
            fresh |= typed_figures(last, self.runner.unit) | {"effort": last.effort}
            if last.shoe is not None and last.shoe.retired_on is None:
                fresh["shoe"] = last.shoe
        return fresh

    def pair_for(self, surface: str) -> Shoe | None:
        """The pair that is filled in on that ground."""
        return self.pairs.get(surface) or self.pairs.get("")

    @property
    def pairs_by_ground(self) -> dict[str, str]:
        """The ids of the pairs that are filled in, by ground, for the page to follow a change."""
        return {surface: str(shoe.pk) for surface, shoe in self.pairs.items()}

    def clean_distance(self) -> int | None:
        """Return whole metres."""
        typed = self.cleaned_data["distance"]
        if not typed.strip():
            return None
        if self.instance is not None and typed == self.initial["distance"]:
            return self.instance.distance_m
        kind = self.cleaned_data.get("kind") or Activity.Kind.RUN
        metres = parsed(parse_typed, typed, kind, self.runner.unit)
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
        if not {"on", "time"} & set(self.errors) and self._lies_ahead():
            self.add_error("time", "This time lies in the future.")
        return data

    def _clean_form(self) -> None:
        """Ask about what is unusual last, once everything else is right."""
        super()._clean_form()  # type: ignore[misc]
        if self.errors:
            return
        data = self.cleaned_data
        entry = Entry(data["kind"], data["on"], data["distance"], data["duration"])
        today = self.runner.today(now=self.now)
        self.questions = unusual_in(self.runner, entry, today=today, kept=self.instance)
        if {one.code for one in self.questions} <= set(data["sure"].split()):
            self.questions = []
        for one in self.questions:
            self.add_error(one.field, ValidationError(one.text, code="unusual"))

    @property
    def codes(self) -> str:
        """What `sure` has to say for the questions to be answered with yes."""
        return " ".join(one.code for one in self.questions)

    @property
    def last_typed(self) -> dict[str, dict[str, Any]]:
        """The last time of each kind as it is typed, for "same as last time" in the page."""
        wearable = {shoe.pk for shoe in self.fields["shoe"].queryset}  # type: ignore[attr-defined]
        return {
            kind: {
                **typed_figures(one, self.runner.unit),
                "effort": "" if one.effort is None else str(one.effort),
                "shoe": str(one.shoe_id) if one.shoe_id in wearable else "",
                "surface": one.surface,
            }
            for kind, one in self.last.items()
        }

    def cleaned(self) -> dict[str, Any]:
        """Return keyword arguments for `log_activity` and `edit_activity`."""
        data = self.cleaned_data
        values = {
            "kind": data["kind"],
            "started_at": self._started_at(),
            "start_said": data["time"] is not None,
            "time_zone": self._time_zone(),
            "distance_m": data["distance"],
            "duration_s": data["duration"],
            "effort": data["effort"],
            "surface": data["surface"],
            "shoe": self._shoe(),
            "note": data["note"],
        }
        if self.instance is None:
            values["client_key"] = data["client_key"]
        return values

    def _shoe(self) -> Shoe | None:
        """Shoes belong to what is done on foot; the pair filled in by default is no answer."""
        shoe: Shoe | None = self.cleaned_data["shoe"]
        kept = self.instance is not None and self.instance.shoe_id == (shoe.pk if shoe else None)
        return shoe if kept or self.cleaned_data["kind"] in ON_FOOT else None

    def _time_zone(self) -> str:
        return self.instance.time_zone if self.instance else self.runner.time_zone

    def _started_at(self) -> dt.datetime:
        """The start in UTC: as it was where day and time are unchanged, else as typed.

        Without a time it stands at the moment of typing or at noon of another day, for its place in
        lists; `start_said` tells that this is no start.
        """
        day, time = self.cleaned_data["on"], self.cleaned_data.get("time")
        if self.instance is not None and self._is_unchanged(day, time):
            return self.instance.started_at
        typed_at = self._typed_at()
        if time is None and day == typed_at.astimezone(self.runner.zone).date():
            return typed_at
        zone = self.instance.local_start.tzinfo if self.instance else self.runner.zone
        return dt.datetime.combine(day, time or NOON, zone).astimezone(dt.UTC)

    def _lies_ahead(self) -> bool:
        return self._started_at() > self.now + dt.timedelta(minutes=1)

    def _typed_at(self) -> dt.datetime:
        """When it was typed; a device whose clock is far off is not believed."""
        typed: dt.datetime | None = self.cleaned_data.get("typed_at")
        believed = typed is not None and self.now - LONGEST_WAIT <= typed <= self.now
        return typed if believed and typed is not None else self.now

    def _is_unchanged(self, day: dt.date, time: dt.time | None) -> bool:
        return day == self.initial["on"] and time in (None, self.initial["time"])


class DayForm(forms.Form):
    """What one day was; empty takes it back to unknown."""

    on = forms.DateField()
    status = forms.ChoiceField(
        choices=[("", "not said"), *DayStatus.Status.choices], required=False
    )


class MissingDaysForm(forms.Form):
    """What each of these days was; a day nobody says anything about stays unknown."""

    def __init__(self, *args: Any, days: Sequence[dt.date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.days = {f"{day:%Y-%m-%d}": day for day in days}
        for name, day in self.days.items():
            self.fields[name] = forms.ChoiceField(
                label=f"{day:%A} {day.day} {day:%B}",
                choices=[("", "not said"), *DayStatus.Status.choices],
                required=False,
                error_messages={"invalid_choice": "Choose rest, ill, injured or holiday."},
            )

    def said(self) -> dict[dt.date, str]:
        """Return what was said, by day."""
        given = self.cleaned_data
        return {day: given[name] for name, day in self.days.items() if given[name]}
