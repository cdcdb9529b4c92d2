"""A runner's heel: open problems, their course, what has not been answered lately."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from injuries.models import HeelProblem, PainReport, RedFlagAnswers
from injuries.risk import ALL_RED_FLAGS, STANDING_FACTS
from injuries.risk import thresholds as t
from members.models import User


def problems_of(runner: User) -> QuerySet[HeelProblem]:
    """Return the runner's problems, open ones first, then newest first."""
    return HeelProblem.objects.filter(runner=runner).order_by("closed_on", "-since", "-id")


def open_problems_of(runner: User) -> QuerySet[HeelProblem]:
    """Return the runner's open problems, oldest first."""
    return HeelProblem.objects.filter(runner=runner).open().order_by("since", "id")


@dataclass(frozen=True, slots=True)
class CourseDay:
    """What was said on one day, 0 to 10; None: nothing."""

    on: dt.date
    first_step: int | None
    during: int | None
    after: int | None


def course_of(runner: User, *, first: dt.date, last: dt.date) -> list[CourseDay]:
    """Return every day with a report between two days, oldest first. One query."""
    rows = PainReport.objects.filter(runner=runner, on__range=(first, last)).order_by("on", "id")
    days: dict[dt.date, dict[str, int | None]] = {}
    for row in rows:
        day = days.setdefault(row.on, {"first_step": None, "during": None, "after": None})
        for name in day:
            known = [value for value in (day[name], getattr(row, name)) if value is not None]
            day[name] = max(known, default=None)
    return [CourseDay(on, **values) for on, values in days.items()]


ASK_AGAIN_DAYS = 7  # once a week while a problem is open (evidence 3.1)


def safety_due(problem: HeelProblem, *, on: dt.date) -> str:
    """Return why the safety questions are due: "new", "hurt" or "week"; empty where they are not.

    When a problem opens, after a run that hurt more than 5 of 10, and once a week (evidence 3.1).
    """
    last = (
        RedFlagAnswers.objects.filter(problem=problem, assessed_on__isnull=True)
        .order_by("answered_at")
        .last()
    )
    if last is None or unanswered_questions(problem, on=last.on):
        return "new"
    hurt = PainReport.objects.filter(
        runner=problem.runner_id, during__gt=t.PAIN_STOP, reported_at__gt=last.answered_at
    )
    if hurt.filter(on__gte=problem.since, on__lte=on).exists():
        return "hurt"
    return "week" if (on - last.on).days >= ASK_AGAIN_DAYS else ""


def unanswered_questions(problem: HeelProblem, *, on: dt.date) -> list[str]:
    """Return the fixed questions without an answer of the last ten days (standing facts: ever)."""
    fresh_from = on - dt.timedelta(days=t.ANSWER_DAYS - 1)
    rows = RedFlagAnswers.objects.filter(
        Q(on__gte=fresh_from) | Q(on__gte=problem.since), runner=problem.runner_id, on__lte=on
    ).values_list("on", "answers")
    answered = {
        question
        for day, answers in rows
        for question, answer in answers.items()
        if answer is not None and (day >= fresh_from or question in STANDING_FACTS)
    }
    return [question for question in ALL_RED_FLAGS if question not in answered]
