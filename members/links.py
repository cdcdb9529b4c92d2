"""Signed links that travel by mail. A signature says who may follow; the row says until when."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

_INVITATIONS = Signer(salt="members.join", sep=".")


def join_token(invitation_id: int) -> str:
    """Return the part of the link that nobody else can make."""
    return _INVITATIONS.sign(str(invitation_id))


def invitation_id_of(token: str) -> int | None:
    """Return the invitation the token was made for; None where it was not made here."""
    try:
        return int(_INVITATIONS.unsign(token))
    except (BadSignature, ValueError):
        return None


def join_link(invitation_id: int) -> str:
    """Return the whole address to put into a mail."""
    return absolute(reverse("members:join", args=[join_token(invitation_id)]))


def absolute(path: str) -> str:
    """Return a path of this site with SITE_URL in front."""
    return f"{settings.SITE_URL}{path}"
