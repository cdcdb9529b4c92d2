"""How far the next run would be."""

from typing import Any

from django import forms

from members.models.training import MAX_DISTANCE_M
from members.units import METRES_PER, parse_distance

USUAL_RUN_M = 5_000  # where the slider stands for whoever has not run lately
SLIDES_TO = 2.5  # times the longest of the last weeks: past the level "more than twice"


class WhatIfForm(forms.Form):
    """How far the next run would be, in the runner's unit."""

    far = forms.CharField(max_length=12, widget=forms.TextInput(attrs={"inputmode": "decimal"}))

    def __init__(self, *args: Any, unit: str, longest_m: int | None = None, **kwargs: Any) -> None:
        self.unit = unit
        super().__init__(*args, **kwargs)
        self.fields["far"].label = f"How far would it be ({unit})?"
        far = (longest_m or USUAL_RUN_M) / METRES_PER[unit]
        self.slider_from = round(2 * far) / 2
        self.slider_to = max(5, round(SLIDES_TO * far))

    def clean_far(self) -> int:
        """Return whole metres."""
        try:
            metres = parse_distance(self.cleaned_data["far"], self.unit)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None
        if not 1 <= metres <= MAX_DISTANCE_M:
            raise forms.ValidationError("A distance lies between 1 metre and 500 km.")
        return metres
