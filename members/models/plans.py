"""What a member plans and ticks off: breaks ahead of time, routines day by day."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from members.models.people import User


class PlannedBreak(models.Model):
    """A holiday or a taper from `first` to `last`, both included. A runner's breaks never overlap.

    A holiday's days become day statuses once they are past, unless something else was said
    (`members/services/plans.py`). A taper is context: it changes no day.
    """

    class Kind(models.TextChoices):
        HOLIDAY = "holiday", "holiday"
        TAPER = "taper", "taper"

    runner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="planned_breaks")
    kind = models.CharField(max_length=8, choices=Kind)
    first = models.DateField()
    last = models.DateField()
    # Days up to here have been turned into statuses; one taken back by hand does not return.
    filled_until = models.DateField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["first"]
        constraints = [
            models.UniqueConstraint(
                fields=["runner", "first"], name="members_plannedbreak_one_start"
            ),
            models.CheckConstraint(
                condition=Q(last__gte=F("first")), name="members_plannedbreak_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["holiday", "taper"]), name="members_plannedbreak_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} from {self.first} to {self.last}"


class RoutineTick(models.Model):
    """One routine done on one day. No row means nothing was ticked, and no more."""

    class Routine(models.TextChoices):
        FOAM_ROLL = "foam_roll", "foam roll"
        CALF_STRETCH = "calf_stretch", "calf stretch"
        BALL_ROLL = "ball_roll", "bottle or ball roll"
        SOLE_STRETCH = "sole_stretch", "sole stretch"
        HEEL_RAISE = "heel_raise", "slow heel raises"

    runner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="routine_ticks")
    on = models.DateField()
    routine = models.CharField(max_length=12, choices=Routine)
    ticked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-on", "routine"]
        constraints = [
            models.UniqueConstraint(
                fields=["runner", "on", "routine"], name="members_routinetick_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(
                    routine__in=[
                        "foam_roll",
                        "calf_stretch",
                        "ball_roll",
                        "sole_stretch",
                        "heel_raise",
                    ]
                ),
                name="members_routinetick_routine",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.routine} on {self.on}"

    @property
    def ticked(self) -> bool:
        """A row is a tick."""
        return True
