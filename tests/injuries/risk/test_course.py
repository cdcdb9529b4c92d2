"""Where a sore heel stands: one word a rule, and never another than the rule's own answer."""

import pytest
from hypothesis import given, settings

from injuries.risk import assess, runner_sentence, standing
from tests.injuries.risk.histories import flag, mornings, run, sore, steady, with_
from tests.injuries.risk.test_properties import histories

WEEKS = {9: 4, 8: 4, 7: 4}


def states(history):
    return {one.rule: one.state for one in standing(history)}


def said(history, rule):
    return next(one.to_runner for one in standing(history) if one.rule == rule)


def test_without_an_open_problem_there_is_nothing_to_follow():
    assert standing(steady(run(1, 8), pain=mornings(WEEKS))) == ()


@pytest.mark.parametrize(
    ("pain", "state", "text"),
    [
        ({0: 2}, "settled", "The morning after Saturday's run was back to usual."),
        (
            {},
            "no_morning",
            "Nothing was said of the morning after Saturday's run, so we cannot tell.",
        ),
    ],
)
def test_the_morning_after_the_last_run(pain, state, text):
    history = steady(run(1, 8), **sore(pain=mornings(pain)))

    assert states(history)["P2"] == state
    assert said(history, "P2") == text


def test_mornings_that_do_not_settle_are_said_as_the_rule_says_them():
    once = steady(run(1, 8), **sore(pain=mornings({0: 5})))
    twice = steady(run(3, 8), run(1, 8), **sore(pain=mornings({2: 5, 0: 5})))

    assert states(once)["P2"] == "not_settled_once"
    assert states(twice)["P2"] == "not_settled_twice"
    assert said(once, "P2") == flag(assess(once), "P2").text


@pytest.mark.parametrize(("days", "state"), [(7, "settled"), (8, "no_run")])
def test_a_run_tells_for_a_week(days, state):
    history = steady(run(days, 8), **sore(since=9, pain=mornings({days - 1: 1})))
    history = with_(history, activities=history.activities[2:])  # without the base's own runs

    assert states(history)["P2"] == state


@pytest.mark.parametrize(
    ("now", "state", "text"),
    [
        (2, "better", "Better: first steps at 2 of 10 this week, 4 the week before."),
        (3, "steady", "About the same: first steps at 3 of 10 this week, 4 the week before."),
        (6, "worse", None),
        (None, "need_reports", None),
    ],
)
def test_from_week_to_week(now, state, text):
    this_week = {} if now is None else {2: now, 1: now, 0: now}
    history = steady(**sore(pain=mornings(WEEKS | this_week)))

    assert states(history)["P3"] == state
    assert text is None or said(history, "P3") == text


def test_drifting_is_told_from_getting_worse():
    weeks = {7 * week + day: 4 - week for week in range(4) for day in range(3)}

    assert states(steady(**sore(since=30, pain=mornings(weeks))))["P3"] == "drift"


@pytest.mark.parametrize(("since", "state"), [(13, None), (14, "not_better_14d")])
def test_two_weeks_and_not_better(since, state):
    assert states(steady(**sore(since=since))).get("P4") == state


@settings(max_examples=150)
@given(histories)
def test_whatever_is_logged_it_says_what_the_rules_say(history):
    """Each flag of P2 to P4 stands there in its own words, and nothing else claims to be one."""
    quiet = {"settled", "no_run", "no_morning", "better", "steady", "need_reports"}
    shown = {(one.rule, one.state): one for one in standing(history)}
    flags = {(f.rule, f.level): f for f in assess(history).flags if f.rule in {"P2", "P3", "P4"}}

    fired = {key for key in shown if key[1] not in quiet}
    is_open = any(problem.closed is None for problem in history.problems)
    assert fired == (set(flags) if is_open else set())
    for (rule, level), found in flags.items() if is_open else ():
        sentence = runner_sentence(rule, level, found.values, on=history.on)
        assert shown[rule, level].to_runner == sentence
