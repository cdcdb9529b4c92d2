"""How the installation is doing, for whoever runs it: figures and moments, nobody's data."""

import datetime as dt
import shutil
from dataclasses import dataclass
from typing import Any

from celery import current_app
from django.conf import settings
from django.db.models import Count, Min, Q, QuerySet
from kombu.exceptions import OperationalError

from dashboards.models import DataExport, Digest, Heartbeat, Notice, Posting
from injuries.models import AssessmentDue
from members.models import ImportBatch

BEAT_SILENT = dt.timedelta(minutes=5)
WORKER_SILENT = dt.timedelta(minutes=10)  # the longest task may run five
OVERDUE = dt.timedelta(hours=1)
FAILED_SINCE = dt.timedelta(days=7)
DISK_LOW = 0.05
MB = 1024 * 1024
UNSENT = (Posting.State.DUE, Posting.State.CLAIMED)
LEDGERS: tuple[type[Posting], ...] = (Digest, Notice)


@dataclass(frozen=True, slots=True)
class Seen:
    """A process that does jobs, and when it last said that it is alive."""

    kind: str
    name: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """One kind of work that waits: how much, and since when the oldest of it could be done."""

    name: str
    count: int
    oldest: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Health:
    """All of it at one moment; `problems` are sentences, empty where nothing is amiss."""

    at: dt.datetime
    database: str
    queue: int | None  # None: it cannot be reached
    seen: tuple[Seen, ...]
    waiting: tuple[Waiting, ...]
    failed_mails: int
    disk_free_mb: int
    disk_total_mb: int

    @property
    def problems(self) -> list[str]:
        """What somebody has to look at."""
        found = [
            *_silent(self.seen, "beat", "The schedule", BEAT_SILENT, now=self.at),
            *_silent(self.seen, "worker", "A worker", WORKER_SILENT, now=self.at),
        ]
        if self.queue is None:
            found.append("The queue cannot be reached.")
        found += [
            f"{one.name.capitalize()}: the oldest has waited since {one.oldest:%Y-%m-%d %H:%M} UTC."
            for one in self.waiting
            if one.oldest is not None and self.at - one.oldest > OVERDUE
        ]
        if self.disk_free_mb < self.disk_total_mb * DISK_LOW:
            found.append(f"The disk of VAR_DIR has {self.disk_free_mb} MB left.")
        return found


def _silent(
    seen: tuple[Seen, ...], kind: str, who: str, patience: dt.timedelta, *, now: dt.datetime
) -> list[str]:
    last = max((one.at for one in seen if one.kind == kind), default=None)
    if last is None:
        return [f"{who} has not been seen yet."]
    silent = f"{who} was last seen {last:%Y-%m-%d %H:%M} UTC."
    return [silent] if now - last > patience else []


def health(*, now: dt.datetime) -> Health:
    """Look at everything once. Eight queries, whatever waits."""
    disk = shutil.disk_usage(settings.VAR_DIR)
    return Health(
        at=now,
        database=settings.DATABASES["default"]["ENGINE"].rpartition(".")[2],
        queue=queue_length(),
        seen=tuple(Seen(*row) for row in Heartbeat.objects.values_list("kind", "name", "at")),
        waiting=_waiting(now=now),
        failed_mails=sum(_failed(ledger, now=now) for ledger in LEDGERS),
        disk_free_mb=disk.free // MB,
        disk_total_mb=disk.total // MB,
    )


def queue_length() -> int | None:
    """Return how many messages wait for a worker; None where the queue cannot be reached."""
    try:
        with current_app.connection_for_read() as connection:
            return _length(connection, settings.CELERY_TASK_DEFAULT_QUEUE)
    except (OperationalError, OSError):
        return None


def _length(connection: Any, queue: str) -> int:
    try:
        return int(connection.default_channel.queue_declare(queue, passive=True).message_count)
    except connection.channel_errors:  # an empty queue of Redis is no queue
        return 0


def _waiting(*, now: dt.datetime) -> tuple[Waiting, ...]:
    exports = DataExport.objects.exclude(state=DataExport.State.READY)
    imports = ImportBatch.objects.filter(state__in=ImportBatch.UNREAD)
    return (
        _waiting_mail("weekly mail", Digest, now=now),
        _waiting_mail("other mail", Notice, now=now),
        Waiting("changed histories", *_count(AssessmentDue.objects.all(), "changed_at")),
        Waiting("imports", *_count(imports, "created_at")),
        Waiting("downloads", *_count(exports, "asked_at")),
    )


def _waiting_mail(name: str, ledger: type[Posting], *, now: dt.datetime) -> Waiting:
    """Of mail that is due, tried or not; what waits for its hour does not count."""
    waits = ledger.objects.filter(state__in=UNSENT, due_at__lte=now)
    return Waiting(name, *_count(waits.order_by(), "due_at"))


def _count(rows: QuerySet[Any], moment: str) -> tuple[int, dt.datetime | None]:
    found = rows.aggregate(count=Count("pk"), oldest=Min(moment))
    return found["count"], found["oldest"]


def _failed(ledger: type[Posting], *, now: dt.datetime) -> int:
    failed = Q(state=Posting.State.FAILED, due_at__gte=now - FAILED_SINCE)
    return ledger.objects.filter(failed).count()
