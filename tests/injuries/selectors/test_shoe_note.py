"""What stands on the note for the running store."""

import datetime as dt

import pytest

from injuries.models import CoachDecision
from injuries.selectors.shoe_note import Asked, Share, shoe_note
from tests.factories import ActivityFactory, AssessmentFactory, HeelProblemFactory, ShoeFactory

ON = dt.date(2026, 3, 18)


@pytest.fixture
def shoe(runner):
    return ShoeFactory(owner=runner, first_used=dt.date(2025, 12, 1))


def note(runner, shoe, **options):
    return shoe_note(runner, pk=shoe.pk, on=ON, **options)


def test_it_tells_distance_months_and_grounds(runner, shoe):
    for surface, metres in (("trail", 10_000), ("road", 25_000), ("", 5_000), ("trail", None)):
        ActivityFactory(runner=runner, shoe=shoe, surface=surface, distance_m=metres)
    ActivityFactory(runner=runner, shoe=shoe, kind="walk", surface="grass")

    found = note(runner, shoe)

    assert (found.pair.distance_m, found.pair.months) == (40_000, 3)
    assert found.shares == (
        Share("road or pavement", 62),
        Share("trail", 25),
        Share("ground not said", 12),
    )
    assert (found.asked, found.sore) == (None, ())


def test_a_pair_without_runs_has_no_grounds_and_somebody_elses_no_note(runner, shoe):
    assert note(runner, shoe).shares == ()
    assert note(runner, ShoeFactory()) is None


def test_where_it_hurts_is_there_only_on_request_and_with_consent(runner, shoe):
    problem = HeelProblemFactory(runner=runner)
    HeelProblemFactory(runner=runner, spot="elsewhere", closed_on=ON)
    HeelProblemFactory()

    assert note(runner, shoe).sore == ()
    assert note(runner, shoe, with_sore=True).sore == (problem,)
    runner.health_consent_at = None
    assert note(runner, shoe, with_sore=True).sore == ()


def decided(runner, club, coach, now, *, week=dt.date(2026, 3, 16), shoes=True, **fields):
    assessment = AssessmentFactory(runner=runner, week=week, shoes=shoes)
    said = {"note": "Have the old pair looked at", "note_shared": True, "kind": "accepted"}
    return CoachDecision.objects.create(
        assessment=assessment, club=club, decided_by=coach, **{"decided_at": now} | said | fields
    )


def test_the_newest_shared_note_of_a_week_about_shoes(runner, shoe, club, coach, now):
    monday = dt.date(2026, 3, 9)
    decided(runner, club, coach, now - dt.timedelta(days=5), week=monday, note="Older")
    decided(runner, club, coach, now)

    assert note(runner, shoe).asked == Asked("Have the old pair looked at", club.name, ON)


@pytest.mark.parametrize(
    "fields",
    [
        {"note_shared": False},
        {"shoes": False},
        {"note": ""},
        {"week": dt.date(2026, 1, 19)},
    ],
)
def test_what_is_private_old_or_about_something_else_is_left_out(
    fields, runner, shoe, club, coach, now
):
    decided(runner, club, coach, now, **fields)
    assert note(runner, shoe).asked is None


def test_a_replaced_note_is_gone(runner, shoe, club, coach, now):
    first = decided(runner, club, coach, now)
    CoachDecision.objects.create(
        assessment=first.assessment, club=club, replaces=first, kind="accepted", decided_at=now
    )
    assert note(runner, shoe).asked is None
