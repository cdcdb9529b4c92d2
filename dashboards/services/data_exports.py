"""Downloads of everything about oneself: asked for, written once, kept for some days, swept.

The row is the truth. A file is written under another name first, so that a torn one is never given
out; a worker killed in the middle leaves a claim that the next sweep releases.
"""

import datetime as dt
import secrets
from contextlib import suppress
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction

from dashboards.models import DataExport
from dashboards.services.export import count_rows, write_export
from members.models import User

KEPT_FOR = dt.timedelta(days=7)
STUCK_AFTER = dt.timedelta(minutes=15)  # longer than the longest task may run
AT_ONCE_ROWS = 5_000  # written in well under two seconds while the person waits
State = DataExport.State


def folder() -> Path:
    """Return where the files are; only the program reads it."""
    path = Path(settings.VAR_DIR) / "exports"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def ask_for_export(person: User, *, now: dt.datetime) -> DataExport:
    """Return the person's download, waiting to be written; one that is being written stays."""
    with transaction.atomic():
        export, is_new = DataExport.objects.select_for_update().get_or_create(
            user=person, defaults={"asked_at": now}
        )
        if is_new or export.state != State.READY:
            return export
        old = export.file
        export.state, export.asked_at = State.WAITING, now
        export.ready_at = export.expires_at = None
        export.file, export.size_bytes, export.rows = "", 0, 0
        export.save()
        transaction.on_commit(partial(_delete, old))
    return export


def is_small(person: User) -> bool:
    """Tell whether the file can be written while the person waits."""
    return count_rows(person) <= AT_ONCE_ROWS


def write_now(export_id: int, *, now: dt.datetime) -> bool:
    """Write a waiting download; False where somebody else does, or nothing waits."""
    waiting = DataExport.objects.filter(pk=export_id, state=State.WAITING)
    if not waiting.update(state=State.CLAIMED, claimed_at=now):
        return False
    export = DataExport.objects.select_related("user").get(pk=export_id)
    name = f"{secrets.token_hex(16)}.zip"
    try:
        rows = _write_file(export.user, name, now=now)
    except BaseException:
        _release(export_id, claimed_at=now)
        _delete(name)
        raise
    size = (folder() / name).stat().st_size
    kept = DataExport.objects.filter(pk=export_id, state=State.CLAIMED, claimed_at=now).update(
        state=State.READY,
        claimed_at=None,
        ready_at=now,
        expires_at=now + KEPT_FOR,
        file=name,
        size_bytes=size,
        rows=rows,
    )
    if not kept:  # erased, or taken over, meanwhile
        _delete(name)
    return bool(kept)


def file_of(person: User, *, now: dt.datetime) -> tuple[DataExport, Path] | None:
    """Return the person's download with its file, or None where there is none any more."""
    export = DataExport.objects.filter(user=person, state=State.READY, expires_at__gt=now).first()
    if export is None:
        return None
    path = folder() / export.file
    return (export, path) if path.is_file() else None


def waiting_ids() -> list[int]:
    """Return what waits to be written."""
    return list(DataExport.objects.filter(state=State.WAITING).values_list("pk", flat=True))


def sweep(*, now: dt.datetime) -> int:
    """Release stuck claims; delete what has expired, and files nobody names. Return how many."""
    DataExport.objects.filter(state=State.CLAIMED, claimed_at__lt=now - STUCK_AFTER).update(
        state=State.WAITING, claimed_at=None
    )
    gone = list(DataExport.objects.filter(state=State.READY, expires_at__lte=now))
    for export in gone:
        _delete(export.file)
        export.delete()
    named = set(DataExport.objects.exclude(file="").values_list("file", flat=True))
    oldest = (now - STUCK_AFTER).timestamp()
    for path in folder().iterdir():
        if path.name not in named and path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)
    return len(gone)


def delete_file_of(person: User) -> None:
    """Delete the person's file after the commit; its row goes with the person."""
    for name in DataExport.objects.filter(user=person).values_list("file", flat=True):
        transaction.on_commit(partial(_delete, name))


def _write_file(person: User, name: str, *, now: dt.datetime) -> int:
    part = folder() / f"{name}.part"
    try:
        with part.open("xb") as out:
            part.chmod(0o600)
            counts = write_export(person, out, now=now)
        part.rename(folder() / name)
    finally:
        part.unlink(missing_ok=True)
    return sum(counts.values())


def _release(export_id: int, *, claimed_at: dt.datetime) -> None:
    DataExport.objects.filter(pk=export_id, state=State.CLAIMED, claimed_at=claimed_at).update(
        state=State.WAITING, claimed_at=None
    )


def _delete(name: str) -> None:
    if name:
        with suppress(OSError):
            (folder() / name).unlink(missing_ok=True)
