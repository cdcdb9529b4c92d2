"""Which problems a coach wants on the list: of the last while, of one squad."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms

from members.models import Membership
from members.selectors.people import squads_seen_by

PERIODS = {"3": "3 months", "12": "12 months", "36": "3 years", "all": "All time"}
MONTH_DAYS = 365 / 12


class InjuryForm(forms.Form):
    """Filters, kept in the address; nothing chosen is the last year of everybody."""

    period = forms.ChoiceField(
        label="Sore at any time in the last", choices=list(PERIODS.items()), required=False
    )
    squad = forms.ChoiceField(required=False)

    def __init__(self, said: Mapping[str, Any], *, coach: Membership, on: dt.date) -> None:
        self.on = on
        super().__init__({"period": "12"} | {name: said[name] for name in said})
        squads = [(str(pk), name) for pk, name in squads_seen_by(coach).values_list("pk", "name")]
        self.fields["squad"].choices = [("", "all"), *squads]  # type: ignore[attr-defined]

    @property
    def since(self) -> dt.date | None:
        """The first day that counts; None: there is none."""
        period = self.cleaned_data.get("period") or "12"  # also where it makes no sense
        if period == "all":
            return None
        return self.on - dt.timedelta(days=round(int(period) * MONTH_DAYS))

    @property
    def squad_id(self) -> int | None:
        """The squad asked for; None: all of them."""
        squad = self.cleaned_data.get("squad")
        return int(squad) if squad else None
