"""The API of pairs of shoes: what works, and what is refused."""

import json

import pytest

from members.models import Shoe
from tests.factories import ShoeFactory

pytestmark = pytest.mark.django_db
SHOES = "/api/v1/shoes/"
JSON = "application/json"
FUTURE = "This day lies in the future."
EARLY = "Choose a day after 1990."


@pytest.fixture(autouse=True)
def _today(time_machine, now):
    time_machine.move_to(now, tick=False)


@pytest.fixture
def api(client_of, runner):
    return client_of(runner)


def send(client, path, body, method="post"):
    return getattr(client, method)(path, json.dumps(body), content_type=JSON)


def test_a_pair_starts_with_its_distance_and_becomes_the_default(api, runner):
    old = ShoeFactory(owner=runner, is_default=True)

    added = send(api, SHOES, {"name": "Blue", "start_m": 120_000, "is_default": True})

    assert added.status_code == 201
    new = Shoe.objects.get(name="Blue")
    assert (new.owner, new.start_m, new.limit_m, new.is_default) == (runner, 120_000, 800_000, True)
    old.refresh_from_db()
    assert not old.is_default
    retired = send(api, f"{SHOES}{new.pk}/", {"retired_on": "2026-03-18"}, "patch").json()
    assert (retired["retired_on"], retired["is_default"]) == ("2026-03-18", False)


BAD_SHOES = [
    ("name", "", "This field may not be blank."),
    ("name", "x" * 81, "Ensure this field has no more than 80 characters."),
    ("start_m", -1, "Ensure this value is greater than or equal to 0."),
    ("start_m", "far", "A valid integer is required."),
    ("limit_m", 900, "Ensure this value is greater than or equal to 100000."),
    ("limit_m", 9_000_000, "Ensure this value is less than or equal to 5000000."),
    ("first_used", "2027-03-18", FUTURE),
    ("first_used", "0202-03-18", EARLY),
    ("retired_on", "2027-03-18", FUTURE),
    ("retired_on", "2026-02-30", "Date has wrong format."),
    ("is_default", "perhaps", "Must be a valid boolean."),
]


@pytest.mark.parametrize(("field", "value", "error"), BAD_SHOES)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_kept(field, value, error, api):
    response = send(api, SHOES, {"name": "Blue"} | {field: value})

    assert response.status_code == 400
    ((wrong, (sentence,)),) = response.json().items()
    assert (wrong, sentence[: len(error)]) == (field, error)
    assert not Shoe.objects.exists()
