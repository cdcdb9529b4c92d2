"""/heel/<id>/course/: mornings against runs and pairs, for the one who has it, and the table."""

import datetime as dt
import json
import re

import pytest

from dashboards.charts import Moment, PainDay, Span
from dashboards.selectors.course import PERIODS, heel_course
from injuries.models import PainReport
from injuries.services.problems import record_assessed
from tests.conftest import NOW
from tests.factories import (
    ActivityFactory,
    HeelProblemFactory,
    MorningFactory,
    ReturnPlanFactory,
    ShoeFactory,
)

ON = NOW.date()
DAY = dt.timedelta(days=1)
FOUR_WEEKS, TWELVE_WEEKS, WHOLE = PERIODS


@pytest.fixture(autouse=True)
def _clock(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def problem(runner):
    """Sore since 11 March; a run in the blue pair on the 12th that hurt, a sore morning after."""
    problem = HeelProblemFactory(runner=runner, since=dt.date(2026, 3, 11))
    blue = ShoeFactory(owner=runner, name="Blue pair")
    run = ActivityFactory(
        runner=runner,
        shoe=blue,
        distance_m=8_000,
        started_at=dt.datetime(2026, 3, 12, 8, tzinfo=dt.UTC),
    )
    PainReport.objects.create(runner=runner, activity=run, on=run.on, during=4, after=2)
    MorningFactory(runner=runner, on=dt.date(2026, 3, 13), first_step=6)
    return problem


@pytest.fixture
def page(client_of, runner, problem):
    """Return a function that reads the course's page."""
    client = client_of(runner)

    def get(query="", **headers):
        return client.get(f"/heel/{problem.pk}/course/{query}", headers=headers)

    return get


def test_mornings_runs_and_pairs_stand_side_by_side(problem):
    seen = heel_course(problem, on=ON)

    assert seen.days == (
        PainDay(dt.date(2026, 3, 12), during=4, after=2, distance_m=8_000),
        PainDay(dt.date(2026, 3, 13), first_step=6),
    )
    assert seen.worn == ((dt.date(2026, 3, 12), "Blue pair"),)
    assert [pair.text for pair in seen.shoes] == ["Blue pair"]
    assert seen.moments == (Moment(dt.date(2026, 3, 11), "This spot", "It began"),)


@pytest.mark.parametrize(
    ("period", "first"),
    [
        (FOUR_WEEKS, dt.date(2026, 2, 19)),
        (TWELVE_WEEKS, dt.date(2025, 12, 25)),
        (WHOLE, dt.date(2026, 2, 11)),
    ],
)
def test_how_far_back(problem, period, first):
    seen = heel_course(problem, on=ON, period=period)

    assert (seen.first, seen.last) == (first, ON)


def test_a_closed_one_ends_where_it_was_over(problem, runner):
    problem.closed_on = dt.date(2026, 3, 16)
    problem.save()
    record_assessed(problem, on=dt.date(2026, 3, 14), now=NOW)
    MorningFactory(runner=runner, on=ON, first_step=1)

    seen = heel_course(problem, on=ON)

    assert seen.last == dt.date(2026, 3, 16)
    assert ON not in [day.on for day in seen.days]
    assert [(one.on.day, one.text) for one in seen.moments] == [
        (11, "It began"), (14, "A clinician looked at it"), (16, "It was over"),
    ]  # fmt: skip


def test_the_way_back_is_on_it_where_it_is_this_spots(problem, runner):
    ReturnPlanFactory(problem=problem, started_on=dt.date(2026, 3, 14))
    ReturnPlanFactory(
        problem=HeelProblemFactory(runner=runner, side="right"),
        started_on=dt.date(2026, 3, 1), ended_on=dt.date(2026, 3, 2),
    )  # fmt: skip
    problem.return_plans.get().holds.create(held_on=dt.date(2026, 3, 15), held_at=NOW)

    assert heel_course(problem, on=ON).spans == (
        Span(dt.date(2026, 3, 15), ON, "Way back", "On hold"),
    )


def test_the_page_has_the_chart_and_the_same_as_a_table(page):
    html = page().content.decode()

    figure = json.loads(re.search(r'id="chart-course" type="application/json">(.*?)<', html)[1])
    traces = {trace["name"]: trace for trace in figure["data"]}
    assert traces["First steps in the morning"]["y"] == [None, 6]
    assert traces["Run"]["y"] == [8.0, None]
    assert "Blue pair" in traces
    assert html.count("<h1") == 1
    row = re.search(r"<tr><th scope=\"row\">Thu 12 March.*?</tr>", html)[0]
    assert re.sub(r"<[^>]+>", "|", row).replace("||", "|") == (
        "|Thu 12 March|–|8.0 km|4|2|Blue pair||"
    )


def test_without_anything_it_says_so(client_of, outsider):
    empty = HeelProblemFactory(runner=outsider, since=ON)

    html = client_of(outsider).get(f"/heel/{empty.pk}/course/").content.decode()

    assert "Nothing logged and nothing said in this time." in html
    assert "chart-course" not in html


def test_htmx_gets_the_part_alone_and_caches_know_it(page):
    answer = page("?range=4w", HX_Request="true")

    html = answer.content.decode()
    assert "<h1" not in html
    assert html.lstrip().startswith('<div id="course-part"')
    assert 'range=4w" aria-current="true"' in html
    assert "HX-Request" in answer.headers["Vary"]


def test_the_heel_page_fetches_it_and_has_the_days_without_scripts(client_of, runner, problem):
    html = client_of(runner).get(f"/heel/{problem.pk}/").content.decode()

    assert f'hx-get="/heel/{problem.pk}/course/" hx-trigger="load"' in html
    assert f'href="/heel/{problem.pk}/course/"' in html
    assert "What you said, 0 to 10" in html


def test_somebody_elses_is_not_there(client_of, outsider, coach, problem):
    for who in (outsider, coach):
        assert client_of(who).get(f"/heel/{problem.pk}/course/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_it_costs_the_same_for_one_and_three(page, runner, rows, django_assert_num_queries):
    for back in range(rows):
        on = ON - back * DAY
        MorningFactory(runner=runner, on=on)
        ActivityFactory(runner=runner, shoe=ShoeFactory(owner=runner), started_at=NOW - back * DAY)

    with django_assert_num_queries(8):
        page()
