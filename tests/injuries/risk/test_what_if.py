"""What a run would mean before it is run: the same rule, the same numbers."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from injuries.risk import Activity, assess, ceiling, what_if, what_if_sentence
from tests.injuries.risk.histories import ON, run, sore, steady
from tests.injuries.risk.test_properties import histories, many


@pytest.mark.parametrize(
    ("metres", "level"),
    [(11_000, None), (11_001, "over_10"), (20_000, "over_10"), (20_001, "over_100")],
)
def test_the_levels_are_those_of_the_single_run_rule(metres, level):
    outcome = what_if(steady(), distance_m=metres)

    assert outcome.level == level
    assert outcome.values == {
        "distance_m": metres,
        "longest_30d_m": 10_000,
        "ratio": round(metres / 10_000, 4),
        "run_on": "2026-03-15",
    }
    assert (outcome.training, outcome.ceiling_m, outcome.why) == ("carry_on", 11_000, None)


def test_the_sentences():
    said = [what_if_sentence(what_if(steady(), distance_m=m)) for m in (9_000, 14_000, 21_000)]

    assert said == [
        "9.0 km would be no big step beside your longest of the 30 days before (10.0 km).",
        "14.0 km would be more than a tenth longer than your longest of the 30 days before "
        "(10.0 km). 11.0 km is as far as we would go.",
        "21.0 km would be more than twice your longest of the 30 days before (10.0 km). "
        "11.0 km is as far as we would go.",
    ]


def test_miles():
    outcome = what_if(steady(), distance_m=16_093)
    assert what_if_sentence(outcome, unit="mi").startswith("10.0 mi would be more than a tenth")


def test_an_advice_to_stop_running_comes_first():
    history = steady(run(1, 5, pain_during=7), **sore())
    outcome = what_if(history, distance_m=5_000)

    assert outcome.training == assess(history).training == "rest"
    assert what_if_sentence(outcome).startswith("The advice now is to rest, and that comes first.")


def test_what_cannot_be_compared_says_why():
    outcome = what_if(replace(steady(), activities=(), days=()), distance_m=5_000)

    assert (outcome.level, outcome.values) == (None, None)
    assert what_if_sentence(outcome) == (
        "We cannot say what 5.0 km would mean: less than 30 days of data."
    )


def test_under_eighteen_single_runs_are_not_compared():
    outcome = what_if(replace(steady(), adult=False), distance_m=30_000)

    assert outcome.why == "single runs are not compared under 18"


def test_a_run_already_logged_today_is_no_base_for_the_next():
    outcome = what_if(steady(run(0, 14)), distance_m=14_000)

    assert outcome.values["longest_30d_m"] == 10_000


@pytest.mark.parametrize("metres", [0, -1])
def test_a_run_is_at_least_a_metre(metres):
    with pytest.raises(ValueError, match="at least one metre"):
        what_if(steady(), distance_m=metres)


@many
@given(histories, st.integers(1, 60_000))
def test_it_says_what_the_rule_says_once_the_run_is_logged(history, metres):
    """Logged without a start it is a session of its own, and L1's flag has the same numbers."""
    outcome = what_if(history, distance_m=metres)
    logged = replace(history, activities=(*history.activities, Activity(on=ON, distance_m=metres)))
    flags = [flag for flag in assess(logged).flags if flag.rule == "L1"]

    assert what_if_sentence(outcome)
    assert outcome.ceiling_m == assess(history).ceiling_m
    if outcome.level is not None:
        assert flags
        assert flags[0].values["ratio"] >= outcome.values["ratio"]


@many
@given(histories, st.integers(1, 60_000), st.integers(1, 5_000))
def test_farther_is_never_milder(history, metres, more):
    order = [None, "over_10", "over_100"]
    near = what_if(history, distance_m=metres).level
    far = what_if(history, distance_m=metres + more).level
    assert order.index(far) >= order.index(near)


def test_what_stays_within_the_ceiling_is_no_spike():
    history = steady()
    assert what_if(history, distance_m=ceiling(history)).level is None
