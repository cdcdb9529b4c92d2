"""Forms about a heel. A scale left alone is "not said", which is not 0."""

import datetime as dt
from typing import Any

from django import forms

from injuries.models import PainReport, Side, Spot
from injuries.questions import CHECK_QUESTIONS, CHECK_SCORES, RED_FLAG_QUESTIONS
from members.forms.training import ActivityForm
from members.forms.widgets import DayInput
from members.models import User

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


class LogForm(ActivityForm):
    """An activity with its heel pain, on one page and in one tap."""

    heel = forms.ChoiceField(
        label="Any heel pain?",
        required=False,
        choices=[("no", "no"), ("yes", "yes")],
        widget=forms.RadioSelect,
        initial="no",
    )
    first_step = scale("Worst pain in your first steps that morning")
    during = scale("Worst pain during the run")
    after = scale("Worst pain in the hour after")
    gait_changed = yes_no("Did you run differently because of it?")
    painkiller = yes_no("Did you take a painkiller before?")

    PAIN = ("during", "after", "gait_changed", "painkiller")

    def _initial(self) -> dict[str, Any]:
        initial = super()._initial()
        if self.instance is None:
            return initial
        morning = PainReport.objects.filter(
            runner=self.runner, on=self.instance.on, activity__isnull=True
        ).first()
        initial |= {"first_step": morning.first_step if morning else None}
        report = PainReport.objects.filter(activity=self.instance).first()
        if report is None:
            return initial | {"heel": "no"}
        as_word = {True: "yes", False: "no", None: ""}
        return initial | {
            "heel": "yes",
            "during": report.during,
            "after": report.after,
            "gait_changed": as_word[report.gait_changed],
            "painkiller": as_word[report.painkiller],
        }

    def clean(self) -> dict[str, Any]:
        """Point to the settings where pain is reported and nothing may be kept."""
        data = super().clean()
        if data.get("heel") == "yes" and self.runner.health_consent_at is None:
            self.add_error(
                "heel",
                "You have not agreed that we keep answers about pain. Change that in your "
                "settings, or choose no.",
            )
        return data

    def said_about_pain(self) -> dict[str, Any]:
        """Return what was said; "no pain" is nothing said, as the scales are hidden then."""
        if self.cleaned_data.get("heel") != "yes":
            return dict.fromkeys(self.PAIN)
        return {name: self.cleaned_data[name] for name in self.PAIN}

    def says_first_step(self) -> bool:
        """Whether the morning was answered here; it is a report of its own and stays otherwise."""
        return self.cleaned_data.get("heel") == "yes" and "first_step" in self.changed_data


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
