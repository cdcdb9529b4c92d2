"""Signed links in mails: whose mail of which kind."""

import datetime as dt
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from dashboards.models import MailKind
from injuries.links import check_link, morning_url
from members.links import absolute, days_link
from members.models import User
from members.weeks import week_name

_WISHES = Signer(salt="dashboards.mail-off", sep=".")


@dataclass(frozen=True, slots=True)
class Wish:
    """One person's mail of one kind."""

    user_id: int
    kind: MailKind


def mail_off_link(user_id: int, *, kind: str) -> str:
    """Return the whole address that switches this kind of mail off."""
    token = _WISHES.sign(f"{user_id}-{kind}")
    return absolute(reverse("dashboards:mail-off", args=[token]))


def wish_of(token: str) -> Wish | None:
    """Return what the token was made for; None where it was not made here."""
    try:
        user_id, _, kind = _WISHES.unsign(token).partition("-")
        return Wish(int(user_id), MailKind(kind))
    except (BadSignature, ValueError):
        return None


class Links:
    """The links of a mail that is sent: those that need no login are signed for its reader."""

    def check(self, user: User, *, week: dt.date) -> str:
        """The weekly check of that week."""
        return check_link(user.pk, week=week)

    def days(self, user: User, *, week: dt.date) -> str:
        """The days of that week without an entry."""
        return days_link(user.pk, week=week)

    def morning(self, user: User, *, on: dt.date) -> str:
        """The one question of that morning."""
        return morning_url(user, on=on)

    def off(self, user: User, *, kind: str) -> str:
        """No more mail of this kind."""
        return mail_off_link(user.pk, kind=kind)


LIVE = Links()


class PreviewLinks(Links):
    """The same of a preview: pages behind the login, so that a copied preview lets nobody in."""

    def check(self, user: User, *, week: dt.date) -> str:
        """The check's own page."""
        return absolute(reverse("injuries:check"))

    def days(self, user: User, *, week: dt.date) -> str:
        """The days' own page."""
        return absolute(f"{reverse('members:days')}?week={week_name(week)}")

    def morning(self, user: User, *, on: dt.date) -> str:
        """The question's own page."""
        return absolute(reverse("injuries:morning"))

    def off(self, user: User, *, kind: str) -> str:
        """Where one chooses one's mail."""
        return absolute(reverse("dashboards:mail-settings"))
