"""What one runner imported, how far it is, and what became of each activity."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from members.models import ImportBatch, ImportEntry, TableLayout, User

Status = ImportEntry.Status
IN_ORDER = (
    Status.ADDED, Status.MERGED, Status.DUPLICATE, Status.SKIPPED, Status.FAILED, Status.WAITING,
    Status.TAKEN_BACK,
)  # fmt: skip


@dataclass(frozen=True)
class Progress:
    """How far an import is. Files count as read once what became of them is stored."""

    read: int
    files: int
    is_counted: bool
    """Whether every upload has been opened, so that `files` is all there is."""
    counts: dict[str, int]
    """How many entries there are of each status that occurs."""

    @cached_property
    def share(self) -> int:
        """Percent of the files that are read."""
        return 100 * self.read // self.files if self.files else 100

    @property
    def entries(self) -> int:
        """How many entries there are."""
        return sum(self.counts.values())

    @property
    def summary(self) -> str:
        """Words for what came of it: 12 added, 3 already there."""
        labels = dict(Status.choices)
        said = [f"{self.counts[one]:,} {labels[one]}" for one in IN_ORDER if one in self.counts]
        return ", ".join(said)


def imports_of(runner: User) -> QuerySet[ImportBatch]:
    """Return the runner's imports, newest first, with `count_added` and so on. One query."""
    counts = {
        f"count_{status}": Count("entries", filter=Q(entries__status=status))
        for status in Status.values
    }
    imports = ImportBatch.objects.filter(runner=runner)
    return imports.annotate(**counts).order_by("-created_at", "-pk")


def progress_of(batch: ImportBatch) -> Progress:
    """Return how far an import is. Two queries."""
    files = batch.files.aggregate(
        read=Coalesce(Sum("next_member"), 0),
        all=Coalesce(Sum(Coalesce("members", 1)), 0),
        uncounted=Count("pk", filter=Q(members__isnull=True)),
    )
    counts = batch.entries.order_by().values_list("status").annotate(Count("pk"))
    return Progress(files["read"], files["all"], not files["uncounted"], dict(counts))


def entries_of(batch: ImportBatch, *, status: str = "") -> QuerySet[ImportEntry]:
    """Return what became of each activity, in the order of the files; of one status where asked."""
    entries = batch.entries.all()
    return entries.filter(status=status) if status in Status.values else entries


def questions_of(batch: ImportBatch) -> QuerySet[ImportEntry]:
    """Return the tables that wait for their owner."""
    return batch.entries.filter(status=Status.WAITING)


def layouts_of(runner: User) -> QuerySet[TableLayout]:
    """Return the tables whose columns the runner has explained."""
    return TableLayout.objects.filter(runner=runner)
