"""What a member does: activities and the days without one. Metres, seconds, UTC."""

import datetime as dt
import zoneinfo

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from members.models.people import User, validate_time_zone

MAX_DISTANCE_M = 500_000
MAX_DURATION_S = 72 * 3600


class Surface(models.TextChoices):
    ROAD = "road", "road or pavement"
    TRAIL = "trail", "trail"
    GRASS = "grass", "grass or park"
    TRACK = "track", "track"
    TREADMILL = "treadmill", "treadmill"
    MIXED = "mixed", "mixed"


class Activity(models.Model):
    """Something done. A run is an activity of kind run."""

    class Kind(models.TextChoices):
        RUN = "run", "run"
        RIDE = "ride", "ride"
        SWIM = "swim", "swim"
        STRENGTH = "strength", "strength"
        MOBILITY = "mobility", "mobility"
        WALK = "walk", "walk"
        OTHER = "other", "other"

    class Source(models.TextChoices):
        TYPED = "typed", "typed in"
        FILE = "file", "from a file"
        API = "api", "through the API"

    runner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="activities")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.RUN)
    started_at = models.DateTimeField()
    # Whether anybody or anything said when it began. If not, only the day of `started_at` means
    # something: it is noon, or the moment at which it was typed.
    start_said = models.BooleanField(default=True)
    time_zone = models.CharField(max_length=64, validators=[validate_time_zone])
    # The local date of the start, stored because every rule counts in it. Set by save().
    on = models.DateField(editable=False)
    distance_m = models.PositiveIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(MAX_DISTANCE_M)]
    )
    duration_s = models.PositiveIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(MAX_DURATION_S)]
    )
    elapsed_s = models.PositiveIntegerField(null=True, blank=True)
    effort = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MaxValueValidator(10)]
    )
    surface = models.CharField(max_length=10, choices=Surface, blank=True)
    shoe = models.ForeignKey(
        "members.Shoe",
        # A pair somebody ran in is history; only one never used can be deleted.
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="activities",
    )
    note = models.CharField(max_length=2000, blank=True)
    source = models.CharField(max_length=5, choices=Source, default=Source.TYPED)
    file_sha256 = models.CharField(max_length=64, blank=True)
    # Given by the form or the API client; the second copy of one submit finds the first.
    client_key = models.UUIDField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    # Not stored: set where a second copy of one submit found the first.
    is_repeat = False

    class Meta:
        ordering = ["-started_at", "-id"]
        verbose_name_plural = "activities"
        # Kind and distance stand in it too, so that a board sums weeks from the index alone.
        indexes = [
            models.Index(
                fields=["runner", "on", "kind", "distance_m"], name="members_activity_by_day"
            ),
            # Imports ask for each file whether the very same one was taken in before.
            models.Index(fields=["runner", "file_sha256"], name="members_activity_file"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["runner", "client_key"], name="members_activity_client_key"
            ),
            models.CheckConstraint(
                condition=Q(distance_m__isnull=True)
                | Q(distance_m__gte=1, distance_m__lte=MAX_DISTANCE_M),
                name="members_activity_distance",
            ),
            models.CheckConstraint(
                condition=Q(duration_s__isnull=True)
                | Q(duration_s__gte=1, duration_s__lte=MAX_DURATION_S),
                name="members_activity_duration",
            ),
            models.CheckConstraint(
                condition=Q(effort__isnull=True) | Q(effort__lte=10),
                name="members_activity_effort",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.on}"

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the local date in step with the start and its zone."""
        self.on = self.local_start.date()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "on", "updated_at"}  # type: ignore[misc]
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def local_start(self) -> dt.datetime:
        """The start in the zone it was run in."""
        return self.started_at.astimezone(zoneinfo.ZoneInfo(self.time_zone))


class DayStatus(models.Model):
    """What a day without a run was. No row means unknown: nothing was said."""

    class Status(models.TextChoices):
        REST = "rest", "rest"
        ILL = "ill", "ill"
        INJURED = "injured", "injured"
        HOLIDAY = "holiday", "holiday"

    runner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="day_statuses")
    on = models.DateField()
    status = models.CharField(max_length=8, choices=Status)
    # Filled in from a planned holiday, not said by hand: a run on that day takes it away.
    planned = models.BooleanField(default=False)
    said_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["on"]
        verbose_name_plural = "day statuses"
        constraints = [
            models.UniqueConstraint(fields=["runner", "on"], name="members_daystatus_unique"),
            models.CheckConstraint(
                condition=Q(status__in=["rest", "ill", "injured", "holiday"]),
                name="members_daystatus_status",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on}: {self.status}"
