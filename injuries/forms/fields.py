"""Kinds of questions. A scale left alone is "not said", which is not 0."""

from django import forms

YES_NO = [("", "not said"), ("no", "no"), ("yes", "yes")]


def scale(label: str, help_text: str = "") -> forms.TypedChoiceField:
    """Return a 0 to 10 scale; nothing chosen is None."""
    return forms.TypedChoiceField(
        label=label,
        help_text=help_text,
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "not said"), *((n, str(n)) for n in range(11))],
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose a number from 0 to 10."},
    )


def yes_no(label: str) -> forms.TypedChoiceField:
    """Return a yes / no / not said question; nothing chosen is None."""
    return forms.TypedChoiceField(
        label=label,
        required=False,
        coerce=lambda answer: answer == "yes",
        empty_value=None,
        choices=YES_NO,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose yes or no."},
    )
