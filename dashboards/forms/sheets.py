"""What a runner wants on the sheet for a visit, and for how long a link to it works."""

from typing import Any

from django import forms

from dashboards.selectors.sheet import parts_for
from dashboards.sheet_parts import DAYS, PARTS, USUAL_WEEKS, WEEKS
from members.models import User


class SheetForm(forms.Form):
    """Ticks, the weeks and the days. What is delicate is ticked by nobody but the runner."""

    parts = forms.MultipleChoiceField(
        label="What goes in",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick at least one thing."},
    )
    weeks = forms.TypedChoiceField(
        label="From the last",
        coerce=int,
        choices=[(weeks, f"{weeks} weeks") for weeks in WEEKS],
    )
    days = forms.TypedChoiceField(
        label="The link works for",
        coerce=int,
        choices=[(days, "1 day" if days == 1 else f"{days} days") for days in DAYS],
    )

    def __init__(self, *args: Any, runner: User, **kwargs: Any) -> None:
        offered = parts_for(runner)
        super().__init__(*args, initial=at_first(runner), **kwargs)
        self.fields["parts"].choices = [(key, PARTS[key].label) for key in offered]


def at_first(runner: User) -> dict[str, Any]:
    """Return what is chosen until the runner chooses otherwise."""
    ticked = [key for key in parts_for(runner) if PARTS[key].at_first]
    return {"parts": ticked, "weeks": USUAL_WEEKS, "days": DAYS[0]}
