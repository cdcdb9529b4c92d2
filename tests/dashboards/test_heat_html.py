"""The grid of runners and weeks as HTML: every cell a word or a number, and nothing unescaped."""

import datetime as dt
import re

import pytest

from dashboards.heat_html import heat_html, legend
from dashboards.selectors.trends.asked import Runner
from dashboards.selectors.trends.heat import HeatMap, HeatRow

WEEKS = (dt.date(2026, 3, 9), dt.date(2026, 3, 16))
EARLY = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)


def drawn(shows, *cells, name="Robin Runner", unit="km"):
    runner = Runner(7, 3, name, None, "No squad", "everything", True, EARLY)
    heat = HeatMap(shows, WEEKS, (HeatRow(runner, cells),), 1, 1, 0)
    return heat_html(heat, club="/c/heath/", unit=unit)


def cells_of(html):
    return re.findall(r"<td class=(\w+)>([^<]*)", html)


@pytest.mark.parametrize(
    ("cell", "looks"),
    [
        ("clinician", ("hc", "see a clinician")),
        ("rest", ("hr", "rest")),
        ("cross_train", ("hx", "cross-train")),
        ("ease", ("he", "ease off")),
        ("carry_on", ("hk", "carry on")),
        ("not_assessed", ("hn", "not assessed")),
        ("silent", ("hs", "nothing logged")),
        ("", ("hb", "not in the club yet")),
    ],
)
def test_each_answer_is_a_word_with_a_look_of_its_own(cell, looks):
    assert cells_of(drawn("answer", cell)) == [looks]
    assert looks in legend("answer")


def test_a_row_names_its_runner_and_the_columns_their_week():
    html = drawn("answer", "rest", "ease")
    assert '<th scope=row><a href="/c/heath/runners/7/">Robin Runner</a></th>' in html
    assert re.findall(r"<th scope=col>(?:<span>)?([^<]*)", html) == ["Runner", "9 Mar", "16 Mar"]


def test_names_are_escaped():
    html = drawn("answer", "rest", name='<img src=x onerror="alert(1)">')
    assert "<img" not in html
    assert "&lt;img src=x onerror=&quot;alert(1)&quot;&gt;" in html


def test_distances_are_whole_and_shaded_up_to_the_farthest():
    cells = cells_of(drawn("load", 0, 400, 10_000, 30_000, 40_000, "silent", "unmeasured"))
    assert cells == [
        ("h0", "0"),
        ("h1", "&lt;1"),
        ("h1", "10"),
        ("h3", "30"),
        ("h4", "40"),
        ("hs", "nothing logged"),
        ("hn", "not measured"),
    ]
    assert cells_of(drawn("load", 16_093, unit="mi")) == [("h4", "10")]
    assert cells_of(drawn("load", 0)) == [("h0", "0")]


def test_mornings_are_shaded_by_how_sore_they_were():
    assert cells_of(drawn("pain", *range(11), "silent")) == [
        ("h0", "0"),
        ("h1", "1"),
        ("h1", "2"),
        ("h2", "3"),
        ("h2", "4"),
        ("h3", "5"),
        ("h3", "6"),
        *(("h4", str(value)) for value in range(7, 11)),
        ("hs", "nothing logged"),
    ]


@pytest.mark.parametrize("shows", ["answer", "load", "pain"])
def test_the_legend_tells_silence_from_all_else(shows):
    signs = dict(legend(shows))
    assert len(signs) == len(legend(shows))
    assert "hs" in signs
