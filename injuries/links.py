"""Signed links of this app in mails: whose weekly check of which week."""

import datetime as dt
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from members.links import absolute

_CHECKS = Signer(salt="injuries.check", sep=".")


@dataclass(frozen=True, slots=True)
class AskedCheck:
    """One person's check of one week, named by its Monday."""

    runner_id: int
    week: dt.date


def check_token(runner_id: int, *, week: dt.date) -> str:
    """Return the part of the link that nobody else can make."""
    return _CHECKS.sign(f"{runner_id}-{week:%Y%m%d}")


def check_link(runner_id: int, *, week: dt.date) -> str:
    """Return the whole address to put into a mail."""
    return absolute(reverse("injuries:check-link", args=[check_token(runner_id, week=week)]))


def check_of(token: str) -> AskedCheck | None:
    """Return what the token was made for; None where it was not made here."""
    try:
        runner_id, _, week = _CHECKS.unsign(token).partition("-")
        return AskedCheck(int(runner_id), dt.datetime.strptime(week, "%Y%m%d").date())  # noqa: DTZ007 (a day)
    except (BadSignature, ValueError):
        return None
