"""What a runner wants on the note for the running store."""

from typing import ClassVar

from django import forms


class NoteForm(forms.Form):
    """Two ticks. What a coach asked stands on the note at first, where it hurts does not."""

    coach = forms.BooleanField(label="Include what my coach asked", required=False)
    sore = forms.BooleanField(label="Include where it hurts", required=False)

    AT_FIRST: ClassVar[dict[str, str]] = {"coach": "on"}
