"""The ledger of imports: which wait for a worker, who has which, and how each of them ends.

waiting -> working, claimed by a conditional UPDATE -> asking (a table needs its owner) or ended. A
claim is renewed with every file; one that grew stale was its worker's last and is released.
"""

import datetime as dt
import uuid

from django.conf import settings
from django.db import transaction

from members.models import ImportBatch, ImportEntry, User
from members.services.imports.uploads import KEPT_FOR, delete_folder

State, Status = ImportBatch.State, ImportEntry.Status

TOO_LATE = "It was not read within seven days. Import the files again."
UNANSWERED = "Nobody said within seven days which column is which. Import it again."


class ClaimLost(Exception):
    """Somebody else works on this import now, or it was taken back."""


def unread_imports() -> list[int]:
    """Return the ids of imports that wait for a worker, oldest first."""
    waiting = ImportBatch.objects.filter(state=State.WAITING).order_by("created_at", "pk")
    return list(waiting.values_list("pk", flat=True))


def claim(batch_id: int, *, now: dt.datetime) -> ImportBatch | None:
    """Take an import for oneself; of any number of workers exactly one gets it."""
    mine = uuid.uuid4()
    free = ImportBatch.objects.filter(pk=batch_id, state=State.WAITING)
    if not free.update(state=State.WORKING, claim=mine, claimed_at=now):
        return None
    return ImportBatch.objects.select_related("runner").filter(pk=batch_id, claim=mine).first()


def hold(batch: ImportBatch, *, now: dt.datetime, **fields: object) -> None:
    """Renew a claim. Raises ClaimLost where it is no longer ours."""
    ours = ImportBatch.objects.filter(pk=batch.pk, claim=batch.claim)
    if not ours.update(claimed_at=now, **fields):
        raise ClaimLost


def release(batch: ImportBatch, *, state: ImportBatch.State) -> None:
    """Give a claim back: `waiting` for the next worker, or `asking` for its owner."""
    ours = ImportBatch.objects.filter(pk=batch.pk, claim=batch.claim)
    if not ours.update(state=state, claim=None, claimed_at=None):
        raise ClaimLost


def end(batch: ImportBatch, *, state: ImportBatch.State, now: dt.datetime, error: str = "") -> bool:
    """End an import and delete its bytes; False where it changed since `batch` was read."""
    same = ImportBatch.objects.filter(pk=batch.pk, state=batch.state, claim=batch.claim)
    with transaction.atomic():
        if not same.update(
            state=state, finished_at=now, error=error, folder="", claim=None, claimed_at=None
        ):
            return False
        transaction.on_commit(lambda: delete_folder(batch.folder))
    return True


def lock_runner(runner_id: int) -> None:
    """Let two imports of one runner judge one after the other; logging goes on meanwhile."""
    User.objects.select_for_update(no_key=True).only("pk").get(pk=runner_id)


def release_stuck(*, now: dt.datetime) -> int:
    """Give back the claims of workers that died; return how many."""
    stale = now - dt.timedelta(seconds=settings.IMPORT_STUCK_SECONDS)
    stuck = ImportBatch.objects.filter(state=State.WORKING, claimed_at__lt=stale)
    return stuck.update(state=State.WAITING, claim=None, claimed_at=None)


def expire(*, now: dt.datetime) -> int:
    """End what is older than seven days, read or not; return how many."""
    old = ImportBatch.objects.filter(created_at__lt=now - KEPT_FOR).exclude(
        state__in=ImportBatch.ENDED
    )
    return sum(_expire(batch, now=now) for batch in old)


def _expire(batch: ImportBatch, *, now: dt.datetime) -> bool:
    with transaction.atomic():
        if batch.is_unread:
            ended = end(batch, state=State.FAILED, error=TOO_LATE, now=now)
        else:
            ended = end(batch, state=State.FINISHED, now=now)
        if ended:
            batch.entries.filter(status=Status.WAITING).update(
                status=Status.SKIPPED, reason=UNANSWERED, table=None
            )
    return ended
