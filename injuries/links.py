"""Signed links of this app in mails: one week's check, or one morning, of one person."""

import datetime as dt
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from members.links import absolute
from members.models import User

_CHECKS = Signer(salt="injuries.check", sep=".")
_MORNINGS = Signer(salt="injuries.morning", sep=".")


@dataclass(frozen=True, slots=True)
class AskedCheck:
    """One person's check of one week, named by its Monday."""

    runner_id: int
    week: dt.date


@dataclass(frozen=True, slots=True)
class AskedMorning:
    """One person's first steps of one day."""

    runner_id: int
    on: dt.date


def check_token(runner_id: int, *, week: dt.date) -> str:
    """Return the part of the link that nobody else can make."""
    return _token(_CHECKS, runner_id, week)


def check_link(runner_id: int, *, week: dt.date) -> str:
    """Return the whole address to put into a mail."""
    return absolute(reverse("injuries:check-link", args=[check_token(runner_id, week=week)]))


def check_of(token: str) -> AskedCheck | None:
    """Return what the token was made for; None where it was not made here."""
    read = _read(_CHECKS, token)
    return None if read is None else AskedCheck(*read)


def morning_token(runner_id: int, *, on: dt.date) -> str:
    """Return the part of the link that nobody else can make."""
    return _token(_MORNINGS, runner_id, on)


def morning_url(runner: User, *, on: dt.date) -> str:
    """Return the whole address that asks for the first steps of `on`, to put into a mail."""
    return absolute(reverse("injuries:morning-link", args=[morning_token(runner.pk, on=on)]))


def morning_of(token: str) -> AskedMorning | None:
    """Return what the token was made for; None where it was not made here."""
    read = _read(_MORNINGS, token)
    return None if read is None else AskedMorning(*read)


def _token(signer: Signer, runner_id: int, day: dt.date) -> str:
    return signer.sign(f"{runner_id}-{day:%Y%m%d}")


def _read(signer: Signer, token: str) -> tuple[int, dt.date] | None:
    try:
        runner_id, _, day = signer.unsign(token).partition("-")
        return int(runner_id), dt.datetime.strptime(day, "%Y%m%d").date()  # noqa: DTZ007 (a day)
    except (BadSignature, ValueError):
        return None
