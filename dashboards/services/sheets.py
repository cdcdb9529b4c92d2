"""Share a sheet by a link, take it back, and note each reading for the runner."""

import datetime as dt
import secrets
from typing import Any

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from dashboards.models import SharedSheet
from dashboards.sheet_parts import DAYS
from members.models import User
from members.models.tokens import hash_of
from members.services.audit import record

SHARED, WITHDRAWN, READ = "sheet_shared", "sheet_withdrawn", "sheet_read"
AT_ONCE = 5  # links of one runner that work at the same time
READINGS_AN_HOUR = 20


class TooOften(Exception):
    """One link was read more often than any visit needs."""


def share_sheet(
    runner: User, *, sheet: dict[str, Any], days: int, now: dt.datetime
) -> tuple[SharedSheet, str]:
    """Keep the sheet as it stands and return it with the secret of its link, kept nowhere.

    Raises ValidationError by field for another number of days, or with too many links at once.
    """
    if days not in DAYS:
        raise ValidationError({"days": "Choose 1, 3 or 7 days."})
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=runner.pk)
        if SharedSheet.objects.filter(runner=runner, expires_at__gt=now).count() >= AT_ONCE:
            raise ValidationError({"days": f"{AT_ONCE} links work already; take one back first."})
        shared = SharedSheet.objects.create(
            runner=runner,
            token_hash=hash_of(token),
            sheet=sheet,
            made_at=now,
            expires_at=now + dt.timedelta(days=days),
        )
        record(SHARED, by=runner, about=runner, now=now, sheet=shared.pk, days=days)
    return shared, token


def withdraw_sheet(shared: SharedSheet, *, now: dt.datetime) -> None:
    """Make the link useless at once: the sheet is deleted. Harmless to repeat."""
    with transaction.atomic():
        deleted, _ = SharedSheet.objects.filter(pk=shared.pk).delete()
        if deleted:
            runner = shared.runner
            record(WITHDRAWN, by=runner, about=runner, now=now, sheet=shared.pk)


def read_sheet(shared: SharedSheet, *, by: User | None, now: dt.datetime) -> dict[str, Any]:
    """Return what the sheet says, and write down that it was read, but not where from.

    The runner's own look is no reading. Raises TooOften.
    """
    sheet: dict[str, Any] = shared.sheet
    if by == shared.runner:
        return sheet
    _count(shared)
    with transaction.atomic():
        is_first = not shared.readings
        SharedSheet.objects.filter(pk=shared.pk).update(
            readings=F("readings") + 1, last_read_at=now
        )
        record(READ, by=by, about=shared.runner, now=now, sheet=shared.pk, first=is_first)
    return sheet


def _count(shared: SharedSheet) -> None:
    key = f"sheet-read-{shared.pk}"
    cache.add(key, 0, timeout=3600)
    try:
        count = cache.incr(key)
    except ValueError:  # its hour ended between the two
        return
    if count > READINGS_AN_HOUR:
        raise TooOften


def delete_copies_with_answers(runner: User) -> int:
    """Delete the shared sheets made while answers about pain were kept; return how many."""
    return SharedSheet.objects.filter(runner=runner, sheet__with_consent=True).delete()[0]


def sweep_sheets(*, now: dt.datetime) -> int:
    """Delete what has expired; return how many."""
    return SharedSheet.objects.filter(expires_at__lte=now).delete()[0]
