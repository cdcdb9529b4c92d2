"""My week, and what a run would mean."""

import datetime as dt

import pytest
from django.urls import reverse

from injuries.models import WeeklyAssessment
from members.models import Activity
from tests.dashboards.views.conftest import words_of
from tests.factories import (
    ActivityFactory,
    AssessmentFactory,
    DayStatusFactory,
    HeelProblemFactory,
)

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2026, 3, 16)


def test_my_week_says_what_to_do_and_why(client_of, runner, ran):
    response = client_of(runner).get("/")
    text = words_of(response)
    assert "Ease off: hold or shorten the next runs." in text
    assert "Saturday's 16.0 km was longer" in text.replace("&#x27;", "'")
    assert "Next run: 14.3 km at most until Fri 27 March" in text
    assert response.content.decode().count("<h1") == 1


def test_why_opens_the_numbers_the_source_and_the_end(client_of, runner, ran):
    text = words_of(client_of(runner).get("/"))
    for said in (
        "the longest run of the 30 days before 13.0 km",
        "10.1136/bjsports-2024-109380",
        "What ends it: By itself: 27 March is the last day it stands.",
        "pain during the run 4 of 10",
    ):
        assert said in text


def test_my_week_assesses_where_nobody_has_today(client_of, runner):
    ActivityFactory(runner=runner)
    assert client_of(runner).get("/").status_code == 200
    (assessment,) = WeeklyAssessment.objects.filter(runner=runner)
    assert (assessment.week, assessment.on) == (MONDAY, dt.date(2026, 3, 18))


def test_a_newcomer_is_offered_the_first_step(client_of, runner):
    text = words_of(client_of(runner).get("/"))
    assert "Start with your last run." in text
    assert "Log your first run" in text


def test_a_coach_without_runs_is_sent_to_the_clubs(client_of, coach):
    response = client_of(coach).get("/")
    assert reverse("dashboards:board", args=["heath"]) in response.content.decode()


def test_an_admin_is_offered_no_board(client_of, admin_membership):
    page = client_of(admin_membership.user).get("/").content.decode()
    assert f'href="{reverse("dashboards:board", args=["heath"])}"' not in page
    assert reverse("members:club-members", args=["heath"]) in page


def test_nobody_is_refused(client_of, outsider):
    assert "You are in no club at the moment." in words_of(client_of(outsider).get("/"))


def test_strangers_are_asked_to_log_in(client):
    assert client.get("/").status_code == 302


def test_a_past_week(client_of, runner, ran):
    AssessmentFactory(
        runner=runner, week=dt.date(2026, 3, 9), on=dt.date(2026, 3, 15), training="rest"
    )
    text = words_of(client_of(runner).get("/?week=2026-W11"))
    assert "Week of Mon 9 March" in text
    assert "Rest from running and impact for now." in text
    assert "As assessed on Sun 15 March." in text


@pytest.mark.parametrize("week", ["2026-W13", "2026-W60", "next"])
def test_a_week_that_is_none_is_not_found(client_of, runner, week):
    ActivityFactory(runner=runner)
    assert client_of(runner).get("/", {"week": week}).status_code == 404


def test_missing_days_are_one_tap_away(client_of, runner, ran):
    page = client_of(runner).get("/").content.decode()
    assert 'name="on" value="2026-03-16"' in page
    assert f'action="{reverse("members:days")}' in page


def test_unanswered_questions_lead_to_the_problem(client_of, runner):
    ActivityFactory(runner=runner)
    problem = HeelProblemFactory(runner=runner)
    page = client_of(runner).get("/").content.decode()
    assert reverse("injuries:red-flags", args=[problem.pk]) in page


@pytest.fixture
def steady_runner(runner):
    for back in range(0, 60, 3):
        day = dt.datetime(2026, 3, 17, 7, 0, tzinfo=dt.UTC) - dt.timedelta(days=back)
        ActivityFactory(runner=runner, started_at=day)
    for back in range(61):
        day = dt.date(2026, 3, 18) - dt.timedelta(days=back)
        if not Activity.objects.filter(runner=runner, on=day).exists():
            DayStatusFactory(runner=runner, on=day)
    return runner


def test_what_a_longer_run_would_mean(client_of, steady_runner):
    page = client_of(steady_runner).get("/what-if/", {"far": "14"})

    text = page.content.decode()
    assert page.status_code == 200
    assert (
        "14.0 km would be more than a tenth longer than your longest of the 30 days before "
        "(10.0 km). 11.0 km is as far as we would go."
    ) in text
    assert text.count("<h1") == 1


def test_within_the_page_only_the_answer_is_sent(client_of, steady_runner):
    part = client_of(steady_runner).get("/what-if/", {"far": "6,2"}, headers={"HX-Request": "true"})

    assert part.content.decode().strip() == (
        "<p>6.2 km would be no big step beside your longest of the 30 days before (10.0 km).</p>"
    )
    wrong = client_of(steady_runner).get("/what-if/", {"far": "x"}, headers={"HX-Request": "true"})
    assert wrong.status_code == 422
    assert '<p class="error">Write the distance as a number of km' in wrong.content.decode()


@pytest.mark.parametrize("far", ["ten", "-3", "900", "0", ""])
def test_what_is_no_distance_is_said_at_the_field(client_of, runner, far):
    page = client_of(runner).get("/what-if/", {"far": far})

    assert page.status_code == 422
    assert page.context["what_if"].errors["far"]
    assert "would" not in page.context["said"]


def test_a_newcomer_is_told_why_nothing_can_be_said(client_of, runner):
    text = client_of(runner).get("/what-if/", {"far": "5"}).content.decode()
    assert "We cannot say what 5.0 km would mean: less than 30 days of data." in text


@pytest.mark.parametrize("asked", ["", "?distance_m=ten", "?distance_m=0", "?distance_m=500001"])
def test_the_api_names_the_field(client_of, runner, asked):
    answer = client_of(runner).get(f"/api/v1/my-week/what-if/{asked}")
    assert (answer.status_code, list(answer.json())) == (400, ["distance_m"])


def test_the_api_says_the_same_as_the_page(client_of, steady_runner):
    said = client_of(steady_runner).get("/api/v1/my-week/what-if/?distance_m=14000").json()
    text = said.pop("text")
    assert text.startswith("14.0 km would be more than a tenth longer")
    assert said == {
        "on": "2026-03-18",
        "distance_m": 14_000,
        "level": "over_10",
        "longest_30d_m": 10_000,
        "ratio": 1.4,
        "why": None,
        "training": "carry_on",
        "ceiling_m": 11_000,
    }
