"""The form of the log page."""

import datetime as dt
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import cached_property

from injuries.forms.fields import scale, yes_no
from injuries.models import PainReport
from injuries.selectors.heel import is_followed
from members.forms.training import ActivityForm
from members.models import User

# Nobody runs differently because of a pain that was not there: that is what `gait_changed` asks
# (evidence 2.1), so a session of the way back needs no second question (3.6).
NO_PAIN = {"during": 0, "after": None, "gait_changed": False, "painkiller": None}


class LogForm(ActivityForm):
    """An activity with its heel pain, on one page and in one tap.

    "No" is filled in and says nothing, but to somebody with an open sore spot: they are asked with
    nothing filled in, and their "no" is an answer that is kept.
    """

    heel = forms.ChoiceField(
        label="Any heel pain?",
        required=False,
        choices=[("no", "no"), ("yes", "yes")],
        widget=forms.RadioSelect,
    )
    first_step = scale("Worst pain in your first steps that morning")
    during = scale("Worst pain during the run")
    after = scale("Worst pain in the hour after")
    gait_changed = yes_no("Did you run differently because of it?")
    painkiller = yes_no("Did you take a painkiller before?")

    PAIN = ("during", "after", "gait_changed", "painkiller")

    @classmethod
    def from_queue(cls, sent: QueryDict, *, runner: User, now: dt.datetime) -> "LogForm":
        """Return the form of an entry typed without a network, where the usual pair was unknown."""
        data = sent.copy()
        if "shoe" not in data:
            fresh = cls(runner=runner, now=now)
            data.setdefault("surface", fresh["surface"].value() or "")
            pair = fresh.pair_for(data["surface"])
            data["shoe"] = str(pair.pk) if pair else ""
        return cls(data, runner=runner, now=now)

    @cached_property
    def keeps_no(self) -> bool:
        """Whether "no" is an answer: while a heel is followed, and where it was one before."""
        if self.runner.health_consent_at is None:
            return False
        return is_followed(self.runner) or (self.report is not None and _says_no_pain(self.report))

    @cached_property
    def report(self) -> PainReport | None:
        """What was said about the activity that is changed."""
        if self.instance is None:
            return None
        return PainReport.objects.filter(activity=self.instance).first()

    def _initial(self) -> dict[str, Any]:
        initial = super()._initial() | {"heel": "" if self.keeps_no else "no"}
        if self.instance is None:
            return initial
        morning = PainReport.objects.filter(
            runner=self.runner, on=self.instance.on, activity__isnull=True
        ).first()
        initial |= {"first_step": morning.first_step if morning else None}
        report = self.report
        if report is None:
            return initial
        if _says_no_pain(report):
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
        """Return what was said; without a yes the scales are hidden and say nothing."""
        heel = self.cleaned_data.get("heel")
        if heel == "yes":
            return {name: self.cleaned_data[name] for name in self.PAIN}
        return NO_PAIN if heel == "no" and self.keeps_no else dict.fromkeys(self.PAIN)

    def says_first_step(self) -> bool:
        """Whether the morning was answered here; it is a report of its own and stays otherwise."""
        return self.cleaned_data.get("heel") == "yes" and "first_step" in self.changed_data


def _says_no_pain(report: PainReport) -> bool:
    return {name: getattr(report, name) for name in NO_PAIN} == NO_PAIN


class EmptyLogForm(LogForm):
    """The form as nobody's, for the page a browser keeps: no pair, no day, no past."""

    keeps_no = False

    def __init__(self) -> None:
        super().__init__(runner=User(), now=dt.datetime(2000, 1, 1, tzinfo=dt.UTC))
        del self.fields["shoe"]
        del self.fields["on"].widget.attrs["max"]

    def _initial(self) -> dict[str, Any]:
        return {"kind": "run", "heel": ""}
