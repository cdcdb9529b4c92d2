"""Signed links in mails: whose mail of which kind."""

from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from dashboards.models import MailKind
from members.links import absolute

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
