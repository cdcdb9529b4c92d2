"""The mails, text and HTML. No mail says how anybody's heel is (evidence 6.6)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.mime.image import MIMEImage

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from dashboards.links import LIVE, Links
from dashboards.mail_kinds import KINDS
from dashboards.models import Digest, MailKind, Notice
from members.emails import compose, html_part, mail_domain
from members.units import format_distance

UNKNOWN = "not known"
PICTURE_ID = "weeks@surefoot"  # what the HTML part calls the picture


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to know or do, with one button into the app."""

    text: str
    button: str
    url: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with its name."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG of twice the size it is shown in, and the same numbers for who does not see it."""

    png: bytes
    width: int
    height: int
    name: str
    figures: tuple[Figure, ...]

    @property
    def alt(self) -> str:
        """All that the picture shows, in words."""
        said = "; ".join(f"{figure.name} {figure.value}" for figure in self.figures)
        return f"{self.name}: {said}."


@dataclass(frozen=True, slots=True)
class Letter:
    """What a digest says, whatever it looks like. `answers` is what the first screen answers."""

    subject: str
    preheader: str
    greeting: str
    answers: tuple[Figure, ...]
    figures: tuple[Figure, ...]
    items: tuple[Item, ...]
    closing: str
    picture: Picture | None = None


def metres(value: int | None, unit: str) -> str:
    """Return a distance, or that it is not known."""
    return UNKNOWN if value is None else format_distance(value, unit)


def weekly_mail(digest: Digest, letter: Letter, *, links: Links) -> EmailMultiAlternatives:
    """Return the mail of one ledger row; a second sending of the row has the same Message-ID."""
    user, club = digest.membership.user, digest.membership.club
    off = links.off(user, kind=digest.kind)
    context = {
        "subject": letter.subject,
        "preheader": letter.preheader,
        "letter": letter,
        "club": club,
        "off": off,
        "week": digest.week,
        "sunday": digest.week + dt.timedelta(days=6),
        "picture_id": PICTURE_ID,
    }
    return compose(
        subject=letter.subject,
        text=render_to_string("dashboards/email/digest.txt", context),
        html=html_part("dashboards/email/digest.html", context),
        to=user.email,
        headers=_headers(digest, off=off),
        images=[_inline(letter.picture)] if letter.picture else [],
    )


def _headers(digest: Digest, *, off: str) -> Mapping[str, str]:
    domain = mail_domain()
    return {
        "Message-ID": f"<{digest.message_name}@{domain}>",
        "List-ID": f"Surefoot weekly <{digest.kind}.weekly.{domain}>",
        "List-Unsubscribe": f"<{off}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def notice_mail(
    rows: Sequence[Notice], words: Sequence[Item], *, subject: str, links: Links = LIVE
) -> EmailMultiAlternatives:
    """Return the one mail of these ledger rows of one reader."""
    reader = rows[0].user
    assert reader is not None  # noqa: S101 (an invitation is another mail)
    kinds = dict.fromkeys(MailKind(row.kind) for row in rows)
    offs = [(KINDS[kind].label, links.off(reader, kind=kind)) for kind in kinds]
    context = {
        "subject": subject,
        "preheader": words[0].text,
        "reader": reader,
        "words": words,
        "offs": offs,
    }
    return compose(
        subject=subject,
        text=render_to_string("dashboards/email/notice.txt", context),
        html=html_part("dashboards/email/notice.html", context),
        to=reader.email,
        headers={
            "Message-ID": f"<{rows[0].message_name}@{mail_domain()}>",
            "List-ID": f"Surefoot {rows[0].kind} <{rows[0].kind}.notices.{mail_domain()}>",
            "List-Unsubscribe": f"<{offs[0][1]}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )


def _inline(picture: Picture) -> MIMEImage:
    image = MIMEImage(picture.png, "png")
    image.add_header("Content-ID", f"<{PICTURE_ID}>")
    image.add_header("Content-Disposition", "inline", filename="weeks.png")
    return image


def send_erased(email: str) -> None:
    """Confirm that an account is gone. Raises OSError (SMTP's errors are some) where it cannot."""
    text = render_to_string("dashboards/email/erased.txt", {"site": settings.SITE_URL})
    compose(subject="Your Surefoot account is deleted", text=text, to=email).send()
