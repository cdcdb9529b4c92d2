"""Runs the rules and applies the precedence of evidence 7: the strictest answer stands."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from injuries.risk import load
from injuries.risk.facts import Facts
from injuries.risk.findings import Fired, NotJudged
from injuries.risk.rules import RULES
from injuries.risk.sentences import runner_sentence
from injuries.risk.types import (
    CLINICIAN,
    TRAINING,
    Activity,
    Assessment,
    Flag,
    History,
    Unjudged,
    WhatIf,
)

ENGINE_VERSION = "1.2.1"


def assess(history: History) -> Assessment:
    """Say what the rules say about one runner on `history.on`. Same input, same answer."""
    facts = Facts(history)
    findings = [finding for rule in RULES for finding in rule(facts)]
    fired = sorted((f for f in findings if isinstance(f, Fired)), key=lambda f: f.rule)
    unjudged = sorted((f for f in findings if isinstance(f, NotJudged)), key=lambda f: f.rule)
    metres, until = _ceiling(facts, fired)
    numbers = load.measures(facts)
    return Assessment(
        on=history.on,
        engine=ENGINE_VERSION,
        training=_training(fired, unjudged),
        shoes=any(finding.shoes for finding in fired),
        clinician=_clinician(fired),
        coverage_30=round(facts.coverage(facts.on), 4),
        ceiling_m=metres,
        ceiling_until=until,
        measures={
            "L1": {"ratio": numbers.ratio},
            "L4": {"change": numbers.change},
            "L7": {"z": numbers.z},
        },
        flags=tuple(_flag(finding, history.on) for finding in fired),
        not_assessed=tuple(Unjudged(finding.rule, finding.why) for finding in unjudged),
    )


def ceiling(history: History) -> int | None:
    """Return the distance in metres to hold to on the next run; None where undefined (L2)."""
    found = load.ceiling(Facts(history))
    return None if found is None else found.metres


def what_if(history: History, *, distance_m: int) -> WhatIf:
    """Say what a run of that many metres today would mean by L1, before it is run (evidence 1.2).

    Raises ValueError unless it is at least a metre.
    """
    return what_ifs(history, distances_m=[distance_m])[0]


def what_ifs(history: History, *, distances_m: Sequence[int]) -> list[WhatIf]:
    """Say it of several distances, each of them instead of the others.

    Raises ValueError unless each is at least a metre.
    """
    if min(distances_m) < 1:
        raise ValueError("A run is at least one metre long.")
    now = assess(history)
    return [_what_if(history, now, distance_m) for distance_m in distances_m]


def _what_if(history: History, now: Assessment, distance_m: int) -> WhatIf:
    run = Activity(on=history.on, distance_m=distance_m)
    facts = Facts(replace(history, activities=(*history.activities, run)))
    found = load.compare(facts, load.alone(run)) if history.adult else load.TOO_YOUNG
    compared = found if isinstance(found, load.Compared) else None
    return WhatIf(
        on=history.on,
        distance_m=distance_m,
        training=now.training,
        ceiling_m=now.ceiling_m,
        level=compared.level if compared else None,
        values=compared.values if compared else None,
        why=found.why if isinstance(found, load.Incomparable) else None,
    )


def _training(fired: list[Fired], unjudged: list[NotJudged]) -> str:
    answers = {finding.training for finding in fired} | {"carry_on"}
    if any(finding.blocks for finding in unjudged):
        answers.add("not_assessed")
    return min(answers, key=TRAINING.index)


def _clinician(fired: list[Fired]) -> str | None:
    levels = {finding.clinician for finding in fired if finding.clinician is not None}
    return min(levels, key=CLINICIAN.index, default=None)


def _ceiling(facts: Facts, fired: list[Fired]) -> tuple[int | None, dt.date | None]:
    """L2's ceiling, lowered to what an unsettled morning (P2) asks for: one number, not two."""
    found = load.ceiling(facts)
    if found is None:
        return None, None
    keep = [f for f in fired if f.level == "not_settled_once" and f.values["keep_m"]]
    if keep and keep[0].values["keep_m"] < found.metres:
        morning = dt.date.fromisoformat(keep[0].values["morning_on"])
        return keep[0].values["keep_m"], morning + dt.timedelta(days=6)
    return found.metres, found.until


def _flag(finding: Fired, on: dt.date) -> Flag:
    return Flag(
        rule=finding.rule,
        level=finding.level,
        action=finding.action,
        values=finding.values,
        text=runner_sentence(finding.rule, _wording(finding), finding.values, on=on),
        coach=finding.coach,
    )


def _wording(finding: Fired) -> str:
    return (
        "yes_today" if (finding.rule, finding.action) == ("RF3", "urgent_today") else finding.level
    )
