"""Shared sheets: a runner's own, and the one a link opens."""

import datetime as dt

from django.db.models import QuerySet

from dashboards.models import SharedSheet
from members.models import User
from members.models.tokens import hash_of


def sheets_of(runner: User, *, now: dt.datetime) -> QuerySet[SharedSheet]:
    """Return the runner's links that work, the newest first."""
    return SharedSheet.objects.filter(runner=runner, expires_at__gt=now)


def sheet_of(token: str, *, now: dt.datetime) -> SharedSheet | None:
    """Return what the link opens; None for one that is wrong, expired or taken back.

    With the consent to keep answers about pain go the sheets made while it was given: for good,
    so that giving it anew opens none of them again.
    """
    found = (
        SharedSheet.objects.filter(token_hash=hash_of(token), expires_at__gt=now)
        .filter(runner__is_active=True)
        .select_related("runner")
        .first()
    )
    if found is None:
        return None
    return None if found.sheet["with_consent"] and not _is_agreed_since(found) else found


def _is_agreed_since(shared: SharedSheet) -> bool:
    """Whether the consent a sheet was made under has been given ever since."""
    given_at = shared.runner.health_consent_at
    return given_at is not None and given_at <= shared.made_at
