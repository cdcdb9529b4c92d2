"""A club's part of the send ledger, for its admins: which mail, to whom, and what became of it.

Weekly mails and invitations. Mails that follow from what somebody logged or did not log, from how
a heel is, or from imports and downloads are their reader's own. An invited stranger has no name.
"""

import datetime as dt
from typing import Any, NamedTuple

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast

from dashboards.models import Digest, MailKind, Notice, Posting
from members.models import Membership

State = Posting.State
SHOWN = (MailKind.RUNNER, MailKind.COACH, MailKind.INVITATION)
STATES = {
    "waiting": (State.DUE, State.CLAIMED),
    "sent": (State.SENT,),
    "skipped": (State.SKIPPED,),
    "failed": (State.FAILED,),
}
RESENT_WITHIN = dt.timedelta(days=28)
NEWEST_FIRST = ("-due_at", "ledger", "-pk")
COLUMNS = "pk kind state due_at sent_at attempts next_try_at reason resends".split()


class Entry(NamedTuple):
    """One row. `who` is empty for an invitation, `about` a week's Monday or an invitation."""

    pk: int
    kind: str
    state: str
    due_at: dt.datetime
    sent_at: dt.datetime | None
    attempts: int
    next_try_at: dt.datetime | None
    reason: str
    resends: int
    ledger: str
    who: str
    about: str

    @property
    def kind_label(self) -> str:
        """The kind in words."""
        return str(MailKind(self.kind).label)

    @property
    def week(self) -> dt.date | None:
        """The Monday of the week it is about; an invitation is about none."""
        is_weekly = self.ledger == "digest"
        return dt.date.fromisoformat(self.about) if is_weekly else None

    def may_be_resent(self, *, now: dt.datetime) -> bool:
        """Whether it has ended and is no older than four weeks."""
        return self.state not in STATES["waiting"] and now - self.due_at <= RESENT_WITHIN


def digests_of(asking: Membership) -> QuerySet[Digest]:
    """Return the weekly mails of the asking admin's club."""
    return Digest.objects.filter(membership__club=asking.club_id)


def notices_of(asking: Membership) -> QuerySet[Notice]:
    """Return the mails with the club's invitations."""
    return Notice.objects.filter(kind=MailKind.INVITATION, invitation__club=asking.club_id)


def club_mail(asking: Membership, *, kind: str = "", state: str = "") -> QuerySet[Any, Any]:
    """Return the club's rows as tuples for `Entry`, newest first; count or slice it: one query."""
    rows = [
        _rows(digests_of(asking), "digest", "membership__user__name", "week"),
        _rows(notices_of(asking), "notice", "user__name", "key"),
    ]
    if kind:
        rows = [one.filter(kind=kind) for one in rows]
    if state:
        rows = [one.filter(state__in=STATES[state]) for one in rows]
    both: QuerySet[Any, Any] = rows[0].union(rows[1], all=True).order_by(*NEWEST_FIRST)
    return both


def _rows(rows: QuerySet[Any], ledger: str, who: str, about: str) -> QuerySet[Any, Any]:
    found: QuerySet[Any, Any] = (
        rows.order_by()
        .annotate(ledger=Value(ledger, CharField()), said=Cast(about, CharField()))
        .values_list(*COLUMNS, "ledger", who, "said")
    )
    return found
