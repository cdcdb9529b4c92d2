"""What somebody wants to see of their own history."""

from typing import Any

from django import forms

from dashboards.selectors.history import NO_SHOE, Wanted
from members.forms.widgets import DayInput
from members.models import Activity, Shoe, Surface, User
from members.units import parse_distance

ANY = ("", "any")


class HistoryForm(forms.Form):
    """Filters, kept in the address; one that makes no sense is named and left out."""

    kind = forms.ChoiceField(choices=[ANY, *Activity.Kind.choices], required=False)
    shoe = forms.ChoiceField(label="Shoes", required=False)
    surface = forms.ChoiceField(choices=[ANY, *Surface.choices], required=False)
    since = forms.DateField(label="From", required=False, widget=DayInput())
    until = forms.DateField(label="To", required=False, widget=DayInput())
    far = forms.CharField(
        max_length=12, required=False, widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )
    note = forms.CharField(label="Note contains", max_length=80, required=False)
    pain = forms.BooleanField(label="With heel pain", required=False)

    def __init__(self, *args: Any, runner: User, **kwargs: Any) -> None:
        self.unit = runner.unit
        super().__init__(*args, **kwargs)
        pairs = [(str(pk), name) for pk, name in _pairs(runner)]
        self.fields["shoe"].choices = [ANY, (NO_SHOE, "no pair"), *pairs]  # type: ignore[attr-defined]
        self.fields["far"].label = f"At least ({self.unit})"

    def clean_far(self) -> int | None:
        """Return metres."""
        text = self.cleaned_data["far"]
        if not text:
            return None
        try:
            return parse_distance(text, self.unit)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None

    def clean(self) -> dict[str, Any]:
        """Days in the wrong order would find nothing; say so."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("since") and said.get("until") and said["until"] < said["since"]:
            self.add_error("until", "This day lies before the first one.")
        return said

    def wanted(self) -> Wanted:
        """Return the filters that make sense."""
        self.is_valid()
        said = self.cleaned_data
        return Wanted(
            kind=said.get("kind", ""),
            shoe=said.get("shoe", ""),
            surface=said.get("surface", ""),
            since=said.get("since"),
            until=said.get("until"),
            min_m=said.get("far"),
            pain=said.get("pain", False),
            note=said.get("note", ""),
        )


def _pairs(runner: User) -> list[tuple[int, str]]:
    return list(Shoe.objects.filter(owner=runner).values_list("pk", "name"))
