"""Heel problems: open, answer the fixed questions, be assessed, close. Silence closes nothing."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from injuries.models import HeelProblem, RedFlagAnswers, Side, Spot
from injuries.risk import ALL_RED_FLAGS
from injuries.services.assessing import mark_changed
from injuries.services.pain import require_consent
from members.models import User
from members.weeks import day_refusal


def open_problem(
    runner: User, *, side: str, spot: str, since: dt.date, now: dt.datetime
) -> HeelProblem:
    """Open a problem. Raises ValidationError by field, also where this spot is open already."""
    require_consent(runner)
    errors: dict[str, str] = {}
    if side not in Side.values:
        errors["side"] = "Choose left, right or both."
    if spot not in Spot.values:
        errors["spot"] = "Choose a spot from the list."
    refused = day_refusal(since, today=runner.today(now=now))
    if refused:
        errors["since"] = refused
    if errors:
        raise ValidationError(errors)
    try:
        with transaction.atomic():
            problem = HeelProblem.objects.create(
                runner=runner, side=side, spot=spot, since=since, created_at=now
            )
            mark_changed(runner, first_day=since, now=now)
    except IntegrityError:
        raise ValidationError({"spot": "This spot is open already."}) from None
    return problem


def close_problem(problem: HeelProblem, *, on: dt.date, now: dt.datetime) -> HeelProblem:
    """Close a problem as of a day. Raises ValidationError for a day before it began or to come."""
    if on < problem.since:
        raise ValidationError({"on": "It cannot end before it began."})
    if on > problem.runner.today(now=now):
        raise ValidationError({"on": "This day lies in the future."})
    with transaction.atomic():
        problem.closed_on = on
        problem.save(update_fields=["closed_on"])
        mark_changed(problem.runner, first_day=on, now=now)
    return problem


def answer_red_flags(
    problem: HeelProblem, *, answers: dict[str, bool | None], on: dt.date, now: dt.datetime
) -> RedFlagAnswers:
    """Keep the answers to the fixed questions (evidence 3.1); null: not answered."""
    require_consent(problem.runner)
    unknown = set(answers) - set(ALL_RED_FLAGS)
    if unknown:
        raise ValidationError({"answers": f"{min(unknown)} is not one of the questions."})
    return _record(problem, answers=answers, assessed_on=None, on=on, now=now)


def record_assessed(problem: HeelProblem, *, on: dt.date, now: dt.datetime) -> RedFlagAnswers:
    """Note that a clinician has looked at it: every yes so far is then answered for."""
    if on > problem.runner.today(now=now):
        raise ValidationError({"on": "This day lies in the future."})
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
