"""What the answer to a saved run says about its pair."""

import datetime as dt

import pytest
from django.urls import reverse

from members.models import Activity, ShoeCheck
from tests.factories import ShoeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(time_machine, now):
    time_machine.move_to(now, tick=False)


@pytest.fixture
def answer(client_of, runner):
    """Return a function that logs 10 km in a pair and reads the answer."""

    def log(shoe):
        page = client_of(runner)
        typed = {"distance": "10", "duration": "55", "on": "2026-03-18", "shoe": shoe.pk}
        page.post("/log/", typed)
        run = Activity.objects.get()
        text = page.get(reverse("injuries:log-answer", args=[run.pk])).content.decode()
        return " ".join(text.split())

    return log


@pytest.mark.parametrize(
    ("start_m", "said"),
    [
        (629_999, None),
        (630_000, "nearly at its limit"),
        (789_999, "nearly at its limit"),
        (790_000, "time to look at them"),
    ],
)
def test_a_pair_near_or_at_its_limit_says_so(start_m, said, answer, runner):
    text = answer(ShoeFactory(owner=runner, name="Blue", start_m=start_m))
    words = {"nearly at its limit", "time to look at them"}
    assert {word for word in words if word in text} == ({said} if said else set())


def test_what_asks_for_a_look_leads_to_the_note(answer, runner):
    shoe = ShoeFactory(owner=runner, name="Blue", start_m=800_000)
    text = answer(shoe)
    assert "◆</span> check shoes" in text
    assert f'href="{reverse("injuries:shoe-note", args=[shoe.pk])}"' in text


def test_a_check_quietens_it(answer, runner):
    shoe = ShoeFactory(owner=runner, name="Blue", start_m=800_000)
    day = dt.date(2026, 3, 17)
    ShoeCheck.objects.create(shoe=shoe, on=day, outcome="insole", distance_m=800_000)

    text = answer(shoe)

    assert "check shoes" not in text
    assert "Blue: 810.0 km of 800.0 km, checked on Tue 17 March, an insole." in text


def test_a_run_without_a_pair_says_nothing(client_of, runner):
    page = client_of(runner)
    page.post("/log/", {"distance": "10", "on": "2026-03-18"})
    address = reverse("injuries:log-answer", args=[Activity.objects.get().pk])
    assert "limit" not in page.get(address).content.decode()
