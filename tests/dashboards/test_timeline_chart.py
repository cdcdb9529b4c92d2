"""The timeline's picture and its table say the same, and nothing that was not given."""

import datetime as dt
import json

from dashboards.charts import Moment, PainDay, Span, Timeline, runner_timeline
from tests.dashboards.test_charts import traces, validate

MONDAY = dt.date(2026, 3, 16)
TUESDAY, WEDNESDAY = MONDAY + dt.timedelta(days=1), MONDAY + dt.timedelta(days=2)
SEEN = Timeline(
    first=dt.date(2026, 3, 12),
    last=WEDNESDAY,
    days=(
        PainDay(MONDAY, distance_m=10_000, during=2),
        PainDay(TUESDAY, first_step=4),
        PainDay(WEDNESDAY, distance_m=12_000),
    ),
    moments=(
        Moment(MONDAY, "Flags", "Heel 2 of 10 during the run."),
        Moment(WEDNESDAY, "Decisions", "Casey Coach: agreed"),
    ),
    spans=(Span(dt.date(2026, 3, 10), dt.date(2026, 3, 13), "Days off", "Holiday"),),
    shoes=(Span(MONDAY, WEDNESDAY, "", "Blue pair with a very long name"),),
    worn=((MONDAY, "Blue pair"), (WEDNESDAY, "Blue pair")),
)


def test_every_fact_has_its_place_on_the_picture():
    figure = runner_timeline(SEEN, unit="km")
    validate(figure)
    by_name = traces(figure)
    assert by_name["Run"]["y"] == [10.0, None, 12.0]
    assert (by_name["Longest of its week"]["x"], by_name["Longest of its week"]["y"]) == (
        ["2026-03-18"],
        [12.0],
    )
    assert by_name["First steps in the morning"]["y"] == [None, 4, None]
    assert by_name["Flags"]["text"] == ["Heel 2 of 10 during the run."]
    assert by_name["Decisions"]["x"] == ["2026-03-18"]
    # It began before the picture does; its last day is as wide as any.
    assert by_name["Days off"]["x"] == ["2026-03-12", "2026-03-14", None]
    assert by_name["Blue pair with a very long name"]["x"] == ["2026-03-16", "2026-03-19"]
    assert figure["layout"]["yaxis3"]["ticktext"] == [
        "Flags", "Decisions", "Days off", "Blue pair wit…",
    ]  # fmt: skip


def test_the_table_says_the_same_newest_first():
    assert [(line.day.on.day, line.is_longest, line.shoes, line.said) for line in SEEN.table] == [
        (18, True, ("Blue pair",), ("Casey Coach: agreed",)),
        (17, False, (), ()),
        (16, False, ("Blue pair",), ("Heel 2 of 10 during the run.",)),
        (12, False, (), ("Holiday until 13 March",)),
    ]


def test_without_pain_there_is_no_axis_for_it():
    runs = Timeline(MONDAY, TUESDAY, days=(PainDay(MONDAY, distance_m=5_000),))
    figure = runner_timeline(runs, unit="mi")
    validate(figure)
    assert [trace["name"] for trace in figure["data"]] == ["Run", "Longest of its week"]
    assert figure["data"][0]["y"] == [3.1]
    assert not figure["layout"]["yaxis"]["visible"]


def test_nothing_a_runner_types_becomes_a_tag_or_a_link():
    bad = '<a href="https://example.org">me</a>'
    seen = Timeline(
        MONDAY,
        TUESDAY,
        moments=(Moment(MONDAY, "Flags", bad),),
        shoes=(Span(MONDAY, TUESDAY, "", bad),),
    )
    text = json.dumps(runner_timeline(seen, unit="km"))
    assert "<a" not in text
    assert "&lt;a" in text


def test_an_empty_timeline_is_nothing():
    assert not Timeline(MONDAY, TUESDAY)
    validate(runner_timeline(Timeline(MONDAY, TUESDAY), unit="km"))
