"""What coaches decided: which row an answer is meant for, and what may still be taken back."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import QuerySet

from injuries.models import UNDO_FOR, CoachDecision, WeeklyAssessment
from members.models import AuditEntry, Membership, Sharing
from members.selectors.people import runners_visible_to


class Version(NamedTuple):
    """One state of one row, as the coach had it in front of them."""

    membership: Membership
    assessment: WeeklyAssessment
    replaces: CoachDecision | None


def versions(coach: Membership, *, asked: Iterable[str]) -> list[Version]:
    """Return the row states named "membership:assessment:decision"; what is none is left out.

    Only of runners this coach looks after who share something. Three queries.
    """
    keys = [key for key in map(_key, asked) if key is not None]
    runners = runners_visible_to(coach).exclude(sharing=Sharing.NOTHING)
    memberships = runners.in_bulk([membership for membership, _, _ in keys])
    assessments = WeeklyAssessment.objects.select_related("runner").in_bulk(
        [assessment for _, assessment, _ in keys]
    )
    decisions = CoachDecision.objects.filter(club=coach.club_id).in_bulk(
        [decision for _, _, decision in keys if decision]
    )
    found = []
    for membership_pk, assessment_pk, decision_pk in keys:
        membership = memberships.get(membership_pk)
        assessment = assessments.get(assessment_pk)
        replaces = decisions.get(decision_pk) if decision_pk else None
        gone = decision_pk and replaces is None
        if membership and assessment and assessment.runner_id == membership.user_id and not gone:
            found.append(Version(membership, assessment, replaces))
    return found


def _key(text: str) -> tuple[int, int, int] | None:
    parts = text.split(":")
    if len(parts) != 3 or not all(part.isascii() and len(part) < 12 for part in parts):
        return None
    if not (parts[0].isdigit() and parts[1].isdigit() and (parts[2] or "0").isdigit()):
        return None
    return int(parts[0]), int(parts[1]), int(parts[2] or 0)


def undoable(coach: Membership, *, ids: Iterable[int], now: dt.datetime) -> QuerySet[CoachDecision]:
    """Return those among these decisions that the coach may still take back."""
    return CoachDecision.objects.filter(
        pk__in=list(ids),
        club=coach.club_id,
        decided_by=coach.user_id,
        decided_at__gt=now - UNDO_FOR,
        replaced_by__isnull=True,
    ).select_related("assessment__runner")


def was_undone(coach: Membership, *, pk: int | None) -> bool:
    """Whether a decision of this club with that id was taken back; the audit knows."""
    return AuditEntry.objects.filter(
        club=coach.club_id, action="decision_undone", details__decision=pk
    ).exists()
