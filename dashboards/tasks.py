"""Jobs around mails and downloads. Each calls one service, and may run twice or never."""

from celery import shared_task
from django.utils import timezone

from dashboards.models import Digest, Notice
from dashboards.services import data_exports, digests, ledger, notice_sending, notices, sheets


@shared_task(name="dashboards.send_due_digests")
def send_due_digests() -> int:
    """Insert what is due, release what is stuck, and queue whatever may be sent."""
    now = timezone.now()
    digests.insert_due(now=now)
    notices.insert_asked(now=now)
    ledger.release_stuck(now=now)
    ids = list(Digest.objects.sendable(now=now).values_list("pk", flat=True))
    for digest_id in ids:
        send_digest.delay(digest_id)
    return len(ids)


@shared_task(name="dashboards.send_digest")
def send_digest(digest_id: int) -> str | None:
    """Send one mail, if nobody else has."""
    return digests.send_digest(digest_id, now=timezone.now())


@shared_task(name="dashboards.send_due_notices")
def send_due_notices() -> int:
    """Insert what has just happened to somebody, and queue every other mail that may be sent."""
    now = timezone.now()
    notices.insert_news(now=now)
    ids = list(Notice.objects.sendable(now=now).values_list("pk", flat=True))
    for notice_id in ids:
        send_notice.delay(notice_id)
    return len(ids)


@shared_task(name="dashboards.send_notice")
def send_notice(notice_id: int) -> str | None:
    """Send one other mail, if nobody else has."""
    return notice_sending.send_notice(notice_id, now=timezone.now())


@shared_task(name="dashboards.forget_old_notices")
def forget_old_notices() -> int:
    """Delete the rows of other mails that ended three months ago."""
    return notices.forget_old(now=timezone.now())


@shared_task(name="dashboards.write_export")
def write_export(export_id: int) -> bool:
    """Write one download that waits, if nobody else does."""
    return data_exports.write_now(export_id, now=timezone.now())


@shared_task(name="dashboards.sweep_exports")
def sweep_exports() -> int:
    """Delete downloads and shared sheets that have expired; queue downloads that wait."""
    data_exports.sweep(now=timezone.now())
    sheets.sweep_sheets(now=timezone.now())
    ids = data_exports.waiting_ids()
    for export_id in ids:
        write_export.delay(export_id)
    return len(ids)
