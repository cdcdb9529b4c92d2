"""Pairs of shoes: what works, and what comes back with all that was typed."""

import datetime as dt

import pytest
from django.urls import reverse

from members.models import Shoe
from tests.factories import ActivityFactory, ShoeFactory
from tests.members.views.answers import assert_refused, messages

pytestmark = pytest.mark.django_db
SHOES = "/shoes/"
FUTURE = "This day lies in the future."
EARLY = "Choose a day after 1990."


@pytest.fixture(autouse=True)
def _today(time_machine, now):
    time_machine.move_to(now, tick=False)


@pytest.fixture
def page(client_of, runner):
    return client_of(runner)


def pair(**fields):
    return {"name": "Blue", "start": "120", "limit": "700", "first_used": "2026-01-05"} | fields


def test_a_pair_is_added_with_what_it_has_run_and_its_limit(page, runner):
    response = page.post(SHOES, pair(is_default="on"), follow=True)

    shoe = Shoe.objects.get()
    assert (shoe.owner, shoe.start_m, shoe.limit_m) == (runner, 120_000, 700_000)
    assert (shoe.first_used, shoe.is_default) == (dt.date(2026, 1, 5), True)
    ActivityFactory(runner=runner, shoe=shoe)
    ActivityFactory(runner=runner, shoe=shoe, kind="ride")
    assert messages(response) == ["The pair is added."]
    assert "130.0 km of 700.0 km" in page.get(SHOES).content.decode()


def test_a_pair_is_changed_in_miles(page, runner):
    runner.unit = "mi"
    runner.save()
    shoe = ShoeFactory(owner=runner)

    page.post(f"{SHOES}{shoe.pk}/", pair(name="Red", start="", limit="500", first_used=""))

    shoe.refresh_from_db()
    assert (shoe.name, shoe.start_m, shoe.limit_m, shoe.first_used) == ("Red", 0, 804_672, None)


def test_a_pair_is_retired_and_brought_back(page, runner):
    shoe = ShoeFactory(owner=runner, is_default=True)
    address = reverse("members:shoe-retire", args=[shoe.pk])

    page.post(address)
    shoe.refresh_from_db()
    assert (shoe.retired_on, shoe.is_default) == (dt.date(2026, 3, 18), False)
    page.post(address)
    shoe.refresh_from_db()
    assert shoe.retired_on is None


@pytest.mark.parametrize("shoes", [1, 3])
def test_the_pairs_cost_the_same_for_one_and_three(shoes, page, runner, django_assert_num_queries):
    for _ in range(shoes):
        ActivityFactory(runner=runner, shoe=ShoeFactory(owner=runner))

    with django_assert_num_queries(4):  # session, user, pairs with their distance, clubs
        page.get(SHOES)


NUMBER = "Write the distance as a number of km, for example 10.5."
BAD_PAIRS = [
    ("name", "", "This field is required."),
    ("name", "x" * 81, "Ensure this value has at most 80 characters"),
    ("start", "far", NUMBER),
    ("start", "-5", NUMBER),
    ("start", "9000", "Choose between 0 and 5000 km."),
    ("limit", "50", "Choose between 100 and 5000 km."),
    ("limit", "1" * 13, "Ensure this value has at most 12 characters"),
    ("first_used", "2027-01-05", FUTURE),
    ("first_used", "0202-01-05", EARLY),
    ("first_used", "spring", "Enter a valid date."),
]


@pytest.mark.parametrize(("field", "value", "error"), BAD_PAIRS)
def test_a_bad_pair_is_kept_and_explained(field, value, error, page, runner):
    typed = pair(**{field: value})

    assert_refused(page.post(SHOES, typed), field, error, typed)
    assert not Shoe.objects.exists()
    shoe = ShoeFactory(owner=runner, name="Old")
    assert_refused(page.post(f"{SHOES}{shoe.pk}/", typed), field, error, typed)
    shoe.refresh_from_db()
    assert (shoe.name, shoe.start_m) == ("Old", 0)
