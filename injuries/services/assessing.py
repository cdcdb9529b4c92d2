"""Run the rules and keep what they say: once per runner and week, however often it is asked.

Everything is upserted inside one transaction that first locks the runner's row, so that a slower
run with older data can never overwrite a newer answer. Any line may be the last one of a killed
worker: what is due stands in the database (AssessmentDue, unsettled weeks) until it has been done.
"""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Least

from injuries import risk
from injuries.models import AssessmentDue, RiskFlag, WeeklyAssessment
from injuries.selectors.history import Records, records_of
from members.models import Activity, Membership, Role, User
from members.weeks import monday_of

CHUNK = 25  # runners judged in one transaction
WEEK = dt.timedelta(days=7)
SETTLE_HOUR = 4  # local Monday hour from which a week is judged
LATE_WEEKS = 5  # a job that slept longer than this leaves older weeks unjudged


def mark_changed(runner: User, *, first_day: dt.date, now: dt.datetime) -> None:
    """Note in the ledger that every week from `first_day` on wants assessing again.

    Call it inside the transaction that makes the change.
    """
    rows = AssessmentDue.objects.filter(runner=runner)
    earlier = {
        "from_day": Least(F("from_day"), first_day),
        "change": F("change") + 1,
        "changed_at": now,
    }
    if rows.update(**earlier):
        return
    try:
        with transaction.atomic():
            AssessmentDue.objects.create(runner=runner, from_day=first_day, changed_at=now)
    except IntegrityError:
        rows.update(**earlier)


def assess_week_of(
    runner: User, *, week: dt.date, on: dt.date, now: dt.datetime
) -> WeeklyAssessment:
    """Assess one week as of the local day `on` and store it; a whole week becomes settled."""
    with transaction.atomic():
        locked = _lock([runner.pk])
        _assess_weeks(records_of(locked)[runner.pk], [(week, on)], now=now)
    return WeeklyAssessment.objects.get(runner=runner, week=week)


def assess_today(runner: User, *, now: dt.datetime) -> WeeklyAssessment:
    """Assess the runner's current week as of their today."""
    today = runner.today(now=now)
    return assess_week_of(runner, week=monday_of(today), on=today, now=now)


def assess_changed(runner_id: int, *, now: dt.datetime) -> int:
    """Assess every week since the earliest change; return how many. Nothing due: 0.

    The ledger row goes only if no further change arrived meanwhile.
    """
    with transaction.atomic():
        locked = _lock([runner_id])
        due = AssessmentDue.objects.filter(runner_id=runner_id).first()
        if due is None or not locked:
            return 0
        weeks = _weeks_since(due.from_day, today=locked[0].today(now=now))
        _assess_weeks(records_of(locked)[runner_id], weeks, now=now)
        AssessmentDue.objects.filter(pk=due.pk, change=due.change).delete()
    return len(weeks)


def changed_runners(*, before: dt.datetime) -> list[int]:
    """Return the ids of runners whose change before that moment nobody has assessed yet."""
    rows = AssessmentDue.objects.filter(changed_at__lt=before).order_by("changed_at")
    return list(rows.values_list("runner_id", flat=True))


def runners_due(*, now: dt.datetime) -> list[tuple[int, dt.date]]:
    """Return (runner id, Monday) for every ended week nobody has settled yet.

    A week has ended once the runner's local Monday 04:00 has passed.
    """
    people = [
        (runner.pk, _last_ended_week(runner, now=now), _joined_week(runner))
        for runner in _assessed_people()
    ]
    if not people:
        return []
    earliest = min(last for _, last, _ in people) - LATE_WEEKS * WEEK
    settled = set(
        WeeklyAssessment.objects.filter(
            week__gte=earliest, settled_at__isnull=False
        ).values_list("runner_id", "week")
    )  # fmt: skip
    return [
        (runner_id, week)
        for runner_id, last, joined in people
        for week in (last - back * WEEK for back in range(LATE_WEEKS))
        if week >= joined and (runner_id, week) not in settled
    ]


def settle_weeks(runner_ids: Sequence[int], *, week: dt.date, now: dt.datetime) -> int:
    """Judge the whole week named by its Monday for these runners; return how many were open.

    Small transactions: a worker killed in the middle loses one chunk, which is still due.
    """
    ids = sorted(set(runner_ids))
    chunks = [ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK)]
    return sum(_settle_chunk(chunk, week=week, now=now) for chunk in chunks)


def _settle_chunk(runner_ids: Sequence[int], *, week: dt.date, now: dt.datetime) -> int:
    with transaction.atomic():
        runners = _lock(runner_ids)
        settled = set(
            WeeklyAssessment.objects.filter(
                runner__in=runner_ids, week=week, settled_at__isnull=False
            ).values_list("runner_id", flat=True)
        )
        open_ones = [runner for runner in runners if runner.pk not in settled]
        sunday = week + dt.timedelta(days=6)
        judged = [
            (pk, week, risk.assess(records.as_of(sunday)))
            for pk, records in records_of(open_ones).items()
        ]
        _store(judged, settled=True, now=now)
    return len(judged)


def _assessed_people() -> Iterable[User]:
    runs_for_a_club = Membership.objects.active().filter(user=OuterRef("pk"), role=Role.RUNNER)
    logs = Activity.objects.filter(runner=OuterRef("pk"))
    people = User.objects.filter(Q(Exists(runs_for_a_club)) | Q(Exists(logs)), is_active=True)
    return people.only("pk", "time_zone", "date_joined").order_by("pk")


def _joined_week(runner: User) -> dt.date:
    return monday_of(runner.today(now=runner.date_joined))


def _last_ended_week(runner: User, *, now: dt.datetime) -> dt.date:
    grace = now.astimezone(runner.zone) - dt.timedelta(hours=SETTLE_HOUR)
    return monday_of(grace.date()) - WEEK


def _lock(runner_ids: Sequence[int]) -> list[User]:
    """Lock these people against other assessors, not against their own logging."""
    return list(
        User.objects.select_for_update(no_key=True).filter(pk__in=runner_ids).order_by("pk")
    )


def _weeks_since(first_day: dt.date, *, today: dt.date) -> list[tuple[dt.date, dt.date]]:
    """Return (Monday, day to look from) for every week from `first_day` to the current one."""
    weeks = []
    week = min(monday_of(first_day), monday_of(today))
    while week <= today:
        weeks.append((week, min(week + dt.timedelta(days=6), today)))
        week += WEEK
    return weeks


def _assess_weeks(
    records: Records, weeks: Iterable[tuple[dt.date, dt.date]], *, now: dt.datetime
) -> None:
    today = records.runner.today(now=now)
    runner_id = records.runner.pk
    ended: list[Judged] = []
    going_on: list[Judged] = []
    for week, on in weeks:
        is_over = on.weekday() == 6 and on < today
        said = risk.assess(records.as_of(on))
        (ended if is_over else going_on).append((runner_id, week, said))
    _store(ended, settled=True, now=now)
    _store(going_on, settled=False, now=now)


Judged = tuple[int, dt.date, risk.Assessment]


def _store(judged: Sequence[Judged], *, settled: bool, now: dt.datetime) -> None:
    """Upsert assessments and flags, in a handful of queries however many there are."""
    if not judged:
        return
    known = {
        (row.runner_id, row.week): row
        for row in WeeklyAssessment.objects.filter(
            runner__in={runner_id for runner_id, _, _ in judged},
            week__in={week for _, week, _ in judged},
        )
    }
    rows, fresh = [], []
    for runner_id, week, said in judged:
        row = known.get((runner_id, week))
        if row is None:
            row = WeeklyAssessment(runner_id=runner_id, week=week)
            fresh.append(row)
        _fill(row, said, now=now)
        if settled and row.settled_at is None:
            row.settled_at = now
        rows.append(row)
    WeeklyAssessment.objects.bulk_create(fresh)
    WeeklyAssessment.objects.bulk_update(
        [row for row in rows if (row.runner_id, row.week) in known], _FIELDS, batch_size=100
    )
    _store_flags([(row, said) for row, (_, _, said) in zip(rows, judged, strict=True)], now=now)


_FIELDS = [
    "on", "engine", "training", "shoes", "clinician", "coverage_30", "ceiling_m", "ceiling_until",
    "measures", "not_assessed", "assessed_at", "settled_at",
]  # fmt: skip


def _fill(row: WeeklyAssessment, said: risk.Assessment, *, now: dt.datetime) -> None:
    row.on = said.on
    row.engine = said.engine
    row.training = said.training
    row.shoes = said.shoes
    row.clinician = said.clinician or ""
    row.coverage_30 = said.coverage_30
    row.ceiling_m = said.ceiling_m
    row.ceiling_until = said.ceiling_until
    row.measures = said.measures
    row.not_assessed = [{"rule": one.rule, "why": one.why} for one in said.not_assessed]
    row.assessed_at = now


def _store_flags(
    judged: Sequence[tuple[WeeklyAssessment, risk.Assessment]], *, now: dt.datetime
) -> None:
    """A flag that fires again keeps the moment it was first seen; one that stops is withdrawn."""
    known = {
        (flag.assessment_id, flag.rule): flag
        for flag in RiskFlag.objects.filter(assessment__in=[row.pk for row, _ in judged])
    }
    fresh, changed = [], []
    for row, said in judged:
        for fired in said.flags:
            flag = known.pop((row.pk, fired.rule), None)
            if flag is None:
                flag = RiskFlag(assessment=row, rule=fired.rule, first_seen_at=now)
                fresh.append(flag)
            else:
                changed.append(flag)
            flag.level, flag.action, flag.values = fired.level, fired.action, fired.values
            flag.text, flag.for_coach, flag.withdrawn_at = fired.text, fired.coach, None
    for silent in known.values():
        if silent.withdrawn_at is None:
            silent.withdrawn_at = now
            changed.append(silent)
    RiskFlag.objects.bulk_create(fresh)
    fields = ["level", "action", "values", "text", "for_coach", "withdrawn_at"]
    RiskFlag.objects.bulk_update(changed, fields, batch_size=100)
