"""The uploaded bytes: on disk under a random name, for their owner's import only, and not for long.

They lie under VAR_DIR/imports, which no web server serves; a folder for an import, a number for
each file. What a dead process left behind is found by `delete_orphans`.
"""

import datetime as dt
import secrets
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.db import transaction

from members.activity_files.archive import printable
from members.models import ImportBatch, ImportFile, User
from members.models.imports import NAME_LENGTH

MAX_FILES = 1000
MAX_OPEN = 5  # imports of one runner that are not finished
DISK_RESERVE_BYTES = 200 * 1024 * 1024  # left for the database and the mail
KEPT_FOR = dt.timedelta(days=7)
ORPHANED_AFTER = dt.timedelta(hours=1)
MEGABYTE = 1024 * 1024


def receive(runner: User, uploads: Sequence[UploadedFile], *, now: dt.datetime) -> ImportBatch:
    """Keep uploads on disk and return their import, waiting to be read.

    Raises ValidationError for `files`: none, too many, too large, no room, too much unfinished.
    """
    size = sum(upload.size or 0 for upload in uploads)
    _check(runner, len(uploads), size)
    folder = secrets.token_hex(16)
    path = _root() / folder
    try:
        path.mkdir(mode=0o700, parents=True)
        for number, upload in enumerate(uploads):
            _store(upload, path / str(number))
        return _create(runner, uploads, folder=folder, size=size, now=now)
    except OSError as error:
        shutil.rmtree(path, ignore_errors=True)
        raise ValidationError({"files": _no_room()}) from error
    except BaseException:
        shutil.rmtree(path, ignore_errors=True)
        raise


def path_of(batch: ImportBatch, file: ImportFile) -> Path:
    """Where the bytes of an uploaded file lie; they may be gone."""
    return _root() / batch.folder / str(file.number)


def delete_folder(folder: str) -> None:
    """Delete the bytes of an import; nothing there is fine."""
    if folder:
        shutil.rmtree(_root() / folder, ignore_errors=True)


def delete_orphans(*, now: dt.datetime) -> int:
    """Delete folders no import knows (any more), once they are an hour old; return how many."""
    known = set(ImportBatch.objects.exclude(folder="").values_list("folder", flat=True))
    old = now - ORPHANED_AFTER
    orphans = [one for one in _folders() if one.name not in known and _modified(one) < old]
    for orphan in orphans:
        shutil.rmtree(orphan, ignore_errors=True)
    return len(orphans)


def _root() -> Path:
    return Path(settings.VAR_DIR) / "imports"


def _folders() -> Iterator[Path]:
    root = _root()
    return (one for one in root.iterdir() if one.is_dir()) if root.is_dir() else iter(())


def _modified(path: Path) -> dt.datetime:
    try:
        return dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)
    except FileNotFoundError:  # deleted meanwhile
        return dt.datetime.max.replace(tzinfo=dt.UTC)


def _check(runner: User, count: int, size: int) -> None:
    largest = settings.IMPORT_MAX_MB
    if not count:
        raise ValidationError({"files": "Choose at least one file."})
    if count > MAX_FILES:
        raise ValidationError(
            {"files": f"That is more than {MAX_FILES:,} files. Send them as one zip."}
        )
    if size > largest * MEGABYTE:
        raise ValidationError(
            {"files": f"That is more than {largest} MB at once. Send it in parts."}
        )
    unfinished = ImportBatch.objects.filter(runner=runner, state__in=ImportBatch.UNREAD)
    if unfinished.count() >= MAX_OPEN:
        raise ValidationError(
            {"files": f"{MAX_OPEN} of your imports are still being read. Wait for one to finish."}
        )
    _root().mkdir(mode=0o700, parents=True, exist_ok=True)
    if shutil.disk_usage(_root()).free < size + DISK_RESERVE_BYTES:
        raise ValidationError({"files": _no_room()})


def _no_room() -> str:
    return (
        "There is no room for this on the club's machine at the moment. Nothing was kept; "
        "tell whoever runs it, or send less at once."
    )


def _store(upload: UploadedFile, path: Path) -> None:
    """Move or write the bytes; nobody but the site's own user may read them."""
    if isinstance(upload, TemporaryUploadedFile):
        shutil.move(upload.temporary_file_path(), path)
        path.chmod(0o600)
        return
    path.touch(mode=0o600)
    with path.open("wb") as file:
        for chunk in upload.chunks():
            file.write(chunk)


def _create(
    runner: User, uploads: Sequence[UploadedFile], *, folder: str, size: int, now: dt.datetime
) -> ImportBatch:
    with transaction.atomic():
        batch = ImportBatch.objects.create(
            runner=runner, folder=folder, size_bytes=size, created_at=now
        )
        ImportFile.objects.bulk_create(
            ImportFile(
                batch=batch,
                number=number,
                name=printable(upload.name or "", NAME_LENGTH) or "a file without a name",
                size_bytes=upload.size or 0,
            )
            for number, upload in enumerate(uploads)
        )
    return batch
