"""People, clubs and who may know what about whom."""

import datetime as dt
import functools
import zoneinfo
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

known_time_zones = functools.cache(zoneinfo.available_timezones)  # looks through hundreds of files


def validate_time_zone(name: str) -> None:
    """Raise ValidationError unless `name` is a zone such as Europe/London."""
    if name not in known_time_zones():
        raise ValidationError("Choose a time zone from the list, for example Europe/London.")


BEGINNER_FOR = dt.timedelta(days=365)
ANSWER_COUNTS_FOR = dt.timedelta(days=365)  # of M1, evidence 5
ADULT_AGE = 18


class UserManager(BaseUserManager["User"]):
    """Creates people by email; there is no user name."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Return a new person; without a password they log in by an emailed code."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Return an operator who may open the admin site."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find a person by email, however it is capitalised."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person. May be a member of several clubs and logs once for all of them."""

    class Unit(models.TextChoices):
        KM = "km", "kilometres"
        MILES = "mi", "miles"

    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=120)
    time_zone = models.CharField(
        max_length=64, default="Europe/London", validators=[validate_time_zone]
    )
    unit = models.CharField(max_length=2, choices=Unit, default=Unit.KM)
    # Only the day somebody comes of age, not the birthday: all that rule M9 needs.
    adult_from = models.DateField(null=True, blank=True)
    # Explicit consent to store answers about pain (evidence 6.6); null: none given.
    health_consent_at = models.DateTimeField(null=True, blank=True)
    # M1: asked at joining; an answer counts for twelve months.
    previous_injury = models.BooleanField(null=True, blank=True)
    previous_injury_answered_on = models.DateField(null=True, blank=True)
    # L1 during the first 30 days: "the longest run of your last 30 days", in metres.
    declared_longest_m = models.PositiveIntegerField(
        null=True, blank=True, validators=[MinValueValidator(100), MaxValueValidator(500_000)]
    )
    declared_on = models.DateField(null=True, blank=True)
    # M10, a label only: running regularly for less than a year, until this day.
    beginner_until = models.DateField(null=True, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    date_joined = models.DateTimeField(default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="members_user_email_unique"),
            models.CheckConstraint(
                condition=Q(declared_longest_m__isnull=True, declared_on__isnull=True)
                | Q(declared_longest_m__isnull=False, declared_on__isnull=False),
                name="members_user_declared_paired",
            ),
            models.CheckConstraint(
                condition=Q(previous_injury__isnull=True, previous_injury_answered_on__isnull=True)
                | Q(previous_injury__isnull=False, previous_injury_answered_on__isnull=False),
                name="members_user_previous_injury_paired",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The person's time zone; days and weeks are counted in it."""
        return zoneinfo.ZoneInfo(self.time_zone)

    def today(self, *, now: dt.datetime) -> dt.date:
        """Return the person's local date at `now`."""
        return now.astimezone(self.zone).date()

    def is_adult(self, *, on: dt.date) -> bool:
        """Tell whether the person is of age; who names no day joined as an adult."""
        return self.adult_from is None or self.adult_from <= on

    def age(self, *, on: dt.date) -> int | None:
        """Return the age of somebody under 18, from the day they come of age; else None."""
        if self.is_adult(on=on) or self.adult_from is None:
            return None
        of_age = self.adult_from
        had_birthday = (on.month, on.day) >= (of_age.month, of_age.day)
        return on.year - of_age.year + ADULT_AGE - (not had_birthday)

    def asks_previous_injury(self, *, on: dt.date) -> bool:
        """Tell whether the answer of M1 has run out; who never answered is not asked again."""
        said_on = self.previous_injury_answered_on
        return said_on is not None and on - said_on >= ANSWER_COUNTS_FOR

    def is_beginner(self, *, on: dt.date) -> bool:
        """Tell whether the person said to be new to running; it lapses by itself (M10)."""
        return self.beginner_until is not None and on < self.beginner_until


class Role(models.TextChoices):
    RUNNER = "runner", "runner"
    COACH = "coach", "coach"
    ASSISTANT = "assistant", "assistant coach"
    ADMIN = "admin", "admin"


COACHING = (Role.COACH, Role.ASSISTANT)  # who looks after runners


class Sharing(models.TextChoices):
    """How much of oneself a member shows the coaches of one club."""

    NOTHING = "nothing", "Nothing"
    STATUS = "status", "My status"
    EVERYTHING = "everything", "Everything"


class Club(models.Model):
    """A running club."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=60, unique=True)
    digest_weekday = models.PositiveSmallIntegerField(default=0)  # Monday is 0
    digest_hour = models.PositiveSmallIntegerField(default=7)
    # Whether the coaches' mail names anybody, or only counts; never anybody for how a heel is.
    digest_names = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(digest_weekday__lte=6, digest_hour__lte=23),
                name="members_club_digest_time",
            )
        ]

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships, narrowed."""

    def active(self) -> "MembershipQuerySet":
        """Those who have not left and may log in."""
        return self.filter(left_at__isnull=True, user__is_active=True)

    def runners(self) -> "MembershipQuerySet":
        """Those who log runs for the club to look at."""
        return self.filter(role=Role.RUNNER)


class Membership(models.Model):
    """One person in one club, with one role."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    club = models.ForeignKey(Club, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role, default=Role.RUNNER)
    squad = models.ForeignKey(
        "Squad", on_delete=models.SET_NULL, null=True, blank=True, related_name="runners"
    )
    # What the latest Consent row says; kept here so that a board need not search for it.
    sharing = models.CharField(max_length=10, choices=Sharing, default=Sharing.NOTHING)
    joined_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["user__name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "club"], name="members_membership_unique")
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()}, {self.club})"

    @property
    def keeps_health(self) -> bool:
        """Whether the person agrees that answers about pain are kept."""
        return self.user.health_consent_at is not None


class Squad(models.Model):
    """A group inside a club with its coaches."""

    club = models.ForeignKey(Club, on_delete=models.CASCADE, related_name="squads")
    name = models.CharField(max_length=80)
    coaches = models.ManyToManyField(Membership, blank=True, related_name="coached_squads")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["club", "name"], name="members_squad_name_unique")
        ]

    def __str__(self) -> str:
        return self.name


class Invitation(models.Model):
    """A signed link into a club; works once and until `expires_at`."""

    club = models.ForeignKey(Club, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=10, choices=Role, default=Role.RUNNER)
    squad = models.ForeignKey(Squad, on_delete=models.SET_NULL, null=True, blank=True)
    # As the club's list has it; the person writes their own on joining.
    name = models.CharField(max_length=120, blank=True)
    # Asked for with the club's join code, by whoever reads this mailbox.
    by_code = models.BooleanField(default=False)
    invited_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        User, on_delete=models.CASCADE, null=True, blank=True, related_name="accepted_invitations"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="members_invitation_accepted_paired",
            )
        ]

    def __str__(self) -> str:
        return f"{self.email} to {self.club}"

    def is_open(self, *, now: dt.datetime) -> bool:
        """Tell whether the link still works."""
        return self.accepted_at is None and self.revoked_at is None and now < self.expires_at


class JoinCode(models.Model):
    """A club's code, by which whoever knows it asks for a link into the club as a runner."""

    club = models.OneToOneField(Club, on_delete=models.CASCADE, related_name="join_code")
    code = models.CharField(max_length=12, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.code[:4]}-{self.code[4:]}"

    def is_open(self, *, now: dt.datetime) -> bool:
        """Tell whether the code still works."""
        return now < self.expires_at


class Consent(models.Model):
    """One answer to "may my coach see this?" or "may you store this?"; kept, never changed."""

    class Kind(models.TextChoices):
        SHARING = "sharing", "what my coaches see"
        STORE_HEALTH = "store_health", "keep my answers about pain"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="consents")
    club = models.ForeignKey(
        Club, on_delete=models.CASCADE, null=True, blank=True, related_name="consents"
    )
    kind = models.CharField(max_length=12, choices=Kind)
    answer = models.CharField(max_length=10)  # a Sharing, or yes / no
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["-given_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="sharing", club__isnull=False, answer__in=Sharing.values)
                | Q(kind="store_health", club__isnull=True, answer__in=["yes", "no"]),
                name="members_consent_answer_fits_kind",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.answer}"


class AuditEntry(models.Model):
    """Who did or looked at what of somebody else's. Kept even when the one who did it is gone."""

    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="audited_acts")
    about = models.ForeignKey(
        User, on_delete=models.CASCADE, null=True, blank=True, related_name="audit_entries"
    )
    club = models.ForeignKey(
        Club, on_delete=models.CASCADE, null=True, blank=True, related_name="audit_entries"
    )
    action = models.CharField(max_length=40)  # for example "runner_viewed", "role_changed"
    details = models.JSONField(default=dict)  # ids and plain words, never pain

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["about", "-at"], name="members_audit_about")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action}"
