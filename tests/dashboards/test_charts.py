"""Each figure is valid Plotly and shows exactly the rows it was given."""

import datetime as dt
import json
import re
import xml.etree.ElementTree as ET

import plotly.graph_objects as go
import pytest

from dashboards import charts
from dashboards.charts import Layer, PainDay, RateRow, SoreWeek, WeekLoad

WEEKS = (
    WeekLoad(dt.date(2026, 3, 2), 31_000, 13_000, 14_300),
    WeekLoad(dt.date(2026, 3, 9)),
    WeekLoad(dt.date(2026, 3, 16), 10_000, 10_000, 14_300, current=True),
)
DAYS = (
    PainDay(dt.date(2026, 3, 16), first_step=3),
    PainDay(dt.date(2026, 3, 17), during=2, after=1, distance_m=10_000),
    PainDay(dt.date(2026, 3, 18)),
)


def validate(figure):
    """Have Plotly refuse what it does not know; the names of CSS properties become colours."""
    text = re.sub(r'"--[a-z-]+"', '"#123456"', json.dumps(figure))
    return go.Figure(json.loads(text))


def traces(figure):
    return {trace["name"]: trace for trace in figure["data"]}


def test_weekly_distance_shows_bars_longest_run_and_ceiling():
    figure = charts.weekly_distance(WEEKS, unit="km")
    validate(figure)
    by_name = traces(figure)
    assert by_name["Distance"]["x"] == ["2 Mar", "9 Mar", "16 Mar"]
    assert by_name["Distance"]["y"] == [31.0, None, 10.0]
    assert by_name["Distance"]["marker"]["opacity"] == [1, 1, 0.45]
    assert by_name["Longest run"]["y"] == [13.0, None, 10.0]
    assert by_name["Safe ceiling"]["y"] == [14.3, None, 14.3]
    assert by_name["Safe ceiling"]["line"]["dash"] == "dash"


def test_weekly_distance_in_miles():
    figure = charts.weekly_distance(WEEKS[:1], unit="mi")
    assert figure["data"][0]["y"] == [19.3]
    assert figure["layout"]["yaxis"]["title"]["text"] == "mi"


def test_pain_course_keeps_what_was_not_said_empty():
    figure = charts.pain_course(DAYS, unit="km")
    validate(figure)
    by_name = traces(figure)
    assert by_name["Run"]["y"] == [None, 10.0, None]
    assert by_name["First steps in the morning"]["y"] == [3, None, None]
    assert by_name["During the run"]["y"] == [None, 2, None]
    assert by_name["After the run"]["y"] == [None, 1, None]
    assert not by_name["During the run"]["connectgaps"]


SPIKES = Layer("Over 10 %", (4.5, None, 0), ("2 of 44", "0 of 0", "0 of 40"))


def test_a_squads_name_is_text_in_a_chart_and_never_a_link():
    layer = charts.Layer('<a href="https://example.org">Fast & free</a>', (5.0,), ("5 km",))
    (trace,) = charts.stacked([WEEKS[0].week], [layer], y_title="km")["data"]
    assert trace["name"] == '&lt;a href="https://example.org"&gt;Fast &amp; free&lt;/a&gt;'


def test_stacked_weeks_have_a_colour_and_a_hatching_each_and_grey_for_the_unknown():
    days = [each.week for each in WEEKS]
    known = [Layer(str(n), (n, None, n), ("some", "", "more")) for n in range(3)]
    figure = charts.stacked(
        days, [*known, Layer("not said", (1, 1, 1), ("", "", ""), True)], y_title="%"
    )
    validate(figure)
    assert figure["layout"]["barmode"] == "stack"
    assert [trace["name"] for trace in figure["data"]] == ["0", "1", "2", "not said"]
    assert figure["data"][1]["x"] == ["2 Mar", "9 Mar", "16 Mar"]
    assert figure["data"][1]["y"] == [1, None, 1]
    assert figure["data"][1]["hovertext"] == ["some", "", "more"]
    looks = [(t["marker"]["color"], t["marker"]["pattern"]["shape"]) for t in figure["data"]]
    assert looks == [
        ("--chart-a", ""),
        ("--chart-b", "/"),
        ("--chart-c", "x"),
        ("--chart-unknown", "."),
    ]


def test_layers_beyond_the_colours_still_differ():
    many = [Layer(str(n), (1,), ("",)) for n in range(20)]
    looks = [trace["marker"] for trace in charts.stacked([WEEKS[0].week], many, y_title="")["data"]]
    assert len({(one["color"], one["pattern"]["shape"]) for one in looks}) == 20


def test_a_part_stands_before_its_whole():
    days = [each.week for each in WEEKS]
    whole = Layer("Asked", (3, 0, 2), ("", "", ""))
    figure = charts.part_of(days, whole=whole, part=SPIKES, y_title="weeks")
    validate(figure)
    assert [(trace["name"], trace["y"]) for trace in figure["data"]] == [
        ("Asked", [3, 0, 2]),
        ("Over 10 %", [4.5, None, 0]),
    ]
    assert figure["layout"]["barmode"] == "overlay"


def test_sore_weeks_leave_out_what_is_not_shown():
    weeks = [
        SoreWeek(dt.date(2026, 3, 2), response=0.8, problem=0.25, substantial=0.125),
        SoreWeek(dt.date(2026, 3, 9), response=0.4, problem=None, substantial=None),
    ]
    figure = charts.sore_weeks(weeks)
    validate(figure)
    assert [(one["name"], one["y"]) for one in figure["data"]] == [
        ("Answered", [80, 40]),
        ("Any problem", [25, None]),
        ("Substantial", [12, None]),
    ]


def test_alert_burden_shows_intervals_and_the_budget_where_there_is_one():
    rows = [RateRow("all", 8.4, 6.7, 10.2, limit=10.0), RateRow("L1", 1.5)]
    figure = charts.alert_burden(rows)
    validate(figure)
    found, budget = figure["data"]
    assert (found["type"], found["x"], found["y"]) == ("bar", [8.4, 1.5], ["all", "L1"])
    assert found["error_x"]["array"] == [1.8, None]
    assert found["error_x"]["arrayminus"] == [1.7, None]
    assert (budget["name"], budget["x"], budget["y"]) == ("Budget", [10.0], ["all"])
    assert figure["layout"]["xaxis"]["title"]["text"] == "per 100 runner-weeks"


def test_alerts_followed_are_dots_beside_any_week():
    rows = [RateRow("L4", 6.9, 1.7, 14.3, limit=5.4), RateRow("L7", 0.0, 0.0, 0.0, limit=5.4)]
    figure = charts.alerts_followed(rows)
    validate(figure)
    found, base = figure["data"]
    assert (found["mode"], found["x"]) == ("markers", [6.9, 0.0])
    assert (base["name"], base["x"], base["y"]) == ("Any week", [5.4, 5.4], ["L4", "L7"])
    assert figure["layout"]["yaxis"]["categoryarray"] == ["L4", "L7"]


@pytest.mark.parametrize(
    "figure",
    [
        charts.alert_burden(()),
        charts.alerts_followed(()),
        charts.weekly_distance((), unit="km"),
        charts.pain_course((), unit="km"),
        charts.sore_weeks(()),
        charts.stacked((), (), y_title="km"),
        charts.part_of((), whole=SPIKES, part=SPIKES, y_title=""),
    ],
)
def test_every_figure_stands_without_rows(figure):
    validate(figure)


def test_week_bars_draw_unknown_weeks_as_a_dash():
    svg = ET.fromstring(charts.week_bars(WEEKS, unit="km"))  # noqa: S314 (made here)
    drawn = {path.get("class"): path.get("d") for path in svg}
    assert drawn == {
        "b": "M0 28v-28h30v28z",
        "n": "M64 28v-9h30v9z",
        "u": "M32 27h30",
        "l": "M0 17h30M64 20h30",
    }
    words = "km a week, oldest first: 31, unknown, 10; longest run 13"
    assert svg.get("aria-label") == words
    assert svg.get("style") is None


def test_week_bars_draw_a_week_of_rest_as_a_low_bar():
    svg = ET.fromstring(charts.week_bars([WeekLoad(dt.date(2026, 3, 2), 0)], unit="km"))  # noqa: S314
    assert [(path.get("class"), path.get("d")) for path in svg] == [("b", "M0 28v-2h94v2z")]


def test_morning_strip_is_darker_where_worse_and_empty_where_nothing_was_said():
    svg = ET.fromstring(charts.morning_strip(DAYS))  # noqa: S314 (made here)
    assert [rect.get("class") for rect in svg] == [
        "morning morning-3",
        "morning-none",
        "morning-none",
    ]
    assert svg.get("aria-label") == "First steps in the morning, 0 to 10. 16 Mar: 3"


def test_morning_strip_without_a_report_says_so():
    assert charts.strip_in_words(DAYS[2:]) == "No morning was reported."
