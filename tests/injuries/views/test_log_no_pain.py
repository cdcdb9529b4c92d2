"""“Any heel pain? no”: an answer of somebody whose heel is followed, and else nothing."""

import datetime as dt

import pytest

from injuries.models import PainReport
from injuries.selectors.history import history_of
from injuries.selectors.plans import state_of
from tests.factories import (
    ActivityFactory,
    HeelProblemFactory,
    MorningFactory,
    ReturnPlanFactory,
)

pytestmark = pytest.mark.django_db
LOG = "/log/"
TODAY, DAY = dt.date(2026, 3, 18), dt.timedelta(days=1)
NOTHING_HURT = [(0, None, False, None)]


@pytest.fixture
def problem(runner):
    return HeelProblemFactory(runner=runner)


def typed(**fields):
    return {"distance": "1.6", "duration": "15", "on": str(TODAY), "kind": "run"} | fields


def said():
    answers = ("during", "after", "gait_changed", "painkiller")
    return list(PainReport.objects.filter(activity__isnull=False).values_list(*answers))


def heel(page, path=LOG):
    return page.get(path).context["form"]["heel"].value()


def test_while_a_spot_is_sore_nothing_is_filled_in_and_no_is_an_answer(page, problem):
    assert heel(page) == ""

    page.post(LOG, typed(heel="no", during="7"))

    assert said() == NOTHING_HURT


@pytest.mark.parametrize("kind", ["run", "walk", "swim"])
def test_no_answer_stays_unknown(page, problem, kind):
    page.post(LOG, typed(kind=kind))
    assert said() == []


def test_with_no_sore_spot_no_is_filled_in_and_says_nothing(page, runner):
    HeelProblemFactory(runner=runner, closed_on=TODAY - 9 * DAY)
    HeelProblemFactory()
    assert heel(page) == "no"

    page.post(LOG, typed(heel="no"))

    assert said() == []


def test_without_consent_nothing_is_kept(page, runner, problem):
    runner.health_consent_at = None
    runner.save()
    assert heel(page) == "no"

    page.post(LOG, typed(heel="no"))

    assert not PainReport.objects.exists()


def test_a_way_back_is_followed_also_where_its_spot_is_closed(page, runner):
    problem = HeelProblemFactory(runner=runner, closed_on=TODAY - 2 * DAY)
    plan = ReturnPlanFactory(problem=problem, started_on=TODAY - 9 * DAY)
    assert heel(page) == ""

    plan.ended_on = TODAY - DAY
    plan.save()
    assert heel(page) == "no"


def test_a_session_logged_here_without_pain_counts(page, runner, problem, clock, now):
    plan = ReturnPlanFactory(problem=problem, started_on=TODAY - 3 * DAY)
    clock.move_to(now - 2 * DAY, tick=False)
    walk = {"kind": "walk", "distance": "3", "duration": "30", "on": str(TODAY - 2 * DAY)}
    page.post(LOG, typed(heel="no", **walk))
    clock.move_to(now, tick=False)
    for back in (1, 0):
        MorningFactory(runner=runner, on=TODAY - back * DAY, first_step=1)
    assert state_of(plan, on=TODAY).phase == 1

    page.post(LOG, typed(heel="no"))
    MorningFactory(runner=runner, on=TODAY + DAY, first_step=1)

    state = state_of(plan, on=TODAY + DAY)
    assert [(one.on, one.outcome, one.reasons) for one in state.sessions] == [(TODAY, "good", ())]
    assert state.good == 1


def test_a_change_shows_the_answer_and_keeps_it_when_the_spot_is_closed(page, runner, problem):
    page.post(LOG, typed(heel="no"))
    run = runner.activities.get()
    problem.closed_on = TODAY
    problem.save()
    assert heel(page, f"/log/{run.pk}/") == "no"

    page.post(f"/log/{run.pk}/", typed(heel="no", note="Flat"))
    assert said() == NOTHING_HURT

    page.post(f"/log/{run.pk}/", typed(heel="yes", during="2"))
    assert said() == [(2, None, None, None)]
    page.post(f"/log/{run.pk}/", typed(heel="no"))
    assert said() == []


def test_a_change_of_a_run_nobody_answered_about_asks_again(page, runner, problem):
    run = ActivityFactory(runner=runner, distance_m=1_600, duration_s=900)
    assert heel(page, f"/log/{run.pk}/") == ""

    page.post(f"/log/{run.pk}/", typed(on="2026-03-17"))
    assert said() == []
    page.post(f"/log/{run.pk}/", typed(on="2026-03-17", heel="no"))
    assert said() == NOTHING_HURT


def test_an_entry_typed_offline_says_no_only_where_somebody_chose_it(page, runner, problem):
    shell = page.get("/log/offline/").content.decode()
    assert 'value="no" checked' not in shell

    for heel_said in ({}, {"heel": "no"}):
        page.post("/log/send/", typed(user=str(runner.pk), **heel_said))

    assert said() == NOTHING_HURT


def test_no_pain_is_no_soreness(page, runner, problem):
    page.post(LOG, typed(heel="no"))
    problem.closed_on = TODAY
    problem.save()
    run = runner.activities.get()

    assert "Which heel is sore" not in page.get(f"/log/{run.pk}/answer/").content.decode()
    assert "1 found" not in page.get("/history/?pain=on").content.decode()
    assert history_of(runner, on=TODAY).activities[0].pain_during == 0
