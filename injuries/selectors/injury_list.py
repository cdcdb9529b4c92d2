"""The club's list of sore heels: of runners who share everything, in the terms of surveillance.

Somebody who shares their status has no row here; they are in the figures of prevalence.py.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Q
from django.utils.crypto import salted_hmac

from injuries.care.check import Answers, severity, substantial
from injuries.models import HeelProblem, Training, WeeklyAssessment, WeeklyCheck
from injuries.selectors.sharing import shares_pain
from injuries.surveillance import (
    COULD_NOT,
    RAN_LESS,
    REGIONS,
    Course,
    Episode,
    TimeLoss,
    episode,
    time_loss,
)
from members.models import Activity, DayStatus, Membership
from members.selectors.people import runners_visible_to
from members.weeks import monday_of

CODE_LENGTH = 10


@dataclass(frozen=True, slots=True)
class Checks:
    """What the weekly checks said while a problem was open."""

    weeks: int  # from the one it began in on
    answered: int
    ran_less: int
    could_not: int
    peak: int | None  # the highest score of 0 to 100; None where none is known
    substantial: bool | None  # None where no answer says so


@dataclass(frozen=True, slots=True)
class Injury:
    """One problem of one runner. `code` names the runner to whoever may not know the name."""

    runner: Membership
    code: str
    problem: HeelProblem
    region: str
    episode: Episode
    loss: TimeLoss
    checks: Checks


@dataclass(frozen=True, slots=True)
class InjuryList:
    """The problems, the newest first, and how many runners could have one in it."""

    injuries: tuple[Injury, ...]
    runners: int
    open_runners: int  # of them, who share everything


class _Check(NamedTuple):
    """One weekly check, as its row has it."""

    problem_id: int | None
    week: dt.date
    participation: int
    volume: int | None
    performance: int | None
    pain: int | None

    @property
    def answers(self) -> Answers:
        """The four of them."""
        return self.participation, self.volume, self.performance, self.pain


def injury_list(
    coach: Membership, *, on: dt.date, since: dt.date | None = None, squad_id: int | None = None
) -> InjuryList:
    """Return the problems that were open on `since` or later, to be looked at on `on`.

    Six queries. Without `since` all of them; with `squad_id` those of that squad.
    """
    visible = [
        one for one in runners_visible_to(coach) if squad_id is None or one.squad_id == squad_id
    ]
    members = {one.user_id: one for one in visible if shares_pain(one)}
    problems = list(_problems(members, on=on, since=since))
    facts = _Facts(problems, on=on)
    injuries = [_injury(members[one.runner_id], one, facts, on=on) for one in problems]
    return InjuryList(tuple(injuries), runners=len(visible), open_runners=len(members))


def runner_code(member: Membership) -> str:
    """Return the runner's code: the same every time in this club, and nobody can read it back."""
    return _code("r", member.club_id, member.user_id)


def problem_code(member: Membership, problem_id: int) -> str:
    """Return the code of one of the runner's problems, likewise."""
    return _code("p", member.club_id, problem_id)


def _code(kind: str, club_id: int, pk: int) -> str:
    return kind + salted_hmac(f"injuries.code-{kind}", f"{club_id}-{pk}").hexdigest()[:CODE_LENGTH]


def _problems(
    members: Iterable[int], *, on: dt.date, since: dt.date | None
) -> Iterable[HeelProblem]:
    found = HeelProblem.objects.filter(runner__in=list(members), since__lte=on)
    if since is not None:
        found = found.filter(Q(closed_on__isnull=True) | Q(closed_on__gte=since))
    # What a clinician said is for nobody but the runner, so it is not even read.
    return found.select_related("follows").defer("clinician_said", "follows__clinician_said")


class _Facts:
    """The days and weeks of these runners, from the first problem on. Four queries."""

    def __init__(self, problems: Sequence[HeelProblem], *, on: dt.date) -> None:
        runners = {one.runner_id for one in problems}
        first = min((one.since for one in problems), default=on)
        days = {"runner__in": runners, "on__range": (first, on)}
        weeks = {"runner__in": runners, "week__range": (monday_of(first), on)}
        self.ran: defaultdict[int, set[dt.date]] = defaultdict(set)
        self.said: defaultdict[int, dict[dt.date, str]] = defaultdict(dict)
        self.checks: defaultdict[int, list[_Check]] = defaultdict(list)
        self.rest_weeks: defaultdict[int, set[dt.date]] = defaultdict(set)
        runs = Activity.objects.filter(kind=Activity.Kind.RUN, **days).order_by()
        for runner, day in runs.values_list("runner_id", "on"):
            self.ran[runner].add(day)
        said = DayStatus.objects.filter(**days).order_by()
        for runner, day, status in said.values_list("runner_id", "on", "status"):
            self.said[runner][day] = status
        rests = WeeklyAssessment.objects.filter(training=Training.REST, **weeks).order_by()
        for runner, week in rests.values_list("runner_id", "week"):
            self.rest_weeks[runner].add(week)
        checks = WeeklyCheck.objects.filter(**weeks).order_by("week")
        for runner, *said_in_it in checks.values_list("runner_id", *_Check._fields):
            self.checks[runner].append(_Check(*said_in_it))

    def checks_about(self, problem: HeelProblem, *, until: dt.date) -> list[_Check]:
        """Return the checks about this problem or both heels, of the weeks it was open in."""
        first = monday_of(problem.since)
        return [
            one
            for one in self.checks[problem.runner_id]
            if one.problem_id in (None, problem.pk) and first <= one.week < until
        ]


def _injury(member: Membership, problem: HeelProblem, facts: _Facts, *, on: dt.date) -> Injury:
    # On the day it was closed the runner could run; today is not over.
    until = problem.closed_on or on
    checks = facts.checks_about(problem, until=until)
    worst = _worst_of_weeks(checks)
    course = Course(
        ran=facts.ran[member.user_id],
        said=facts.said[member.user_id],
        checks=worst,
        rest_weeks=facts.rest_weeks[member.user_id],
    )
    return Injury(
        runner=member,
        code=runner_code(member),
        problem=problem,
        region=REGIONS[problem.spot],
        episode=episode(
            has_earlier=problem.follows is not None, days_since=problem.days_since_earlier
        ),
        loss=time_loss(course, since=problem.since, until=until),
        checks=_checks(checks, worst, weeks=_weeks(problem.since, until)),
    )


def _weeks(since: dt.date, until: dt.date) -> int:
    last = max(since, until - dt.timedelta(days=1))
    return (monday_of(last) - monday_of(since)).days // 7 + 1


def _worst_of_weeks(checks: Iterable[_Check]) -> dict[dt.date, int]:
    worst: dict[dt.date, int] = {}
    for one in checks:
        worst[one.week] = max(one.participation, worst.get(one.week, 0))
    return worst


def _checks(checks: Sequence[_Check], worst: Mapping[dt.date, int], *, weeks: int) -> Checks:
    scores = [score for one in checks if (score := severity(one.answers)) is not None]
    said = {substantial(one.answers) for one in checks}
    answers = list(worst.values())
    return Checks(
        weeks=weeks,
        answered=len(answers),
        ran_less=answers.count(RAN_LESS),
        could_not=answers.count(COULD_NOT),
        peak=max(scores, default=None),
        substantial=True if True in said else None if None in said or not said else False,
    )
