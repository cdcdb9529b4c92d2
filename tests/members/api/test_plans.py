"""The API of plans and routines: one's own, with errors at their field."""

import pytest

from members.models import PlannedBreak, RoutineTick
from tests.factories import PlannedBreakFactory, RoutineTickFactory

pytestmark = pytest.mark.django_db
BREAKS, ROUTINES = "/api/v1/breaks/", "/api/v1/routines/"


@pytest.fixture(autouse=True)
def _today(time_machine, now):
    time_machine.move_to(now, tick=False)


@pytest.fixture
def api(client_of, runner):
    return client_of(runner)


def send(client, path, body):
    return client.post(path, body, content_type="application/json")


def test_a_break_is_planned_read_and_taken_back(api, runner):
    PlannedBreakFactory()
    body = {"kind": "holiday", "first": "2026-04-01", "last": "2026-04-05"}

    made = send(api, BREAKS, body)

    assert (made.status_code, made.json()) == (201, {"id": made.json()["id"]} | body)
    assert [one["id"] for one in api.get(BREAKS).json()["results"]] == [made.json()["id"]]
    assert api.delete(f"{BREAKS}{made.json()['id']}/").status_code == 204
    assert not PlannedBreak.objects.filter(runner=runner).exists()


def test_two_breaks_do_not_overlap(api, runner):
    PlannedBreakFactory(runner=runner)

    answer = send(api, BREAKS, {"kind": "taper", "first": "2026-04-10", "last": "2026-04-12"})

    assert (answer.status_code, answer.json()) == (
        400,
        {"first": ["You already planned a holiday from 1 April to 10 April."]},
    )


def test_a_routine_is_ticked_filtered_and_taken_back(api, runner):
    RoutineTickFactory()
    body = {"on": "2026-03-17", "routine": "ball_roll"}

    assert send(api, ROUTINES, body).json() == body | {"ticked": True}
    assert send(api, ROUTINES, body).status_code == 201
    assert api.get(ROUTINES, {"since": "2026-03-17"}).json()["results"] == [body | {"ticked": True}]
    assert api.get(ROUTINES, {"routine": "foam_roll"}).json()["count"] == 0
    assert send(api, ROUTINES, body | {"ticked": False}).json() == body | {"ticked": False}
    assert not RoutineTick.objects.filter(runner=runner).exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_costs_the_same_for_one_and_three(api, runner, rows, django_assert_num_queries):
    for day in range(rows):
        RoutineTickFactory(runner=runner, on=f"2026-03-{10 + day}")

    with django_assert_num_queries(4):  # session, user, count, rows
        assert api.get(ROUTINES).json()["count"] == rows


FUTURE = {"on": ["This day lies in the future."]}
BAD_TICK = {"on": "2026-03-18", "routine": "yoga"}
BAD_BREAK = {"kind": "rest", "first": "2026-04-01", "last": "2026-04-02"}


@pytest.mark.parametrize(
    ("path", "body", "error"),
    [
        (ROUTINES, {"on": "2026-03-19", "routine": "foam_roll"}, FUTURE),
        (ROUTINES, BAD_TICK, {"routine": ['"yoga" is not a valid choice.']}),
        (BREAKS, BAD_BREAK, {"kind": ['"rest" is not a valid choice.']}),
    ],
)
def test_what_is_wrong_is_said_at_its_field(api, path, body, error):
    answer = send(api, path, body)
    assert (answer.status_code, answer.json()) == (400, error)
