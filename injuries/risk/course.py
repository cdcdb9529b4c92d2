"""Where a sore heel stands: the answers of P2, P3 and P4 as one word each, for the course.

The rules themselves are asked, so that the course never says other than the advice.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from injuries.risk import pain
from injuries.risk import thresholds as t
from injuries.risk.facts import Facts, day_of
from injuries.risk.findings import Finding, Fired
from injuries.risk.sentences import coach_sentence, number, runner_sentence, weekday
from injuries.risk.types import History


class Standing(NamedTuple):
    """One answer. `state`: a flag's level, or one of the states below; `rule` it is of."""

    rule: str
    state: str
    to_runner: str
    to_coach: str


SETTLED, NO_RUN, NO_MORNING = "settled", "no_run", "no_morning"
BETTER, STEADY, NEED_REPORTS = "better", "steady", "need_reports"

MORE_REPORTS = (
    f"At least {t.BASE_VALUES} mornings in each of the last two weeks are needed to tell how it "
    "goes from week to week."
)


def standing(history: History) -> tuple[Standing, ...]:
    """Return how the mornings after runs are, how it goes from week to week, and how long it lasts.

    Empty where no problem is open: then there is nothing to follow.
    """
    facts = Facts(history)
    if not facts.open_problems:
        return ()
    said = [
        _fired(pain.next_morning, facts) or _morning(facts),
        _fired(pain.trend, facts) or _trend(facts),
        _fired(pain.duration, facts),
    ]
    return tuple(one for one in said if one is not None)


def hurt_before(history: History) -> bool:
    """Tell whether there was an injury within twelve months (M1), said or closed here."""
    return Facts(history).previous_injury


def _fired(rule: Callable[[Facts], Iterator[Finding]], facts: Facts) -> Standing | None:
    """Return what the rule says of these facts in its own sentences; None where it is quiet."""
    for one in rule(facts):
        if isinstance(one, Fired):
            on, level = facts.history.on, one.level
            to_runner = runner_sentence(one.rule, level, one.values, on=on)
            return Standing(
                one.rule, level, to_runner, coach_sentence(one.rule, level, one.values, on=on)
            )
    return None


def _morning(facts: Facts) -> Standing:
    """Return what P2 has seen where it does not fire: the morning after the last run."""
    first = facts.on - t.UNSETTLED_DAYS
    days = [day for day in facts.run_days if first < day + 1 <= facts.on]
    if not days:
        text = "No run within the last week whose next morning could tell."
        return Standing("P2", NO_RUN, text, text)
    run_on = weekday(day_of(days[-1]).isoformat(), facts.history.on)
    if pain.settled(facts, days[-1]):
        text = f"The morning after {run_on}'s run was back to usual."
        return Standing("P2", SETTLED, text, text)
    text = f"Nothing was said of the morning after {run_on}'s run, so we cannot tell."
    return Standing("P2", NO_MORNING, text, text)


def _trend(facts: Facts) -> Standing:
    """Return what P3 has seen where it does not fire."""
    now, before = facts.week_medians[:2]
    if now is None or before is None:
        return Standing("P3", NEED_REPORTS, MORE_REPORTS, MORE_REPORTS)
    medians = f"first steps at {number(now)} of 10 this week, {number(before)} the week before."
    if facts.getting_better:
        return Standing("P3", BETTER, f"Better: {medians}", f"Better: {medians}")
    return Standing("P3", STEADY, f"About the same: {medians}", f"About the same: {medians}")
