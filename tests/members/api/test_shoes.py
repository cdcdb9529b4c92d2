"""The API of pairs of shoes: what works, and what is refused."""

import datetime as dt
import json

import pytest

from members.models import Activity, Shoe, ShoeCheck, ShoeComfort
from tests.factories import ActivityFactory, ShoeFactory

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
    ("brand", "x" * 41, "Ensure this field has no more than 40 characters."),
    ("default_surface", "ice", '"ice" is not a valid choice.'),
]


@pytest.mark.parametrize(("field", "value", "error"), BAD_SHOES)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_kept(field, value, error, api):
    response = send(api, SHOES, {"name": "Blue"} | {field: value})

    assert response.status_code == 400
    ((wrong, (sentence,)),) = response.json().items()
    assert (wrong, sentence[: len(error)]) == (field, error)
    assert not Shoe.objects.exists()


def test_a_pair_tells_make_ground_and_distance(api, runner):
    said = {"name": "Blue", "brand": "Brooks", "model": "Ghost", "colour": "blue"}
    added = send(api, SHOES, said | {"start_m": 1_000, "default_surface": "trail"}).json()
    shoe = Shoe.objects.get()
    ActivityFactory(runner=runner, shoe=shoe)
    ActivityFactory(runner=runner, shoe=shoe, kind="walk")

    assert added.items() >= (said | {"distance_m": 1_000, "default_surface": "trail"}).items()
    assert api.get(f"{SHOES}{shoe.pk}/").json() == added | {"distance_m": 11_000}
    changed = send(api, f"{SHOES}{shoe.pk}/", {"distance_m": 1, "colour": ""}, "patch").json()
    assert (changed["distance_m"], changed["colour"]) == (11_000, "")


def test_only_a_pair_nobody_ran_in_is_deleted(api, runner):
    worn, new = ShoeFactory(owner=runner), ShoeFactory(owner=runner)
    ActivityFactory(runner=runner, shoe=worn)

    refused = api.delete(f"{SHOES}{worn.pk}/")

    assert (refused.status_code, api.delete(f"{SHOES}{new.pk}/").status_code) == (400, 204)
    assert refused.json() == {
        "detail": ["There are runs in this pair. Retire it: its history stays."]
    }
    assert list(Shoe.objects.all()) == [worn]


# --- Comfort and checks ---------------------------------------------------------------------------
def test_comfort_is_said_changed_read_and_taken_back(api, runner):
    address = f"{SHOES}{ShoeFactory(owner=runner).pk}/comfort/"

    assert send(api, address, {"comfort": 7}).json() == {"on": "2026-03-18", "comfort": 7}
    for comfort in (8, 6):
        said = {"on": "2026-03-01", "comfort": comfort}
        assert send(api, address, said).json() == said
    assert api.get(address).json()["results"] == [
        {"on": "2026-03-01", "comfort": 6},
        {"on": "2026-03-18", "comfort": 7},
    ]
    assert send(api, address, {"on": "2026-03-01", "comfort": None}).status_code == 201
    assert ShoeComfort.objects.get().comfort == 7


def test_a_check_is_recorded_mended_and_read(api, runner):
    old, new = ShoeFactory(owner=runner, start_m=5_000), ShoeFactory(owner=runner)
    address = f"{SHOES}{old.pk}/checks/"
    said = {
        "on": "2026-03-01",
        "where": "Store",
        "outcome": "replaced",
        "note": "",
        "new_shoe": new.pk,
    }

    recorded = send(api, address, said)
    mended = send(api, address, {"on": "2026-03-01", "outcome": "kept"}).json()

    assert recorded.status_code == 201
    check = ShoeCheck.objects.get()
    assert recorded.json() == said | {"id": check.pk, "distance_m": 5_000}
    assert api.get(address).json()["results"] == [mended]
    assert (mended["outcome"], mended["new_shoe"], mended["where"]) == ("kept", None, "")
    assert send(api, address, {"outcome": "insole"}).json()["on"] == "2026-03-18"


def test_a_check_is_taken_back_by_its_owner_alone(api, runner, client_of, coach):
    shoe = ShoeFactory(owner=runner)
    check = ShoeCheck.objects.create(
        shoe=shoe, on=dt.date(2026, 3, 1), outcome="kept", distance_m=0
    )
    address = f"{SHOES}checks/{check.pk}/"
    assert client_of(coach).delete(address).status_code == 404

    assert [api.delete(address).status_code for _ in range(2)] == [204, 404]

    assert not ShoeCheck.objects.exists()


def test_two_pairs_in_use_are_called_differently(api, runner):
    ShoeFactory(owner=runner, name="Blue")
    answer = send(api, SHOES, {"name": "blue"})
    assert (answer.status_code, answer.json()) == (
        400,
        {"colour": ["Another pair is called blue. Say how this one differs."]},
    )


BAD_COMFORT = [
    ("comfort", 11, "Ensure this value is less than or equal to 10."),
    ("comfort", -1, "Ensure this value is greater than or equal to 0."),
    ("comfort", "good", "A valid integer is required."),
    ("on", "2027-03-18", FUTURE),
    ("on", "0202-03-18", EARLY),
]
BAD_CHECKS = [
    ("outcome", "lost", '"lost" is not a valid choice.'),
    ("where", "x" * 81, "Ensure this field has no more than 80 characters."),
    ("note", "x" * 1001, "Ensure this field has no more than 1000 characters."),
    ("new_shoe", 10**30, "Invalid pk"),
    ("on", "2027-03-18", FUTURE),
]


@pytest.mark.parametrize(
    ("path", "good", "field", "value", "error"),
    [("comfort", {"comfort": 5}, *row) for row in BAD_COMFORT]
    + [("checks", {"outcome": "kept"}, *row) for row in BAD_CHECKS],
)
def test_what_is_wrong_about_a_pair_is_said_at_its_field(
    path, good, field, value, error, api, runner
):
    shoe = ShoeFactory(owner=runner)

    response = send(api, f"{SHOES}{shoe.pk}/{path}/", good | {field: value})

    assert response.status_code == 400
    ((wrong, (sentence,)),) = response.json().items()
    assert (wrong, sentence[: len(error)]) == (field, error)
    assert not ShoeComfort.objects.exists()
    assert not ShoeCheck.objects.exists()


def test_a_new_pair_is_another_one_of_ones_own(api, runner):
    shoe = ShoeFactory(owner=runner)
    for wrong in (ShoeFactory(), shoe):
        body = {"outcome": "replaced", "new_shoe": wrong.pk}
        response = send(api, f"{SHOES}{shoe.pk}/checks/", body)
        assert (response.status_code, list(response.json())) == (400, ["new_shoe"])


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("path", ["comfort", "checks"])
def test_a_pairs_list_costs_the_same_for_one_and_three(
    path, rows, api, runner, django_assert_num_queries
):
    shoe = ShoeFactory(owner=runner)
    for day in range(1, rows + 1):
        on = dt.date(2026, 3, day)
        ShoeComfort.objects.create(shoe=shoe, on=on, comfort=5)
        ShoeCheck.objects.create(shoe=shoe, on=on, outcome="kept", distance_m=0)

    with django_assert_num_queries(5):  # session, user, pair, count, rows
        assert api.get(f"{SHOES}{shoe.pk}/{path}/").json()["count"] == rows


# --- Runs without a pair --------------------------------------------------------------------------
UNTAGGED = "/api/v1/untagged-runs/"


@pytest.mark.parametrize("rows", [1, 3])
def test_runs_without_a_pair_come_with_a_suggestion(rows, api, runner, django_assert_num_queries):
    shoe = ShoeFactory(owner=runner, is_default=True)
    runs = [ActivityFactory(runner=runner, surface="road") for _ in range(rows)]
    ActivityFactory(runner=runner, shoe=shoe)

    with django_assert_num_queries(5):  # session, user, pairs, count, rows
        answer = api.get(UNTAGGED).json()

    assert (answer["count"], answer["results"][-1]) == (
        rows,
        {
            "activity": runs[0].pk,
            "on": "2026-03-17",
            "distance_m": 10_000,
            "surface": "road",
            "suggested_shoe": shoe.pk,
        },
    )


def test_they_get_their_pairs_all_or_none(api, runner):
    blue = ShoeFactory(owner=runner)
    late = ShoeFactory(owner=runner, first_used=dt.date(2026, 3, 18))
    first, second, theirs = (ActivityFactory(runner=runner), ActivityFactory(runner=runner),
                             ActivityFactory())  # fmt: skip

    def tag(*pairs):
        return send(
            api, f"{UNTAGGED}tag/", {"runs": [{"activity": a, "shoe": s} for a, s in pairs]}
        )

    for wrong in (late.pk, ShoeFactory().pk):
        assert tag((first.pk, blue.pk), (second.pk, wrong)).status_code == 400
        assert not Activity.objects.filter(shoe__isnull=False).exists()
    done = tag((first.pk, blue.pk), (second.pk, blue.pk), (theirs.pk, blue.pk))
    assert (done.status_code, done.json()) == (201, {"tagged": 2})
    assert tag((first.pk, late.pk)).json() == {"tagged": 0}
    assert tag().status_code == 400
