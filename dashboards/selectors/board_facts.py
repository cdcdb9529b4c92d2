"""All that the board reads, a plain tuple a runner: a fixed number of queries, no rule, no word.

Plain tuples of numbers and texts, because a row made from equal facts is an equal row, so that it
need not be made again (see board_rows.py), and because building thousands of model instances costs
more than all else on the page. Of a runner who shares nothing, nothing is read.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import BooleanField as Bool
from django.db.models import ExpressionWrapper, Q

from dashboards.selectors.rows import aware, rows_about
from dashboards.selectors.weeks import NOTHING_LOGGED, Packed, packed_by
from injuries.care.types import PlanState
from injuries.models import CoachDecision, PainReport, RiskFlag, WeeklyAssessment
from injuries.selectors.plan_course import plans_now
from injuries.selectors.sharing import plan_coach_sees, shares_pain
from members.models import Membership, PlannedBreak, Sharing
from members.selectors.people import runners_visible_to

WEEK = dt.timedelta(days=7)
NEW_DAYS = 30  # in the club; until then too little may be known to judge anything
MORNINGS_SHOWN = 14
DECISIONS_FOR_WEEKS = 4


class Who(NamedTuple):
    """A runner's membership, and what of themselves it shows."""

    pk: int
    user_id: int
    name: str
    squad_id: int | None
    squad: str | None
    sharing: str
    keeps_health: bool
    beginner_until: dt.date | None
    is_new: bool


class FlagFact(NamedTuple):
    """One standing flag; `values` is JSON text."""

    assessment_id: int
    rule: str
    level: str
    action: str
    values: str
    for_coach: bool


class Judged(NamedTuple):
    """One week's assessment; `not_assessed` is JSON text, empty where there is an answer."""

    pk: int
    on: dt.date
    training: str
    shoes: bool
    clinician: str
    not_assessed: str


class Standing(NamedTuple):
    """A decision of this club that nothing has replaced, and what it answered."""

    pk: int
    assessment_id: int
    week: dt.date
    said_training: str
    said_clinician: str
    kind: str
    training: str
    note: str
    note_shared: bool
    spoke: bool
    due_on: dt.date | None
    snoozed_until: dt.date | None
    outcome_kind: str
    decided_at: dt.datetime
    decided_by_id: int | None
    decided_by: str | None
    owner_id: int | None
    owner: str | None


class Reported(NamedTuple):
    """The last day anything was said about a heel, and mornings as "2026-03-17" and first steps."""

    last: str
    mornings: str


NOTHING_REPORTED = Reported("", "")


class Facts(NamedTuple):
    """Everything one row is made from."""

    who: Who
    judged: Judged | None
    flags: tuple[FlagFact, ...]
    logged: Packed
    reported: Reported
    decisions: tuple[Standing, ...]
    away: tuple[str, dt.date] | None  # the planned break they are in, and its last day
    way_back: str  # the return-to-run plan as far as it is shared, in a few words


def board_facts(
    coach: Membership,
    *,
    on: dt.date,
    weeks: Sequence[dt.date],
    judged_weeks: Sequence[dt.date],
    last_day: dt.date,
    only: int | None = None,
) -> list[Facts]:
    """Return the facts of each runner the coach looks after (or of one membership), by name.

    The newest assessment among `judged_weeks` counts; runs count in `weeks` up to `last_day`.
    """
    people = _people(coach, on=on, only=only)
    sharing = [one.user_id for one in people if one.sharing != Sharing.NOTHING]
    pain = [one.user_id for one in people if shares_pain(one)]
    judged = _judged(sharing, judged_weeks)
    flags = _flags([one.pk for one in judged.values()])
    logged = packed_by(sharing, first=weeks[0], last=last_day)
    reports = _reports(pain, on=last_day)
    decisions = _standing(coach, sharing, last=judged_weeks[-1])
    breaks = rows_about(sharing, _AWAY, PlannedBreak, on, on)
    away = {runner: (kind, until) for runner, kind, until in breaks}
    plans = plans_now(sharing, on=on)
    return [
        Facts(
            who,
            found := judged.get(who.user_id),
            tuple(flags[found.pk]) if found else (),
            logged.get(who.user_id, NOTHING_LOGGED),
            reports.get(who.user_id, NOTHING_REPORTED),
            tuple(decisions[who.user_id]) if who.user_id in decisions else (),
            away.get(who.user_id),
            _way_back(who, plans.get(who.user_id)),
        )
        for who in people
    ]


def _way_back(who: Who, state: PlanState | None) -> str:
    shared = plan_coach_sees(who, state)
    return "" if shared is None else shared.short


def _people(coach: Membership, *, on: dt.date, only: int | None) -> list[Who]:
    new_since = dt.datetime.combine(on - dt.timedelta(days=NEW_DAYS), dt.time.max, dt.UTC)
    runners = runners_visible_to(coach)
    if only is not None:
        runners = runners.filter(pk=only)
    rows = runners.values_list(
        "pk",
        "user_id",
        "user__name",
        "squad_id",
        "squad__name",
        "sharing",
        ExpressionWrapper(Q(user__health_consent_at__isnull=False), output_field=Bool()),
        "user__beginner_until",
        ExpressionWrapper(Q(joined_at__gt=new_since), output_field=Bool()),
    )
    return [Who._make(row) for row in rows]


_JUDGED = """
SELECT runner_id, id, "on", training, shoes, clinician,
    CASE training WHEN 'not_assessed' THEN CAST(not_assessed AS text) ELSE '[]' END
FROM {table} WHERE runner_id IN ({ids}) AND week BETWEEN %s AND %s ORDER BY week
"""
_FLAGS = """
SELECT assessment_id, rule, level, action, CAST("values" AS text), for_coach
FROM {table} WHERE assessment_id IN ({ids}) AND withdrawn_at IS NULL ORDER BY rule
"""


def _judged(runner_ids: Sequence[int], weeks: Sequence[dt.date]) -> dict[int, Judged]:
    rows = rows_about(runner_ids, _JUDGED, WeeklyAssessment, weeks[0], weeks[-1])
    return {runner: Judged._make(rest) for runner, *rest in rows}


def _flags(assessment_ids: Sequence[int]) -> defaultdict[int, list[FlagFact]]:
    found: defaultdict[int, list[FlagFact]] = defaultdict(list)
    for row in rows_about(assessment_ids, _FLAGS, RiskFlag):
        found[row[0]].append(FlagFact._make(row))
    return found


_AWAY = """
SELECT runner_id, kind, last FROM {table}
WHERE runner_id IN ({ids}) AND first <= %s AND last >= %s
"""
_REPORTS = """
SELECT runner_id, MAX("on"), {join}(CASE WHEN "on" >= %s AND first_step IS NOT NULL
    THEN CAST("on" AS text) || CAST(first_step AS text) END, ' ')
FROM {table} WHERE runner_id IN ({ids}) AND "on" <= %s GROUP BY runner_id
"""


def _reports(runner_ids: Sequence[int], *, on: dt.date) -> dict[int, Reported]:
    """Return when each last said anything about their heel, and their last mornings."""
    first = on - dt.timedelta(days=MORNINGS_SHOWN - 1)
    rows = rows_about(runner_ids, _REPORTS, PainReport, first, on)
    return {runner: Reported(str(last), mornings or "") for runner, last, mornings in rows}


_STANDING = """
SELECT a.runner_id, d.id, d.assessment_id, a.week, d.said_training, d.said_clinician, d.kind,
    d.training, d.note, d.note_shared, d.spoke, d.due_on, d.snoozed_until, d.outcome_kind,
    d.decided_at, d.decided_by_id, coach.name, d.owner_id, owner.name
FROM {table} d JOIN injuries_weeklyassessment a ON a.id = d.assessment_id
LEFT JOIN members_user coach ON coach.id = d.decided_by_id
LEFT JOIN members_user owner ON owner.id = d.owner_id
LEFT JOIN injuries_coachdecision later ON later.replaces_id = d.id
WHERE a.runner_id IN ({ids}) AND d.club_id = %s AND a.week BETWEEN %s AND %s AND later.id IS NULL
ORDER BY a.week DESC, d.id DESC
"""


def _standing(
    coach: Membership, runner_ids: Sequence[int], *, last: dt.date
) -> dict[int, list[Standing]]:
    """Return the club's standing decisions of the last weeks, newest week first."""
    first = last - (DECISIONS_FOR_WEEKS - 1) * WEEK
    found: dict[int, list[Standing]] = {}
    rows = rows_about(runner_ids, _STANDING, CoachDecision, coach.club_id, first, last)
    for runner, *rest in rows:
        one = Standing._make(rest)
        found.setdefault(runner, []).append(one._replace(decided_at=aware(one.decided_at)))
    return found
