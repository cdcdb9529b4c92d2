"""What a coach types about one runner's week."""

import datetime as dt
from typing import Any

from django import forms

from injuries.models import CoachDecision, Training, WeeklyAssessment
from injuries.services.decisions import latest_decision
from members.forms.widgets import DayInput
from members.models import Membership
from members.models.training import MAX_DISTANCE_M
from members.units import parse_distance

KINDS = (
    (CoachDecision.Kind.ACCEPTED, "Agree"),
    (CoachDecision.Kind.CHANGED, "Change the answer"),
    (CoachDecision.Kind.DISMISSED, "Set aside"),
)
ANSWERS = (
    ("", "Choose an answer"),
    *((answer.value, answer.label) for answer in Training if answer != Training.NOT_ASSESSED),
)


class WhatIfForm(forms.Form):
    """How far the next run would be, in the runner's unit."""

    far = forms.CharField(max_length=12, widget=forms.TextInput(attrs={"inputmode": "decimal"}))

    def __init__(self, *args: Any, unit: str, **kwargs: Any) -> None:
        self.unit = unit
        super().__init__(*args, **kwargs)
        self.fields["far"].label = f"How far would it be ({unit})?"

    def clean_far(self) -> int:
        """Return whole metres."""
        try:
            metres = parse_distance(self.cleaned_data["far"], self.unit)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None
        if not 1 <= metres <= MAX_DISTANCE_M:
            raise forms.ValidationError("A distance lies between 1 metre and 500 km.")
        return metres


class DecisionForm(forms.Form):
    """Accept, change or dismiss; says which state of the row it answers."""

    kind = forms.ChoiceField(label="What do you do?", choices=KINDS, widget=forms.RadioSelect)
    training = forms.ChoiceField(
        label="Change the answer to", choices=ANSWERS, required=False,
        help_text="Only when you change the answer.",
    )  # fmt: skip
    note = forms.CharField(
        max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    note_shared = forms.BooleanField(
        label="Share this note with the runner", required=False,
        help_text="Otherwise only the club's coaches read it.",
    )  # fmt: skip
    due_on = forms.DateField(label="Look again on", required=False, widget=DayInput())
    assessment = forms.IntegerField(required=False, widget=forms.HiddenInput)
    replaces = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, on: dt.date, **kwargs: Any) -> None:
        self.on = on
        super().__init__(*args, **kwargs)

    def clean_due_on(self) -> dt.date | None:
        """A day to look again lies ahead."""
        due_on: dt.date | None = self.cleaned_data["due_on"]
        if due_on is not None and due_on < self.on:
            raise forms.ValidationError("Choose today or a later day.")
        return due_on

    def clean(self) -> dict[str, Any]:
        """A change needs an answer; a shared note needs words."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("kind") == CoachDecision.Kind.CHANGED and not cleaned.get("training"):
            self.add_error("training", "Choose what to change the answer to.")
        if cleaned.get("note_shared") and not cleaned.get("note"):
            self.add_error("note", "Write the note you want to share.")
        return cleaned

    def decision(self) -> dict[str, Any]:
        """Return the keyword arguments of `decide` that were typed."""
        return {
            name: self.cleaned_data[name]
            for name in ("kind", "training", "note", "note_shared", "due_on")
        }


def first_values(assessment: WeeklyAssessment, coach: Membership) -> dict[str, Any]:
    """Return what an untouched form starts with: the state of the row it would answer."""
    standing = latest_decision(assessment, coach=coach)
    return {
        "assessment": assessment.pk,
        "replaces": None if standing is None else standing.pk,
        "kind": CoachDecision.Kind.ACCEPTED,
    }
