"""History: what was logged, and the way to the next step where nothing was."""

import datetime as dt

import pytest
from django.urls import reverse

from tests.factories import ActivityFactory, ShoeFactory

pytestmark = pytest.mark.django_db
HISTORY = "/history/"


@pytest.fixture(autouse=True)
def _today(time_machine, now):
    time_machine.move_to(now, tick=False)


@pytest.fixture
def page(client_of, runner):
    return client_of(runner)


@pytest.mark.parametrize("runs", [1, 3])
def test_the_history_costs_the_same_for_one_and_three(
    runs, page, runner, django_assert_num_queries
):
    for back in range(runs):
        started = dt.datetime(2026, 3, 17 - back, 18, tzinfo=dt.UTC)
        ActivityFactory(runner=runner, shoe=ShoeFactory(owner=runner), started_at=started)
    ActivityFactory()

    with django_assert_num_queries(5):  # session, user, clubs, count, rows with their pairs
        response = page.get(HISTORY)

    assert response.content.decode().count("<tr>") == 1 + runs


def test_the_history_tells_distance_time_pace_and_pair(page, runner):
    run = ActivityFactory(runner=runner, shoe=ShoeFactory(owner=runner, name="Blue"))

    text = page.get(HISTORY).content.decode()

    for told in ("Tue 17 March", "10.0 km", "55:00", "5:30 /km", "Blue"):
        assert told in text
    assert reverse("injuries:log-edit", args=[run.pk]) in text


def test_the_history_by_kind_and_page(page, runner):
    for minute in range(31):
        started = dt.datetime(2026, 3, 17, 18, minute, tzinfo=dt.UTC)
        ActivityFactory(runner=runner, started_at=started)
    ride = ActivityFactory(runner=runner, kind="ride")

    def shown(**query):
        return list(page.get(HISTORY, query).context["page"].object_list)

    assert (len(shown()), len(shown(page=2)), len(shown(page="x"))) == (30, 2, 30)
    assert shown(kind="ride") == [ride]
    assert len(shown(kind="'")) == 30


def test_an_empty_history_offers_the_first_step(page):
    assert f'href="{reverse("injuries:log")}"' in page.get(HISTORY).content.decode()
