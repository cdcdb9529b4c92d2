"""Forms about people: joining, one's settings, a club's members, settings and squads."""

import copy
import datetime as dt
import functools
import zoneinfo
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from members.forms.widgets import DayInput
from members.models import COACHING, Club, Invitation, Membership, Role, Sharing, Squad, User
from members.services.invitations import Answers
from members.units import format_number, parse_distance

OF_AGE = 18
YES_NO = [("yes", "Yes"), ("no", "No")]
SHARING_CHOICES = [
    (
        Sharing.NOTHING,
        "Nothing. Coaches see your name and that you share nothing.",
    ),
    (
        Sharing.STATUS,
        "My status. Coaches see your runs, your shoes and what you are advised to do. Of your heel "
        "they see only that you were asked to ease off or to seek advice.",
    ),
    (
        Sharing.EVERYTHING,
        "Everything. Coaches also see what you say about pain, where it is sore and since when, "
        "and every reason behind the advice.",
    ),
]
HEALTH_LABEL = "May Surefoot keep your answers about pain?"
HEALTH_HELP = (
    "These are health data: kept only if you say yes, used only for your own advice, and shown to "
    "a coach only if you choose “Everything”. You can join without, and take it back at any time."
)
GUARDIAN_LABEL = "I am under 18, and a parent or guardian agrees with this"


@functools.cache
def time_zones() -> list[tuple[str, str]]:
    """Return the zones people know by a place, such as Europe/London, and UTC."""
    places = sorted(name for name in zoneinfo.available_timezones() if "/" in name)
    known = [name for name in places if not name.startswith(("Etc/", "posix/", "right/"))]
    return [(name, name.replace("_", " ")) for name in [*known, "UTC"]]


def zone_field() -> forms.ChoiceField:
    """Return a choice among all time zones."""
    return forms.ChoiceField(
        label="Time zone", choices=time_zones, help_text="Your days and weeks are counted in it."
    )


def yes_no_field(label: str, *, required: bool, help_text: str = "") -> forms.TypedChoiceField:
    """Return two radio buttons, none of them chosen before somebody chooses."""
    choices = YES_NO if required else [*YES_NO, ("", "I would rather not say")]
    return forms.TypedChoiceField(
        label=label,
        choices=choices,
        coerce=lambda answer: answer == "yes",
        empty_value=None,
        required=required,
        help_text=help_text,
        widget=forms.RadioSelect,
        error_messages={"required": "Please choose yes or no."},
    )


class HealthMixin(forms.Form):
    """Explicit consent to keep answers about pain."""

    health = yes_no_field(HEALTH_LABEL, required=True, help_text=HEALTH_HELP)
    guardian_agrees = forms.BooleanField(label=GUARDIAN_LABEL, required=False)


class SharingForm(forms.Form):
    """How much of oneself one club's coaches see."""

    sharing = forms.ChoiceField(
        label="What do this club's coaches see of you?",
        choices=SHARING_CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": "Please choose one; you can change it at any time."},
    )


class HealthForm(HealthMixin):
    """The same consent, in the settings."""


class RunningMixin(forms.Form):
    """Facts about one's running: two the rules use, one that is a label."""

    previous_injury = yes_no_field(
        "Were you injured from running in the last 12 months?", required=False
    )
    unit = forms.ChoiceField(label="Distances in", choices=User.Unit.choices, initial="km")
    longest = forms.CharField(
        label="Longest run of your last 30 days",
        max_length=12,
        required=False,
        help_text="In kilometres or miles, as chosen. Leave it empty if you have not run.",
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )

    beginner = forms.BooleanField(
        label="I have been running regularly for less than a year",
        required=False,
        help_text="Coaches who see your runs see “new to running” for a year. No rule changes.",
    )

    def clean_unit(self) -> str:
        """Take kilometres where nothing was chosen."""
        return self.cleaned_data["unit"] or User.Unit.KM

    def clean_longest(self) -> int | None:
        """Return metres."""
        text = self.cleaned_data["longest"]
        if not text:
            return None
        try:
            metres = parse_distance(text, self.cleaned_data.get("unit") or User.Unit.KM)
        except ValueError as error:
            raise ValidationError(str(error)) from None
        if not 100 <= metres <= 500_000:
            raise ValidationError("Write a distance between 100 metres and 500 km.")
        return metres


class AcceptForm(forms.Form):
    """Joining one more club with the account one has."""

    def __init__(
        self, *args: Any, invitation: Invitation, user: User, now: dt.datetime, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if invitation.role == Role.RUNNER:
            self.fields["sharing"] = copy.deepcopy(SharingForm.base_fields["sharing"])
        if user.health_consent_at is None:
            self.fields["health"] = copy.deepcopy(HealthMixin.base_fields["health"])
            if not user.is_adult(on=user.today(now=now)):
                guardian = HealthMixin.base_fields["guardian_agrees"]
                self.fields["guardian_agrees"] = copy.deepcopy(guardian)

    def answers(self) -> Answers:
        """Return what was said, for accept_invitation."""
        said = self.cleaned_data
        return Answers(
            sharing=said.get("sharing"),
            health=said.get("health"),
            guardian_agrees=said.get("guardian_agrees", False),
        )


class JoinForm(RunningMixin, SharingForm, HealthMixin):
    """A new person's account and answers."""

    name = forms.CharField(
        label="Your name", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    password = forms.CharField(
        label="Password",
        required=False,
        strip=False,
        max_length=128,
        help_text="At least 10 characters. Leave it empty to log in by a code we mail you.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}, render_value=False),
    )
    time_zone = zone_field()
    adult = yes_no_field("Are you 18 or older?", required=True)
    adult_from = forms.DateField(
        label="If not, on which day do you turn 18?",
        required=False,
        help_text="Younger runners get advice made for them. Your birthday is not kept.",
        widget=DayInput(),
    )

    field_order = (
        "name password time_zone unit adult adult_from previous_injury longest beginner "
        "health guardian_agrees sharing"
    ).split()

    def __init__(self, *args: Any, invitation: Invitation, now: dt.datetime, **kwargs: Any) -> None:
        self.now, self.email = now, invitation.email
        super().__init__(*args, **kwargs)
        if invitation.role != Role.RUNNER:
            del self.fields["sharing"]

    def clean(self) -> dict[str, Any]:
        """Check what depends on two answers."""
        said = super().clean() or {}
        self._check_password(said)
        self._check_age(said)
        if said.get("health") and said.get("adult") is False and not said["guardian_agrees"]:
            self.add_error("guardian_agrees", "Under 18, a parent or guardian has to agree.")
        return said

    def _check_password(self, said: dict[str, Any]) -> None:
        if not said.get("password"):
            return
        try:
            validate_password(said["password"], User(email=self.email, name=said.get("name", "")))
        except ValidationError as error:
            self.add_error("password", error)

    def _check_age(self, said: dict[str, Any]) -> None:
        """Who is under age turns 18 some day after today and within 18 years."""
        if said.get("adult") is not False:
            said["adult_from"] = None
            return
        day, today = said.get("adult_from"), self.now.date()
        if day is None:
            if "adult_from" not in self.errors:
                self.add_error("adult_from", "Please say on which day you turn 18.")
        elif not today < day <= today.replace(day=1, year=today.year + OF_AGE):
            self.add_error("adult_from", "This is the day you turn 18; it lies in the future.")

    def answers(self) -> Answers:
        """Return what was said, for accept_invitation."""
        said = self.cleaned_data
        return Answers(
            sharing=said.get("sharing"),
            health=said["health"],
            guardian_agrees=said["guardian_agrees"],
            name=said["name"],
            password=said["password"],
            time_zone=said["time_zone"],
            unit=said["unit"],
            adult_from=said["adult_from"],
            previous_injury=said["previous_injury"],
            declared_longest_m=said["longest"],
            beginner=said["beginner"],
        )


class PersonForm(RunningMixin):
    """One's own name, unit, zone and the facts about running."""

    name = forms.CharField(
        label="Your name", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    time_zone = zone_field()

    field_order = ["name", "time_zone", "unit", "previous_injury", "longest", "beginner"]

    @staticmethod
    def first_values(user: User, *, on: dt.date) -> dict[str, Any]:
        """Return what the form shows before anything is typed."""
        injured = {True: "yes", False: "no", None: ""}[user.previous_injury]
        longest = user.declared_longest_m
        return {
            "name": user.name,
            "time_zone": user.time_zone,
            "unit": user.unit,
            "previous_injury": injured,
            "beginner": user.is_beginner(on=on),
            "longest": "" if longest is None else format_number(longest, user.unit),
        }


class TokenForm(forms.Form):
    """A new personal key."""

    name = forms.CharField(
        label="What is it for?", max_length=60, help_text="For example: my watch's uploader"
    )


class InviteForm(forms.Form):
    """Invite one person."""

    email = forms.EmailField(
        label="Email", max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    role = forms.ChoiceField(label="Role", choices=Role.choices, initial=Role.RUNNER)
    squad = forms.ModelChoiceField(
        label="Squad", queryset=Squad.objects.none(), required=False, empty_label="no squad"
    )

    def __init__(self, *args: Any, club: Club, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["squad"].queryset = Squad.objects.filter(club=club)  # type: ignore[attr-defined]


class MemberForm(forms.Form):
    """One member's role and squad."""

    role = forms.ChoiceField(label="Role", choices=Role.choices)
    squad = forms.ModelChoiceField(
        label="Squad", queryset=Squad.objects.none(), required=False, empty_label="no squad"
    )

    def __init__(self, *args: Any, member: Membership, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"role": member.role, "squad": member.squad_id})
        super().__init__(*args, **kwargs)
        self.fields["squad"].queryset = Squad.objects.filter(club=member.club_id)  # type: ignore[attr-defined]


WEEKDAYS = list(
    enumerate(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"])
)


class ClubForm(forms.Form):
    """The club's name, when its weekly email goes out and whether it names anybody."""

    name = forms.CharField(label="Name", max_length=120)
    digest_weekday = forms.TypedChoiceField(label="Weekly email on", choices=WEEKDAYS, coerce=int)
    digest_hour = forms.TypedChoiceField(
        label="At",
        choices=[(hour, f"{hour:02d}:00") for hour in range(24)],
        coerce=int,
        help_text="In each reader's own time zone.",
    )
    digest_names = forms.TypedChoiceField(
        label="The coaches' email gives",
        choices=[
            ("names", "names, where load or shoes are the reason"),
            ("counts", "counts only"),
        ],
        coerce=lambda given: given == "names",
        help_text="Nobody is ever named in it for how a heel is.",
    )


class SquadForm(forms.Form):
    """A squad's name and, once it exists, its coaches."""

    name = forms.CharField(label="Name", max_length=80)


class SquadEditForm(SquadForm):
    """The same with its coaches."""

    coaches = forms.ModelMultipleChoiceField(
        label="Coaches",
        queryset=Membership.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="A coach sees the whole club, an assistant coach only the squads named here.",
    )

    def __init__(self, *args: Any, club: Club, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        coaches = Membership.objects.active().filter(club=club, role__in=COACHING)
        field = self.fields["coaches"]
        field.queryset = coaches.select_related("user")  # type: ignore[attr-defined]
        field.label_from_instance = lambda coach: coach.user.name  # type: ignore[attr-defined]
