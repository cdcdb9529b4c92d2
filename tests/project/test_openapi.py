"""The API's description: complete, without warnings, and true of what the API really answers."""

import copy
import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import get_resolver, reverse
from drf_spectacular.drainage import GENERATOR_STATS, reset_generator_stats
from drf_spectacular.generators import SchemaGenerator
from openapi_schema_validator import OAS31Validator, oas31_format_checker
from openapi_spec_validator import validate

from dashboards.services.heartbeats import note
from injuries.models import CoachDecision, PainReport, RedFlagAnswers, WeeklyCheck
from members.models import ShoeCheck, ShoeComfort
from tests.factories import (
    ActivityFactory,
    AssessmentFactory,
    DayStatusFactory,
    FlagFactory,
    HeelProblemFactory,
    ImportEntryFactory,
    MembershipFactory,
    MorningFactory,
    PlannedBreakFactory,
    ReturnPlanFactory,
    RoutineTickFactory,
    ShoeFactory,
    UserFactory,
)
from tests.members.activity_files.builders import plain_run

TODAY = dt.date(2026, 3, 18)


@pytest.fixture(autouse=True)
def _today(time_machine, now):
    time_machine.move_to(now, tick=False)


@pytest.fixture(scope="module")
def description():
    reset_generator_stats()
    return SchemaGenerator().get_schema(request=None, public=True)


def operations(description):
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def test_it_is_made_without_a_warning_or_an_error(description):
    assert not GENERATOR_STATS, GENERATOR_STATS.emit_summary()
    validate(copy.deepcopy(description))


def test_every_address_of_the_api_stands_in_it(description):
    addresses = {
        re.sub(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)", r"{\1\2}", str(pattern))
        for pattern in _patterns(get_resolver())
    }
    ours = {"/" + re.sub(r"[\^$]", "", one) for one in addresses if one.startswith("api/v1/")}
    assert {path.replace("{id}", "{pk}") for path in description["paths"]} == ours
    assert len(ours) == 31


def _patterns(resolver, start=""):
    for entry in resolver.url_patterns:
        whole = start + str(entry.pattern)
        yield from _patterns(entry, whole) if hasattr(entry, "url_patterns") else [whole]


def test_operations_have_an_id_and_a_sentence_of_their_own(description):
    ids = [operation["operationId"] for _, _, operation in operations(description)]
    assert len(ids) == len(set(ids))
    assert [one for *_, one in operations(description) if not one.get("description")] == []


def test_keys_and_sessions_open_every_operation(description):
    schemes = description["components"]["securitySchemes"]
    assert schemes["token"]["scheme"] == "bearer"
    assert schemes["cookieAuth"]["in"] == "cookie"
    for path, method, operation in operations(description):
        assert operation["security"] == [{"token": []}, {"cookieAuth": []}], (path, method)


def test_the_site_serves_it(client_of, outsider):
    response = client_of(outsider).get(reverse("api-schema"))
    assert response.status_code == 200
    assert response.content.startswith(b"openapi: 3.1.0")


# --- Real answers ---------------------------------------------------------------------------------
@pytest.fixture
def fits(description):
    """Return a function that says what is wrong with an answer; unknown fields are wrong too."""
    strict = copy.deepcopy(description)
    for schema in strict["components"]["schemas"].values():
        if "properties" in schema:
            schema["additionalProperties"] = False

    def problems(path, method, response):
        answers = strict["paths"][path][method]["responses"]
        schema = answers[str(response.status_code)]["content"]["application/json"]["schema"]
        checker = OAS31Validator(
            schema | {"components": strict["components"]}, format_checker=oas31_format_checker
        )
        return [f"{one.json_path}: {one.message}" for one in checker.iter_errors(response.json())]

    return problems


@pytest.fixture
def full(runner, membership, club, coach, now):
    """A runner about whom every endpoint has something to tell."""
    shoe = ShoeFactory(owner=runner, first_used=dt.date(2026, 1, 1))
    activity = ActivityFactory(runner=runner, shoe=shoe, effort=5, surface="road", note="Windy")
    ShoeComfort.objects.create(shoe=shoe, on=TODAY, comfort=8)
    ShoeCheck.objects.create(shoe=shoe, on=TODAY, outcome="kept", distance_m=10_000)
    ActivityFactory(runner=runner)
    DayStatusFactory(runner=runner)
    MorningFactory(runner=runner)
    PainReport.objects.create(runner=runner, activity=activity, on=activity.on, during=3)
    problem = HeelProblemFactory(runner=runner)
    RedFlagAnswers.objects.create(
        runner=runner, problem=problem, on=TODAY, answers={"wound": False, "numbness": None}
    )
    WeeklyCheck.objects.create(
        runner=runner, week=dt.date(2026, 3, 9), answered_on=TODAY, participation=8
    )
    assessment = AssessmentFactory(
        runner=runner, training="ease", ceiling_m=14_300, ceiling_until=dt.date(2026, 3, 27)
    )
    FlagFactory(assessment=assessment, for_coach=True)
    CoachDecision.objects.create(
        assessment=assessment,
        club=club,
        kind="accepted",
        note="Take it easy",
        note_shared=True,
        decided_at=now,
        decided_by=coach,
    )
    MembershipFactory(club=club, user__name="Quiet Quinn")
    ReturnPlanFactory(problem=problem, started_on=TODAY)
    planned = PlannedBreakFactory(runner=runner)
    RoutineTickFactory(runner=runner)
    entry = ImportEntryFactory(file__batch__runner=runner, matched=activity)
    return {
        "break": planned,
        "activity": activity,
        "shoe": shoe,
        "problem": problem,
        "import": entry.batch,
        "entry": entry,
    }


READ = [
    "/api/v1/activities/",
    "/api/v1/activities/{id}/",
    "/api/v1/breaks/",
    "/api/v1/breaks/{id}/",
    "/api/v1/checks/",
    "/api/v1/clubs/{slug}/board/",
    "/api/v1/clubs/{slug}/trends/",
    "/api/v1/days/",
    "/api/v1/heel-problems/",
    "/api/v1/heel-problems/{id}/",
    "/api/v1/heel-problems/{id}/plan/",
    "/api/v1/heel-problems/{id}/red-flags/",
    "/api/v1/import/",
    "/api/v1/import/{id}/",
    "/api/v1/import/{id}/entries/",
    "/api/v1/me/",
    "/api/v1/my-week/",
    "/api/v1/my-week/what-if/",
    "/api/v1/pain/",
    "/api/v1/routines/",
    "/api/v1/shoes/",
    "/api/v1/shoes/{id}/",
    "/api/v1/shoes/{id}/checks/",
    "/api/v1/shoes/{id}/comfort/",
    "/api/v1/untagged-runs/",
]


HEALTH = "/api/v1/ops/health/"
ASKED = {"/api/v1/my-week/what-if/": {"distance_m": 14_000}}


def filled(path, full):
    rows = {"activities": "activity", "breaks": "break", "shoes": "shoe", "import": "import"}
    row = full["entry" if "/entries/{" in path else rows.get(path.split("/")[3], "problem")]
    return path.format(id=row.pk, slug="heath")


def test_every_get_is_read_below(description):
    gets = {path for path, method, _ in operations(description) if method == "get"}
    assert gets == {*READ, HEALTH}


@pytest.mark.parametrize("path", READ)
def test_what_is_read_is_what_was_described(path, client_of, runner, coach, full, fits):
    reader = coach if "clubs" in path else runner
    response = client_of(reader).get(filled(path, full), ASKED.get(path))
    assert response.status_code == 200
    assert fits(path, "get", response) == []
    body = response.json()
    assert body.get("results", body.get("rows", True)), "an empty answer shows nothing"


@pytest.mark.parametrize("is_well", [True, False])
@pytest.mark.django_db
def test_an_operator_reads_what_was_described(is_well, client_of, fits, now):
    operator = UserFactory(is_staff=True)
    if is_well:
        note("beat", name="here", now=now)
        note("worker", name="there", now=now)
    response = client_of(operator).get(HEALTH)
    assert response.status_code == (200 if is_well else 503)
    assert fits(HEALTH, "get", response) == []


@pytest.mark.parametrize("path", ["/api/v1/me/", "/api/v1/my-week/"])
def test_a_newcomer_reads_what_was_described(path, client_of, outsider, fits):
    assert fits(path, "get", client_of(outsider).get(path)) == []


WRITE = {
    "/api/v1/activities/": {"started_at": "2026-03-18T07:00:00Z", "distance_m": 8_000},
    "/api/v1/shoes/": {"name": "Blue pair"},
    "/api/v1/breaks/": {"kind": "taper", "first": "2026-04-11", "last": "2026-04-19"},
    "/api/v1/routines/": {"on": "2026-03-18", "routine": "ball_roll"},
    "/api/v1/days/": {"on": "2026-03-15", "status": "ill"},
    "/api/v1/pain/": {"on": "2026-03-17", "first_step": 4},
    "/api/v1/heel-problems/": {"side": "right", "spot": "elsewhere", "since": "2026-03-17"},
    "/api/v1/heel-problems/{id}/red-flags/": {"answers": {"wound": True}},
    "/api/v1/heel-problems/{id}/plan/": {"action": "hold"},
    "/api/v1/checks/": {"week": "2026-03-09", "participation": 17, "pain": 8},
    "/api/v1/shoes/{id}/comfort/": {"comfort": 7},
    "/api/v1/shoes/{id}/checks/": {"outcome": "kept", "where": "the running store"},
    "/api/v1/untagged-runs/tag/": {"runs": [{"activity": 1, "shoe": 1}]},
}


def test_every_post_is_sent_below(description):
    posts = {path for path, method, _ in operations(description) if method == "post"}
    assert posts == {*WRITE, "/api/v1/import/", *CORRECT, UNDO}


UNDO = "/api/v1/activities/{id}/undo/"
CORRECT = ["/api/v1/import/entries/{id}/different/", "/api/v1/import/{id}/undo/"]


@pytest.mark.parametrize("path", CORRECT)
def test_what_an_import_got_wrong_is_corrected_as_described(path, client_of, runner, full, fits):
    response = client_of(runner).post(filled(path, full))
    assert response.status_code == 200
    assert fits(path, "post", response) == []


def test_what_is_undone_is_answered_as_described(client_of, runner, full, fits):
    client = client_of(runner)
    client.delete(filled("/api/v1/activities/{id}/", full))

    response = client.post(filled(UNDO, full))

    assert response.status_code == 200
    assert fits(UNDO, "post", response) == []


@pytest.mark.parametrize("path", WRITE)
def test_what_is_sent_is_answered_as_described(path, client_of, runner, full, fits):
    body = WRITE[path]
    if "runs" in body:
        body = {"runs": [{"activity": full["activity"].pk, "shoe": full["shoe"].pk}]}
    response = client_of(runner).post(filled(path, full), body, content_type="application/json")
    assert response.status_code == 201
    assert fits(path, "post", response) == []


@pytest.mark.parametrize(("content", "status"), [(plain_run(), 200), (b"<gpx>", 422)])
def test_a_file_is_answered_as_described(content, status, client_of, runner, fits):
    upload = SimpleUploadedFile("run.gpx", content)
    response = client_of(runner).post("/api/v1/import/", {"file": upload})
    assert response.status_code == status
    assert fits("/api/v1/import/", "post", response) == []


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/v1/activities/{id}/", {"effort": None, "note": "Calm"}),
        ("/api/v1/shoes/{id}/", {"retired_on": "2026-03-18"}),
        ("/api/v1/heel-problems/{id}/", {"closed_on": "2026-03-18"}),
    ],
)
def test_what_is_changed_is_answered_as_described(path, body, client_of, runner, full, fits):
    response = client_of(runner).patch(filled(path, full), body, content_type="application/json")
    assert response.status_code == 200
    assert fits(path, "patch", response) == []
    assert {field: response.json()[field] for field in body} == body
