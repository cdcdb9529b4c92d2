"""What coaches do with an assessment: answer it, note something, let it wait, take that back."""

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from injuries.models import CoachDecision, WeeklyAssessment
from members.models import Membership, Sharing, User
from members.permissions import Permission, may
from members.selectors.people import runners_visible_to
from members.services.audit import record

Kind = CoachDecision.Kind


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
    owner: User | None = None,
    due_on: dt.date | None = None,
    spoke: bool = False,
    snoozed_until: dt.date | None = None,
) -> CoachDecision:
    """Store a decision that answers `replaces` (None: nobody decided yet), and its audit row.

    Raises AlreadyDecided where another decision came first, ValidationError by field for what does
    not fit the kind, PermissionDenied for a runner this coach does not look after.
    """
    _refuse_strangers(coach, assessment)
    _check(kind=kind, training=training, note=note, snoozed_until=snoozed_until)
    _check_owner(owner, coach=coach, runner=assessment.runner)
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
                said_training=assessment.training,
                said_clinician=assessment.clinician,
                training=training if kind == Kind.CHANGED else "",
                note=note,
                note_shared=note_shared,
                owner=owner or coach.user,
                due_on=due_on,
                spoke=spoke,
                snoozed_until=snoozed_until if kind == Kind.SNOOZED else None,
                decided_at=now,
                decided_by=coach.user,
            )
            _record("decision_made", decision, by=coach, now=now)
    except IntegrityError:
        raise AlreadyDecided(latest_decision(assessment, coach=coach)) from None
    return decision


def undo(decision: CoachDecision, *, by: Membership, now: dt.datetime) -> None:
    """Take one's own decision back within the hour; what it replaced stands again.

    The audit keeps that it was made and taken back. Raises AlreadyDecided where somebody has
    answered it since, PermissionDenied for another coach's decision or an old one.
    """
    _refuse_strangers(by, decision.assessment)
    if decision.club_id != by.club_id or not decision.may_be_undone(by=by.user, now=now):
        raise PermissionDenied
    try:
        with transaction.atomic():
            _record("decision_undone", decision, by=by, now=now)
            decision.delete()
    except ProtectedError:
        raise AlreadyDecided(latest_decision(decision.assessment, coach=by)) from None


def note_outcome(
    decision: CoachDecision, *, kind: str, text: str, by: Membership, now: dt.datetime
) -> CoachDecision:
    """Write down what came of a decision; said again, the later word stands.

    Raises ValidationError on "kind", PermissionDenied for a runner out of this coach's care.
    """
    _refuse_strangers(by, decision.assessment)
    if decision.club_id != by.club_id:
        raise PermissionDenied
    if kind not in CoachDecision.Outcome.values:
        raise ValidationError({"kind": "Choose what came of it."})
    with transaction.atomic():
        decision.outcome_kind, decision.outcome = kind, text
        decision.outcome_at, decision.outcome_by = now, by.user
        decision.save(update_fields=["outcome_kind", "outcome", "outcome_at", "outcome_by"])
        _record("outcome_noted", decision, by=by, now=now)
    return decision


def _check(*, kind: str, training: str, note: str, snoozed_until: dt.date | None) -> None:
    if kind == Kind.CHANGED and not training:
        raise ValidationError({"training": "Choose what to change the answer to."})
    if kind in {Kind.CHANGED, Kind.DISMISSED} and not note.strip():
        raise ValidationError({"note": "Say why in a word or two."})
    if kind == Kind.SNOOZED and snoozed_until is None:
        raise ValidationError({"snoozed_until": "Choose the day until which it may wait."})


def _check_owner(owner: User | None, *, coach: Membership, runner: User) -> None:
    """Somebody given a runner to look after must be able to see them."""
    if owner is None or owner.pk == coach.user_id:
        return
    theirs = Membership.objects.active().filter(club=coach.club_id, user=owner).first()
    if theirs is None or not runners_visible_to(theirs).filter(user=runner).exists():
        raise ValidationError({"owner": "This coach does not look after this runner."})


def _record(action: str, decision: CoachDecision, *, by: Membership, now: dt.datetime) -> None:
    record(
        action,
        by=by.user,
        now=now,
        about=decision.assessment.runner,
        club=by.club,
        decision=decision.pk,
        kind=str(decision.kind),
        week=decision.assessment.week.isoformat(),
    )


def _refuse_strangers(coach: Membership, assessment: WeeklyAssessment) -> None:
    visible = runners_visible_to(coach).filter(user=assessment.runner_id)
    visible = visible.exclude(sharing=Sharing.NOTHING)
    if not may(coach, Permission.DECIDE) or not visible.exists():
        raise PermissionDenied
