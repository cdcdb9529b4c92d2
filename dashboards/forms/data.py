"""What somebody types or hands over about their own data."""

from typing import Any

from django import forms

from dashboards.services.export_reader import MAX_UPLOAD_BYTES, MEGABYTE
from members.models import User


class RestoreForm(forms.Form):
    """A download of "My data"."""

    file = forms.FileField(
        label="Your download (a zip)",
        help_text=f"Just as it was downloaded; up to {MAX_UPLOAD_BYTES // MEGABYTE} MB.",
        widget=forms.FileInput(attrs={"accept": ".zip,application/zip"}),
        error_messages={"required": "Choose the zip you downloaded."},
    )

    def clean_file(self) -> Any:
        """Refuse what is too large before it is read."""
        upload = self.cleaned_data["file"]
        if upload.size > MAX_UPLOAD_BYTES:
            raise forms.ValidationError(f"It is larger than {MAX_UPLOAD_BYTES // MEGABYTE} MB.")
        return upload


class EraseForm(forms.Form):
    """One's own email, typed again."""

    email = forms.CharField(
        label="Type your email address to confirm",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        self.person = person
        super().__init__(*args, **kwargs)

    def clean_email(self) -> str:
        """Only the whole address counts."""
        typed: str = self.cleaned_data["email"].strip()
        if typed.lower() != self.person.email.lower():
            raise forms.ValidationError("This is not the address of your account.")
        return typed
