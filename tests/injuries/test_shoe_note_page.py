"""The note page: nothing about a heel until it is ticked, and never in an address."""

import datetime as dt

import pytest
from django.urls import reverse

from injuries.models import CoachDecision
from members.models import ShoeComfort
from tests.factories import AssessmentFactory, HeelProblemFactory, ShoeFactory

pytestmark = pytest.mark.django_db
SPOT = "left heel, under the heel, inner front"


@pytest.fixture(autouse=True)
def _today(time_machine, now):
    time_machine.move_to(now, tick=False)


@pytest.fixture
def page(client_of, runner):
    return client_of(runner)


@pytest.fixture
def note(runner, club, coach, now):
    """The address of a note about a pair of somebody sore whose coach asked."""
    shoe = ShoeFactory(
        owner=runner, name="Blue", brand="Brooks", model="Ghost", start_m=812_000, colour="blue"
    )
    ShoeComfort.objects.create(shoe=shoe, on=dt.date(2026, 3, 1), comfort=6)
    HeelProblemFactory(runner=runner)
    assessment = AssessmentFactory(runner=runner, shoes=True)
    CoachDecision.objects.create(
        assessment=assessment, club=club, kind="accepted", note="Ask about the heel cup",
        note_shared=True, decided_at=now, decided_by=coach,
    )  # fmt: skip
    return reverse("injuries:shoe-note", args=[shoe.pk])


def told(response):
    return " ".join(response.content.decode().split())


def test_it_tells_about_the_pair_and_what_to_ask_and_nothing_about_a_heel(page, note):
    response = page.get(note)

    text = told(response)
    for words in (
        "For the running store: Blue",
        "Brooks Ghost, blue",
        "812.0 km",
        "6 of 10 on Sun 1 March",
        "Ask about the heel cup",
        "Cushioning.",
        "Stability.",
        "Fit.",
        "No kind of shoe is known to prevent injuries",
    ):
        assert words in text
    assert SPOT not in text
    assert "no-store" in response["Cache-Control"]


def test_a_tick_in_the_address_adds_nothing(page, note):
    assert SPOT not in told(page.get(note, {"sore": "on"}))


def test_ticked_it_says_where_and_the_coach_can_be_left_out(page, note):
    text = told(page.post(note, {"sore": "on"}))

    assert f"{SPOT}, since Sun 1 March" in text
    assert "heel cup</p>" not in text
    assert "What my coach asked" not in text.replace("Include what my coach asked", "")
    assert SPOT not in told(page.get(note)), "a tick is not kept"


def test_without_consent_it_cannot_be_ticked(page, note, runner):
    runner.health_consent_at = None
    runner.save()
    assert "Include where it hurts" not in told(page.get(note))
    assert SPOT not in told(page.post(note, {"sore": "on"}))


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_else_reads_it(method, note, client_of, coach):
    assert getattr(client_of(coach), method)(note).status_code == 404
