"""The API of training: what works, and every way of sending something impossible."""

import datetime as dt
import json
import uuid

import pytest

from injuries.models import WeeklyAssessment
from members.models import Activity, DayStatus, Shoe
from tests.factories import ActivityFactory, DayStatusFactory, ShoeFactory, UserFactory

pytestmark = pytest.mark.django_db
ACTIVITIES, SHOES, DAYS = (f"/api/v1/{name}/" for name in ("activities", "shoes", "days"))
JSON = "application/json"
RUN = {"kind": "run", "started_at": "2026-03-18T07:00:00+01:00", "distance_m": 8_000}


@pytest.fixture(autouse=True)
def _today(time_machine, now):
    time_machine.move_to(now, tick=False)


@pytest.fixture
def api(client_of, runner):
    return client_of(runner)


def send(client, path, body, method="post"):
    return getattr(client, method)(path, json.dumps(body), content_type=JSON)


# --- What works -----------------------------------------------------------------------------------
def test_a_run_is_logged_read_changed_and_deleted(api, runner):
    shoe = ShoeFactory(owner=runner)
    sent = RUN | {"duration_s": 2_700, "effort": 6, "surface": "trail", "shoe": shoe.pk}

    logged = send(api, ACTIVITIES, sent | {"note": "Mud"})

    assert logged.status_code == 201
    run = Activity.objects.get()
    assert logged.json() == {
        "id": run.pk,
        "kind": "run",
        "started_at": "2026-03-18T06:00:00Z",
        "start_said": True,
        "time_zone": "UTC",
        "on": "2026-03-18",
        "distance_m": 8_000,
        "duration_s": 2_700,
        "effort": 6,
        "surface": "trail",
        "shoe": shoe.pk,
        "note": "Mud",
        "source": "api",
        "client_key": None,
        "warnings": [],
    }
    address = f"{ACTIVITIES}{run.pk}/"
    assert api.get(address).json() == logged.json()
    changed = send(api, address, {"distance_m": 8_100, "shoe": None}, "patch").json()
    assert changed == logged.json() | {"distance_m": 8_100, "shoe": None}
    assert api.delete(address).status_code == 204
    assert not Activity.objects.exists()


def test_the_same_key_twice_is_one_run(api):
    body = RUN | {"client_key": str(uuid.uuid4())}

    first, second = (send(api, ACTIVITIES, body) for _ in range(2))

    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()


def test_what_looks_like_a_slip_is_stored_and_named(api, runner):
    body = RUN | {"distance_m": 120_000, "duration_s": 3_600, "started_at": "2025-03-18T07:00:00Z"}

    answer = send(api, ACTIVITIES, body)

    assert answer.status_code == 201
    assert answer.json()["warnings"] == [
        {"field": "distance_m", "text": "120.0 km is very far. Is that right?"},
        {
            "field": "duration_s",
            "text": "That would be 0:30 /km, very fast. Are distance and time right?",
        },
        {
            "field": "started_at",
            "text": "18 March 2025 is more than half a year ago. Is the date right?",
        },
    ]
    address = f"{ACTIVITIES}{answer.json()['id']}/"
    mended = {"distance_m": 12_000, "started_at": "2026-03-17T07:00:00Z"}
    assert send(api, address, mended, "patch").json()["warnings"] == []


def test_two_people_may_use_the_same_key(api, client_of):
    body = RUN | {"client_key": str(uuid.uuid4())}
    send(client_of(UserFactory()), ACTIVITIES, body)

    assert send(api, ACTIVITIES, body).status_code == 201


def test_the_list_is_ones_own_newest_first_by_kind_and_day(api, runner):
    for day, kind in [(10, "run"), (12, "ride"), (14, "run")]:
        started = dt.datetime(2026, 3, day, 9, tzinfo=dt.UTC)
        ActivityFactory(runner=runner, kind=kind, started_at=started)
    ActivityFactory()

    def days(**query):
        return [row["on"][-2:] for row in api.get(ACTIVITIES, query).json()["results"]]

    assert days() == ["14", "12", "10"]
    assert days(kind="run") == ["14", "10"]
    assert days(since="2026-03-12") == ["14", "12"]
    assert days(until="2026-03-12", kind="ride") == ["12"]
    assert days(limit=1, offset=1) == ["12"]


def test_a_list_is_never_longer_than_500(api, runner):
    assert api.get(ACTIVITIES, {"limit": 100_000}).status_code == 200
    rows = [Shoe(owner=runner, name=str(n)) for n in range(501)]
    Shoe.objects.bulk_create(rows)

    assert len(api.get(SHOES, {"limit": 100_000}).json()["results"]) == 500


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("path", [ACTIVITIES, SHOES, DAYS])
def test_a_list_costs_the_same_for_one_and_three(
    path, rows, api, runner, django_assert_num_queries
):
    for back in range(rows):
        ActivityFactory(runner=runner, shoe=ShoeFactory(owner=runner))
        DayStatusFactory(runner=runner, on=dt.date(2026, 3, 16) - dt.timedelta(days=back))

    with django_assert_num_queries(4):  # session, user, count, rows
        assert api.get(path).json()["count"] == rows


def test_a_day_is_said_changed_and_taken_back(api, runner):
    for status in ("ill", "rest"):
        assert send(api, DAYS, {"on": "2026-03-16", "status": status}).status_code == 201
        assert api.get(DAYS).json()["results"] == [{"on": "2026-03-16", "status": status}]

    assert send(api, DAYS, {"on": "2026-03-16", "status": None}).status_code == 201
    assert not DayStatus.objects.exists()


# --- What is refused ------------------------------------------------------------------------------
FUTURE = "This day lies in the future."
EARLY = "Choose a day after 1990."

BAD_ACTIVITIES = [
    ("distance_m", "ten", "A valid integer is required."),
    ("distance_m", -1, "Ensure this value is greater than or equal to 1."),
    ("distance_m", 900_000, "Ensure this value is less than or equal to 500000."),
    ("distance_m", None, "Give a distance or a time."),
    ("duration_s", 10**9, "Ensure this value is less than or equal to 259200."),
    ("effort", 11, "Ensure this value is less than or equal to 10."),
    ("effort", -1, "Ensure this value is greater than or equal to 0."),
    ("started_at", "2027-03-18T07:00:00Z", "This lies in the future."),
    ("started_at", "0002-01-01T00:00:00Z", EARLY),
    ("started_at", "noon", "Datetime has wrong format."),
    ("time_zone", "Mars/Olympus", "Choose a time zone from the list"),
    ("kind", "jog", '"jog" is not a valid choice.'),
    ("surface", "ice", '"ice" is not a valid choice.'),
    ("note", "x" * 1_000_000, "Ensure this field has no more than 2000 characters."),
    ("note", "a\0b", "Null characters are not allowed."),
    ("client_key", "again", "Must be a valid UUID."),
    ("shoe", 10**30, "Invalid pk"),
]
BAD_DAYS = [
    ("on", "2027-03-18", FUTURE),
    ("on", "0001-01-01", EARLY),
    ("on", "yesterday", "Date has wrong format."),
    ("status", "lazy", '"lazy" is not a valid choice.'),
]
BAD = [
    (path, good, *row)
    for path, good, rows in [
        (ACTIVITIES, RUN, BAD_ACTIVITIES),
        (DAYS, {"on": "2026-03-16", "status": "rest"}, BAD_DAYS),
    ]
    for row in rows
]


def stored():
    return [model.objects.count() for model in (Activity, Shoe, DayStatus, WeeklyAssessment)]


@pytest.mark.parametrize(("path", "good", "field", "value", "error"), BAD)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_kept(
    path, good, field, value, error, api
):
    response = send(api, path, good | {field: value})

    assert response.status_code == 400
    ((wrong, (sentence,)),) = response.json().items()
    assert (wrong, sentence[: len(error)]) == (field, error)
    assert stored() == [0, 0, 0, 0]


@pytest.mark.parametrize(("field", "value", "error"), BAD_ACTIVITIES)
def test_a_wrong_change_changes_nothing(field, value, error, api, runner):
    run = ActivityFactory(runner=runner, duration_s=None)
    before = Activity.objects.values().get()

    change = {"surface": "grass", "effort": 2, field: value}
    response = send(api, f"{ACTIVITIES}{run.pk}/", change, "patch")

    assert response.status_code == 400
    assert list(response.json()) == [field]
    assert Activity.objects.values().get() == before


def test_another_runners_pair_is_not_ones_own(api, runner):
    theirs = ShoeFactory()
    response = send(api, ACTIVITIES, RUN | {"shoe": theirs.pk})

    assert response.status_code == 400
    assert response.json() == {
        "shoe": [f'Invalid pk "{theirs.pk}" - object does not exist.'],
    }


@pytest.mark.parametrize("path", [ACTIVITIES, SHOES, DAYS])
@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"", JSON, 400),
        (b"{", JSON, 400),
        (b"null", JSON, 400),
        (b"[]", JSON, 400),
        (b'"run"', JSON, 400),
        (b'{"distance_m": NaN}', JSON, 400),
        (b"\xff\xfe", JSON, 400),
        (b"[" * 100_000, JSON, 400),
        (b'{"a":' * 5_000, JSON, 400),
        (b'{"note": "' + b"x" * 2_100_000 + b'"}', JSON, 413),
        (b"distance_m=1", "application/x-www-form-urlencoded", 415),
        (b"<run/>", "application/xml", 415),
    ],
)
def test_what_is_no_json_is_refused(path, body, kind, status, api):
    response = api.post(path, body, content_type=kind)

    assert response.status_code == status
    assert response["Content-Type"] == JSON
    assert stored() == [0, 0, 0, 0]


@pytest.mark.parametrize("query", ["kind=jog", "since=soon", "until=2026-02-30"])
def test_a_filter_that_is_none_is_refused(query, api):
    response = api.get(f"{ACTIVITIES}?{query}")

    assert response.status_code == 400
    assert list(response.json()) == [query.split("=")[0]]
