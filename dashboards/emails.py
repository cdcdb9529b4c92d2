"""The weekly mails, text and HTML. No mail says how anybody's heel is (evidence 6.6)."""

import datetime as dt
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import css_inline
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from dashboards.links import mail_off_link
from dashboards.models import Digest
from members.units import format_distance

UNKNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to know or do, with one button into the app."""

    text: str
    button: str
    url: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the week."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Letter:
    """What a digest says, whatever it looks like."""

    subject: str
    greeting: str
    figures: tuple[Figure, ...]
    items: tuple[Item, ...]
    closing: str


def metres(value: int | None, unit: str) -> str:
    """Return a distance, or that it is not known."""
    return UNKNOWN if value is None else format_distance(value, unit)


def compose(digest: Digest, letter: Letter) -> EmailMultiAlternatives:
    """Return the mail of one ledger row; a second sending of the row has the same Message-ID."""
    user, club = digest.membership.user, digest.membership.club
    off = mail_off_link(user.pk, kind=digest.kind)
    context = {
        "letter": letter,
        "club": club,
        "off": off,
        "week": digest.week,
        "sunday": digest.week + dt.timedelta(days=6),
    }
    html = css_inline.inline(
        render_to_string("dashboards/email/digest.html", context), extra_css=_css()
    )
    domain = settings.SITE_URL.partition("://")[2].partition(":")[0].partition("/")[0]
    mail = EmailMultiAlternatives(
        subject=" ".join(letter.subject.split()),
        body=render_to_string("dashboards/email/digest.txt", context),
        to=[user.email],
        headers={
            "Message-ID": f"<digest-{digest.pk}@{domain}>",
            "List-ID": f"Surefoot weekly <{digest.kind}.weekly.{domain}>",
            "List-Unsubscribe": f"<{off}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
    )
    mail.attach_alternative(html, "text/html")
    return mail


@cache
def _css() -> str:
    folder = files("dashboards") / "templates" / "dashboards" / "email"
    return (folder / "mail.css").read_text(encoding="utf-8")


def send_erased(email: str) -> None:
    """Confirm that an account is gone. Raises OSError (SMTP's errors are some) where it cannot."""
    EmailMultiAlternatives(
        subject="Your Surefoot account is deleted",
        body=render_to_string("dashboards/email/erased.txt", {"site": settings.SITE_URL}),
        to=[email],
        headers={"Auto-Submitted": "auto-generated"},
    ).send()
