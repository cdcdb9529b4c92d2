"""Jobs around the weekly mail. Each takes ids, calls one service, and may run twice or never."""

from celery import shared_task
from django.utils import timezone

from dashboards.services import digests


@shared_task(name="dashboards.send_due_digests")
def send_due_digests() -> int:
    """Insert what is due, release what is stuck, and queue whatever may be sent."""
    now = timezone.now()
    digests.insert_due(now=now)
    digests.release_stuck(now=now)
    ids = list(digests.sendable(now=now).values_list("pk", flat=True))
    for digest_id in ids:
        send_digest.delay(digest_id)
    return len(ids)


@shared_task(name="dashboards.send_digest")
def send_digest(digest_id: int) -> str | None:
    """Send one mail, if nobody else has."""
    return digests.send_digest(digest_id, now=timezone.now())
