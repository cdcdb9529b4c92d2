"""Plans ahead and routines, as sent by their pages."""

import datetime as dt
from typing import Any

from django import forms

from members.forms.widgets import DayInput
from members.models import PlannedBreak, RoutineTick, User


class BreakForm(forms.Form):
    """A holiday or a taper; both days belong to it."""

    kind = forms.ChoiceField(
        label="What", choices=PlannedBreak.Kind.choices, widget=forms.RadioSelect,
        error_messages={"required": "Choose holiday or taper.",
                        "invalid_choice": "Choose holiday or taper."},
    )  # fmt: skip
    first = forms.DateField(label="First day", widget=DayInput())
    last = forms.DateField(label="Last day", widget=DayInput())

    def __init__(self, *args: Any, runner: User, now: dt.datetime, **kwargs: Any) -> None:
        today = runner.today(now=now)
        kwargs["initial"] = {"kind": "holiday", "first": today, "last": today}
        kwargs.setdefault("auto_id", "id_break_%s")
        super().__init__(*args, **kwargs)


class TickForm(forms.Form):
    """One routine on one day, done or taken back."""

    routine = forms.ChoiceField(choices=RoutineTick.Routine.choices)
    on = forms.DateField()
    ticked = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])

    def cleaned(self) -> dict[str, Any]:
        """Return keyword arguments for `tick_routine`."""
        data = self.cleaned_data
        return {"routine": data["routine"], "on": data["on"], "ticked": data["ticked"] == "yes"}
