"""Which mail somebody wishes how often."""

from typing import Any

from django import forms

from dashboards.mail_kinds import KindRow
from dashboards.models import MailKind

HOURS = [(hour, f"{hour:02d}:00") for hour in range(24)]


class MailForm(forms.Form):
    """One choice for each kind of mail that may come to this reader, and the hour."""

    hour = forms.TypedChoiceField(
        label="At which hour, by your clock?", choices=HOURS, coerce=int,
        help_text="For mail that comes neither at once nor on your club's day.",
    )  # fmt: skip

    def __init__(self, *args: Any, kinds: dict[MailKind, KindRow], **kwargs: Any) -> None:
        self.kinds = kinds
        super().__init__(*args, **kwargs)
        for kind, row in kinds.items():
            self.fields[kind.value] = forms.ChoiceField(
                label=row.label,
                help_text=row.sentence,
                choices=[(one.value, one.label.capitalize()) for one in row.frequencies],
            )
        self.order_fields([*kinds, "hour"])

    def wishes(self) -> dict[str, str]:
        """Return kind: frequency, as chosen."""
        return {kind: self.cleaned_data[kind] for kind in self.kinds}
