"""The weekly check: four answers of 0, 8, 17 or 25; the first is a gate (evidence 2.5).

Two "no problem" answers in a row close a problem (evidence 2.7); taken back, it is open again.
"""

import datetime as dt
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q

from injuries.care.check import Said, closes_on
from injuries.models import ClosedBy, HeelProblem, WeeklyCheck
from injuries.services.assessing import mark_changed
from injuries.services.pain import AlreadyAnswered, require_consent
from members.models import User
from members.weeks import day_refusal, monday_of

GATE_ENDS = (0, 25)  # no problem, or could not run at all: the other questions are not asked
Answers = Mapping[str, int | None]


def answer_check(
    runner: User,
    *,
    week: dt.date,
    on: dt.date,
    now: dt.datetime,
    participation: int,
    volume: int | None = None,
    performance: int | None = None,
    pain: int | None = None,
    problem: HeelProblem | None = None,
) -> WeeklyCheck:
    """Keep the check of a week, again if it was answered before. Raises ValidationError."""
    require_consent(runner)
    refused = day_refusal(week, today=runner.today(now=now))
    if refused:
        raise ValidationError({"week": refused})
    rest: tuple[int | None, ...] = (volume, performance, pain)
    if participation in GATE_ENDS:
        rest = (None, None, None)
    fields = dict(zip(("volume", "performance", "pain"), rest, strict=True))
    given = {"participation": participation} | fields
    refuse_scores(given)
    with transaction.atomic():
        check, _ = WeeklyCheck.objects.update_or_create(
            runner=runner,
            problem=problem,
            week=monday_of(week),
            defaults={"answered_on": on, **given},
        )
        mark_changed(runner, first_day=monday_of(week), now=now)
        _close_what_is_over(runner, now=now)
    return check


def refuse_scores(given: Mapping[str, int | None]) -> None:
    """Raise ValidationError by question for what is none of the answers."""
    errors = {
        name: "Choose one of the answers."
        for name, value in given.items()
        if value is not None and value not in WeeklyCheck.SCORES
    }
    if errors:
        raise ValidationError(errors)


def answer_by_link(
    runner: User, *, week: dt.date, on: dt.date, now: dt.datetime, answers: Answers
) -> WeeklyCheck:
    """Keep the answers that came by a mail's link: once a week.

    Raises AlreadyAnswered, or ValidationError.
    """
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=runner.pk)
        if WeeklyCheck.objects.filter(runner=runner, week=monday_of(week)).exists():
            raise AlreadyAnswered
        return answer_check(runner, week=week, on=on, now=now, **answers)  # type: ignore[arg-type]


def _close_what_is_over(runner: User, *, now: dt.datetime) -> None:
    by_checks = Q(closed_on__isnull=True) | Q(closed_by=ClosedBy.CHECKS)
    problems = list(HeelProblem.objects.filter(by_checks, runner=runner))
    if not problems:
        return
    rows = list(
        WeeklyCheck.objects.filter(runner=runner).values_list(
            "problem_id", "week", "answered_on", "participation"
        )
    )
    for problem in problems:
        about_it = [
            Said(week, answered_on, participation)
            for about, week, answered_on, participation in rows
            if about in (None, problem.pk)
        ]
        over_on = closes_on(about_it, since=problem.since)
        if over_on != problem.closed_on:
            _set_closed(problem, over_on, now=now)


def _set_closed(problem: HeelProblem, on: dt.date | None, *, now: dt.datetime) -> None:
    changed_from = min(day for day in (on, problem.closed_on) if day is not None)
    problem.closed_on = on
    problem.closed_by = "" if on is None else ClosedBy.CHECKS
    try:
        with transaction.atomic():
            problem.save(update_fields=["closed_on", "closed_by"])
            mark_changed(problem.runner, first_day=changed_from, now=now)
    except IntegrityError:
        pass  # the same spot has been opened anew meanwhile; that episode goes on instead
