"""Noting that the schedule or a worker is alive."""

import datetime as dt

from dashboards.models import Heartbeat

FORGOTTEN_AFTER = dt.timedelta(days=7)


def note(kind: str, *, name: str, now: dt.datetime) -> None:
    """Store when a process was last seen; one that was not seen for a week is forgotten."""
    name = name[:120]
    if not Heartbeat.objects.filter(kind=kind, name=name).update(at=now):
        Heartbeat.objects.filter(at__lt=now - FORGOTTEN_AFTER).delete()
        Heartbeat.objects.get_or_create(kind=kind, name=name, defaults={"at": now})
