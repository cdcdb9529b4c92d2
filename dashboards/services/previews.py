"""A mail as it would be sent to somebody now; nothing is stored or sent.

Its links lead to pages behind the login, so that a copy of it lets nobody do anything.
"""

import datetime as dt

from django.core.mail import EmailMultiAlternatives

from dashboards.links import PreviewLinks
from dashboards.models import Digest, MailKind, Notice
from dashboards.selectors.wishes import kinds_for
from dashboards.services import letters, notice_letters
from members.models import COACHING, ImportBatch, Membership, Role, User
from members.weeks import monday_of

WEEK = dt.timedelta(days=7)
LINKS = PreviewLinks()


def weekly_of(user: User) -> list[Membership]:
    """Return the memberships somebody gets a weekly mail by: as a runner one, as a coach each."""
    found = Membership.objects.active().filter(user=user).select_related("user", "club")
    members = list(found.order_by("joined_at", "pk"))
    runs = [one for one in members if one.role == Role.RUNNER]
    return runs[:1] + [one for one in members if one.role in COACHING]


def kind_of(membership: Membership) -> MailKind:
    """Return which weekly mail this membership brings."""
    return MailKind.COACH if membership.role in COACHING else MailKind.RUNNER


def weekly_preview(membership: Membership, *, now: dt.datetime) -> EmailMultiAlternatives | None:
    """Return this membership's weekly mail about the week that ended last; None: there is none."""
    today = membership.user.today(now=now)
    kind = kind_of(membership)
    row = Digest(membership=membership, kind=kind, week=monday_of(today) - WEEK, due_at=now)
    return letters.mail_of(row, on=today, links=LINKS)


def notices_of(user: User) -> list[MailKind]:
    """Return the other kinds of mail that may come to somebody."""
    return [kind for kind in kinds_for(user) if kind in notice_letters.WRITE]


def notice_preview(
    user: User, *, kind: MailKind, now: dt.datetime
) -> EmailMultiAlternatives | None:
    """Return a mail of this kind as of now; None where there is nothing yet to send it about."""
    key = _key(user, kind, now=now)
    coaching = [one for one in weekly_of(user) if one.role in COACHING]
    row = Notice(user=user, kind=kind, key=key, due_at=now)
    row.membership = coaching[0] if kind == MailKind.URGENT else None
    return notice_letters.mail_of([row], links=LINKS) if key else None


def _key(user: User, kind: MailKind, *, now: dt.datetime) -> str:
    """Return what the mail would be about: today, last week, the newest import."""
    today = user.today(now=now)
    if kind == MailKind.IMPORT:
        newest = ImportBatch.objects.filter(runner=user).order_by("-created_at").first()
        return str(newest.pk) if newest else ""
    return f"{monday_of(today) - WEEK if kind == MailKind.REMINDER else today}"
