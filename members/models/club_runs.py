"""What a club plans together: runs with groups of several distances, and soft routes nearby."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from members.models.people import Club
from members.models.training import MAX_DISTANCE_M, Surface


class ClubRun(models.Model):
    """One run of a club, with a group for each distance; it starts by the clock of its place."""

    club = models.ForeignKey(Club, on_delete=models.CASCADE, related_name="club_runs")
    on = models.DateField()
    starts_at = models.TimeField()
    place = models.CharField(max_length=120)
    note = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["on", "starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["club", "on", "starts_at", "place"], name="members_clubrun_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.on}, {self.place}"


class RunGroup(models.Model):
    """Those who run the same distance of one club run."""

    run = models.ForeignKey(ClubRun, on_delete=models.CASCADE, related_name="groups")
    name = models.CharField(max_length=40, blank=True)
    distance_m = models.PositiveIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(MAX_DISTANCE_M)]
    )

    class Meta:
        ordering = ["-distance_m", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["run", "distance_m"], name="members_rungroup_unique"),
            models.CheckConstraint(
                condition=Q(distance_m__gte=1, distance_m__lte=MAX_DISTANCE_M),
                name="members_rungroup_distance",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SoftRoute(models.Model):
    """A route on soft ground near the club, for whoever should go easy on hard ground."""

    SOFT = (Surface.TRAIL, Surface.GRASS, Surface.TRACK, Surface.MIXED)

    club = models.ForeignKey(Club, on_delete=models.CASCADE, related_name="soft_routes")
    name = models.CharField(max_length=80)
    surface = models.CharField(
        max_length=10, choices=[(one.value, one.label) for one in SOFT], default=Surface.TRAIL
    )
    distance_m = models.PositiveIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(MAX_DISTANCE_M)]
    )
    start = models.CharField(max_length=120)
    note = models.CharField(max_length=300, blank=True)
    link = models.URLField(max_length=300, blank=True)

    class Meta:
        ordering = ["distance_m", "name"]
        constraints = [
            models.UniqueConstraint(fields=["club", "name"], name="members_softroute_unique"),
            models.CheckConstraint(
                condition=Q(distance_m__gte=1, distance_m__lte=MAX_DISTANCE_M),
                name="members_softroute_distance",
            ),
        ]

    def __str__(self) -> str:
        return self.name
