"""Forms about a heel."""

import datetime as dt
from typing import Any

from django import forms

from injuries.forms.fields import scale, yes_no
from injuries.models import Side, Spot
from injuries.questions import CHECK_QUESTIONS, CHECK_SCORES, RED_FLAG_QUESTIONS
from members.forms.widgets import DayInput
from members.models import User


class MorningForm(forms.Form):
    """The first steps of one morning."""

    on = forms.DateField(label="Morning of", widget=DayInput())
    first_step = scale("Worst heel pain in your first steps after getting up")

    def __init__(self, *args: Any, runner: User, now: dt.datetime, **kwargs: Any) -> None:
        self.today = runner.today(now=now)
        kwargs["initial"] = {"on": self.today} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.fields["on"].widget.attrs["max"] = self.today.isoformat()
        self.fields["first_step"].required = True
        self.fields["first_step"].error_messages["required"] = "Choose a number from 0 to 10."

    def clean_on(self) -> dt.date:
        """Refuse days to come."""
        day: dt.date = self.cleaned_data["on"]
        if day > self.today:
            raise forms.ValidationError("This day lies in the future.")
        return day


class ProblemForm(forms.Form):
    """A new sore spot."""

    side = forms.ChoiceField(
        label="Which heel?", choices=Side.choices, widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose left, right or both."},
    )  # fmt: skip
    spot = forms.ChoiceField(
        label="Where?", choices=Spot.choices, widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose a spot from the list."},
    )  # fmt: skip
    since = forms.DateField(label="Since", widget=DayInput())

    def __init__(self, *args: Any, runner: User, now: dt.datetime, **kwargs: Any) -> None:
        self.today = runner.today(now=now)
        kwargs["initial"] = {"since": self.today} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.fields["since"].widget.attrs["max"] = self.today.isoformat()

    def clean_since(self) -> dt.date:
        """Refuse days to come."""
        day: dt.date = self.cleaned_data["since"]
        if day > self.today:
            raise forms.ValidationError("This day lies in the future.")
        return day


class RedFlagForm(forms.Form):
    """The fixed questions; each may be left unanswered."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question, words in RED_FLAG_QUESTIONS.items():
            self.fields[question] = yes_no(words)

    def answers(self) -> dict[str, bool | None]:
        """Return the answer to each question; None: not answered."""
        return dict(self.cleaned_data)


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
