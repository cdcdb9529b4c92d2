"""What the mails say that are no weekly digest: that something is there, and the way to it.

No word of pain, spots or answers, no name of a runner; every page behind a link but the morning's
one question and a week's missing days asks for the login.
"""

import datetime as dt
from collections.abc import Callable

from django.core.mail import EmailMultiAlternatives
from django.urls import reverse

from dashboards.emails import Item, notice_mail
from dashboards.links import LIVE, Links
from dashboards.models import MailKind, Notice
from members.emails import invitation_mail
from members.links import absolute
from members.models import ImportBatch


def _morning(row: Notice, links: Links) -> Item:
    assert row.user is not None  # noqa: S101 (only an invitation has no reader)
    url = links.morning(row.user, on=dt.date.fromisoformat(row.key))
    text = "You ran yesterday. One question about this morning, answered in one tap."
    return Item(text, "Answer it", url, "Good morning: one question")


def _reminder(row: Notice, links: Links) -> Item:
    assert row.user is not None  # noqa: S101
    week = dt.date.fromisoformat(row.key)
    sunday = week + dt.timedelta(days=6)
    span = f"{week.day} {week:%B} to {sunday.day} {sunday:%B}"
    return Item(
        f"There is no entry from {span}. Was it rest, a holiday, or runs that are not in yet? "
        "A tap for each day is enough.",
        "Fill in the week",
        links.days(row.user, week=week),
        "Nothing is logged for last week",
    )


def _urgent(row: Notice, links: Links) -> Item:
    assert row.membership is not None  # noqa: S101
    club = row.membership.club
    return Item(
        "Somebody who shares everything with you may need you today.",
        "Open the board",
        absolute(reverse("dashboards:board", args=[club.slug])),
        f"{club}: please look at the board today",
    )


def _import(row: Notice, links: Links) -> Item:
    batch = ImportBatch.objects.get(pk=int(row.key))
    url = absolute(reverse("members:import-batch", args=[batch.pk]))
    if batch.state == ImportBatch.State.ASKING:
        text = "A table of yours is not known here yet. Say once which column is which."
        return Item(text, "Look at it", url, "Your import needs you")
    text = "See what was added, what was there already, and what could not be read."
    return Item(text, "Look at it", url, "Your import has ended")


def _export(row: Notice, links: Links) -> Item:
    return Item(
        "Everything Surefoot keeps about you is ready as one file. It is kept for seven days, and "
        "the link needs your login.",
        "Fetch it",
        absolute(reverse("dashboards:my-data")),
        "Your download is ready",
    )


WRITE: dict[MailKind, Callable[[Notice, Links], Item]] = {
    MailKind.MORNING: _morning,
    MailKind.REMINDER: _reminder,
    MailKind.URGENT: _urgent,
    MailKind.IMPORT: _import,
    MailKind.EXPORT: _export,
}


def mail_of(rows: list[Notice], *, links: Links = LIVE) -> EmailMultiAlternatives:
    """Return the mail of these rows of one reader: one, or all of a day."""
    first = rows[0]
    if first.invitation is not None:
        return invitation_mail(first.invitation, message_name=first.message_name)
    said = [WRITE[MailKind(row.kind)](row, links) for row in rows]
    words = list(dict.fromkeys(said))  # two runners of one club: one line
    urgent = [one for row, one in zip(rows, said, strict=True) if row.kind == MailKind.URGENT]
    if urgent or len(words) == 1:
        return notice_mail(rows, words, subject=[*urgent, *words][0].title, links=links)
    return notice_mail(rows, words, subject=f"Surefoot: {len(words)} things today", links=links)
