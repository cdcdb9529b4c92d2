"""The safety questions on the pages (evidence 3.1): when they are asked, and what a yes does."""

import datetime as dt

import pytest

from injuries.models import HeelProblem, PainReport, RedFlagAnswers
from injuries.questions import RED_FLAG_QUESTIONS, TODAY, WITHIN_DAYS
from injuries.risk import ALL_RED_FLAGS, RED_FLAG_IDS
from injuries.selectors.assessments import current_assessment
from tests.conftest import NOW
from tests.factories import ActivityFactory, HeelProblemFactory, MorningFactory, ReturnPlanFactory

ON = NOW.date()
DAY = dt.timedelta(days=1)
ALL_NO = dict.fromkeys(ALL_RED_FLAGS, "no")


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(NOW, tick=False)
    return time_machine


@pytest.fixture
def page(client_of, runner):
    return client_of(runner)


@pytest.fixture
def problem(runner):
    return HeelProblemFactory(runner=runner, since=ON - 3 * DAY)


def answer(page, problem, **answers):
    return page.post(f"/heel/{problem.pk}/red-flags/", answers)


def shown(page, url):
    return page.get(url).content.decode()


def training(runner):
    return current_assessment(runner, week=dt.date(2026, 3, 16)).training


# --- When they are asked --------------------------------------------------------------------------
def test_they_follow_when_a_problem_opens(page):
    response = page.post(
        "/heel/", {"side": "left", "spot": "above_heel", "since": "2026-03-17"}, follow=True
    )

    assert response.redirect_chain == [(f"/heel/{HeelProblem.objects.get().pk}/red-flags/", 302)]
    assert list(response.context["form"].fields) == list(RED_FLAG_QUESTIONS)


def log_run(page, **pain):
    typed = {"distance": "10", "duration": "55", "on": "2026-03-18", "heel": "yes"}
    return page.post("/log/", typed | pain, follow=True).content.decode()


@pytest.mark.parametrize(("during", "asked"), [("5", False), ("6", True), ("10", True)])
def test_they_are_asked_in_the_answer_to_a_run_that_hurt(page, problem, clock, during, asked):
    answer(page, problem, **ALL_NO)
    clock.shift(60)

    said = log_run(page, during=during)

    assert ("It hurt more than 5 of 10." in said) == asked
    assert (f'href="/heel/{problem.pk}/red-flags/"' in said) == asked
    assert (f'href="/heel/{problem.pk}/red-flags/">Answer them' in shown(page, "/")) == asked


def test_answered_again_after_that_run_the_answer_page_no_longer_asks(page, problem, clock):
    log_run(page, during="7")
    clock.shift(60)
    answer(page, problem, **ALL_NO)
    run = PainReport.objects.get(during=7).activity_id

    assert "safety questions about your" not in shown(page, f"/log/{run}/answer/")


def test_a_run_that_hurt_where_no_spot_is_named_leads_to_naming_it(page):
    said = log_run(page, during="7")

    assert "It hurt more than 5 of 10. Please name the spot" in said
    assert 'href="/heel/">Name the spot' in said
    assert "Please name the spot" not in log_run(page, during="5")


@pytest.mark.parametrize(("during", "leads_to"), [("5", "plan/"), ("6", "red-flags/")])
def test_a_session_of_the_plan_that_hurt_leads_to_them(page, problem, clock, during, leads_to):
    answer(page, problem, **ALL_NO)
    clock.shift(60)
    ReturnPlanFactory(problem=problem, started_on=ON)
    session = {
        "on": "2026-03-18", "duration": "30:00", "kind": "walk", "during": during,
        "gait_changed": "no",
    }  # fmt: skip

    response = page.post(f"/heel/{problem.pk}/plan/session/", session)

    assert response.url == f"/heel/{problem.pk}/{leads_to}"


def test_once_a_week_while_it_is_open(page, problem, clock):
    answer(page, problem, **ALL_NO)
    question = "It is a week since you answered the safety questions."
    asked = f'href="/heel/{problem.pk}/red-flags/">Answer them'

    for days, due in [(6, False), (7, True)]:
        clock.move_to(NOW + days * DAY)
        assert (question in shown(page, f"/heel/{problem.pk}/")) == due
        assert (asked in shown(page, "/")) == due

    page.post(f"/heel/{problem.pk}/", {"close": "1"})
    assert asked not in shown(page, "/")


# --- Unanswered is never green --------------------------------------------------------------------
def well(runner, *, days=45):
    """A runner without any reason to ease off."""
    for back in range(days):
        MorningFactory(runner=runner, on=ON - back * DAY, first_step=0)
        ActivityFactory(runner=runner, started_at=NOW - back * DAY, distance_m=8_000)


def test_with_one_question_open_nobody_is_told_to_carry_on(page, runner, problem):
    well(runner)
    page.post("/check/", {"nothing": "1"})

    answer(page, problem, **(ALL_NO | {"squeeze_pain": ""}))
    assert training(runner) == "not_assessed"
    answer(page, problem, squeeze_pain="no")
    assert training(runner) == "carry_on"


def test_all_left_open_is_no_only_where_that_button_was_pressed(page, problem):
    answer(page, problem, night_pain="yes", rest_no="1")

    said = RedFlagAnswers.objects.get().answers
    assert {question for question, yes in said.items() if yes} == {"night_pain"}
    assert None not in said.values()

    answer(page, problem, wound="no")
    assert list(RedFlagAnswers.objects.order_by("pk").last().answers.values()).count(None) == 22


# --- A yes ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("question", ALL_RED_FLAGS)
def test_any_yes_is_rest_and_its_message_stands_on_the_page_until_assessed(
    page, runner, problem, question
):
    message = TODAY if question in RED_FLAG_IDS["RF1"] else WITHIN_DAYS
    answer(page, problem, **(ALL_NO | {question: "yes"}))

    assert training(runner) == "rest"
    assert message in shown(page, f"/heel/{problem.pk}/")  # the flash
    assert message in shown(page, f"/heel/{problem.pk}/")  # and still there

    answer(page, problem, **ALL_NO)
    assert message in shown(page, f"/heel/{problem.pk}/"), "a no takes no yes back"
    page.post(f"/heel/{problem.pk}/", {"assessed": "1", "on": "2026-03-18"})
    page.get("/")  # reads the flash
    assert message not in shown(page, f"/heel/{problem.pk}/")
    assert RedFlagAnswers.objects.get(answers={}).assessed_on == ON
    assert training(runner) != "rest"


def test_while_a_yes_stands_the_page_says_nothing_else_about_the_course(page, problem):
    answer(page, problem, **ALL_NO)
    assert page.get(f"/heel/{problem.pk}/").context["standing"]

    answer(page, problem, wound="yes")
    assert page.get(f"/heel/{problem.pk}/").context["standing"] == ()


def test_sent_twice_the_answers_stay_the_same(page, problem):
    for _ in range(2):
        assert answer(page, problem, **(ALL_NO | {"wound": "yes"})).status_code == 302

    assert {tuple(one.answers.items()) for one in RedFlagAnswers.objects.all()} == {
        tuple((name, name == "wound") for name in ALL_RED_FLAGS)
    }
