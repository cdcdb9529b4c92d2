"""What coaches of a club were alerted to, week by week, and at which step they are now."""

import datetime as dt
from collections import defaultdict

from injuries.coach_list import ALL, NEVER, Told, listed_until
from injuries.models import FlagReport, RiskFlag, WeeklyAssessment
from members.models import Club, Membership, Sharing
from members.weeks import monday_of

WEEKS = 52
SETTLING = dt.timedelta(days=2)  # until the week that ended is judged everywhere in the world
WEEK = dt.timedelta(days=7)


def club_step(club: Club) -> int:
    """Return the step at which this club's coaches are alerted. One query."""
    step = FlagReport.objects.filter(club=club).values_list("coach_step", flat=True).first()
    return ALL if step is None else step


def told_by_runner(club: Club, *, now: dt.datetime) -> list[dict[dt.date, Told]]:
    """Return what each runner's settled weeks of the last year held for coaches. Three queries.

    Of runners who share anything with the club; a flag that was withdrawn is nobody's burden. For
    the job that works for the whole club: nobody is named.
    """
    runners = Membership.objects.active().runners().filter(club=club)
    ids = list(runners.exclude(sharing=Sharing.NOTHING).values_list("user_id", flat=True))
    over = monday_of((now - SETTLING).date())
    settled = WeeklyAssessment.objects.filter(
        runner__in=ids, settled_at__isnull=False, week__range=(over - WEEKS * WEEK, over - WEEK)
    ).order_by("week")
    lives: defaultdict[int, dict[dt.date, dict[str, int]]] = defaultdict(dict)
    for runner, week in settled.values_list("runner_id", "week"):
        lives[runner][week] = {}
    flags = RiskFlag.objects.standing().filter(assessment__in=settled).order_by()
    for runner, week, rule, level, action, values, coach in flags.values_list(
        "assessment__runner_id", "assessment__week", "rule", "level", "action", "values",
        "for_coach",
    ):  # fmt: skip
        until = listed_until(rule, level, action, values, coach=coach)
        if until > NEVER:
            lives[runner][week][rule] = until
    return [dict(weeks) for weeks in lives.values()]
