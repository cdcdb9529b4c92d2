"""All that the board reads, a plain tuple a runner: a fixed number of queries, no rule, no word.

Plain tuples of numbers and texts, because a row made from equal facts is an equal row, so that it
need not be made again (see board_rows.py), and because building thousands of model instances costs
more than all else on the page. Of a runner who shares nothing, nothing is read.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db import connection
from django.db.models import BooleanField as Bool
from django.db.models import ExpressionWrapper, F, Q, TextField
from django.db.models.functions import Cast

from dashboards.selectors.weeks import NOTHING_LOGGED, Packed, joined, packed_by
from injuries.models import CoachDecision, PainReport, RiskFlag, WeeklyAssessment
from injuries.selectors.sharing import shares_pain
from members.models import Membership, Sharing
from members.selectors.people import runners_visible_to
from members.selectors.plans import breaks_on

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
    """One week's assessment; `not_assessed` is JSON text."""

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
    away = {pk: (each.kind, each.last) for pk, each in breaks_on(sharing, on=on).items()}
    return [
        Facts(
            who,
            found := judged.get(who.user_id),
            tuple(flags[found.pk]) if found else (),
            logged.get(who.user_id, NOTHING_LOGGED),
            reports.get(who.user_id, NOTHING_REPORTED),
            tuple(decisions[who.user_id]) if who.user_id in decisions else (),
            away.get(who.user_id),
        )
        for who in people
    ]


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


def _judged(runner_ids: Sequence[int], weeks: Sequence[dt.date]) -> dict[int, Judged]:
    rows = (
        WeeklyAssessment.objects.filter(runner__in=runner_ids, week__in=weeks)
        .order_by("week")
        .values_list(
            "runner_id",
            "pk",
            "on",
            "training",
            "shoes",
            "clinician",
            Cast("not_assessed", TextField()),
        )
    )
    return {runner: Judged._make(rest) for runner, *rest in rows}


def _flags(assessment_ids: Sequence[int]) -> defaultdict[int, list[FlagFact]]:
    rows = (
        RiskFlag.objects.standing()
        .filter(assessment__in=assessment_ids)
        .order_by("rule")
        .values_list(
            "assessment_id", "rule", "level", "action", Cast("values", TextField()), "for_coach"
        )
    )
    found: defaultdict[int, list[FlagFact]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(FlagFact._make(row))
    return found


_REPORTS = """
SELECT runner_id, MAX("on"), {join}(CASE WHEN "on" >= %s AND first_step IS NOT NULL
    THEN CAST("on" AS text) || CAST(first_step AS text) END, ' ')
FROM {table} WHERE runner_id IN ({ids}) AND "on" <= %s GROUP BY runner_id
"""


def _reports(runner_ids: Sequence[int], *, on: dt.date) -> dict[int, Reported]:
    """Return when each last said anything about their heel, and their last mornings."""
    if not runner_ids:
        return {}
    first = on - dt.timedelta(days=MORNINGS_SHOWN - 1)
    ids = ", ".join(["%s"] * len(runner_ids))
    sql = _REPORTS.format(join=joined(), table=PainReport._meta.db_table, ids=ids)
    with connection.cursor() as cursor:
        cursor.execute(sql, [first, *runner_ids, on])
        return {runner: Reported(str(last), mornings or "") for runner, last, mornings in cursor}


def _standing(
    coach: Membership, runner_ids: Iterable[int], *, last: dt.date
) -> dict[int, list[Standing]]:
    """Return the club's standing decisions of the last weeks, newest week first."""
    rows = (
        CoachDecision.objects.filter(
            club=coach.club_id,
            assessment__runner__in=runner_ids,
            assessment__week__range=(last - (DECISIONS_FOR_WEEKS - 1) * WEEK, last),
            replaced_by__isnull=True,
        )
        .order_by("-assessment__week")
        .values_list(
            F("assessment__runner_id"),
            "pk",
            "assessment_id",
            "assessment__week",
            "said_training",
            "said_clinician",
            "kind",
            "training",
            "note",
            "note_shared",
            "spoke",
            "due_on",
            "snoozed_until",
            "outcome_kind",
            "decided_at",
            "decided_by_id",
            "decided_by__name",
            "owner_id",
            "owner__name",
        )
    )
    found: dict[int, list[Standing]] = {}
    for runner, *rest in rows:
        found.setdefault(runner, []).append(Standing._make(rest))
    return found
