"""Heel problems: open, answer the fixed questions, be assessed, close. Silence closes nothing."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from injuries.models import ClosedBy, HeelProblem, Onset, RedFlagAnswers, Side, Spot
from injuries.questions import LATELY
from injuries.risk import ALL_RED_FLAGS
from injuries.services.assessing import mark_changed
from injuries.services.pain import require_consent
from members.models import User
from members.weeks import day_refusal

CLINICIAN_SAID_LENGTH = 200


def open_problem(
    runner: User,
    *,
    side: str,
    spot: str,
    since: dt.date,
    now: dt.datetime,
    onset: str = "",
    lately: Iterable[str] = (),
    clinician_said: str = "",
    achilles_named: bool = False,
) -> HeelProblem:
    """Open a problem. Raises ValidationError by field, also where this spot is open already."""
    require_consent(runner)
    problem = HeelProblem(runner=runner, side=side, spot=spot, since=since, created_at=now)
    errors = _describe(problem, onset, lately, clinician_said, achilles_named=achilles_named)
    if side not in Side.values:
        errors["side"] = "Choose left, right or both."
    if spot not in Spot.values:
        errors["spot"] = "Choose a spot from the list."
    refused = day_refusal(since, today=runner.today(now=now))
    if refused:
        errors["since"] = refused
    if errors:
        raise ValidationError(errors)
    problem.follows = _earlier(problem)
    try:
        with transaction.atomic():
            problem.save()
            mark_changed(runner, first_day=since, now=now)
    except IntegrityError:
        raise ValidationError({"spot": "This spot is open already."}) from None
    return problem


def describe_problem(
    problem: HeelProblem,
    *,
    onset: str,
    lately: Iterable[str],
    clinician_said: str,
    achilles_named: bool,
) -> HeelProblem:
    """Keep how a problem began and what a clinician said. Raises ValidationError by field."""
    require_consent(problem.runner)
    errors = _describe(problem, onset, lately, clinician_said, achilles_named=achilles_named)
    if errors:
        raise ValidationError(errors)
    problem.save(update_fields=["onset", "lately", "clinician_said", "achilles_named"])
    return problem


def _describe(
    problem: HeelProblem,
    onset: str,
    lately: Iterable[str],
    clinician_said: str,
    *,
    achilles_named: bool,
) -> dict[str, str]:
    """Set these fields and return what is wrong with them."""
    chosen = set(lately)
    problem.onset, problem.achilles_named = onset, achilles_named
    problem.lately = [one for one in LATELY if one in chosen]
    problem.clinician_said = clinician_said.strip()
    errors: dict[str, str] = {}
    if onset and onset not in Onset.values:
        errors["onset"] = "Choose how it began from the list."
    if chosen - set(LATELY):
        errors["lately"] = "Choose from the list."
    if len(problem.clinician_said) > CLINICIAN_SAID_LENGTH:
        errors["clinician_said"] = f"At most {CLINICIAN_SAID_LENGTH} characters."
    return errors


def _earlier(problem: HeelProblem) -> HeelProblem | None:
    """Return the last closed episode of the same spot on the same side, or None."""
    same = HeelProblem.objects.filter(
        runner=problem.runner, side=problem.side, spot=problem.spot, since__lte=problem.since
    )
    return same.filter(closed_on__isnull=False).order_by("-closed_on", "-id").first()


def close_problem(problem: HeelProblem, *, on: dt.date, now: dt.datetime) -> HeelProblem:
    """Close a problem as of a day. Raises ValidationError for a day before it began or to come."""
    if on < problem.since:
        raise ValidationError({"on": "It cannot end before it began."})
    if on > problem.runner.today(now=now):
        raise ValidationError({"on": "This day lies in the future."})
    with transaction.atomic():
        problem.closed_on, problem.closed_by = on, ClosedBy.RUNNER
        problem.save(update_fields=["closed_on", "closed_by"])
        mark_changed(problem.runner, first_day=on, now=now)
    return problem


def answer_red_flags(
    problem: HeelProblem, *, answers: dict[str, bool | None], on: dt.date, now: dt.datetime
) -> RedFlagAnswers:
    """Keep the answers to the fixed questions (evidence 3.1); null: not answered."""
    require_consent(problem.runner)
    refuse_unknown_questions(answers)
    return _record(problem, answers=answers, assessed_on=None, on=on, now=now)


def refuse_unknown_questions(answers: Mapping[str, bool | None]) -> None:
    """Raise ValidationError on "answers" for what is none of the fixed questions."""
    unknown = set(answers) - set(ALL_RED_FLAGS)
    if unknown:
        raise ValidationError({"answers": f"{min(unknown)} is not one of the questions."})


def record_assessed(problem: HeelProblem, *, on: dt.date, now: dt.datetime) -> RedFlagAnswers:
    """Note that a clinician has looked at it: every yes so far is then answered for.

    Raises ValidationError for a day to come or before the problem began.
    """
    require_consent(problem.runner)
    if on > problem.runner.today(now=now):
        raise ValidationError({"on": "This day lies in the future."})
    if on < problem.since:
        raise ValidationError({"on": "That was before it began."})
    return _record(problem, answers={}, assessed_on=on, on=on, now=now)


def _record(
    problem: HeelProblem,
    *,
    answers: dict[str, bool | None],
    assessed_on: dt.date | None,
    on: dt.date,
    now: dt.datetime,
) -> RedFlagAnswers:
    with transaction.atomic():
        said = RedFlagAnswers.objects.create(
            runner=problem.runner,
            problem=problem,
            on=on,
            answers=answers,
            assessed_on=assessed_on,
            answered_at=now,
        )
        mark_changed(problem.runner, first_day=on, now=now)
    return said
