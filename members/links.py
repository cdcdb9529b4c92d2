"""Signed links that travel by mail. A signature says who may follow; the row says until when."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

_INVITATIONS = Signer(salt="members.join", sep=".")
_CLAIMS = Signer(salt="members.claim", sep=".")
_DAYS = Signer(salt="members.days", sep=".")


def join_token(invitation_id: int) -> str:
    """Return the part of the link that nobody else can make."""
    return _INVITATIONS.sign(str(invitation_id))


def claim_token(invitation_id: int) -> str:
    """Return the same for a link that is handed over: it proves no mailbox."""
    return _CLAIMS.sign(str(invitation_id))


def invitation_id_of(token: str) -> int | None:
    """Return the invitation the token was made for; None where it was not made here."""
    return _id_in(token, _INVITATIONS) or _id_in(token, _CLAIMS)


def proves_mailbox(token: str) -> bool:
    """Tell whether the token travelled by mail, so that whoever has it reads that mailbox."""
    return _id_in(token, _INVITATIONS) is not None


def _id_in(token: str, signer: Signer) -> int | None:
    try:
        return int(signer.unsign(token))
    except (BadSignature, ValueError):
        return None


def claim_link(invitation_id: int) -> str:
    """Return the whole address to hand over."""
    return absolute(reverse("members:join", args=[claim_token(invitation_id)]))


def join_link(invitation_id: int) -> str:
    """Return the whole address to put into a mail."""
    return absolute(reverse("members:join", args=[join_token(invitation_id)]))


@dataclass(frozen=True, slots=True)
class AskedDays:
    """One person's days of one week, named by its Monday."""

    runner_id: int
    week: dt.date


def days_token(runner_id: int, *, week: dt.date) -> str:
    """Return the part of the link to a week's missing days that nobody else can make."""
    return _DAYS.sign(f"{runner_id}-{week:%Y%m%d}")


def days_link(runner_id: int, *, week: dt.date) -> str:
    """Return the whole address to put into a mail."""
    return absolute(reverse("members:days-link", args=[days_token(runner_id, week=week)]))


def days_asked(token: str) -> AskedDays | None:
    """Return what the token was made for; None where it was not made here."""
    try:
        runner_id, _, week = _DAYS.unsign(token).partition("-")
        return AskedDays(int(runner_id), dt.datetime.strptime(week, "%Y%m%d").date())  # noqa: DTZ007 (a day)
    except (BadSignature, ValueError):
        return None


def absolute(path: str) -> str:
    """Return a path of this site with SITE_URL in front."""
    return f"{settings.SITE_URL}{path}"
