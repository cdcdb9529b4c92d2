"""Forms about pairs of shoes: distances as typed, errors at their field."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from members.forms.typed import parsed, shown
from members.forms.widgets import DayInput
from members.models import Activity, Shoe, ShoeCheck, Surface, User
from members.models.shoes import MAX_SHOE_M, MIN_LIMIT_M, USUAL_LIMIT_M
from members.selectors.shoes import suggested_shoe
from members.units import parse_distance
from members.weeks import day_refusal


class PairDayForm(forms.Form):
    """A form about one day in the life of a runner's pair, today unless said otherwise."""

    on = forms.DateField(label="Day", required=False, widget=DayInput())

    def __init__(self, *args: Any, runner: User, now: dt.datetime, **kwargs: Any) -> None:
        self.today = runner.today(now=now)
        kwargs["initial"] = {"on": self.today} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.fields["on"].widget.attrs["max"] = self.today.isoformat()

    def clean_on(self) -> dt.date:
        """Nothing typed is today; days to come are refused."""
        day: dt.date = self.cleaned_data["on"] or self.today
        refused = day_refusal(day, today=self.today)
        if refused:
            raise ValidationError(refused)
        return day


class ShoeForm(forms.Form):
    """A pair: distances in the runner's unit."""

    name = forms.CharField(label="What you call them", max_length=80)
    brand = forms.CharField(max_length=40, required=False)
    model = forms.CharField(max_length=60, required=False)
    colour = forms.CharField(max_length=40, required=False, help_text="tells two equal pairs apart")
    start = forms.CharField(label="Distance so far", max_length=12, required=False)
    limit = forms.CharField(label="Look at them again at", max_length=12, required=False)
    first_used = forms.DateField(label="First used", required=False, widget=DayInput())
    is_default = forms.BooleanField(label="Fill in for new runs", required=False)
    default_surface = forms.ChoiceField(
        label="Fill in on this ground instead",
        choices=[("", "no ground of their own"), *Surface.choices],
        required=False,
        help_text="for example trail: then runs on trails get this pair, all others the usual one",
    )

    def __init__(
        self,
        *args: Any,
        runner: User,
        now: dt.datetime,
        instance: Shoe | None = None,
        **kwargs: Any,
    ) -> None:
        self.runner, self.now, self.instance = runner, now, instance
        if instance is None:
            initial = {"limit": f"{USUAL_LIMIT_M / 1000:.0f}" if runner.unit == "km" else "500"}
        else:
            initial = {name: getattr(instance, name) for name in self.SAME} | {
                "start": shown(instance.start_m, runner.unit),
                "limit": shown(instance.limit_m, runner.unit),
            }
        super().__init__(*args, initial=initial, **kwargs)
        for name in ("start", "limit"):
            self.fields[name].label = f"{self.fields[name].label} ({runner.unit})"
            self.fields[name].widget.attrs["inputmode"] = "decimal"
        self.fields["first_used"].widget.attrs["max"] = runner.today(now=now).isoformat()
        if instance is not None and instance.retired_on is not None:
            del self.fields["is_default"], self.fields["default_surface"]

    # Fields that are shown as they are stored.
    SAME = ("name", "brand", "model", "colour", "first_used", "is_default", "default_surface")

    def _metres(self, name: str, *, least: int) -> int | None:
        typed = self.cleaned_data[name]
        if not typed.strip():
            return None
        if self.instance is not None and typed == self.initial[name]:
            return int(getattr(self.instance, f"{name}_m"))
        metres = parsed(parse_distance, typed, self.runner.unit)
        if not least <= metres <= MAX_SHOE_M:
            raise ValidationError(f"Choose between {least // 1000} and 5000 km.")
        return metres

    def clean_start(self) -> int:
        """Return whole metres; nothing typed is a new pair."""
        return self._metres("start", least=0) or 0

    def clean_limit(self) -> int:
        """Return whole metres; nothing typed is 800 km."""
        return self._metres("limit", least=MIN_LIMIT_M) or USUAL_LIMIT_M

    def clean_first_used(self) -> dt.date | None:
        """Refuse days to come."""
        day: dt.date | None = self.cleaned_data["first_used"]
        refused = "" if day is None else day_refusal(day, today=self.runner.today(now=self.now))
        if refused:
            raise ValidationError(refused)
        return day

    def cleaned(self) -> dict[str, Any]:
        """Return keyword arguments for `add_shoe` and `edit_shoe`."""
        data = self.cleaned_data
        same = {name: data[name] for name in self.SAME if name in data}
        return same | {"start_m": data["start"], "limit_m": data["limit"]}


class ComfortForm(PairDayForm):
    """How comfortable a pair is; empty takes the day's answer back."""

    comfort = forms.TypedChoiceField(
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "not said"), *((n, str(n)) for n in range(11))],
        error_messages={"invalid_choice": "Choose a number from 0 to 10."},
    )


class CheckForm(PairDayForm):
    """What came of having a pair looked at."""

    where = forms.CharField(
        max_length=80, required=False, help_text="the running store, at home, the club's coach"
    )
    outcome = forms.ChoiceField(
        label="What came of it",
        choices=ShoeCheck.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what came of it."},
    )
    new_shoe = forms.ModelChoiceField(
        label="The new pair",
        queryset=Shoe.objects.none(),
        required=False,
        empty_label="no new pair, or not in the list",
        error_messages={"invalid_choice": "Choose another of your own pairs."},
    )
    new_name = forms.CharField(
        label="Or name a new one",
        max_length=80,
        required=False,
        help_text="it is added to your pairs, first used on that day",
    )
    retire = forms.BooleanField(label="Retire the old pair on that day", required=False)
    note = forms.CharField(
        max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, runner: User, shoe: Shoe, **kwargs: Any) -> None:
        super().__init__(*args, runner=runner, **kwargs)
        others = Shoe.objects.filter(owner=runner, retired_on__isnull=True).exclude(pk=shoe.pk)
        self.fields["new_shoe"].queryset = others  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A new pair, one of the two ways, only with an outcome that gives one."""
        data = super().clean() or self.cleaned_data
        given = [name for name in ("new_shoe", "new_name") if data.get(name)]
        if len(given) == 2:
            self.add_error("new_name", "Choose a pair or name a new one, not both.")
        elif given and data.get("outcome") and data["outcome"] not in ShoeCheck.WITH_NEW_PAIR:
            self.add_error(given[0], "Only replaced shoes and another size give a new pair.")
        return data


class RunsField(forms.MultipleChoiceField):
    """Ticked runs by id. Whose they are, and whether they still want a pair, the service knows."""

    def valid_value(self, value: str) -> bool:
        """Take whole numbers."""
        return value.isascii() and value.isdigit() and len(value) < 19


class UntaggedForm(forms.Form):
    """Ticked runs, and the pair they get: the one suggested beside each, or one for all."""

    runs = RunsField(error_messages={"required": "Tick at least one run."})
    shoe = forms.ChoiceField(label="Pair", required=False)

    SUGGESTED = ("", "as suggested beside each run")

    def __init__(self, *args: Any, shoes: list[Shoe], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shoes = {str(shoe.pk): shoe for shoe in shoes}
        named = [(pk, str(shoe)) for pk, shoe in self.shoes.items()]
        self.fields["shoe"].choices = [self.SUGGESTED, *named]  # type: ignore[attr-defined]

    def pairs(self, ticked: Iterable[Activity]) -> dict[int, Shoe]:
        """Return run's id: pair. Raises ValidationError on "shoe" where nothing is suggested."""
        chosen = self.shoes.get(self.cleaned_data["shoe"])
        pairs, without = {}, 0
        for run in ticked:
            shoe = chosen or suggested_shoe(run, list(self.shoes.values()))
            if shoe is None:
                without += 1
            else:
                pairs[run.pk] = shoe
        if without:
            which = "one ticked run" if without == 1 else f"{without} ticked runs"
            raise ValidationError({"shoe": f"Nothing is suggested for {which}: choose a pair."})
        return pairs
