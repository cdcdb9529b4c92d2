"""Decisions: one chain per club and assessment, an audit row each."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from injuries.models import CoachDecision
from injuries.services.decisions import AlreadyDecided, decide, latest_decision
from members.models import AuditEntry, Role
from tests.factories import AssessmentFactory, MembershipFactory


@pytest.fixture
def assessment(runner):
    return AssessmentFactory(runner=runner, training="ease")


def test_a_decision_is_stored_with_its_audit_row(coach_membership, assessment, runner, now):
    decision = decide(
        coach_membership, assessment=assessment, kind="accepted", replaces=None, now=now, note="ok"
    )

    assert (decision.kind, decision.decided_by, decision.training) == (
        "accepted",
        coach_membership.user,
        "",
    )
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.about, entry.by) == ("decision_made", runner, coach_membership.user)
    assert entry.details == {"decision": decision.pk, "kind": "accepted", "week": "2026-03-16"}


def test_two_coaches_cannot_both_answer_first(club, coach_membership, assessment, now):
    other = MembershipFactory(club=club, role=Role.COACH)
    first = decide(coach_membership, assessment=assessment, kind="accepted", replaces=None, now=now)

    with pytest.raises(AlreadyDecided) as refused:
        decide(other, assessment=assessment, kind="dismissed", replaces=None, now=now)

    assert refused.value.decision == first
    assert (CoachDecision.objects.count(), AuditEntry.objects.count()) == (1, 1)


def test_a_second_thought_replaces_the_first(coach_membership, assessment, now):
    first = decide(coach_membership, assessment=assessment, kind="accepted", replaces=None, now=now)
    second = decide(
        coach_membership,
        assessment=assessment,
        kind="changed",
        training="rest",
        replaces=first,
        now=now,
    )

    assert latest_decision(assessment, coach=coach_membership) == second


def test_a_change_needs_an_answer(coach_membership, assessment, now):
    with pytest.raises(ValidationError) as refused:
        decide(coach_membership, assessment=assessment, kind="changed", replaces=None, now=now)
    assert refused.value.message_dict == {"training": ["Choose what to change the answer to."]}


@pytest.mark.parametrize("role", [Role.RUNNER, Role.ADMIN])
def test_only_a_coach_of_the_club_decides(role, club, assessment, now):
    with pytest.raises(PermissionDenied):
        decide(
            MembershipFactory(club=club, role=role),
            assessment=assessment,
            kind="accepted",
            replaces=None,
            now=now,
        )


def test_another_clubs_coach_decides_nothing(assessment, now):
    with pytest.raises(PermissionDenied):
        decide(
            MembershipFactory(role=Role.COACH),
            assessment=assessment,
            kind="accepted",
            replaces=None,
            now=now,
        )
