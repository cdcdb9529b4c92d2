"""The send ledger of the weekly email, and who wants which mail."""

from django.db import models
from django.db.models import Q

from members.models import Membership, User


class MailKind(models.TextChoices):
    RUNNER = "runner", "my week"
    COACH = "coach", "who needs me"


class Digest(models.Model):
    """One weekly email to one member: due, claimed, then sent, skipped or failed.

    due -> claimed (conditional UPDATE, one winner) -> sent | skipped | failed, or due again at
    next_try_at.
    A claim older than any possible sending is released by the next sweep.
    """

    class State(models.TextChoices):
        DUE = "due", "due"
        CLAIMED = "claimed", "claimed"
        SENT = "sent", "sent"
        SKIPPED = "skipped", "skipped"
        FAILED = "failed", "failed"

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="digests")
    kind = models.CharField(max_length=6, choices=MailKind)
    week = models.DateField()  # Monday of the week it tells about
    state = models.CharField(max_length=8, choices=State, default=State.DUE)
    due_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    # Why skipped, or the last error: SMTP's words, never the mail's.
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-due_at", "-id"]
        indexes = [models.Index(fields=["state", "due_at"], name="dashboards_digest_state_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "kind", "week"], name="dashboards_digest_unique"
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False)
                | ~Q(state="sent") & Q(sent_at__isnull=True),
                name="dashboards_digest_sent_paired",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} digest, week of {self.week}: {self.state}"


class MailPreference(models.Model):
    """Somebody's wish for one kind of mail; no row means weekly."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="mail_preferences")
    kind = models.CharField(max_length=6, choices=MailKind)
    wanted = models.BooleanField(default=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="dashboards_mailpref_unique")
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {'on' if self.wanted else 'off'}"


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
