"""The way back: that somebody is on it, and who holds it. Where they stand is worked out."""

from django.db import models
from django.db.models import F, Q

from injuries.models.heel import HeelProblem
from members.models import Club, User


class ReturnPlan(models.Model):
    """A return-to-run plan of one problem. `injuries.care.replay` knows where it stands."""

    problem = models.ForeignKey(HeelProblem, on_delete=models.CASCADE, related_name="return_plans")
    started_on = models.DateField()
    started_at = models.DateTimeField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-started_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["problem"],
                condition=Q(ended_on__isnull=True),
                name="injuries_returnplan_one_going_on",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="injuries_returnplan_ended_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"plan from {self.started_on}"


class PlanHold(models.Model):
    """A hold: by a coach of `club`, or, noted by the runner, by a clinician (`club` empty)."""

    plan = models.ForeignKey(ReturnPlan, on_delete=models.CASCADE, related_name="holds")
    club = models.ForeignKey(
        Club, on_delete=models.CASCADE, null=True, blank=True, related_name="plan_holds"
    )
    held_on = models.DateField()
    held_at = models.DateTimeField()
    held_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, related_name="plan_holds"
    )
    released_on = models.DateField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="plan_releases"
    )

    class Meta:
        ordering = ["-held_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "club"],
                condition=Q(released_at__isnull=True, club__isnull=False),
                name="injuries_planhold_one_a_club",
            ),
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(released_at__isnull=True, club__isnull=True),
                name="injuries_planhold_one_clinician",
            ),
            models.CheckConstraint(
                condition=Q(released_on__isnull=True, released_at__isnull=True)
                | Q(
                    released_on__isnull=False,
                    released_at__isnull=False,
                    released_on__gte=F("held_on"),
                ),
                name="injuries_planhold_released_after",
            ),
        ]

    def __str__(self) -> str:
        return f"held on {self.held_on}"
