"""Jobs of this app, and how any app puts one on the queue. Each takes ids and may run twice."""

import logging
from typing import Any

from celery import Task, shared_task
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from members.models import ImportBatch, User
from members.services import club_runs, plans
from members.services.imports import claims, uploads, work

log = logging.getLogger(__name__)

SLICE_S = 45  # how long one import keeps a worker from the jobs behind it
SMALL_FILES, SMALL_BYTES = 3, 2 * 1024 * 1024  # so little is read while its owner waits
PATIENCE_S = 2


def enqueue_on_commit(task: "Task[..., Any]", *args: Any) -> None:
    """Put a task on the queue after the commit; without a broker the next sweep does it."""

    def send() -> None:
        try:
            task.apply_async(args=args, retry=False)
        except OperationalError:
            log.warning("The queue cannot be reached; %s waits for the next sweep.", task.name)

    transaction.on_commit(send)


def begin_import(batch: ImportBatch) -> None:
    """Read a small import at once; put a large one, and what is left of any, on the queue."""
    is_small = batch.size_bytes < SMALL_BYTES and batch.files.count() <= SMALL_FILES
    if is_small and not work.read_on(batch.pk, clock=timezone.now, seconds=PATIENCE_S):
        return
    enqueue_on_commit(read_import, batch.pk)


@shared_task(name="members.continue_imports")
def continue_imports() -> int:
    """Release imports whose worker died, end old ones, and queue whatever is unread."""
    now = timezone.now()
    claims.release_stuck(now=now)
    claims.expire(now=now)
    uploads.delete_orphans(now=now)
    ids = claims.unread_imports()
    for batch_id in ids:
        read_import.delay(batch_id)
    return len(ids)


@shared_task(name="members.read_import")
def read_import(batch_id: int) -> bool:
    """Read one import on for a while; what is left goes behind the jobs that wait meanwhile."""
    is_left = work.read_on(batch_id, clock=timezone.now, seconds=SLICE_S)
    if is_left:
        enqueue_on_commit(read_import, batch_id)
    return is_left


@shared_task(name="members.fill_planned_days")
def fill_planned_days() -> int:
    """Turn past days of planned holidays into day statuses; return how many runners were due."""
    runner_ids = plans.runners_with_days_to_fill(now=timezone.now())
    for runner_id in runner_ids:
        fill_planned_days_of.delay(runner_id)
    return len(runner_ids)


@shared_task(name="members.fill_planned_days_of")
def fill_planned_days_of(runner_id: int) -> int:
    """Do it for one runner."""
    return plans.fill_planned_days(User.objects.get(pk=runner_id), now=timezone.now())


@shared_task(name="members.forget_old_runs")
def forget_old_runs() -> int:
    """Delete club runs that are some weeks past."""
    return club_runs.forget_old_runs(now=timezone.now())
