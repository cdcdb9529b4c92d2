"""Shoes on my week: the strip, what asks for a look, the monthly question."""

import datetime as dt

import pytest
from django.urls import reverse

from members.models import ShoeCheck, ShoeComfort
from tests.factories import ActivityFactory, ShoeFactory

pytestmark = pytest.mark.django_db
LOOK = "</span> check shoes"


@pytest.fixture(autouse=True)
def _today(time_machine, now):
    time_machine.move_to(now, tick=False)


@pytest.fixture
def shoe(runner):
    """A worn pair that was run in yesterday."""
    shoe = ShoeFactory(owner=runner, name="Blue", start_m=810_000)
    ActivityFactory(runner=runner, shoe=shoe)
    return shoe


@pytest.fixture
def my_week(client_of, runner, shoe):
    """Return a function that reads the page."""
    page = client_of(runner)
    return lambda **query: " ".join(page.get("/", query).content.decode().split())


def test_a_worn_pair_leads_to_its_note_and_a_check_quietens_it(my_week, shoe):
    text = my_week()
    note = reverse("injuries:shoe-note", args=[shoe.pk])
    assert text.count(LOOK) == 2  # beside the answer, and at the pair
    assert "one pair has 820.0 km, past its limit of 800.0 km" in text
    assert f'href="{note}"' in text
    assert "820.0 km of 800.0 km, 102 %" in text

    ShoeCheck.objects.create(shoe=shoe, on=dt.date(2026, 3, 17), outcome="kept", distance_m=820_000)

    text = my_week()
    assert LOOK not in text
    assert "Blue: checked on Tue 17 March, kept. Time to look at your shoes" in text


def test_comfort_is_asked_once_a_month_and_never_of_the_past(my_week, shoe, client_of, runner):
    assert "How comfortable are Blue this month?" in my_week()
    assert "How comfortable" not in my_week(week="2026-W11")

    client_of(runner).post(reverse("members:shoe-comfort", args=[shoe.pk]), {"comfort": "6"})

    assert ShoeComfort.objects.get().comfort == 6
    assert "How comfortable" not in my_week()


def test_not_this_month_is_an_answer(my_week, client_of, runner):
    client_of(runner).post(reverse("members:comfort-later"), {"next": "/"})
    assert "How comfortable" not in my_week()
