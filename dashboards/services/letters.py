"""The mail of a row of the ledger: for a runner their own week, for a coach who needs them."""

import datetime as dt

from django.core.mail import EmailMultiAlternatives

from dashboards.emails import Letter, weekly_mail
from dashboards.links import LIVE, Links
from dashboards.models import Digest
from dashboards.services.coach_letter import coach_letter
from dashboards.services.runner_letter import runner_letter


def letter_of(digest: Digest, *, on: dt.date, links: Links = LIVE) -> Letter | None:
    """Return what this ledger row's mail says; None where there is nothing to say."""
    write = coach_letter if digest.kind == "coach" else runner_letter
    return write(digest, on=on, links=links)


def mail_of(digest: Digest, *, on: dt.date, links: Links = LIVE) -> EmailMultiAlternatives | None:
    """Return the whole mail of this ledger row; None where there is nothing to say."""
    letter = letter_of(digest, on=on, links=links)
    return None if letter is None else weekly_mail(digest, letter, links=links)
