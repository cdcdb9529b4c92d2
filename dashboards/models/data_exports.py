"""Downloads of everything about oneself."""

from django.db import models
from django.db.models import Q

from members.models import User


class DataExport(models.Model):
    """Everything about one person as a file to download, for some days.

    waiting -> claimed (conditional UPDATE, one winner) -> ready, then swept. A claim older than any
    writing is released by the next sweep, so a killed worker costs one sweep.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "waiting"
        CLAIMED = "claimed", "being written"
        READY = "ready", "ready"

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="data_export")
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    asked_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    ready_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    # A random name under VAR_DIR/exports; empty while there is no file.
    file = models.CharField(max_length=40, blank=True)
    size_bytes = models.PositiveBigIntegerField(default=0)
    rows = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="ready", ready_at__isnull=False, expires_at__isnull=False)
                & ~Q(file="")
                | ~Q(state="ready") & Q(ready_at__isnull=True, expires_at__isnull=True, file=""),
                name="dashboards_dataexport_ready_paired",
            ),
            models.CheckConstraint(
                condition=Q(state="claimed", claimed_at__isnull=False)
                | ~Q(state="claimed") & Q(claimed_at__isnull=True),
                name="dashboards_dataexport_claimed_paired",
            ),
        ]

    def __str__(self) -> str:
        return f"download of {self.asked_at:%Y-%m-%d}: {self.state}"
