"""What an activity was before it was changed or deleted, for as long as that can be undone."""

from django.db import models

from members.models import User


class ActivityUndo(models.Model):
    """One change that can be taken back, once. Holds answers about pain: see docs/privacy.md."""

    class What(models.TextChoices):
        EDITED = "edited", "changed"
        DELETED = "deleted", "deleted"

    runner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="activity_undos")
    what = models.CharField(max_length=8, choices=What)
    activity_id = models.BigIntegerField()
    kind = models.CharField(max_length=10)
    on = models.DateField()
    # A copy of a deleted entry that arrives late is not stored a second time.
    client_key = models.UUIDField(null=True, blank=True)
    before = models.JSONField()
    # The moment of the change as the activity keeps it: a later change has another.
    changed_at = models.DateTimeField()
    created_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)  # `before` is emptied then

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["runner", "created_at"], name="injuries_undo_runner_created"),
            models.Index(fields=["created_at"], name="injuries_undo_created"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.on}, {self.what}"
