"""Sent twice, or sent wrong: nothing is kept double, and no answer is lost (heel, check, plan)."""

import datetime as dt

import pytest

from injuries.models import HeelProblem, PainReport, RedFlagAnswers, ReturnPlan, WeeklyCheck
from injuries.risk import ALL_RED_FLAGS
from members.models import Activity
from tests.conftest import NOW
from tests.factories import HeelProblemFactory, ReturnPlanFactory

SPOT = {
    "side": "left", "spot": "back_of_heel", "since": "2026-03-15", "onset": "repetitive_gradual",
    "lately": ["hills", "speed"], "clinician_said": "Tight calf", "achilles_named": "on",
}  # fmt: skip


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(NOW, tick=False)
    return time_machine


@pytest.fixture
def page(client_of, runner):
    return client_of(runner)


@pytest.fixture
def problem(runner):
    return HeelProblemFactory(runner=runner)


# --- Twice ----------------------------------------------------------------------------------------
def test_a_spot_sent_twice_is_one_and_both_lead_to_its_questions(page):
    first, second = page.post("/heel/", SPOT), page.post("/heel/", SPOT)

    assert first.url == second.url == f"/heel/{HeelProblem.objects.get().pk}/red-flags/"


def test_the_same_spot_opened_again_later_is_refused_with_all_kept(page, clock):
    page.post("/heel/", SPOT)
    clock.shift(dt.timedelta(minutes=11))

    again = page.post("/heel/", SPOT)

    assert again.status_code == 422
    assert again.context["form"].errors == {"spot": ["This spot is open already."]}


def test_a_check_sent_twice_is_one(page, problem):
    answers = {"participation": "8", "volume": "17", "performance": "0", "pain": "8"}
    sent = {f"p{problem.pk}-{name}": value for name, value in answers.items()}

    for _ in range(2):
        assert page.post("/check/", sent).url == "/"

    assert WeeklyCheck.objects.get().volume == 17


def test_a_session_sent_twice_is_one_run_with_one_report(page, problem):
    ReturnPlanFactory(problem=problem, started_on=NOW.date())
    address = f"/heel/{problem.pk}/plan/session/"
    form = page.get(address).context["form"]
    sent = {
        "on": "2026-03-18", "duration": "30:00", "kind": "walk", "during": "1",
        "gait_changed": "no", "client_key": form["client_key"].value(),
    }  # fmt: skip

    for _ in range(2):
        assert page.post(address, sent).url == f"/heel/{problem.pk}/plan/"

    assert PainReport.objects.get().activity == Activity.objects.get()


def test_begun_held_and_ended_twice_it_is_one_plan_with_one_hold(page, problem):
    address = f"/heel/{problem.pk}/plan/"
    for what in ("start", "start", "hold", "hold", "release", "release", "end", "end"):
        assert page.post(address, {what: "1"}).url == address

    plan = ReturnPlan.objects.get()
    assert plan.ended_on == NOW.date()
    assert plan.holds.get().released_on == NOW.date()


def test_looked_at_and_over_sent_twice(page, problem):
    address = f"/heel/{problem.pk}/"
    for what in ({"assessed": "1", "on": "2026-03-18"}, {"close": "1"}):
        for _ in range(2):
            assert page.post(address, what).status_code == 302

    problem.refresh_from_db()
    assert (problem.closed_on, problem.closed_by) == (NOW.date(), "runner")
    assert {one.assessed_on for one in RedFlagAnswers.objects.all()} == {NOW.date()}


# --- Wrong ----------------------------------------------------------------------------------------
def kept(form, sent):
    return {name: form[name].value() for name in sent} == sent


def test_one_wrong_thing_about_a_spot_keeps_every_other(page):
    wrong = SPOT | {"since": "spring"}

    response = page.post("/heel/", wrong)

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["since"])
    assert kept(response.context["form"], wrong | {"achilles_named": True})


def test_one_wrong_safety_answer_keeps_every_other(page, problem):
    wrong = dict.fromkeys(ALL_RED_FLAGS, "no") | {"wound": "perhaps", "night_pain": "yes"}

    response = page.post(f"/heel/{problem.pk}/red-flags/", wrong)

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["wound"])
    assert kept(response.context["form"], wrong)
    assert not RedFlagAnswers.objects.exists()


def test_one_wrong_check_answer_keeps_every_other(page, runner, problem):
    other = HeelProblemFactory(runner=runner, side="right", since=dt.date(2026, 3, 4))
    good = {"participation": "8", "volume": "17", "performance": "0", "pain": "8"}
    sent = {f"p{problem.pk}-{name}": value for name, value in good.items()}
    wrong = good | {"pain": "most"}

    response = page.post(
        "/check/", sent | {f"p{other.pk}-{name}": value for name, value in wrong.items()}
    )

    assert response.status_code == 422
    forms = [form for _, form in response.context["asked"]]
    assert [list(form.errors) for form in forms] == [[], ["pain"]]
    assert all(kept(form, said) for form, said in zip(forms, (good, wrong), strict=True))
    assert not WeeklyCheck.objects.exists()


def test_one_wrong_thing_about_a_session_keeps_every_other(page, problem):
    ReturnPlanFactory(problem=problem, started_on=NOW.date())
    wrong = {
        "on": "2026-03-18", "duration": "half an hour", "kind": "walk", "during": "3",
        "gait_changed": "yes", "painkiller": "no",
    }  # fmt: skip

    response = page.post(f"/heel/{problem.pk}/plan/session/", wrong)

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["duration"])
    assert kept(response.context["form"], wrong)
    assert not Activity.objects.exists()
