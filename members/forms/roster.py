"""A club's list: first as text or file, then each person with what is wrong at its field."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from members.models import Club, Role, Squad
from members.roster import MAX_ROWS, Line, RosterError, lines_of, text_of
from members.services.invitations import Invited, members_by_email


class RosterForm(forms.Form):
    """The list itself; `lines` holds the people once it is valid."""

    text = forms.CharField(
        label="Paste the list",
        required=False,
        max_length=200_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text="One person a line: name, email, role, squad. Headings and ; or tabs are fine.",
    )
    file = forms.FileField(
        label="or choose a CSV file",
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv,text/plain"}),
    )
    lines: list[Line]

    def clean(self) -> dict[str, Any]:
        """Read whichever was given; the file where both were."""
        cleaned = super().clean() or {}
        given = cleaned.get("file")
        try:
            text = text_of(given.read()) if given else cleaned.get("text", "")
            self.lines = lines_of(text)
        except RosterError as error:
            self.add_error("file" if given else "text", str(error))
        return cleaned


class RosterRowForm(forms.Form):
    """One person of the list."""

    leave_out = forms.BooleanField(label="Leave out", required=False)
    name = forms.CharField(label="Name", max_length=120, required=False)
    email = forms.EmailField(
        label="Email", max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    role = forms.ChoiceField(
        label="Role",
        choices=Role.choices,
        error_messages={"invalid_choice": "“%(value)s” is no role here; choose one."},
    )
    squad = forms.ModelChoiceField(
        label="Squad",
        queryset=Squad.objects.none(),
        required=False,
        empty_label="no squad",
        error_messages={
            "invalid_choice": "The club has no squad “%(value)s”; choose one or none.",
        },
    )
    is_member = False  # in the club already: nobody is asked twice

    def __init__(self, *args: Any, squads: forms.ModelChoiceField, **kwargs: Any) -> None:
        kwargs["use_required_attribute"] = False
        super().__init__(*args, **kwargs)
        # One field serves all rows, so that the squads are read once.
        self.fields["squad"].queryset = squads.queryset  # type: ignore[attr-defined]
        self.fields["squad"].choices = squads.choices  # type: ignore[attr-defined]

    def full_clean(self) -> None:
        """Ask nothing of a row that is left out."""
        super().full_clean()
        if self.is_bound and self["leave_out"].data in {"on", "True", True}:
            self._errors.clear()

    def clean_email(self) -> str:
        """Return it in small letters."""
        return str(self.cleaned_data["email"]).lower()

    @property
    def invited(self) -> Invited | None:
        """Whom to invite; None: left out."""
        said = self.cleaned_data
        if said.get("leave_out"):
            return None
        return Invited(said["email"], said["role"], said["squad"], said["name"])


class BaseRosterFormSet(forms.BaseFormSet):
    """All of them: nobody twice, and members known as such."""

    def __init__(self, *args: Any, club: Club, **kwargs: Any) -> None:
        self.members = members_by_email(club)
        squads = forms.ModelChoiceField(
            Squad.objects.filter(club=club), required=False, empty_label="no squad"
        )
        squads.choices = list(squads.choices)
        super().__init__(*args, form_kwargs={"squads": squads}, **kwargs)

    def clean(self) -> None:
        """Say where an address stands twice."""
        seen: set[str] = set()
        for form in self.forms:
            email = form.cleaned_data.get("email") if hasattr(form, "cleaned_data") else None
            if not email or form.cleaned_data.get("leave_out"):
                continue
            form.is_member = email in self.members
            if email in seen:
                form.add_error("email", "Stands in the list twice; leave one of them out.")
            seen.add(email)
        if any(form.errors for form in self.forms):
            raise ValidationError("Some rows need a look; nobody has been invited yet.")

    @property
    def invited(self) -> list[Invited]:
        """Whom to invite."""
        return [form.invited for form in self.forms if form.invited and not form.is_member]


RosterFormSet = forms.formset_factory(
    RosterRowForm,
    formset=BaseRosterFormSet,
    extra=0,
    max_num=MAX_ROWS,
    absolute_max=MAX_ROWS,
    validate_max=True,
)


def preview_of(lines: Iterable[Line], *, club: Club) -> BaseRosterFormSet:
    """Return the rows as read, each already checked."""
    squads = {one.name.casefold(): str(one.pk) for one in Squad.objects.filter(club=club)}
    data: dict[str, str] = {}
    count = 0
    for count, line in enumerate(lines, start=1):
        row = line._asdict() | {"squad": squads.get(line.squad.casefold(), line.squad)}
        data |= {f"form-{count - 1}-{field}": value for field, value in row.items()}
    data |= {"form-TOTAL_FORMS": str(count), "form-INITIAL_FORMS": "0"}
    found: BaseRosterFormSet = RosterFormSet(data, club=club)
    return found


class JoinCodeForm(forms.Form):
    """The code of a club and where to mail the link to."""

    code = forms.CharField(
        label="The club's code",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    email = forms.EmailField(
        label="Your email",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
