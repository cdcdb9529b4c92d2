"""The send ledger of all mail, and who wants which mail how often."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Q

from members.models import Invitation, Membership, User

DEFAULT_HOUR = 7
REASON_LENGTH = 300


class MailKind(models.TextChoices):
    RUNNER = "runner", "my week"
    COACH = "coach", "who needs me"
    MORNING = "morning", "the morning after a run"
    REMINDER = "reminder", "a week without an entry"
    URGENT = "urgent", "somebody may need me today"
    IMPORT = "import", "an import has ended"
    EXPORT = "export", "a download is ready"
    INVITATION = "invitation", "an invitation"


class Frequency(models.TextChoices):
    OFF = "off", "off"
    AT_ONCE = "at_once", "at once"
    DAILY = "daily", "once a day"
    WEEKLY = "weekly", "once a week"


class PostingQuerySet(models.QuerySet[Any]):
    """Rows of a ledger, narrowed."""

    def sendable(self, *, now: dt.datetime) -> Self:
        """Those that may be sent now, oldest first."""
        is_time = Q(next_try_at__isnull=True) | Q(next_try_at__lte=now)
        due = self.filter(is_time, state=Posting.State.DUE, due_at__lte=now)
        return due.order_by("due_at", "pk")


class Posting(models.Model):
    """One mail to one reader: due, claimed, then sent, skipped or failed.

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

    state = models.CharField(max_length=8, choices=State, default=State.DUE)
    due_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    # How often somebody had it sent once more on purpose: each of those has its own Message-ID.
    resends = models.PositiveSmallIntegerField(default=0)
    # Why skipped, or the last error: SMTP's words, never the mail's.
    reason = models.CharField(max_length=REASON_LENGTH, blank=True)

    objects = PostingQuerySet.as_manager()

    @property
    def message_name(self) -> str:
        """What stands before the @ of the Message-ID: the same for a second try of a sending."""
        again = f"-{self.resends}" if self.resends else ""
        return f"{self._meta.model_name}-{self.pk}{again}"

    class Meta:
        abstract = True
        ordering = ["-due_at", "-id"]
        indexes = [models.Index(fields=["state", "due_at"], name="dashboards_%(class)s_state_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False)
                | ~Q(state="sent") & Q(sent_at__isnull=True),
                name="dashboards_%(class)s_sent_paired",
            )
        ]


class Digest(Posting):
    """One weekly mail to one member (kind runner or coach) about one week."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="digests")
    kind = models.CharField(max_length=10, choices=MailKind)
    week = models.DateField()  # Monday of the week it tells about

    class Meta(Posting.Meta):
        constraints = [
            *Posting.Meta.constraints,
            models.UniqueConstraint(
                fields=["membership", "kind", "week"], name="dashboards_digest_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} digest, week of {self.week}: {self.state}"


class Notice(Posting):
    """Any other mail, about one thing that happened; who is invited may be nobody's account yet."""

    kind = models.CharField(max_length=10, choices=MailKind)
    user = models.ForeignKey(
        User, on_delete=models.CASCADE, null=True, blank=True, related_name="notices"
    )
    # What it is about: "2026-W10", "import 7"; with reader and kind there is one such mail.
    key = models.CharField(max_length=60)
    # Of a mail to a coach: in which club, and about whom.
    membership = models.ForeignKey(
        Membership, on_delete=models.CASCADE, null=True, blank=True, related_name="notices"
    )
    about = models.ForeignKey(
        User, on_delete=models.CASCADE, null=True, blank=True, related_name="notices_about"
    )
    invitation = models.ForeignKey(
        Invitation, on_delete=models.CASCADE, null=True, blank=True, related_name="notices"
    )
    # The reader's day on which it goes into one mail with others; null: a mail of its own.
    bundled_on = models.DateField(null=True, blank=True)

    class Meta(Posting.Meta):
        constraints = [
            *Posting.Meta.constraints,
            models.UniqueConstraint(
                fields=["user", "kind", "key"], name="dashboards_notice_unique"
            ),
            models.UniqueConstraint(
                fields=["invitation"],
                condition=Q(invitation__isnull=False),
                name="dashboards_notice_invitation_unique",
            ),
            models.CheckConstraint(
                condition=Q(kind="invitation", user__isnull=True, invitation__isnull=False)
                | ~Q(kind="invitation") & Q(user__isnull=False, invitation__isnull=True),
                name="dashboards_notice_reader",
            ),
            models.CheckConstraint(
                condition=Q(kind="urgent", membership__isnull=False, about__isnull=False)
                | ~Q(kind="urgent") & Q(membership__isnull=True, about__isnull=True),
                name="dashboards_notice_urgent_about",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}, {self.key}: {self.state}"


class MailPreference(models.Model):
    """Somebody's wish for one kind of mail; no row means the kind's default (mail_kinds.py)."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="mail_preferences")
    kind = models.CharField(max_length=10, choices=MailKind)
    frequency = models.CharField(max_length=7, choices=Frequency)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="dashboards_mailpref_unique"),
            models.CheckConstraint(
                condition=Q(frequency__in=Frequency.values), name="dashboards_mailpref_frequency"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.get_frequency_display()}"


class MailHour(models.Model):
    """The hour by the reader's clock for what comes neither at once nor at the club's hour."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="mail_hour")
    hour = models.PositiveSmallIntegerField(default=DEFAULT_HOUR)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(hour__lte=23), name="dashboards_mailhour_hour")
        ]

    def __str__(self) -> str:
        return f"{self.hour}:00"
