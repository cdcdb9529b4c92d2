"""The runner's page: its range, what htmx gets, and that nothing hidden is in it."""

import datetime as dt
import gzip
import json
import re

import pytest

from injuries.models import PainReport
from members.models import Activity, Sharing
from tests.dashboards.views.conftest import words_of
from tests.factories import ActivityFactory, AssessmentFactory, FlagFactory, ShoeFactory


@pytest.fixture
def address(membership):
    return f"/c/heath/runners/{membership.pk}/"


@pytest.fixture
def page(client_of, coach, address):
    client = client_of(coach)
    return lambda query="", **headers: client.get(address + query, **headers)


def figure_of(answer):
    found = re.search(r'id="chart-timeline"[^>]*>(.*?)</script>', answer.content.decode())
    return json.loads(found[1])


def test_twelve_weeks_are_shown_unless_asked_otherwise(page, ran):
    for query, chosen in (("", "12 weeks"), ("?range=4w", "4 weeks"), ("?range=x", "12 weeks")):
        html = page(query).content.decode()
        assert re.findall(r'aria-current="true"[^>]*>([^<]+)<', html) == [chosen]


def test_the_range_is_that_of_picture_and_table(page, ran, runner):
    ActivityFactory(
        runner=runner,
        started_at=dt.datetime(2026, 1, 5, 18, tzinfo=dt.UTC),
        distance_m=7_300,
        shoe=ShoeFactory(owner=runner, name="Old pair"),
    )
    for query, is_shown in (("?range=12w", True), ("?range=4w", False)):
        answer = page(query)
        days = figure_of(answer)["data"][0]["x"]
        assert ("2026-01-05" in days, b"5 January" in answer.content) == (is_shown, is_shown)
        assert ("Old pair" in answer.content.decode().partition('id="flags"')[0]) == is_shown


def test_htmx_gets_the_timeline_alone(page, ran):
    answer = page("?range=year", headers={"HX-Request": "true"})
    assert answer.content.decode().lstrip().startswith('<section class="card stack" id="timeline-')
    assert b"<html" not in answer.content
    assert "HX-Request" in answer["Vary"]
    whole = page("", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert b"<html" in whole.content


@pytest.mark.parametrize("sharing", [Sharing.STATUS, Sharing.NOTHING])
def test_pain_is_in_no_part_of_the_answer_unless_shared(sharing, page, ran, runner, membership):
    run = runner.activities.get()
    PainReport.objects.create(runner=runner, on=run.on, activity=run, during=9, after=8)
    membership.sharing = sharing
    membership.save()
    html = page("?range=all").content.decode()
    for hidden in ("First steps", "During", "After the run", "P1", "4 of 10", "over_limit"):
        assert hidden not in html
    if sharing == Sharing.STATUS:
        names = [trace["name"] for trace in figure_of(page())["data"]]
        assert names == ["Run", "Longest of its week", "Flags"]
    else:
        assert "chart-timeline" not in html


def test_why_stands_beside_each_flag_that_is_shared(page, ran, membership):
    everything = words_of(page())
    for said in (
        "distance 16.0 km",
        "share of it 123 %",
        "First seen: 18 March 2026, 12:00",
        "pain during the run 4 of 10",
        "limit for this spot 2 of 10",
    ):
        assert said in everything
    assert 'href="https://doi.org/10.1136/bjsports-2024-109380"' in page().content.decode()
    membership.sharing = Sharing.STATUS
    membership.save()
    status = words_of(page())
    assert "distance 16.0 km" in status
    for veiled in ("pain during", "limit for this spot", "Rule P1", "P1_limit"):
        assert veiled not in status


@pytest.fixture
def two_years(runner, club):
    """A run, a morning and pain after it on each of 730 days, judged every week, in two pairs."""
    pairs = [ShoeFactory(owner=runner) for _ in range(2)]
    days = [dt.date(2026, 3, 18) - dt.timedelta(days=back) for back in range(730)]
    runs = Activity.objects.bulk_create(
        Activity(
            runner=runner,
            on=day,
            started_at=dt.datetime.combine(day, dt.time(6), dt.UTC),
            time_zone="UTC",
            distance_m=8_000 + 100 * (back % 40),
            shoe=pairs[back % 2],
        )
        for back, day in enumerate(days)
    )
    PainReport.objects.bulk_create(
        PainReport(runner=runner, on=run.on, activity=run, during=2, after=3) for run in runs
    )
    PainReport.objects.bulk_create(
        PainReport(runner=runner, on=day, first_step=back % 5) for back, day in enumerate(days)
    )
    for back in range(104):
        week = dt.date(2026, 3, 16) - dt.timedelta(weeks=back)
        FlagFactory(assessment=AssessmentFactory(runner=runner, week=week, on=week))
    return runner


# What two years of daily runs weigh and cost: queries, and at most so many kB of HTML.
@pytest.mark.parametrize(
    ("period", "rows", "kilobytes", "gzipped"),
    [("4w", 28, 25, 6), ("12w", 84, 50, 7), ("year", 365, 160, 12), ("all", 730, 300, 17)],
)
def test_two_years_of_daily_runs(
    period, rows, kilobytes, gzipped, page, two_years, django_assert_num_queries
):
    page()  # the day's look is written down here
    with django_assert_num_queries(38):
        html = page(f"?range={period}").content
    table = html.split(b"<tbody>")[1]
    assert table.count(b'<th scope="row">') == rows
    assert len(html) < 1_000 * kilobytes
    assert len(gzip.compress(html)) < 1_000 * gzipped
