"""Sending a mail of the ledger once more because an admin wants it."""

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Case, F, Q, When

from dashboards.models import Digest, Notice, Posting
from dashboards.selectors.club_mail import RESENT_WITHIN, STATES, digests_of, notices_of
from members.models import Membership, User
from members.permissions import Permission, may
from members.services.audit import record

State = Posting.State


def resend(row: Digest | Notice, *, by: Membership, now: dt.datetime) -> None:
    """Make a row due again, with new attempts; wishes and rights are looked at as ever.

    Where a mail was sent the new one has another Message-ID, or the reader's program would hide it
    as a copy; where none was, the same. Raises ValidationError for what is on its way or too old.
    """
    if not may(by, Permission.SEE_MAIL):
        raise PermissionDenied
    own = digests_of(by) if isinstance(row, Digest) else notices_of(by)
    ended = own.filter(pk=row.pk, due_at__gte=now - RESENT_WITHIN)
    with transaction.atomic():
        is_due = ended.exclude(state__in=STATES["waiting"]).update(
            resends=F("resends") + Case(When(Q(state=State.SENT), then=1), default=0),
            state=State.DUE, due_at=now, attempts=0, next_try_at=None, sent_at=None, reason="",
        )  # fmt: skip
        if not is_due:
            raise ValidationError("This mail is on its way already, or older than four weeks.")
        details = {"mail": row.pk, "kind": row.kind}
        record("mail_resent", by=by.user, about=_reader(row), club=by.club, now=now, **details)


def _reader(row: Digest | Notice) -> User | None:
    return row.membership.user if isinstance(row, Digest) else row.user
