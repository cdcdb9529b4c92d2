"""What a coach types about a runner's week."""

import datetime as dt
from typing import Any

from django import forms

from injuries.models import CoachDecision, Training
from members.forms.widgets import DayInput
from members.models import Membership
from members.selectors.people import coaches_for, coaches_of

Kind = CoachDecision.Kind
KINDS = (
    (Kind.ACCEPTED, "Agree"),
    (Kind.CHANGED, "Change the answer"),
    (Kind.DISMISSED, "Set aside"),
    (Kind.NOTED, "No answer yet: a note, or for whom it is"),
    (Kind.SNOOZED, "Let it wait until a day"),
)
ANSWERS = (
    ("", "Choose an answer"),
    *((answer.value, answer.label) for answer in Training if answer != Training.NOT_ASSESSED),
)


SNOOZE_AT_MOST = dt.timedelta(weeks=8)


class CoachField(forms.ModelChoiceField):
    """One of the club's coaches."""

    def __init__(self) -> None:
        super().__init__(
            queryset=Membership.objects.none(), required=False, empty_label="Me", label="For whom"
        )

    def label_from_instance(self, obj: Membership) -> str:
        """Return the name alone."""
        return str(obj.user)


class DecisionForm(forms.Form):
    """All that one may say about a row; says which state of the row it answers."""

    kind = forms.ChoiceField(label="What do you do?", choices=KINDS, widget=forms.RadioSelect)
    training = forms.ChoiceField(
        label="Change the answer to", choices=ANSWERS, required=False,
        help_text="Only when you change the answer.",
    )  # fmt: skip
    note = forms.CharField(
        label="Note, or why", max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="A reason is needed to change an answer or set it aside.",
    )  # fmt: skip
    note_shared = forms.BooleanField(
        label="Share this note with the runner", required=False,
        help_text="Otherwise only the club's coaches read it.",
    )  # fmt: skip
    spoke = forms.BooleanField(label="I spoke to them", required=False)
    owner = CoachField()
    due_on = forms.DateField(label="Look again on", required=False, widget=DayInput())
    snoozed_until = forms.DateField(
        label="Let it wait until", required=False, widget=DayInput(),
        help_text="It comes back on that day, or when the rules ask for more.",
    )  # fmt: skip
    assessment = forms.IntegerField(required=False, widget=forms.HiddenInput)
    replaces = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, coach: Membership, runner: Membership, on: dt.date, **kwargs: Any
    ) -> None:
        self.on = on
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = coaches_for(coach, runner=runner)

    def clean_due_on(self) -> dt.date | None:
        """A day to look again lies ahead."""
        due_on: dt.date | None = self.cleaned_data["due_on"]
        if due_on is not None and due_on < self.on:
            raise forms.ValidationError("Choose today or a later day.")
        return due_on

    def clean_snoozed_until(self) -> dt.date | None:
        """A day until which it may wait lies ahead, and not too far."""
        return _ahead(self.cleaned_data["snoozed_until"], on=self.on)

    def clean(self) -> dict[str, Any]:
        """A change needs an answer and a reason; a shared note needs words."""
        cleaned: dict[str, Any] = super().clean() or {}
        kind, note = cleaned.get("kind"), (cleaned.get("note") or "").strip()
        if kind == Kind.CHANGED and not cleaned.get("training"):
            self.add_error("training", "Choose what to change the answer to.")
        if kind in {Kind.CHANGED, Kind.DISMISSED} and not note:
            self.add_error("note", "Say why in a word or two.")
        if cleaned.get("note_shared") and not note:
            self.add_error("note", "Write the note you want to share.")
        if kind == Kind.SNOOZED and not (cleaned.get("snoozed_until") or self.errors):
            self.add_error("snoozed_until", "Choose the day until which it may wait.")
        is_empty = not (note or cleaned.get("spoke") or cleaned.get("owner"))
        if kind == Kind.NOTED and is_empty and not cleaned.get("due_on"):
            self.add_error("note", "Write a note, say for whom it is, or that you spoke to them.")
        return cleaned

    def decision(self) -> dict[str, Any]:
        """Return the keyword arguments of `decide` that were typed."""
        typed = ("kind", "training", "note", "note_shared", "spoke", "due_on", "snoozed_until")
        owner = self.cleaned_data["owner"]
        return {name: self.cleaned_data[name] for name in typed} | {"owner": owner and owner.user}


def _ahead(day: dt.date | None, *, on: dt.date) -> dt.date | None:
    if day is not None and not on < day <= on + SNOOZE_AT_MOST:
        raise forms.ValidationError("Choose a day after today, at most eight weeks ahead.")
    return day


class BulkForm(forms.Form):
    """The same for several selected rows. Each button uses the field beside it."""

    do = forms.ChoiceField(
        choices=[(do, do) for do in ("accepted", "spoke", "dismissed", "assigned", "snoozed")]
    )
    note = forms.CharField(label="Why", max_length=1000, required=False)
    owner = CoachField()
    snoozed_until = forms.DateField(label="Until", required=False, widget=DayInput())

    def __init__(self, *args: Any, coach: Membership, on: dt.date, **kwargs: Any) -> None:
        self.on = on
        super().__init__(*args, auto_id="bulk-%s", **kwargs)
        self.fields["owner"].queryset = coaches_of(coach)

    def clean(self) -> dict[str, Any]:
        """Setting aside needs a reason, letting wait a day."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("do") == "dismissed" and not cleaned.get("note", "").strip():
            self.add_error("note", "Say why in a word or two.")
        if cleaned.get("do") == "snoozed" and "snoozed_until" in cleaned:
            if cleaned["snoozed_until"] is None:
                self.add_error("snoozed_until", "Choose the day until which they may wait.")
            else:
                try:
                    _ahead(cleaned["snoozed_until"], on=self.on)
                except forms.ValidationError as error:
                    self.add_error("snoozed_until", error)
        return cleaned

    def decision(self) -> dict[str, Any]:
        """Return the keyword arguments of `decide` for the button that was pressed."""
        said = self.cleaned_data
        owner = said["owner"] and said["owner"].user
        return {
            "accepted": {"kind": Kind.ACCEPTED},
            "spoke": {"kind": Kind.NOTED, "spoke": True},
            "dismissed": {"kind": Kind.DISMISSED, "note": said["note"]},
            "assigned": {"kind": Kind.NOTED, "owner": owner},
            "snoozed": {"kind": Kind.SNOOZED, "snoozed_until": said["snoozed_until"]},
        }[said["do"]]


class OutcomeForm(forms.Form):
    """What came of a decision."""

    kind = forms.ChoiceField(
        label="How is it now?", choices=CoachDecision.Outcome.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label="In your words", max_length=500, required=False,
        widget=forms.Textarea(attrs={"rows": 2}), help_text="Only the club's coaches read it.",
    )  # fmt: skip
