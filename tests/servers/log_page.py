"""What two requests at once do to the log page: run inside a site, on its real database."""

import threading
import time
import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from injuries.models import ActivityUndo, PainReport
from members.models import Activity, User

AT_ONCE = 8


def _together(action: Callable[[], Any]) -> list[Any]:
    """Do the same thing in several threads that start at one moment."""
    start, answers = threading.Barrier(AT_ONCE), []

    def act() -> None:
        start.wait()
        try:
            answers.append(action())
        finally:
            connection.close()

    threads = [threading.Thread(target=act) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def _client(runner: User) -> Client:
    client = Client()
    client.force_login(runner)
    return client


def one_entry_many_times() -> dict[str, Any]:
    """Send one entry, delete it, and undo that: each many times at once."""
    settings.ALLOWED_HOSTS.append("testserver")
    runner = User.objects.get(email="runner-01@heath.example")
    runner.health_consent_at = timezone.now()
    runner.save()
    client, key = _client(runner), uuid.uuid4()
    sent = {
        "user": runner.pk, "client_key": str(key), "kind": "run", "distance": "7.1",
        "duration": "45", "on": runner.today(now=timezone.now()).isoformat(),
        "heel": "yes", "during": "2",
    }  # fmt: skip
    began = time.perf_counter()
    first = client.post("/log/send/", sent | {"client_key": str(uuid.uuid4())})
    one_ms = (time.perf_counter() - began) * 1000
    answers = _together(lambda: client.post("/log/send/", sent))
    runs = Activity.objects.filter(runner=runner, client_key=key)
    stored, reports = runs.count(), PainReport.objects.filter(activity__in=runs).count()
    before = list(runs.values())
    client.post(f"/log/{runs.get().pk}/delete/")
    undo = ActivityUndo.objects.latest("pk").pk
    undone = _together(lambda: client.post(f"/log/undo/{undo}/").status_code)
    return {
        "first": first.status_code,
        "statuses": [one.status_code for one in answers],
        "answers": len({one.content for one in answers}),
        "runs": stored,
        "reports": reports,
        "undo statuses": undone,
        "as it was": list(runs.values()) == before,
        "reports after": PainReport.objects.filter(activity__in=runs).count(),
        "one save, ms": one_ms,
    }
