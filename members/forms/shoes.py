"""Forms about pairs of shoes: distances as typed, errors at their field."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from members.forms.typed import parsed, shown
from members.forms.widgets import DayInput
from members.models import Shoe, User
from members.units import parse_distance
from members.weeks import day_refusal


class ShoeForm(forms.Form):
    """A pair: distances in the runner's unit."""

    name = forms.CharField(max_length=80)
    start = forms.CharField(label="Distance so far", max_length=12, required=False)
    limit = forms.CharField(label="Look at them again at", max_length=12, required=False)
    first_used = forms.DateField(label="First used", required=False, widget=DayInput())
    is_default = forms.BooleanField(label="Fill in for new runs", required=False)

    def __init__(
        self,
        *args: Any,
        runner: User,
        now: dt.datetime,
        instance: Shoe | None = None,
        **kwargs: Any,
    ) -> None:
        self.runner, self.now, self.instance = runner, now, instance
        if instance is None:
            initial = {"limit": f"{800_000 / 1000:.0f}" if runner.unit == "km" else "500"}
        else:
            initial = {
                "name": instance.name,
                "start": shown(instance.start_m, runner.unit),
                "limit": shown(instance.limit_m, runner.unit),
                "first_used": instance.first_used,
                "is_default": instance.is_default,
            }
        super().__init__(*args, initial=initial, **kwargs)
        for name in ("start", "limit"):
            self.fields[name].label = f"{self.fields[name].label} ({runner.unit})"
            self.fields[name].widget.attrs["inputmode"] = "decimal"

    def _metres(self, name: str, *, least: int) -> int | None:
        typed = self.cleaned_data[name]
        if not typed.strip():
            return None
        metres = parsed(parse_distance, typed, self.runner.unit)
        if not least <= metres <= 5_000_000:
            raise ValidationError(f"Choose between {least // 1000} and 5000 km.")
        return metres

    def clean_start(self) -> int:
        """Return whole metres; nothing typed is a new pair."""
        return self._metres("start", least=0) or 0

    def clean_limit(self) -> int:
        """Return whole metres; nothing typed is 800 km."""
        return self._metres("limit", least=100_000) or 800_000

    def clean_first_used(self) -> dt.date | None:
        """Refuse days to come."""
        day: dt.date | None = self.cleaned_data["first_used"]
        refused = "" if day is None else day_refusal(day, today=self.runner.today(now=self.now))
        if refused:
            raise ValidationError(refused)
        return day

    def cleaned(self) -> dict[str, Any]:
        """Return keyword arguments for `add_shoe` and `edit_shoe`."""
        data = self.cleaned_data
        return {
            "name": data["name"],
            "start_m": data["start"],
            "limit_m": data["limit"],
            "first_used": data["first_used"],
            "is_default": data["is_default"],
        }
