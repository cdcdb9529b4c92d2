"""What a coach may know: nothing, status, everything."""

import pytest

from injuries.selectors.sharing import EASE_OFF, SEEK_ADVICE, what_coach_sees
from members.models import Sharing
from tests.factories import AssessmentFactory, FlagFactory


@pytest.fixture
def assessment(runner):
    """A long jump, a sore heel twice, a red flag and old shoes."""
    assessment = AssessmentFactory(
        runner=runner, training="rest", shoes=True, clinician="within_days"
    )
    FlagFactory(assessment=assessment, for_coach=True)
    FlagFactory(
        assessment=assessment,
        rule="P2",
        level="not_settled_twice",
        action="cross_train",
        values={"first_step": 6, "base": 2, "run_on": "2026-03-16", "morning_on": "2026-03-17"},
    )
    FlagFactory(
        assessment=assessment,
        rule="RF2",
        level="yes",
        action="within_days",
        values={"questions": ["night_pain"], "since": "2026-03-17"},
    )
    FlagFactory(
        assessment=assessment,
        rule="S1",
        level="check_wear",
        action="shoe_check",
        values={"shoe": "1", "distance_m": 612_000, "limit_m": 800_000},
    )
    return assessment


def test_nothing_shows_no_answer_and_no_reason(membership, assessment):
    membership.sharing = Sharing.NOTHING

    view = what_coach_sees(membership, assessment)

    assert (view.training, view.clinician, view.shoes) == (None, "", False)
    assert (view.reasons, view.flags, view.sees_runs, view.sees_pain) == ((), (), False, False)


def test_status_veils_what_the_heel_says(membership, assessment):
    membership.sharing = Sharing.STATUS

    view = what_coach_sees(membership, assessment)

    assert (view.training, view.clinician, view.shoes) == ("rest", "advised", True)
    assert view.reasons == (
        SEEK_ADVICE,
        EASE_OFF,
        "16.0 km on Saturday after a longest of 13.0 km.",
        "Shoes at 612.0 km.",
    )
    assert [flag.rule for flag in view.flags] == ["L1", "S1"]
    assert (view.sees_runs, view.sees_pain) == (True, False)


def test_everything_shows_the_numbers(membership, assessment):
    view = what_coach_sees(membership, assessment)

    assert (view.training, view.clinician) == ("rest", "within_days")
    assert view.reasons[1] == "Not settled twice within a week (last 6 of 10)."
    assert [flag.rule for flag in view.flags] == ["RF2", "P2", "L1", "S1"]
    assert view.sees_pain


def test_without_consent_to_keep_them_answers_about_pain_are_veiled(membership, assessment):
    membership.user.health_consent_at = None

    view = what_coach_sees(membership, assessment)

    assert view.reasons[:2] == (SEEK_ADVICE, EASE_OFF)
    assert [flag.rule for flag in view.flags] == ["L1", "S1"]
    assert (view.clinician, view.sees_runs, view.sees_pain) == ("advised", True, False)


def test_a_small_spike_is_the_runners_own_business(membership, runner):
    assessment = AssessmentFactory(runner=runner, training="ease")
    FlagFactory(assessment=assessment)

    view = what_coach_sees(membership, assessment)

    assert view.flags == ()
    assert view.reasons == ("A little longer than the recent longest; told on their own page.",)


def test_no_assessment_is_not_assessed_never_green(membership):
    assert what_coach_sees(membership, None).training == "not_assessed"
