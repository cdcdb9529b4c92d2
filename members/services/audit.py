"""The one way an audit row is written."""

import datetime as dt
from typing import Any

from members.models import AuditEntry, Club, User


def record(
    action: str,
    *,
    by: User | None,
    now: dt.datetime,
    about: User | None = None,
    club: Club | None = None,
    **details: Any,
) -> AuditEntry:
    """Write who did what. `details` holds ids and plain words, never anything about pain."""
    return AuditEntry.objects.create(
        action=action, by=by, at=now, about=about, club=club, details=details
    )
