"""A club's join code: short, replaced or closed at any time, and good for one's own invitation."""

import datetime as dt
import secrets

from django.core.exceptions import PermissionDenied
from django.db import transaction

from members.models import Club, JoinCode, Membership
from members.permissions import Permission, may
from members.services.audit import record

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that is taken for another
LENGTH = 8
VALID_FOR = dt.timedelta(days=90)


def open_code(by: Membership, *, now: dt.datetime) -> JoinCode:
    """Give the club a new code; the one before stops working."""
    _require_manager(by)
    code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    fresh = {"code": code, "made_at": now, "expires_at": now + VALID_FOR}
    with transaction.atomic():
        found, _ = JoinCode.objects.update_or_create(club=by.club, defaults=fresh)
        record("join_code_made", by=by.user, club=by.club, now=now)
    return found


def close_code(by: Membership, *, now: dt.datetime) -> None:
    """Let nobody join by a code any more. Harmless to repeat."""
    _require_manager(by)
    with transaction.atomic():
        deleted, _ = JoinCode.objects.filter(club=by.club).delete()
        if deleted:
            record("join_code_closed", by=by.user, club=by.club, now=now)


def club_of_code(typed: str, *, now: dt.datetime) -> Club | None:
    """Return the club whose open code this is, however it was typed."""
    plain = "".join(typed.split()).replace("-", "").upper()
    found = JoinCode.objects.filter(code=plain).select_related("club").first()
    return found.club if found and found.is_open(now=now) else None


def _require_manager(by: Membership) -> None:
    if by.left_at or not may(by, Permission.MANAGE_MEMBERS):
        raise PermissionDenied
