"""The API of one's own heel: reports, sore spots, answers, checks; and what it refuses."""

import datetime as dt
import json

import pytest

from injuries.models import HeelProblem, PainReport, RedFlagAnswers, WeeklyAssessment, WeeklyCheck
from injuries.risk import ALL_RED_FLAGS
from injuries.services.pain import NO_CONSENT
from tests.factories import ActivityFactory, HeelProblemFactory, MorningFactory

pytestmark = pytest.mark.django_db
PAIN, PROBLEMS, CHECKS = (f"/api/v1/{name}/" for name in ("pain", "heel-problems", "checks"))
MORNING = {"on": "2026-03-18", "first_step": 4}
SPOT = {"side": "left", "spot": "back_of_heel", "since": "2026-03-15"}
CHECK = {"week": "2026-03-09", "participation": 8}
FUTURE = "This day lies in the future."
EARLY = "Choose a day after 1990."


@pytest.fixture(autouse=True)
def clock(time_machine, now):
    time_machine.move_to(now, tick=False)
    return time_machine


@pytest.fixture
def api(client_of, runner):
    return client_of(runner)


@pytest.fixture
def problem(runner):
    return HeelProblemFactory(runner=runner)


def send(client, path, body, method="post"):
    return getattr(client, method)(path, json.dumps(body), content_type="application/json")


def stored():
    models = (PainReport, HeelProblem, RedFlagAnswers, WeeklyCheck, WeeklyAssessment)
    return [model.objects.count() for model in models]


# --- What works -----------------------------------------------------------------------------------
def test_a_morning_is_said_and_changed(api, runner):
    first = send(api, PAIN, MORNING)
    again = send(api, PAIN, MORNING | {"first_step": 2, "after": 1})

    assert (first.status_code, again.status_code) == (201, 201)
    report = PainReport.objects.get()
    assert (report.runner, report.on, report.first_step) == (runner, dt.date(2026, 3, 18), 2)
    assert again.json() == {
        "id": report.pk,
        "on": "2026-03-18",
        "activity": None,
        "first_step": 2,
        "during": None,
        "after": 1,
        "gait_changed": None,
        "painkiller": None,
        "safety_due": [],
    }
    assert WeeklyAssessment.objects.get().on == dt.date(2026, 3, 18)


def test_a_run_is_said_to_have_hurt(api, runner):
    run = ActivityFactory(runner=runner)

    said = send(api, PAIN, {"activity": run.pk, "during": 6, "gait_changed": True}).json()

    assert (said["on"], said["activity"], said["during"], said["gait_changed"]) == (
        "2026-03-17",
        run.pk,
        6,
        True,
    )


def test_a_run_that_hurt_names_the_spots_whose_questions_are_due(api, runner, problem, clock):
    answers = {"answers": dict.fromkeys(ALL_RED_FLAGS, False)}
    run = {"activity": ActivityFactory(runner=runner).pk}
    assert send(api, PAIN, run | {"during": 3}).json()["safety_due"] == [problem.pk]  # never asked

    send(api, f"{PROBLEMS}{problem.pk}/red-flags/", answers)
    assert send(api, PAIN, run | {"during": 5}).json()["safety_due"] == []
    clock.shift(60)
    assert send(api, PAIN, run | {"during": 6}).json()["safety_due"] == [problem.pk]


def test_a_clinician_has_looked_at_it(api, problem):
    url = f"{PROBLEMS}{problem.pk}/red-flags/"
    send(api, url, {"answers": {"wound": True}})
    assert WeeklyAssessment.objects.get(week="2026-03-16").clinician == "urgent_today"

    said = send(api, url, {"assessed_on": "2026-03-18"})

    assert (said.status_code, said.json()["assessed_on"]) == (201, "2026-03-18")
    assert WeeklyAssessment.objects.get(week="2026-03-16").clinician == "book"


def test_a_sore_spot_is_opened_asked_about_and_closed(api):
    opened = send(api, PROBLEMS, SPOT | {"closed_on": "2026-03-16"})

    pk = opened.json()["id"]
    assert (opened.status_code, opened.json()) == (201, SPOT | {"id": pk, "closed_on": None})
    assert send(api, f"{PROBLEMS}{pk}/red-flags/", {"answers": {"wound": True}}).json() == {
        "id": RedFlagAnswers.objects.get().pk,
        "on": "2026-03-18",
        "answers": {"wound": True},
        "assessed_on": None,
    }
    assert WeeklyAssessment.objects.get(week="2026-03-16").training == "rest"
    closed = send(api, f"{PROBLEMS}{pk}/", {"closed_on": "2026-03-17"}, "patch").json()
    assert closed == SPOT | {"id": pk, "closed_on": "2026-03-17"}


def test_a_check_is_answered_and_changed_in_its_week(api):
    send(api, CHECKS, CHECK | {"pain": 17})
    changed = send(api, CHECKS, CHECK | {"week": "2026-03-11", "participation": 0, "pain": 17})

    assert changed.json() == {
        "week": "2026-03-09",
        "answered_on": "2026-03-18",
        "participation": 0,
        "volume": None,
        "performance": None,
        "pain": None,
    }
    assert WeeklyCheck.objects.count() == 1


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("path", [PAIN, PROBLEMS])
def test_a_list_costs_the_same_for_one_and_three(
    path, rows, api, runner, django_assert_num_queries
):
    for back in range(rows):
        MorningFactory(runner=runner, on=dt.date(2026, 3, 18) - dt.timedelta(days=back))
        HeelProblemFactory(runner=runner, spot=["above_heel", "elsewhere", "inner_ankle"][back])
    MorningFactory()

    with django_assert_num_queries(4):  # session, user, count, rows
        assert api.get(path).json()["count"] == rows


# --- What is refused ------------------------------------------------------------------------------
LOW, HIGH = (
    f"Ensure this value is {which} than or equal to {limit}."
    for which, limit in (("greater", 0), ("less", 10))
)
BAD = [
    (PAIN, MORNING, "on", "2027-03-18", FUTURE),
    (PAIN, MORNING, "on", "0001-01-01", EARLY),
    (PAIN, MORNING, "on", "today", "Date has wrong format."),
    (PAIN, MORNING, "on", None, "This field may not be null."),
    (PAIN, MORNING, "first_step", 11, HIGH),
    (PAIN, MORNING, "first_step", -1, LOW),
    (PAIN, MORNING, "first_step", "bad", "A valid integer is required."),
    (PAIN, MORNING, "first_step", 2.5, "A valid integer is required."),
    (PAIN, MORNING, "first_step", None, "Say something about the heel."),
    (PAIN, MORNING, "after", 10**30, HIGH),
    (PAIN, MORNING, "during", 4, "This belongs to a run."),
    (PAIN, MORNING, "gait_changed", True, "This belongs to a run."),
    (PAIN, MORNING, "painkiller", "maybe", "Must be a valid boolean."),
    (PAIN, MORNING, "activity", "last", "Incorrect type."),
    (PAIN, MORNING, "activity", 10**30, "Invalid pk"),
    (PROBLEMS, SPOT, "side", "middle", '"middle" is not a valid choice.'),
    (PROBLEMS, SPOT, "spot", "knee", '"knee" is not a valid choice.'),
    (PROBLEMS, SPOT, "since", "2027-03-18", FUTURE),
    (PROBLEMS, SPOT, "since", "0001-01-01", EARLY),
    (CHECKS, CHECK, "week", "2027-03-15", FUTURE),
    (CHECKS, CHECK, "week", "0001-01-01", EARLY),
    (CHECKS, CHECK, "participation", 9, "Choose one of the answers."),
    (CHECKS, CHECK, "participation", None, "This field may not be null."),
    (CHECKS, CHECK, "volume", -8, "Ensure this value is greater than or equal to 0."),
    (CHECKS, CHECK, "pain", "much", "A valid integer is required."),
]


@pytest.mark.parametrize(("path", "good", "field", "value", "error"), BAD)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_kept(
    path, good, field, value, error, api
):
    response = send(api, path, good | {field: value})

    assert response.status_code == 400
    ((wrong, (sentence,)),) = response.json().items()
    assert (wrong, sentence[: len(error)]) == (field, error)
    assert stored() == [0, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"answers": {"wound": "ouch"}}, {"answers": {"wound": ["Must be a valid boolean."]}}),
        ({"answers": {"age": True}}, {"answers": ["age is not one of the questions."]}),
        ({"answers": "no"}, {"answers": ['Expected a dictionary of items but got type "str".']}),
        ({}, {"answers": ["Send answers, or assessed_on."]}),
        (
            {"answers": {}, "assessed_on": "2026-03-18"},
            {"answers": ["Send answers, or assessed_on."]},
        ),
        ({"assessed_on": "2027-03-18"}, {"assessed_on": [FUTURE]}),
        ({"assessed_on": "2026-01-01"}, {"assessed_on": ["That was before it began."]}),
    ],
)
def test_bad_answers_to_the_questions(body, error, api, problem):
    response = send(api, f"{PROBLEMS}{problem.pk}/red-flags/", body)

    assert (response.status_code, response.json()) == (400, error)
    assert not RedFlagAnswers.objects.exists()


@pytest.mark.parametrize(
    ("day", "error"),
    [
        ("2027-03-18", FUTURE),
        ("2026-02-01", "It cannot end before it began."),
        ("soon", "Date has wrong format."),
        (None, "This field may not be null."),
    ],
)
def test_a_spot_is_not_closed_on_an_impossible_day(day, error, api, problem):
    response = send(api, f"{PROBLEMS}{problem.pk}/", {"closed_on": day}, "patch")

    assert response.status_code == 400
    assert response.json()["closed_on"][0].startswith(error)
    problem.refresh_from_db()
    assert problem.closed_on is None


def test_the_same_spot_is_open_once(api):
    send(api, PROBLEMS, SPOT)
    response = send(api, PROBLEMS, SPOT)

    assert (response.status_code, response.json()) == (
        400,
        {"spot": ["This spot is open already."]},
    )
    assert HeelProblem.objects.count() == 1


def test_another_runners_run_did_not_hurt_me(api):
    theirs = ActivityFactory()
    response = send(api, PAIN, {"activity": theirs.pk, "during": 4})

    assert (response.status_code, list(response.json())) == (400, ["activity"])
    assert not PainReport.objects.exists()


def test_a_runs_report_has_no_first_steps(api, runner):
    run = ActivityFactory(runner=runner)
    response = send(api, PAIN, {"activity": run.pk, "first_step": 4})

    assert response.status_code == 400
    assert response.json() == {"first_step": ["This belongs to a morning."]}


def test_nothing_about_pain_is_kept_without_consent(api, runner, problem):
    runner.health_consent_at = None
    runner.save()
    answers = (f"{PROBLEMS}{problem.pk}/red-flags/", {"answers": {"wound": True}})

    for path, body in [(PAIN, MORNING), (PROBLEMS, SPOT), (CHECKS, CHECK), answers]:
        response = send(api, path, body)
        assert (response.status_code, response.json()) == (400, {"detail": [NO_CONSENT]}), path
    assert stored() == [0, 1, 0, 0, 0]


@pytest.mark.parametrize("path", [PAIN, PROBLEMS, CHECKS])
@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"[1]", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b"on=2026-03-18", "application/x-www-form-urlencoded", 415),
    ],
)
def test_what_is_no_json_is_refused(path, body, kind, status, api):
    assert api.post(path, body, content_type=kind).status_code == status
    assert stored() == [0, 0, 0, 0, 0]
