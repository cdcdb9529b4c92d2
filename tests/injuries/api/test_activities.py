"""The API takes back a change or a deletion of one's own activity: once, for thirty days."""

import datetime as dt
import json

import pytest

from injuries.models import AssessmentDue, PainReport
from injuries.services.undo import KEPT_FOR
from members.models import Activity
from tests.factories import ActivityFactory, DayStatusFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(time_machine, now):
    time_machine.move_to(now, tick=False)
    return time_machine


@pytest.fixture
def api(client_of, runner):
    return client_of(runner)


@pytest.fixture
def run(runner):
    run = ActivityFactory(runner=runner, distance_m=10_043, effort=6, note="Windy")
    PainReport.objects.create(runner=runner, activity=run, on=run.on, during=3)
    return run


def address(run, more=""):
    return f"/api/v1/activities/{run.pk}/{more}"


def patch(api, run, **changes):
    return api.patch(address(run), json.dumps(changes), content_type="application/json")


def everything():
    return [list(model.objects.order_by("pk").values()) for model in (Activity, PainReport)]


def test_a_deletion_is_taken_back_with_its_pain(api, run):
    before, shown = everything(), api.get(address(run)).json()
    assert api.delete(address(run)).status_code == 204
    assert everything() == [[], []]
    AssessmentDue.objects.all().delete()

    answer = api.post(address(run, "undo/"))

    assert (answer.status_code, answer.json()) == (200, shown)
    assert everything() == before
    assert AssessmentDue.objects.get().from_day <= run.on


def test_changes_are_taken_back_one_by_one_the_newest_first(api, run, clock, now):
    before = everything()
    patch(api, run, distance_m=9_000)
    clock.move_to(now + dt.timedelta(minutes=1), tick=False)
    patch(api, run, effort=2, note="")

    one = api.post(address(run, "undo/")).json()
    assert (one["distance_m"], one["effort"], one["note"]) == (9_000, 6, "Windy")
    two = api.post(address(run, "undo/")).json()
    assert (two["distance_m"], two["effort"]) == (10_043, 6)
    assert api.post(address(run, "undo/")).status_code == 400
    assert everything() == before


def test_what_is_undone_already_or_too_long_ago_is_not_undone(api, run, clock, now):
    refused = {"detail": ["This was undone already, or longer ago than 30 days."]}
    assert api.post(address(run, "undo/")).json() == refused
    api.delete(address(run))
    clock.move_to(now + KEPT_FOR, tick=False)

    answer = api.post(address(run, "undo/"))

    assert (answer.status_code, answer.json()) == (400, refused)
    assert not Activity.objects.exists()


def test_somebody_elses_is_not_there(client_of, coach, api, run):
    api.delete(address(run))

    for path in (address(run, "undo/"), "/api/v1/activities/9999999999999999999999/undo/"):
        assert client_of(coach).post(path).status_code == 404
    assert api.post("/api/v1/activities/x/undo/").status_code == 404
    assert not Activity.objects.exists()


def test_pain_goes_with_its_run_to_another_day_and_comes_back(api, run, runner, now):
    DayStatusFactory(runner=runner, on=dt.date(2026, 3, 15), said_at=now - dt.timedelta(1))
    before = everything()

    patch(api, run, started_at="2026-03-15T09:00:00Z")

    report = PainReport.objects.get()
    assert (report.on, report.during) == (dt.date(2026, 3, 15), 3)
    assert not runner.day_statuses.exists()
    api.post(address(run, "undo/"))
    assert everything() == before
    assert runner.day_statuses.get().on == dt.date(2026, 3, 15)
