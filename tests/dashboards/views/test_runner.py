"""The runner's page: its range, what htmx gets, and that nothing hidden is in it."""

import datetime as dt
import json
import re

import pytest

from injuries.models import PainReport
from members.models import Sharing
from tests.dashboards.views.conftest import words_of
from tests.factories import ActivityFactory, ShoeFactory


@pytest.fixture
def page(client_of, coach, membership):
    return lambda query="", **headers: client_of(coach).get(
        f"/c/heath/runners/{membership.pk}/{query}", **headers
    )


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
