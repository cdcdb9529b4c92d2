"""Decisions: one chain per club and assessment, an audit row each."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from injuries.models import CoachDecision
from injuries.services.decisions import (
    AlreadyDecided,
    decide,
    latest_decision,
    note_outcome,
    undo,
)
from members.models import AuditEntry, Role
from tests.factories import AssessmentFactory, MembershipFactory, SquadFactory


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
        decide(other, assessment=assessment, kind="dismissed", note="No", replaces=None, now=now)

    assert refused.value.decision == first
    assert (CoachDecision.objects.count(), AuditEntry.objects.count()) == (1, 1)


def test_a_second_thought_replaces_the_first(coach_membership, assessment, now):
    first = decide(coach_membership, assessment=assessment, kind="accepted", replaces=None, now=now)
    second = decide(
        coach_membership,
        assessment=assessment,
        kind="changed",
        training="rest",
        note="Both heels now.",
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


# --- What is no answer, and what comes later --------------------------------------------------
def given(coach, assessment, now, **what):
    what = {"kind": "accepted", "replaces": None} | what
    return decide(coach, assessment=assessment, now=now, **what)


@pytest.mark.parametrize(
    ("what", "field"),
    [
        ({"kind": "dismissed"}, "note"),
        ({"kind": "dismissed", "note": "  "}, "note"),
        ({"kind": "changed", "training": "rest"}, "note"),
        ({"kind": "snoozed"}, "snoozed_until"),
    ],
)
def test_what_a_kind_needs_is_asked_for(coach_membership, assessment, now, what, field):
    with pytest.raises(ValidationError) as refused:
        given(coach_membership, assessment, now, **what)
    assert list(refused.value.message_dict) == [field]
    assert not CoachDecision.objects.exists()


def test_a_runner_is_given_to_a_coach_who_sees_them(club, coach_membership, assessment, now):
    other = MembershipFactory(club=club, role=Role.COACH)
    decision = given(coach_membership, assessment, now, kind="noted", owner=other.user)
    assert (decision.owner, decision.decided_by) == (other.user, coach_membership.user)
    assert not decision.is_answer


@pytest.mark.parametrize("role", [Role.RUNNER, Role.ADMIN, Role.ASSISTANT])
def test_and_to_nobody_who_does_not(club, coach_membership, assessment, now, role):
    stranger = MembershipFactory(club=club, role=role).user
    with pytest.raises(ValidationError) as refused:
        given(coach_membership, assessment, now, kind="noted", owner=stranger)
    assert list(refused.value.message_dict) == ["owner"]


def test_undo_lets_what_was_before_stand_again_and_the_audit_keeps_both(
    coach_membership, assessment, now
):
    first = given(coach_membership, assessment, now)
    second = given(coach_membership, assessment, now, kind="dismissed", note="Race", replaces=first)
    undo(second, by=coach_membership, now=now + dt.timedelta(hours=1))
    assert latest_decision(assessment, coach=coach_membership) == first
    acts = list(AuditEntry.objects.order_by("id").values_list("action", "details__kind"))
    assert acts == [
        ("decision_made", "accepted"),
        ("decision_made", "dismissed"),
        ("decision_undone", "dismissed"),
    ]


def test_what_was_answered_since_cannot_be_undone(club, coach_membership, assessment, now):
    first = given(coach_membership, assessment, now)
    other = MembershipFactory(club=club, role=Role.COACH)
    second = given(other, assessment, now, replaces=first)
    with pytest.raises(AlreadyDecided) as refused:
        undo(first, by=coach_membership, now=now)
    assert refused.value.decision == second
    assert not AuditEntry.objects.filter(action="decision_undone").exists()


@pytest.mark.parametrize(("by", "later"), [("other", 0), ("self", 3601)])
def test_undo_is_for_ones_own_within_the_hour(club, coach_membership, assessment, now, by, later):
    decision = given(coach_membership, assessment, now)
    other = MembershipFactory(club=club, role=Role.COACH)
    who = other if by == "other" else coach_membership
    with pytest.raises(PermissionDenied):
        undo(decision, by=who, now=now + dt.timedelta(seconds=later))
    assert CoachDecision.objects.get() == decision


def test_what_came_of_it_is_written_down_and_may_be_corrected(coach_membership, assessment, now):
    decision = given(coach_membership, assessment, now)
    for kind, text in (("worse", "Limped"), ("better", "")):
        note_outcome(decision, kind=kind, text=text, by=coach_membership, now=now)
    decision.refresh_from_db()
    assert (decision.outcome_kind, decision.outcome) == ("better", "")
    assert (decision.outcome_at, decision.outcome_by) == (now, coach_membership.user)
    assert AuditEntry.objects.filter(action="outcome_noted").count() == 2
    with pytest.raises(ValidationError):
        note_outcome(decision, kind="odd", text="", by=coach_membership, now=now)


def test_nothing_is_decided_about_who_shares_nothing(coach_membership, membership, now):
    assessment = AssessmentFactory(runner=membership.user)
    membership.sharing = "nothing"
    membership.save()
    with pytest.raises(PermissionDenied):
        given(coach_membership, assessment, now)


def test_an_assistant_decides_for_their_squads_only(club, membership, now):
    squad = SquadFactory(club=club)
    assistant = MembershipFactory(club=club, role=Role.ASSISTANT)
    squad.coaches.add(assistant)
    assessment = AssessmentFactory(runner=membership.user)
    with pytest.raises(PermissionDenied):
        given(assistant, assessment, now)
    membership.squad = squad
    membership.save()
    assert given(assistant, assessment, now).decided_by == assistant.user
