"""The API of the way back: where it stands, and what may be done with it."""

import datetime as dt
import json

import pytest

from injuries.models import PainReport, PlanHold, RedFlagAnswers, ReturnPlan
from injuries.services.plans import ONE_AT_A_TIME, STOPPED
from tests.conftest import NOW
from tests.factories import ActivityFactory, HeelProblemFactory, MorningFactory, ReturnPlanFactory

TODAY = NOW.date()


@pytest.fixture(autouse=True)
def _clock(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def problem(runner):
    return HeelProblemFactory(runner=runner)


@pytest.fixture
def ask(client_of, runner, problem):
    """Return a function that reads the plan, or does something with it."""

    def send(action=None, *, of=problem):
        path, client = f"/api/v1/heel-problems/{of.pk}/plan/", client_of(runner)
        if action is None:
            return client.get(path)
        return client.post(path, json.dumps({"action": action}), content_type="application/json")

    return send


def test_before_it_was_begun_there_is_none(ask):
    assert ask().status_code == 404
    for action in ("end", "hold", "release"):
        assert ask(action).status_code == 404
    assert not ReturnPlan.objects.exists()


def test_it_is_begun_held_let_go_and_ended(ask):
    begun = ask("start")

    assert (begun.status_code, begun.json()["status"]) == (201, "entering")
    assert (begun.json()["phase"], begun.json()["started_on"]) == (None, "2026-03-18")
    assert ask("hold").json()["clinician_holds"] is True
    assert (ask("hold").json()["status"], PlanHold.objects.count()) == ("held", 1)
    assert ask("release").json()["clinician_holds"] is False
    assert ask("end").json()["ended_on"] == "2026-03-18"
    assert ask().json()["status"] == "ended"


def test_it_says_where_it_stands_and_what_the_next_session_is(ask, problem, runner):
    ReturnPlanFactory(problem=problem, started_on=TODAY - dt.timedelta(days=3))
    walk = ActivityFactory(
        runner=runner, kind="walk", distance_m=3_000, duration_s=1_800,
        started_at=NOW - dt.timedelta(days=2),
    )  # fmt: skip
    PainReport.objects.create(
        runner=runner, activity=walk, on=walk.on, during=0, gait_changed=False
    )
    for back in (1, 0):
        MorningFactory(runner=runner, on=TODAY - dt.timedelta(days=back), first_step=1)

    said = ask().json()

    assert {key: said[key] for key in ("status", "phase", "good", "needed", "distance_m")} == {
        "status": "active", "phase": 1, "good": 0, "needed": 2, "distance_m": 1_600,
    }  # fmt: skip
    assert said["next_on"] == "2026-03-18"
    assert len(said["session"]) == 2


@pytest.mark.parametrize("stopped", [True, False])
def test_it_is_not_begun_beside_another_or_during_a_red_flag(ask, runner, problem, stopped):
    if stopped:
        RedFlagAnswers.objects.create(
            runner=runner, problem=problem, on=TODAY, answers={"night_pain": True}
        )
    else:
        ReturnPlanFactory(problem=HeelProblemFactory(runner=runner, side="right"), started_on=TODAY)

    refused = ask("start")

    assert refused.status_code == 400
    assert (STOPPED if stopped else ONE_AT_A_TIME) in json.dumps(refused.json())
    assert not problem.return_plans.exists()


@pytest.mark.parametrize("action", ["", "skip", None, 3])
def test_anything_else_is_refused(ask, action):
    ask("start")
    refused = ask(action if action is not None else "")

    assert (refused.status_code, list(refused.json())) == (400, ["action"])


def test_somebody_elses_way_back_is_not_there(ask):
    others = ReturnPlanFactory(started_on=TODAY).problem

    assert ask(of=others).status_code == 404
    assert ask("end", of=others).status_code == 404
    assert ReturnPlan.objects.get().ended_on is None
