"""/heel/ and /check/: report, open, answer, close; never somebody else's."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from injuries.models import HeelProblem, PainReport, RedFlagAnswers, WeeklyCheck
from injuries.questions import CHECK_QUESTIONS, RED_FLAG_QUESTIONS, TODAY, WITHIN_DAYS
from injuries.risk import ALL_RED_FLAGS
from injuries.selectors.heel import safety_due
from tests.conftest import NOW
from tests.factories import ActivityFactory, HeelProblemFactory, MorningFactory


@pytest.fixture(autouse=True)
def _frozen():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def page(client_of, runner):
    return client_of(runner)


def test_every_question_is_worded_and_none_is_invented():
    assert tuple(RED_FLAG_QUESTIONS) == ALL_RED_FLAGS
    assert list(CHECK_QUESTIONS) == ["participation", "volume", "performance", "pain"]


def test_a_morning_in_one_tap(page, runner):
    response = page.post("/heel/morning/", {"on": "2026-03-18", "first_step": "4"})

    assert (response.status_code, response.url) == (302, "/heel/")
    report = PainReport.objects.get()
    assert (report.runner, report.first_step, report.on) == (runner, 4, dt.date(2026, 3, 18))

    page.post("/heel/morning/", {"on": "2026-03-18", "first_step": "2"})
    assert PainReport.objects.get().first_step == 2


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("first_step", "11", "Choose a number from 0 to 10."),
        ("first_step", "", "Choose a number from 0 to 10."),
        ("first_step", "-1", "Choose a number from 0 to 10."),
        ("on", "2027-01-01", "This day lies in the future."),
        ("on", "0001-01-01", "Choose a day after 1990."),
        ("on", "today", "Enter a valid date."),
    ],
)
def test_a_bad_morning(page, field, value, error):
    response = page.post("/heel/morning/", {"on": "2026-03-18", "first_step": "4"} | {field: value})

    assert response.status_code == 422
    assert response.context["form"].errors == {field: [error]}
    assert not PainReport.objects.exists()


def test_opening_a_spot_leads_to_the_questions(page, runner):
    spot = {"side": "left", "spot": "back_of_heel", "since": "2026-03-15"}

    response = page.post("/heel/", spot)

    problem = HeelProblem.objects.get()
    assert response.url == f"/heel/{problem.pk}/red-flags/"
    again = page.post("/heel/", spot | {"since": "2026-03-14"})
    assert again.status_code == 422
    assert again.context["form"].errors == {"spot": ["This spot is open already."]}


def test_nothing_about_pain_is_kept_without_consent(page, runner):
    runner.health_consent_at = None
    runner.save()
    problem = HeelProblemFactory(runner=runner)

    for url, data in [
        ("/heel/morning/", {"on": "2026-03-18", "first_step": "4"}),
        ("/heel/", {"side": "left", "spot": "back_of_heel", "since": "2026-03-15"}),
        (f"/heel/{problem.pk}/red-flags/", {"night_pain": "yes"}),
        ("/check/", {"participation": "8"}),
    ]:
        assert page.post(url, data).status_code == 422, url
    assert not PainReport.objects.exists()
    assert not RedFlagAnswers.objects.exists()
    assert not WeeklyCheck.objects.exists()


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"wound": "yes"}, TODAY),
        ({"night_pain": "yes"}, WITHIN_DAYS),
        ({"skin_colour_change": "yes", "diabetes_circulation": "yes"}, TODAY),
        ({"skin_colour_change": "yes"}, WITHIN_DAYS),
    ],
)
def test_a_yes_says_at_once_what_to_do(page, runner, answers, words):
    problem = HeelProblemFactory(runner=runner)

    response = page.post(f"/heel/{problem.pk}/red-flags/", answers, follow=True)

    assert words in [str(message) for message in response.context["messages"]]
    stored = RedFlagAnswers.objects.get()
    assert stored.problem == problem
    assert {q for q, answer in stored.answers.items() if answer} == set(answers)


def test_unanswered_questions_stay_open(page, runner):
    problem = HeelProblemFactory(runner=runner)
    everything = dict.fromkeys(ALL_RED_FLAGS, "no")

    assert page.get(f"/heel/{problem.pk}/").context["unanswered"] == 23
    page.post(f"/heel/{problem.pk}/red-flags/", everything | {"wound": ""})
    assert page.get(f"/heel/{problem.pk}/").context["unanswered"] == 1


def test_closing_and_being_assessed(page, runner):
    problem = HeelProblemFactory(runner=runner)

    page.post(f"/heel/{problem.pk}/", {"assessed": "1", "on": "2026-03-18"})
    assert RedFlagAnswers.objects.get().assessed_on == dt.date(2026, 3, 18)
    page.post(f"/heel/{problem.pk}/", {"close": "1"})
    problem.refresh_from_db()
    assert problem.closed_on == dt.date(2026, 3, 18)


@pytest.mark.parametrize("name", ["problem", "red-flags"])
def test_somebody_elses_heel_is_not_there(page, name):
    url = reverse(f"injuries:{name}", args=[HeelProblemFactory().pk])

    assert page.get(url).status_code == 404
    assert page.post(url, {"close": "1"}).status_code == 404
    assert HeelProblem.objects.get().closed_on is None


@pytest.mark.parametrize(
    ("on", "error"),
    [
        ("2026-03-19", "This day lies in the future."),
        ("2026-02-28", "That was before it began."),
        ("soon", "Enter a valid date."),
        ("", "This field is required."),
    ],
)
def test_being_assessed_on_an_impossible_day(page, runner, on, error):
    problem = HeelProblemFactory(runner=runner)

    response = page.post(f"/heel/{problem.pk}/", {"assessed": "1", "on": on})

    assert response.status_code == 422
    assert response.context["form"].errors == {"on": [error]}
    assert not RedFlagAnswers.objects.exists()


# --- How it began, and the picture ----------------------------------------------------------------
def test_how_it_began_is_kept_and_can_be_changed(page, runner):
    told = {
        "side": "right", "spot": "above_heel", "since": "2026-03-15", "onset": "repetitive_gradual",
        "lately": ["speed", "new_shoes"], "clinician_said": " a name ", "achilles_named": "on",
    }  # fmt: skip

    page.post("/heel/", told)

    row = HeelProblem.objects.get()
    assert (row.onset, row.lately) == ("repetitive_gradual", ["new_shoes", "speed"])
    assert (row.clinician_said, row.achilles_named) == ("a name", True)
    shown = page.get(f"/heel/{row.pk}/").content.decode()
    assert "slowly, over days or weeks" in shown
    assert "New shoes, More speed" in shown
    assert "a name" in shown
    page.post(f"/heel/{row.pk}/details/", {"onset": "acute", "clinician_said": ""})
    row.refresh_from_db()
    assert (row.onset, row.lately, row.clinician_said, row.achilles_named) == (
        "acute",
        [],
        "",
        False,
    )


def test_bad_details_lose_nothing(page, runner):
    row = HeelProblemFactory(runner=runner, onset="acute")
    typed = {"onset": "magic", "lately": ["moon"], "clinician_said": "x" * 201}

    response = page.post(f"/heel/{row.pk}/details/", typed)

    assert response.status_code == 422
    assert response.context["form"].errors == {
        "onset": ["Choose how it began from the list."],
        "lately": ["Choose from the list."],
        "clinician_said": ["Ensure this value has at most 200 characters (it has 201)."],
    }
    assert "x" * 201 in response.content.decode()
    row.refresh_from_db()
    assert row.onset == "acute"


def test_the_same_spot_again_is_linked_to_the_earlier_episode(page, runner):
    earlier = HeelProblemFactory(
        runner=runner, since=dt.date(2026, 1, 1), closed_on=dt.date(2026, 2, 1)
    )
    HeelProblemFactory(runner=runner, side="right", closed_on=dt.date(2026, 3, 2))

    page.post("/heel/", {"side": "left", "spot": earlier.spot, "since": "2026-03-15"})

    again = HeelProblem.objects.latest("pk")
    assert (again.follows, again.days_since_earlier) == (earlier, 42)
    assert "It has been sore here before" in page.get(f"/heel/{again.pk}/").content.decode()


def test_a_tap_on_the_picture_chooses_side_and_spot_without_any_script(page):
    first = page.get("/heel/").content.decode()
    assert 'href="?side=right&amp;spot=inner_ankle#new"' in first
    assert 'aria-label="right foot, inner ankle into the sole"' in first

    form = page.get("/heel/?side=right&spot=inner_ankle").context["form"]
    assert (form["side"].value(), form["spot"].value()) == ("right", "inner_ankle")


def test_somebody_under_18_is_asked_to_tell_a_parent(page, runner):
    assert "tell a parent" not in page.get("/heel/").content.decode()
    runner.adult_from = dt.date(2028, 1, 1)
    runner.save()
    assert "tell a parent" in page.get("/heel/").content.decode()


def test_a_morning_said_on_another_page_leads_back_there(page):
    told = {"on": "2026-03-18", "first_step": "4"}

    assert page.post("/heel/morning/", told | {"next": "/"}).url == "/"
    assert page.post("/heel/morning/", told | {"next": "https://evil.example/"}).url == "/heel/"


# --- When the questions are asked -----------------------------------------------------------------
def all_no(problem, *, on, answered_at=NOW):
    return RedFlagAnswers.objects.create(
        runner=problem.runner, problem=problem, on=on, answered_at=answered_at,
        answers=dict.fromkeys(ALL_RED_FLAGS, False),
    )  # fmt: skip


def test_the_questions_are_due_when_new_after_a_bad_run_and_once_a_week(runner):
    problem = HeelProblemFactory(runner=runner)
    day = dt.date(2026, 3, 10)

    def due(on):
        return safety_due([problem], on=on).get(problem.pk)

    assert due(day) == "new"
    all_no(problem, on=day, answered_at=NOW)
    assert due(day + dt.timedelta(6)) is None
    assert due(day + dt.timedelta(7)) == "week"

    def bad_run(during, minutes):
        activity = ActivityFactory(runner=runner)
        PainReport.objects.create(
            runner=runner, activity=activity, on=day, during=during,
            reported_at=NOW + dt.timedelta(minutes=minutes),
        )  # fmt: skip

    bad_run(5, 1)
    bad_run(9, -1)
    assert due(day) is None
    bad_run(6, 1)
    assert due(day) == "hurt"


@pytest.mark.parametrize("reports", [1, 3])
def test_the_heel_page_costs_the_same_for_one_and_three(
    page, runner, reports, django_assert_num_queries
):
    for back in range(reports):
        MorningFactory(runner=runner, on=dt.date(2026, 3, 18) - dt.timedelta(days=back))
        HeelProblemFactory(runner=runner, spot=["above_heel", "elsewhere", "inner_ankle"][back])

    with django_assert_num_queries(5):
        assert page.get("/heel/").status_code == 200


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("side", "middle", "Choose left, right or both."),
        ("side", "", "This field is required."),
        ("spot", "knee", "Choose a spot from the list."),
        ("since", "2027-01-01", "This day lies in the future."),
        ("since", "0001-01-01", "Choose a day after 1990."),
        ("since", "spring", "Enter a valid date."),
    ],
)
def test_a_bad_spot_is_kept_and_explained(page, field, value, error):
    typed = {"side": "left", "spot": "back_of_heel", "since": "2026-03-15"} | {field: value}

    response = page.post("/heel/", typed)

    form = response.context["form"]
    assert (response.status_code, form.errors) == (422, {field: [error]})
    assert {name: form[name].value() for name in typed} == typed
    assert error in response.content.decode()
    assert not HeelProblem.objects.exists()


def test_a_bad_answer_loses_none_of_the_others(page, runner):
    problem = HeelProblemFactory(runner=runner)
    typed = {"wound": "ouch", "night_pain": "yes", "numbness": "no"}

    response = page.post(f"/heel/{problem.pk}/red-flags/", typed)

    form = response.context["form"]
    assert (response.status_code, form.errors) == (422, {"wound": ["Choose yes or no."]})
    assert {name: form[name].value() for name in typed} == typed
    assert not RedFlagAnswers.objects.exists()


def test_the_problems_page_says_where_it_stands_until_it_is_over(page, runner):
    problem = HeelProblemFactory(runner=runner, since=dt.date(2026, 3, 10))
    ActivityFactory(runner=runner, on=dt.date(2026, 3, 17))
    MorningFactory(runner=runner, on=dt.date(2026, 3, 18), first_step=1)

    response = page.get(f"/heel/{problem.pk}/")

    assert [one.state for one in response.context["standing"]] == ["settled", "need_reports"]
    shown = response.content.decode()
    assert "The morning after Tuesday&#x27;s run was back to usual." in shown
    assert "need more reports" in shown

    page.post(f"/heel/{problem.pk}/", {"close": "1"})
    assert page.get(f"/heel/{problem.pk}/").context["standing"] == ()


@pytest.mark.parametrize("rows", [1, 3])
def test_a_problems_page_costs_the_same_for_one_and_three(
    page, runner, rows, django_assert_num_queries
):
    for back in range(rows):
        on = dt.date(2026, 3, 18) - dt.timedelta(days=back)
        MorningFactory(runner=runner, on=on)
        ActivityFactory(runner=runner, on=on)
        problem = HeelProblemFactory(
            runner=runner, spot=["above_heel", "elsewhere", "inner_ankle"][back]
        )

    with django_assert_num_queries(16):
        assert page.get(f"/heel/{problem.pk}/").status_code == 200
