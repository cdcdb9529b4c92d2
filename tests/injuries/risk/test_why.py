"""Behind every flag stand its own numbers, what was compared, the sources and what ends it."""

import datetime as dt
import re
from dataclasses import replace

import pytest

from injuries.risk import assess, why
from injuries.risk.reasons import COMPARES, ENDS, THRESHOLDS
from injuries.risk.sentences import RUNNER
from injuries.risk.thresholds import TABLE
from injuries.risk.why import OWN, UNSAID, WORDED
from tests.injuries.risk.test_every_flag import EVERY

RULES = {rule for rule, _ in RUNNER}


def test_every_rule_and_level_is_explained():
    assert COMPARES.keys() == THRESHOLDS.keys() == RULES
    assert ENDS.keys() == RUNNER.keys()
    assert {name for names in THRESHOLDS.values() for name in names} <= {row.id for row in TABLE}


@pytest.mark.parametrize(("rule", "level"), EVERY)
def test_no_number_of_a_flag_is_left_out(rule, level):
    values = EVERY[rule, level][1]
    assert values.keys() <= WORDED.keys() | UNSAID
    said = why(rule, level, values, own=True)
    known = [key for key, value in values.items() if value is not None and key not in UNSAID]
    assert len(said.numbers) == len(known)
    assert said.ends.endswith(".")
    to_coach = why(rule, level, values, own=False)
    assert len(to_coach.numbers) == len(set(known) - OWN)


def test_a_spike_with_its_numbers_limits_and_end():
    said = why("L1", "over_10", EVERY["L1", "over_10"][1], own=False)
    assert said.numbers == (
        ("the run", "Saturday 7 March 2026"),
        ("distance", "13.0 km"),
        ("the longest run of the 30 days before", "10.0 km"),
        ("share of it", "130 %"),
    )
    assert said.limits[0] == (
        "110 %",
        "a run beyond this share of the base is a spike",
        "10.1136/bjsports-2024-109380",
        "https://doi.org/10.1136/bjsports-2024-109380",
        "from a large cohort",
    )
    assert said.limits[2] == (
        "1.0 km", "smaller excesses are within logging error", "our own choice", "", "",
    )  # fmt: skip
    assert said.ends == "By itself: 20 March is the last day it stands."


def test_a_source_is_named_without_the_chapter_of_our_notes():
    limits = why("S1", "check_wear", EVERY["S1", "check_wear"][1], own=True).limits
    assert [(limit.value, limit.source) for limit in limits] == [
        ("500.0 km", "convention"),
        ("800.0 km", "convention"),
    ]


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"declared": True}, "the longest run that was told of"),
        ({"since_break": True}, "the longest run since coming back"),
    ],
)
def test_another_base_has_another_name(values, name):
    values = {**EVERY["L1", "over_10"][1], **values}
    assert (name, "6.2 mi") in why("L1", "over_10", values, unit="mi", own=True).numbers


def test_single_answers_are_told_to_nobody_but_the_runner():
    values = EVERY["RF1", "yes"][1]
    assert ("answered yes", "to 1 question") in why("RF1", "yes", values, own=True).numbers
    assert why("RF1", "yes", values, own=False).numbers == (("since", "Thursday 12 March 2026"),)


@pytest.mark.parametrize(
    ("rule", "level", "ends"),
    [
        ("P1", "over_limit", "With a later run that stays at 2 of 10 or below, or by itself after "
         "27 March."),
        ("P2", "not_settled_once", "By itself: 20 March is the last day it stands."),
        ("P2", "not_settled_twice", "With two mornings in a row back to usual, or by itself within "
         "28 days."),
        ("L3", "layoff_7_13", "By itself: 21 March is the last day of the return."),
        ("L3", "after_problem", "16 days after the first run back."),
    ],
)  # fmt: skip
def test_when_it_ends(rule, level, ends):
    assert why(rule, level, EVERY[rule, level][1], own=True).ends == ends


@pytest.mark.parametrize(
    ("rule", "level"),
    [
        ("L1", "over_10"),
        ("L1", "over_100"),
        ("L3", "layoff_7_13"),
        ("L3", "layoff_14_28"),
        ("L3", "layoff_over_28"),
        ("L3", "no_base"),
        ("M9", "limping"),
        ("P1", "over_limit"),
        ("P1", "stop"),
        ("P2", "not_settled_once"),
    ],
)
def test_the_rules_agree_with_the_last_day_that_is_told(rule, level):
    history, values = EVERY[rule, level][:2]
    told = re.search(r"(\d+) (March|April)", why(rule, level, values, own=True).ends)
    last = dt.date(2026, {"March": 3, "April": 4}[told[2]], int(told[1]))
    stands = [
        any(flag.rule == rule for flag in assess(replace(history, on=day)).flags)
        for day in (last, last + dt.timedelta(days=1))
    ]
    assert stands == [True, False]
