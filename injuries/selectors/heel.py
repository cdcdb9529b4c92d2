"""A runner's heel: open problems, their course, what has not been answered lately."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from injuries.models import HeelProblem, PainReport, RedFlagAnswers
from injuries.questions import TODAY, WITHIN_DAYS
from injuries.risk import ALL_RED_FLAGS, RED_FLAG_IDS, STANDING_FACTS
from injuries.risk import thresholds as t
from injuries.selectors.assessments import Fired
from members.models import User


def problems_of(runner: User) -> QuerySet[HeelProblem]:
    """Return the runner's problems, open ones first, then newest first."""
    return HeelProblem.objects.filter(runner=runner).order_by("closed_on", "-since", "-id")


def open_problems_of(runner: User) -> QuerySet[HeelProblem]:
    """Return the runner's open problems, oldest first."""
    return HeelProblem.objects.filter(runner=runner).open().order_by("since", "id")


def is_followed(runner: User) -> bool:
    """Tell whether a spot is sore now, or a way back from one goes on. One query."""
    way_back = Q(return_plans__isnull=False, return_plans__ended_on__isnull=True)
    still_sore = Q(closed_on__isnull=True)
    return HeelProblem.objects.filter(way_back | still_sore, runner=runner).exists()


SAME_TAP = dt.timedelta(minutes=10)  # a form that comes again so soon is the second copy of one


def just_opened(
    runner: User, *, side: str, spot: str, since: dt.date, now: dt.datetime
) -> HeelProblem | None:
    """Return the open problem that a second copy of its form would open again, or None."""
    same = open_problems_of(runner).filter(side=side, spot=spot, since=since)
    return same.filter(created_at__gt=now - SAME_TAP).first()


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


def safety_due(problems: Sequence[HeelProblem], *, on: dt.date) -> dict[int, str]:
    """Return by problem id why the safety questions are due; those not due are left out.

    "new" until all are answered, "hurt" after a run that hurt more than 5 of 10, and "week" a week
    after the last answers (evidence 3.1). All of one runner; two queries.
    """
    if not problems:
        return {}
    runner_id = problems[0].runner_id
    said = _answers_of(runner_id, on=on)
    hurt = PainReport.objects.filter(runner=runner_id, during__gt=t.PAIN_STOP, on__lte=on)
    hurt_at = list(hurt.values_list("on", "reported_at"))
    return {
        problem.pk: why for problem in problems if (why := _why_due(problem, said, hurt_at, on=on))
    }


def _why_due(
    problem: HeelProblem,
    said: list[RedFlagAnswers],
    hurt_at: list[tuple[dt.date, dt.datetime]],
    *,
    on: dt.date,
) -> str:
    own = [one for one in said if one.problem_id == problem.pk and one.assessed_on is None]
    last = max(own, key=lambda one: one.answered_at, default=None)
    if last is None or _unanswered(said, problem, on=last.on):
        return "new"
    if any(day >= problem.since and at > last.answered_at for day, at in hurt_at):
        return "hurt"
    return "week" if (on - last.on).days >= ASK_AGAIN_DAYS else ""


def stop_message(flags: Iterable[Fired]) -> str:
    """Return the fixed message of the red flags among these; empty where none stands."""
    actions = {flag.action for flag in flags if flag.rule in RED_FLAG_IDS}
    if not actions:
        return ""
    return TODAY if "urgent_today" in actions else WITHIN_DAYS


def unanswered_questions(problem: HeelProblem, *, on: dt.date) -> list[str]:
    """Return the fixed questions without an answer of the last ten days (standing facts: ever)."""
    return _unanswered(_answers_of(problem.runner_id, on=on), problem, on=on)


def _answers_of(runner_id: int, *, on: dt.date) -> list[RedFlagAnswers]:
    return list(RedFlagAnswers.objects.filter(runner=runner_id, on__lte=on))


def _unanswered(said: list[RedFlagAnswers], problem: HeelProblem, *, on: dt.date) -> list[str]:
    fresh_from = on - dt.timedelta(days=t.ANSWER_DAYS - 1)
    answered = {
        question
        for one in said
        if one.on <= on
        for question, answer in one.answers.items()
        if answer is not None
        and (one.on >= fresh_from or (one.on >= problem.since and question in STANDING_FACTS))
    }
    return [question for question in ALL_RED_FLAGS if question not in answered]
