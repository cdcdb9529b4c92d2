"""A mail as it would be sent to somebody now; nothing is stored or sent."""

import datetime as dt

from django.core.mail import EmailMultiAlternatives

from dashboards.links import PreviewLinks
from dashboards.models import Digest, MailKind
from dashboards.services.letters import mail_of
from members.models import COACHING, Membership, Role, User
from members.weeks import monday_of

ROLES = {MailKind.RUNNER: (Role.RUNNER,), MailKind.COACH: COACHING}
WEEK = dt.timedelta(days=7)


def previews_of(user: User) -> list[Membership]:
    """Return the memberships somebody gets a weekly mail by: as a coach each, as a runner one."""
    found = Membership.objects.active().filter(user=user).select_related("user", "club")
    members = list(found.order_by("joined_at", "pk"))
    runs = [one for one in members if one.role == Role.RUNNER]
    return runs[:1] + [one for one in members if one.role in COACHING]


def kind_of(membership: Membership) -> MailKind:
    """Return which weekly mail this membership brings."""
    return MailKind.COACH if membership.role in COACHING else MailKind.RUNNER


def preview(membership: Membership, *, now: dt.datetime) -> EmailMultiAlternatives | None:
    """Return this membership's weekly mail about the week that ended last; None: there is none.

    Its links lead to pages behind the login, so that a copy of it lets nobody do anything.
    """
    today = membership.user.today(now=now)
    row = Digest(
        membership=membership, kind=kind_of(membership), week=monday_of(today) - WEEK, due_at=now
    )
    return mail_of(row, on=today, links=PreviewLinks())
