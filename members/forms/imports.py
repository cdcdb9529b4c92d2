"""The form for activity files."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError


class FilesInput(forms.ClearableFileInput):
    """A file picker for several files."""

    allow_multiple_selected = True


MAX_UPLOAD_BYTES = 100 * 1024 * 1024


class FilesField(forms.FileField):
    """Several files at once; the sum is limited."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return the files. Raises ValidationError for none and for too many bytes."""
        files = data if isinstance(data, (list, tuple)) else [data]
        cleaned = [super(FilesField, self).clean(one, initial) for one in files or [None]]
        if sum(one.size for one in cleaned) > MAX_UPLOAD_BYTES:
            raise ValidationError("That is more than 100 MB at once. Send it in parts.")
        return cleaned


class ImportForm(forms.Form):
    """Activity files to take in."""

    files = FilesField(
        label="Files",
        allow_empty_file=True,
        widget=FilesInput(attrs={"multiple": True}),
        error_messages={"required": "Choose at least one file."},
    )
