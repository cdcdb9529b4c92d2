"""Who looked at whose page: one audit row per coach, runner and day, which the runner can read."""

import datetime as dt

from django.db import transaction

from members.models import AuditEntry, Membership
from members.services.audit import record

VIEWED = "runner_viewed"


def record_view(coach: Membership, *, runner: Membership, now: dt.datetime) -> AuditEntry | None:
    """Write that the coach opened the runner's page; None where that day already has its row."""
    midnight = now.astimezone(coach.user.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    with transaction.atomic():
        # Two tabs opened at once wait for each other here, so that the day gets one row.
        Membership.objects.select_for_update().get(pk=coach.pk)
        seen = AuditEntry.objects.filter(
            action=VIEWED, by=coach.user, about=runner.user, club=coach.club, at__gte=midnight
        )
        if seen.exists():
            return None
        return record(
            VIEWED,
            by=coach.user,
            about=runner.user,
            club=coach.club,
            now=now,
            sharing=runner.sharing,
        )
