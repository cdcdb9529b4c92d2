"""Sending the mails that are no weekly digest: what is true now decides, not what was when due."""

import datetime as dt
from collections.abc import Callable

from django.db.models import F, Q

from dashboards.mail_clock import DAY
from dashboards.models import DataExport, Digest, MailKind, Notice
from dashboards.models.mail import PostingQuerySet
from dashboards.selectors.notices_due import may_be_asked, missed, urgent_for_coaches
from dashboards.selectors.wishes import is_wanted
from dashboards.services import ledger
from dashboards.services.notice_letters import mail_of
from members.models import ImportBatch
from members.selectors.people import has_confirmed_address
from members.services.audit import record

State = Notice.State
TOO_OLD = 2 * DAY
TOO_LATE = "too late to be of use"
UNCONFIRMED = "address not confirmed yet"


def send_notice(notice_id: int, *, now: dt.datetime) -> str | None:
    """Send one mail if it is due and nobody else is at it, with what goes into the same mail.

    Returns the row's new state, or None.
    """
    if _has_older(notice_id) or not ledger.claim(Notice, notice_id, now=now):
        return None
    rows = _claimed(notice_id, now=now)
    to_send = [row for row in rows if _is_to_send(row, now=now)]
    if not to_send:
        return Notice.objects.get(pk=notice_id).state
    state = ledger.send(to_send, mail_of(to_send), now=now)
    if state == State.SENT:
        _tell_runners(to_send, now=now)
    return state


def _has_older(notice_id: int) -> bool:
    """Whether an older row of the same daily mail is still to be sent, and takes this one along."""
    row = Notice.objects.filter(pk=notice_id, bundled_on__isnull=False).first()
    return row is not None and (
        _bundle_of(row).filter(pk__lt=notice_id, state__in=[State.DUE, State.CLAIMED]).exists()
    )


def _bundle_of(row: Notice) -> PostingQuerySet:
    return Notice.objects.filter(user=row.user_id, bundled_on=row.bundled_on)


def _claimed(notice_id: int, *, now: dt.datetime) -> list[Notice]:
    """Return the row that was claimed; of a daily mail the others too, claimed with it."""
    known = Notice.objects.select_related(
        "user", "membership__club", "membership__user", "invitation__club", "invitation__invited_by"
    )
    row = known.get(pk=notice_id)
    if row.bundled_on is None:
        return [row]
    others = _bundle_of(row).sendable(now=now).order_by()
    others.update(state=State.CLAIMED, claimed_at=now, attempts=F("attempts") + 1)
    mine = Q(user=row.user_id, bundled_on=row.bundled_on, state=State.CLAIMED, claimed_at=now)
    return list(known.filter(mine).order_by("due_at", "pk"))


def _is_to_send(row: Notice, *, now: dt.datetime) -> bool:
    """Store why a row is not sent any more, if so."""
    why = _why_not(row, now=now)
    if why:
        ledger.store(row, State.SKIPPED, reason=why)
    elif now - row.due_at > TOO_OLD:
        ledger.give_up(row, TOO_LATE)
        why = TOO_LATE
    return not why


def _why_not(row: Notice, *, now: dt.datetime) -> str:
    """Say why this mail is not sent any more; empty: it is."""
    if row.user is not None and not row.user.is_active:
        return "no longer a member"
    if row.user is not None and not is_wanted(row.user, kind=row.kind):
        return "does not want this mail"
    if row.user is not None and not has_confirmed_address(row.user):
        return UNCONFIRMED
    return CHECKS[MailKind(row.kind)](row, now)


def _morning(row: Notice, now: dt.datetime) -> str:
    assert row.user is not None  # noqa: S101 (only an invitation has no reader)
    on = dt.date.fromisoformat(row.key)
    if row.user.today(now=now) != on:
        return "that morning is over"
    return "" if may_be_asked([row.user.pk], on=on) else "nothing to ask any more"


def _reminder(row: Notice, now: dt.datetime) -> str:
    assert row.user is not None  # noqa: S101
    week = dt.date.fromisoformat(row.key)
    if not missed([row.user.pk], week=week):
        return "something was logged meanwhile"
    said = Digest.objects.filter(
        membership__user=row.user, kind=MailKind.RUNNER, week=week, state=State.SENT
    )
    return "the weekly mail said it" if said.exists() else ""


def _urgent(row: Notice, now: dt.datetime) -> str:
    found = urgent_for_coaches(now=now, coach=row.membership_id, runner=row.about_id)
    return "" if found else "settled, or not shared any more"


def _import(row: Notice, now: dt.datetime) -> str:
    there = ImportBatch.objects.filter(pk=int(row.key), runner=row.user)
    return "" if there.exclude(state=ImportBatch.State.UNDONE).exists() else "it was taken back"


def _export(row: Notice, now: dt.datetime) -> str:
    ready = DataExport.objects.filter(
        user=row.user, state=DataExport.State.READY, expires_at__gt=now
    )
    return "" if ready.exists() else "it is there no longer"


def _invitation(row: Notice, now: dt.datetime) -> str:
    assert row.invitation is not None  # noqa: S101
    return "" if row.invitation.is_open(now=now) else "used, taken back or expired"


CHECKS: dict[MailKind, Callable[[Notice, dt.datetime], str]] = {
    MailKind.MORNING: _morning,
    MailKind.REMINDER: _reminder,
    MailKind.URGENT: _urgent,
    MailKind.IMPORT: _import,
    MailKind.EXPORT: _export,
    MailKind.INVITATION: _invitation,
}


def _tell_runners(rows: list[Notice], *, now: dt.datetime) -> None:
    """A runner can read which coach was mailed because of them."""
    for row in rows:
        if row.about is not None and row.membership is not None:
            club = row.membership.club
            record("coach_mailed", by=row.membership.user, about=row.about, club=club, now=now)
