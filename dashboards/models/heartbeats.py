"""When the schedule and each worker were last seen alive."""

from django.db import models


class Heartbeat(models.Model):
    """One process that does jobs, and when it last said so."""

    class Kind(models.TextChoices):
        BEAT = "beat", "schedule"
        WORKER = "worker", "worker"

    kind = models.CharField(max_length=6, choices=Kind)
    name = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "name"], name="dashboards_heartbeat_unique")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"
