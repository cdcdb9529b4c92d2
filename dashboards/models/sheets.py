"""Sheets for a visit that a runner shares by a link, for some days."""

from django.db import models
from django.db.models import F, Q

from members.models import User


class SharedSheet(models.Model):
    """What a runner chose to show, as it stood then; whoever has the link reads it.

    Only a hash of the link's secret is kept. Taken back or expired it is deleted; what remains is
    in the list of who looked.
    """

    runner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="shared_sheets")
    token_hash = models.CharField(max_length=64, unique=True)
    sheet = models.JSONField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    readings = models.PositiveIntegerField(default=0)
    last_read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="dashboards_sheet_expires_later"
            ),
            models.CheckConstraint(
                condition=Q(readings=0, last_read_at__isnull=True)
                | Q(readings__gt=0, last_read_at__isnull=False),
                name="dashboards_sheet_readings_paired",
            ),
        ]

    def __str__(self) -> str:
        return f"sheet of {self.made_at:%Y-%m-%d}"
