"""Forms about a heel."""

import datetime as dt
from typing import Any

from django import forms

from injuries.forms.fields import scale, yes_no
from injuries.models import Onset, Side, Spot
from injuries.questions import CHECK_QUESTIONS, CHECK_SCORES, LATELY, RED_FLAG_QUESTIONS
from members.forms.widgets import DayInput
from members.models import User


class FirstStepForm(forms.Form):
    """How sore the first steps were: a number, and nothing else is asked."""

    first_step = scale("Worst heel pain in your first steps after getting up")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first_step"].required = True
        self.fields["first_step"].error_messages["required"] = "Choose a number from 0 to 10."


class MorningForm(FirstStepForm):
    """The first steps of one morning."""

    on = forms.DateField(label="Morning of", widget=DayInput())

    field_order = ("on", "first_step")

    def __init__(self, *args: Any, runner: User, now: dt.datetime, **kwargs: Any) -> None:
        self.today = runner.today(now=now)
        kwargs["initial"] = {"on": self.today} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.fields["on"].widget.attrs["max"] = self.today.isoformat()

    def clean_on(self) -> dt.date:
        """Refuse days to come."""
        day: dt.date = self.cleaned_data["on"]
        if day > self.today:
            raise forms.ValidationError("This day lies in the future.")
        return day


class DetailsForm(forms.Form):
    """How a sore spot began and what a clinician said: each may be left alone."""

    onset = forms.ChoiceField(
        label="How did it begin?",
        required=False,
        choices=[("", "not said"), *((id, words.capitalize()) for id, words in Onset.choices)],
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose how it began from the list."},
    )
    lately = forms.MultipleChoiceField(
        label="What was different lately?",
        required=False,
        choices=list(LATELY.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose from the list."},
    )
    clinician_said = forms.CharField(
        label="Has a clinician given it a name?",
        required=False,
        max_length=200,
        help_text="For yourself: shown to nobody else, not even to coaches you share all with.",
    )
    achilles_named = forms.BooleanField(
        label="They named the Achilles tendon",
        required=False,
        help_text="Then the way back allows up to 5 of 10 during a session instead of 2.",
    )


class ProblemForm(DetailsForm):
    """A new sore spot."""

    side = forms.ChoiceField(
        label="Which heel?", choices=Side.choices, widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose left, right or both."},
    )  # fmt: skip
    spot = forms.ChoiceField(
        label="Where?",
        choices=[(id, words.capitalize()) for id, words in Spot.choices],
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose a spot from the list."},
    )
    since = forms.DateField(label="Since", widget=DayInput())

    field_order = ("side", "spot", "since")

    def __init__(self, *args: Any, runner: User, now: dt.datetime, **kwargs: Any) -> None:
        self.today = runner.today(now=now)
        kwargs["initial"] = {"since": self.today} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.fields["since"].widget.attrs["max"] = self.today.isoformat()

    def which_spot(self) -> dict[str, Any]:
        """Return what tells one sore spot from another."""
        return {name: self.cleaned_data[name] for name in ("side", "spot", "since")}

    def clean_since(self) -> dt.date:
        """Refuse days to come."""
        day: dt.date = self.cleaned_data["since"]
        if day > self.today:
            raise forms.ValidationError("This day lies in the future.")
        return day


class AssessedForm(forms.Form):
    """The day a clinician looked at it."""

    on = forms.DateField(label="A clinician looked at it on", widget=DayInput())


class RedFlagForm(forms.Form):
    """The fixed questions; each may be left unanswered."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question, words in RED_FLAG_QUESTIONS.items():
            self.fields[question] = yes_no(words)

    def answers(self, *, rest_is_no: bool = False) -> dict[str, bool | None]:
        """Return the answer to each question; None: not answered, unless all the rest is no."""
        said = dict(self.cleaned_data)
        return {name: False if rest_is_no and one is None else one for name, one in said.items()}


class CheckForm(forms.Form):
    """The weekly check; after "no problem" nothing else is asked."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (words, answers) in CHECK_QUESTIONS.items():
            self.fields[name] = forms.TypedChoiceField(
                label=words,
                required=name == "participation",
                coerce=int,
                empty_value=None,
                choices=list(zip(CHECK_SCORES, answers, strict=True)),
                widget=forms.RadioSelect,
                error_messages={
                    "required": "Choose one of the answers.",
                    "invalid_choice": "Choose one of the answers.",
                },
            )
