"""What coaches do with an assessment: accept, change or dismiss it, with a note."""

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from injuries.models import CoachDecision, WeeklyAssessment
from members.models import Membership
from members.permissions import Permission, may
from members.selectors.people import runners_visible_to
from members.services.audit import record


class AlreadyDecided(Exception):
    """Another coach answered this state of the row first; `decision` is theirs."""

    def __init__(self, decision: CoachDecision | None) -> None:
        super().__init__("Somebody else has just decided this.")
        self.decision = decision


def latest_decision(assessment: WeeklyAssessment, *, coach: Membership) -> CoachDecision | None:
    """Return what stands for this assessment in the coach's club, or None."""
    return (
        CoachDecision.objects.filter(
            assessment=assessment, club=coach.club, replaced_by__isnull=True
        )
        .select_related("decided_by")
        .first()
    )


def decide(
    coach: Membership,
    *,
    assessment: WeeklyAssessment,
    kind: str,
    replaces: CoachDecision | None,
    now: dt.datetime,
    training: str = "",
    note: str = "",
    note_shared: bool = False,
    due_on: dt.date | None = None,
) -> CoachDecision:
    """Store a decision that answers `replaces` (None: nobody decided yet), and its audit row.

    Raises AlreadyDecided where another decision came first, ValidationError for a change without
    an answer, PermissionDenied for a runner this coach does not look after.
    """
    _refuse_strangers(coach, assessment)
    if kind == CoachDecision.Kind.CHANGED and not training:
        raise ValidationError({"training": "Choose what to change the answer to."})
    if replaces is not None and (
        replaces.assessment_id != assessment.pk or replaces.club_id != coach.club_id
    ):
        raise AlreadyDecided(latest_decision(assessment, coach=coach))
    try:
        with transaction.atomic():
            decision = CoachDecision.objects.create(
                assessment=assessment,
                club=coach.club,
                replaces=replaces,
                kind=kind,
                training=training if kind == CoachDecision.Kind.CHANGED else "",
                note=note,
                note_shared=note_shared,
                owner=coach.user,
                due_on=due_on,
                decided_at=now,
                decided_by=coach.user,
            )
            record(
                "decision_made",
                by=coach.user,
                now=now,
                about=assessment.runner,
                club=coach.club,
                decision=decision.pk,
                kind=str(kind),
                week=assessment.week.isoformat(),
            )
    except IntegrityError:
        raise AlreadyDecided(latest_decision(assessment, coach=coach)) from None
    return decision


def _refuse_strangers(coach: Membership, assessment: WeeklyAssessment) -> None:
    visible = runners_visible_to(coach).filter(user=assessment.runner_id)
    if not may(coach, Permission.DECIDE) or not visible.exists():
        raise PermissionDenied
