"""Red flags RF1 to RF3, evidence 3.1: fixed questions, any yes counts, there is no score."""

from collections.abc import Iterator

from injuries.risk import thresholds as t
from injuries.risk.facts import Facts, day_of
from injuries.risk.findings import Finding, Fired, NotJudged
from injuries.risk.types import ALL_RED_FLAGS, RED_FLAG_IDS, STANDING_FACTS

ACTIONS = {"RF1": "urgent_today", "RF2": "within_days", "RF3": "within_days"}


def standing(facts: Facts) -> dict[str, int]:
    """Every yes that no clinician has assessed since: question -> day ordinal it was said.

    A standing fact, once assessed, stays assessed however often it is said again.
    """
    assessed = [e.assessed_on.toordinal() for e in facts.history.red_flags if e.assessed_on]
    first_yes: dict[str, int] = {}
    last_yes: dict[str, int] = {}
    for entry in facts.history.red_flags:
        day = entry.on.toordinal()
        for question in (q for q, answer in entry.answers.items() if answer):
            first_yes[question] = min(day, first_yes.get(question, day))
            last_yes[question] = max(day, last_yes.get(question, day))
    latest = max(assessed, default=0)
    since = {q: first_yes[q] if q in STANDING_FACTS else last_yes[q] for q in last_yes}
    return {question: day for question, day in since.items() if latest < day}


def _ever(facts: Facts, question: str) -> bool:
    return any(entry.answers.get(question) for entry in facts.history.red_flags)


def red_flags(facts: Facts) -> Iterator[Finding]:
    """RF1 today, RF2 and RF3 within days; no running until a clinician has had a look."""
    said = standing(facts) if facts.history.red_flags else {}
    for rule, questions in RED_FLAG_IDS.items() if said else ():
        yes = [question for question in questions if question in said]
        if not yes:
            continue
        action = ACTIONS[rule]
        if "skin_colour_change" in yes and _ever(facts, "diabetes_circulation"):
            action = "urgent_today"
        since = day_of(min(said[question] for question in yes)).isoformat()
        values = {"questions": yes, "since": since}
        yield Fired(rule, "yes", action, values, training="rest", clinician=action)
    if facts.open_problems:
        yield from _unanswered(facts)


def unanswered(facts: Facts) -> list[str]:
    """Questions without a fresh answer, in their fixed order; standing facts once per problem."""
    newest = max((p.since.toordinal() for p in facts.open_problems), default=0)
    answered = set()
    for entry in facts.history.red_flags:
        day = entry.on.toordinal()
        fresh = facts.on - day < t.ANSWER_DAYS
        for question, answer in entry.answers.items():
            once = question in STANDING_FACTS and day >= newest
            if answer is not None and (fresh or once):
                answered.add(question)
    return [question for question in ALL_RED_FLAGS if question not in answered]


def _unanswered(facts: Facts) -> Iterator[NotJudged]:
    missing = set(unanswered(facts))
    for rule, questions in RED_FLAG_IDS.items():
        count = sum(question in missing for question in questions)
        if count:
            why = f"{count} of {len(questions)} questions have no answer of the last 10 days"
            yield NotJudged(rule, why, blocks=True)
