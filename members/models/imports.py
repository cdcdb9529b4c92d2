"""What somebody imported: the uploads, what became of each activity in them, and what was learnt.

Metres, seconds, UTC. The uploaded bytes lie under VAR_DIR until the import is finished.
"""

import datetime as dt
import zoneinfo
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format

from members.models.people import User
from members.models.training import Activity

NAME_LENGTH = 400
SHORT_NAME_LENGTH = 80
REASON_LENGTH = 500


class ImportBatch(models.Model):
    """One upload of any number of files. One worker at a time holds the claim on it."""

    class State(models.TextChoices):
        WAITING = "waiting", "waiting for its turn"
        WORKING = "working", "being read"
        ASKING = "asking", "needs you"
        FINISHED = "finished", "finished"
        FAILED = "failed", "broken off"
        UNDONE = "undone", "taken back"

    # In these nothing is left to do, and the uploaded bytes are gone.
    ENDED: ClassVar[tuple[str, ...]] = (State.FINISHED, State.FAILED, State.UNDONE)
    UNREAD: ClassVar[tuple[str, ...]] = (State.WAITING, State.WORKING)

    runner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="imports")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    created_at = models.DateTimeField(default=timezone.now)
    # Set while somebody works on it; `claimed_at` is renewed with every file.
    claim = models.UUIDField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    # How often reading the file it is at was begun and not ended.
    tries = models.PositiveSmallIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)
    # The folder under VAR_DIR/imports; a random name, empty once it is deleted.
    folder = models.CharField(max_length=32, blank=True)
    size_bytes = models.PositiveBigIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name_plural = "import batches"
        indexes = [
            models.Index(fields=["runner", "-created_at"], name="members_importbatch_runner"),
            models.Index(
                fields=["state", "claimed_at"],
                name="members_importbatch_due",
                condition=Q(state__in=["waiting", "working", "asking"]),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["folder"], condition=~Q(folder=""), name="members_importbatch_folder"
            ),
            models.CheckConstraint(
                condition=Q(state="working", claim__isnull=False, claimed_at__isnull=False)
                | (~Q(state="working") & Q(claim__isnull=True, claimed_at__isnull=True)),
                name="members_importbatch_claimed_while_working",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["finished", "failed", "undone"], finished_at__isnull=False)
                | Q(state__in=["waiting", "working", "asking"], finished_at__isnull=True),
                name="members_importbatch_ended_paired",
            ),
            models.CheckConstraint(
                condition=~Q(state="failed", error=""), name="members_importbatch_failed_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"import of {self.created_at:%Y-%m-%d}"

    @property
    def has_ended(self) -> bool:
        """Whether nothing is left to do."""
        return self.state in self.ENDED

    @property
    def is_unread(self) -> bool:
        """Whether a worker still has files to read."""
        return self.state in self.UNREAD


class ImportFile(models.Model):
    """One uploaded file, and how far it has been read: the place to go on from."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="files")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=NAME_LENGTH)
    size_bytes = models.PositiveBigIntegerField()
    # How many files are in it (an archive's members; 1 for any other); null: not opened yet.
    members = models.PositiveIntegerField(null=True, blank=True)
    next_member = models.PositiveIntegerField(default=0)
    is_done = models.BooleanField(default=False)

    class Meta:
        ordering = ["batch", "number"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="members_importfile_number"),
        ]

    def __str__(self) -> str:
        return self.name


class ImportEntry(models.Model):
    """What became of one activity of a file, or of a file without one.

    A file is named by its place: uploaded `file`, `member` of an archive, `part` of that file.
    Part 0 is the question about an unknown table; activities and refusals begin at 1.
    """

    class Status(models.TextChoices):
        ADDED = "added", "added"
        MERGED = "merged", "merged"
        DUPLICATE = "duplicate", "already there"
        SKIPPED = "skipped", "skipped"
        FAILED = "failed", "failed"
        WAITING = "waiting", "needs you"
        TAKEN_BACK = "taken_back", "taken back"

    class Match(models.TextChoices):
        """How an activity was recognised."""

        SAME_FILE = "same_file", "the same file"
        SAME_OUTING = "same_outing", "the same outing"
        SHIFTED_CLOCK = "shifted_clock", "the same outing by a shifted clock"
        TYPED = "typed", "typed in by hand"

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="entries")
    file = models.ForeignKey(ImportFile, on_delete=models.CASCADE, related_name="entries")
    member = models.PositiveIntegerField(default=0)
    part = models.PositiveIntegerField()
    name = models.CharField(max_length=NAME_LENGTH)
    status = models.CharField(max_length=10, choices=Status)
    reason = models.CharField(max_length=REASON_LENGTH, blank=True)
    match = models.CharField(max_length=13, choices=Match, blank=True)
    # The activity as the file tells it.
    kind = models.CharField(max_length=10, choices=Activity.Kind, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    start_said = models.BooleanField(default=True)  # False: of the start only the day is known
    time_zone = models.CharField(max_length=64, blank=True)
    distance_m = models.PositiveIntegerField(null=True, blank=True)
    duration_s = models.PositiveIntegerField(null=True, blank=True)
    elapsed_s = models.PositiveIntegerField(null=True, blank=True)
    title = models.CharField(max_length=200, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    # What it became, and what in the log it was taken for.
    activity = models.ForeignKey(
        Activity, on_delete=models.SET_NULL, null=True, blank=True, related_name="import_entries"
    )
    matched = models.ForeignKey(
        Activity, on_delete=models.SET_NULL, null=True, blank=True, related_name="import_matches"
    )
    # What a merge changed in `matched`: {field: [before, after]}.
    changes = models.JSONField(default=dict, blank=True)
    # Of an unknown table: what names its kind; its headings, first rows and the best guess.
    signature = models.CharField(max_length=64, blank=True)
    table = models.JSONField(null=True, blank=True)
    settled_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["file", "member", "part"]
        verbose_name_plural = "import entries"
        indexes = [
            models.Index(fields=["batch", "status"], name="members_importentry_status"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["file", "member", "part"], name="members_importentry_once"
            ),
            models.CheckConstraint(
                condition=Q(status="waiting", table__isnull=False)
                | (~Q(status="waiting") & Q(table__isnull=True)),
                name="members_importentry_table_while_waiting",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["skipped", "failed", "duplicate", "merged"], reason=""),
                name="members_importentry_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.status}"

    @property
    def local_start(self) -> dt.datetime | None:
        """The start in the zone it is counted in."""
        if self.started_at is None:
            return None
        return self.started_at.astimezone(zoneinfo.ZoneInfo(self.time_zone or "UTC"))

    @property
    def short_name(self) -> str:
        """The name, or the end of a very long one: the file's own name stands there."""
        name = self.name
        return name if len(name) <= SHORT_NAME_LENGTH else f"…{name[1 - SHORT_NAME_LENGTH :]}"

    @property
    def shown_start(self) -> str:
        """The day and, where it is known, the time of day, as the clock on the wall showed it."""
        if self.local_start is None:
            return ""
        return date_format(self.local_start, "D j M Y, H:i" if self.start_said else "D j M Y")

    @property
    def may_be_another(self) -> bool:
        """Whether its owner may say that it was taken for the wrong run."""
        recognised = {self.Status.DUPLICATE, self.Status.MERGED}
        return (
            self.status in recognised
            and self.match != self.Match.SAME_FILE
            and self.started_at is not None
        )


class TableLayout(models.Model):
    """Which column of one kind of table is which, as its owner said once."""

    runner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="table_layouts")
    signature = models.CharField(max_length=64)
    # Of the table it was said about; shown where layouts are listed.
    name = models.CharField(max_length=NAME_LENGTH)
    columns = models.JSONField()
    said_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["runner", "signature"], name="members_tablelayout_signature"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DifferentOuting(models.Model):
    """Its owner said: this activity is not the outing that a file starts at that moment."""

    activity = models.ForeignKey(
        Activity, on_delete=models.CASCADE, related_name="different_outings"
    )
    started_at = models.DateTimeField()
    file_sha256 = models.CharField(max_length=64, blank=True)
    said_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["activity", "started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "started_at"], name="members_differentouting_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} is not that of {self.started_at:%Y-%m-%d %H:%M}"
