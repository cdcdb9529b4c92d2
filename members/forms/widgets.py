"""Inputs the browser brings a picker for; it takes values in one fixed form only."""

from django import forms


class DayInput(forms.DateInput):
    """A date, as ISO 8601: the only form a browser's own date field accepts."""

    input_type = "date"

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class ClockInput(forms.TimeInput):
    """A time of day in hours and minutes."""

    input_type = "time"

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")
