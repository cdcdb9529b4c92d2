"""What a coach's weekly mail says: who may need them, in the board's order, and what became of it.

Names stand only where load or shoes are all there is to tell (`SharedView.mail_reason`); everybody
else is a count, and in a club that wants counts only nobody is named (evidence 6.6).
"""

import datetime as dt
from collections.abc import Iterator, Sequence

from django.urls import reverse

from clubsite.templatetags.ui import LOOKS
from dashboards.emails import Figure, Item, Letter
from dashboards.links import Links
from dashboards.mail_words import listed, people
from dashboards.models import Digest
from dashboards.selectors.board import board
from dashboards.selectors.board_rows import BoardRow
from dashboards.selectors.last_week import what_became
from members.links import absolute
from members.models import Club
from members.weeks import monday_of

BASED_ON = "Based on what the runners logged and share."
NAMED_AT_MOST = 12
WEEK = dt.timedelta(days=7)


def coach_letter(digest: Digest, *, on: dt.date, links: Links) -> Letter | None:
    """Return who needs a coach, as the board stands now; None for who looks after nobody."""
    coach = digest.membership
    is_last_week = digest.week == monday_of(on) - WEEK
    shown = board(coach, on=on, week=None if is_last_week else digest.week)
    if not shown.rows:
        return None
    asking = [row for row in shown.rows if row.wants_decision]
    silent = [row for row in shown.rows if "silent" in row.states]
    due = [row for row in shown.rows if "due" in row.tasks]
    sharing = [row for row in shown.rows if row.view.training is not None]
    became = what_became(coach, week=digest.week - WEEK, on=on)
    now = f"{len(asking)} to check, {len(silent)} silent"
    return Letter(
        subject=f"{coach.club}: {now}",
        preheader=became.said,
        greeting=f"Hello {coach.user.name}, this is who may need you.",
        answers=(
            Figure("Who needs you?", f"{now}, {people(len(due), 'follow-up')} due."),
            Figure("What became of last week's?", became.said),
        ),
        figures=(
            Figure("Runners you look after", str(shown.runners)),
            Figure("Share at least their status", str(len(sharing))),
        ),
        items=tuple(_items(digest, asking, silent, due)),
        closing=BASED_ON,
    )


def _items(
    digest: Digest, asking: list[BoardRow], silent: list[BoardRow], due: list[BoardRow]
) -> Iterator[Item]:
    club = digest.membership.club
    page = absolute(reverse("dashboards:board", args=[club.slug]))
    yield from _asking(asking, club=club, page=page)
    if due:
        mine = sum(
            row.follow_up.owner_id == digest.membership.user_id for row in due if row.follow_up
        )
        text = f"{people(len(due), 'follow-up')} due, {mine or 'none'} of them yours."
        yield Item(text, "Say what came of it", f"{page}?show=due")
    if silent:
        text = f"{people(len(silent), 'member')} without an entry lately"
        names = listed([row.name for row in silent], most=NAMED_AT_MOST)
        text += f": {names}." if club.digest_names else "."
        yield Item(text, "See who is silent", f"{page}?show=silent")
    if not (asking or silent or due):
        yield Item("Nobody needs you, as far as it was logged.", "Open the board", page)


def _asking(asking: Sequence[BoardRow], *, club: Club, page: str) -> Iterator[Item]:
    """Yield a count of those nobody may name, then the others by need, the first dozen each."""
    named = [row for row in asking if row.view.mail_reason and club.digest_names]
    if others := len(asking) - len(named):
        text = f"{people(others)} would like a check-in."
        yield Item(text, "Open the board", f"{page}?show=waiting")
    for row in named[:NAMED_AT_MOST]:
        yield _named(row, slug=club.slug)
    if (more := len(named) - NAMED_AT_MOST) > 0:
        yield Item(f"And {more} more.", "See them all", f"{page}?show=waiting")


def _named(row: BoardRow, *, slug: str) -> Item:
    path = reverse("dashboards:runner", args=[slug, row.who.pk])
    look = LOOKS[row.pressing]
    title = f"{row.name} {look.shape} {look.word}"
    return Item(row.view.mail_reason, f"Open {row.name}", absolute(path), title=title)
