"""An archive, somebody to import it, members who log: `Site.ask("function", module="imports")`."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Count
from django.utils import timezone

from members.models import Activity, ImportBatch, ImportEntry, User
from members.services.imports.uploads import receive
from members.tasks import read_import
from tests.members.activity_files.builders import plain_run, zipped

FILES = 180
MEMBERS = [f"runner-{number:02d}@heath.example" for number in range(1, 9)]
IMPORTER = "runner-10@heath.example"
FIRST = dt.datetime(2023, 5, 1, 6, 0, tzinfo=dt.UTC)


def upload() -> int:
    """Keep an archive of runs, a torn file in the middle, and put it on the queue."""
    runs = {
        f"{day:03d}.gpx": plain_run(FIRST + dt.timedelta(days=day), seconds=1800, every=2)
        for day in range(FILES)
    }
    runs["090-torn.gpx"] = b"<gpx>"
    archive = zipped(dict(sorted(runs.items())))
    batch = receive(
        User.objects.get(email=IMPORTER),
        [SimpleUploadedFile("years.zip", archive)],
        now=timezone.now(),
    )
    read_import.delay(batch.pk)
    return batch.pk


def amiss() -> dict[str, Any]:
    """Compare what is stored with the archive; return what is wrong."""
    batch = ImportBatch.objects.get()
    runs = Activity.objects.filter(runner__email=IMPORTER, source="file")
    starts = {FIRST + dt.timedelta(days=day) for day in range(FILES)}
    said = ImportEntry.objects.values_list("status").annotate(Count("pk"))
    twice = runs.values("started_at").annotate(n=Count("pk")).filter(n__gt=1)
    without = runs.exclude(import_entries__status="added")
    return {
        "state": batch.state,
        "entries": dict(said),
        "starts that are wrong": len(starts ^ set(runs.values_list("started_at", flat=True))),
        "twice": len(twice),
        "without an entry": len(without),
        "bytes left": [one.name for one in (settings.VAR_DIR / "imports").iterdir()],
    }


RIGHT = {
    "state": "finished",
    "entries": {"added": FILES, "failed": 1},
    "starts that are wrong": 0,
    "twice": 0,
    "without an entry": 0,
    "bytes left": [],
}


def sessions() -> list[str]:
    """Log the members in; return the keys of their sessions."""
    keys = []
    for user in User.objects.filter(email__in=MEMBERS).order_by("email"):
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        keys.append(session.session_key)
    return keys
