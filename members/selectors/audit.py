"""Who looked at me, and who changed something about me, in words."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from members.models import AuditEntry, Membership, Role, User

WORDS = {
    "runner_viewed": "opened your page",
    "board_viewed": "opened the club's board, with your row on it",
    "plan_viewed": "saw which group of a club run is for you",
    "injuries_viewed": "opened the club's list of sore heels, with yours in it",
    "injuries_downloaded": "downloaded the club's list of sore heels, with yours in it, no names",
    "mornings_viewed": "opened the club's grid of sore mornings, with yours in it",
    "decision_made": "answered what the rules said about you",
    "decision_undone": "took an answer about you back",
    "outcome_noted": "wrote down what came of an answer about you",
    "coach_mailed": "was asked by mail to look at the board",
    "sheet_shared": "made a link to a sheet about you",
    "sheet_withdrawn": "took a link to your sheet back",
    "sheet_read": "read your sheet",
    "mail_resent": "had a mail sent to you again",
    "joined": "joined the club",
    "role_changed": "changed your role",
    "squad_changed": "changed your squad",
    "membership_ended": "ended your membership",
    "guardian_agreed": "said that a parent or guardian agrees",
}


@dataclass(frozen=True, slots=True)
class Looked:
    """One thing somebody did that was about the reader."""

    at: dt.datetime
    who: str
    what: str
    club: str


def entries_about(user: User, *, limit: int = 100) -> list[Looked]:
    """Return the newest entries about the user, newest first. Three queries.

    Who opened a club's board saw the row of everybody who was a runner there and then.
    """
    about = AuditEntry.objects.filter(about=user).select_related("by", "club")[:limit]
    entries = sorted([*about, *_boards(user, limit)], key=lambda one: (one.at, one.pk))
    return [in_words(entry, reader=user) for entry in reversed(entries[-limit:])]


def _boards(user: User, limit: int) -> list[AuditEntry]:
    own = Membership.objects.filter(user=user, role=Role.RUNNER)
    runs_in: dict[int | None, Membership] = {one.club_id: one for one in own}
    boards = AuditEntry.objects.filter(action="board_viewed", club__in=list(runs_in))
    newest = boards.select_related("by", "club")[:limit]
    return [entry for entry in newest if _was_on_it(runs_in.get(entry.club_id), entry)]


def _was_on_it(membership: Membership | None, entry: AuditEntry) -> bool:
    if membership is None:
        return False
    was_there = membership.joined_at <= entry.at and (
        membership.left_at is None or entry.at < membership.left_at
    )
    squads = entry.details.get("squads")
    return was_there and (squads is None or membership.squad_id in squads)


def in_words(entry: AuditEntry, *, reader: User) -> Looked:
    """Return one entry as its reader sees it."""
    return Looked(
        at=entry.at,
        who=_who(entry, reader),
        what=WORDS.get(entry.action, entry.action.replace("_", " ")) + _to_what(entry.details),
        club=entry.club.name if entry.club else "",
    )


def _who(entry: AuditEntry, reader: User) -> str:
    if entry.by is None and entry.action == "sheet_read":
        return "Whoever has your link"
    if entry.by is None:
        return "Somebody who has left"
    return "You" if entry.by == reader else entry.by.name


def _to_what(details: Mapping[str, Any]) -> str:
    if "first" in details:
        return " for the first time" if details["first"] else " again"
    after = details.get("after")
    return f" to {Role(after).label}" if after in Role.values else ""
