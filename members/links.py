"""Signed links that travel by mail. A signature says who may follow; the row says until when."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

_INVITATIONS = Signer(salt="members.join", sep=".")
_DAYS = Signer(salt="members.days", sep=".")


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
