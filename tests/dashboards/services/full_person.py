"""A runner about whom every table of an export holds something."""

import datetime as dt
import uuid

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from dashboards.models import Digest, MailHour, MailPreference, Notice
from injuries.models import (
    CoachDecision,
    PainReport,
    PlanHold,
    RedFlagAnswers,
    ReturnPlan,
    WeeklyCheck,
)
from injuries.services.assessing import assess_changed, mark_changed
from members.activity_files import TableColumns
from members.models import (
    DayStatus,
    DifferentOuting,
    ImportBatch,
    ImportEntry,
    ImportFile,
    PlannedBreak,
    RoutineTick,
    Shoe,
    ShoeCheck,
    ShoeComfort,
    TableLayout,
)
from members.services.audit import record
from members.services.consents import set_health_consent, set_sharing
from members.services.tokens import create_token
from tests.factories import ActivityFactory, DayStatusFactory, HeelProblemFactory, MorningFactory

DAY = dt.timedelta(days=1)


def fill(membership, coach, *, now):
    """Give the member something in every table, and have it judged."""
    runner, today = membership.user, membership.user.today(now=now)
    runner.previous_injury, runner.previous_injury_answered_on = True, today - 90 * DAY
    runner.declared_longest_m, runner.declared_on = 9_000, today - 80 * DAY
    runner.beginner_until = today + 100 * DAY
    runner.save()
    runs = _train(runner, today=today, now=now)
    _hurt(runner, runs, today=today, now=now)
    runner.refresh_from_db()
    set_health_consent(runner, given=True, now=now)
    set_sharing(membership, sharing="everything", now=now)
    mark_changed(runner, first_day=runs[0].on, now=now)
    assess_changed(runner.pk, now=now)
    _others_wrote(membership, coach, now=now)
    return runner


def _train(runner, *, today, now):
    blue = Shoe.objects.create(
        owner=runner, name="Blue", brand="Somebody", first_used=today - 60 * DAY, is_default=True,
        created_at=now - 60 * DAY,
    )  # fmt: skip
    old = Shoe.objects.create(
        owner=runner, name="Old", start_m=650_000, retired_on=today - 20 * DAY, created_at=now
    )
    ShoeComfort.objects.create(shoe=blue, on=today - 5 * DAY, comfort=7, said_at=now)
    ShoeCheck.objects.create(
        shoe=old, on=today - 20 * DAY, outcome="replaced", distance_m=700_000, new_shoe=blue,
        note="worn at the heel", recorded_at=now,
    )  # fmt: skip
    runs = [
        ActivityFactory(
            runner=runner,
            started_at=now - back * DAY,
            distance_m=8_000 + 100 * back,
            effort=back % 11,
            surface="road",
            shoe=blue if back % 2 else old,
            note='slow, "easy"\nand wet; =1+1' if back == 10 else "",
            client_key=uuid.UUID(int=back),
            created_at=now - back * DAY,
            time_zone="Europe/Berlin" if back == 12 else "UTC",
            start_said=back != 14,
        )
        for back in range(56, 0, -2)
    ]
    ActivityFactory(runner=runner, kind="strength", started_at=now - 3 * DAY, distance_m=None)
    # Two of the same figures at the same time: both are there, both come back.
    for _ in range(2):
        ActivityFactory(runner=runner, kind="walk", started_at=now - 5 * DAY, created_at=now)
    for back in (7, 9, 11):
        DayStatusFactory(runner=runner, on=today - back * DAY, status=DayStatus.Status.REST)
    PlannedBreak.objects.create(
        runner=runner, kind="holiday", first=today + 10 * DAY, last=today + 20 * DAY
    )
    RoutineTick.objects.create(runner=runner, on=today, routine="calf_stretch")
    _import(runner, runs, now=now)
    return runs


def _import(runner, runs, *, now):
    batch = ImportBatch.objects.create(
        runner=runner, state="finished", created_at=now, finished_at=now, folder="ab" * 16
    )
    file = ImportFile.objects.create(batch=batch, number=0, name="runs.zip", size_bytes=99)
    ImportEntry.objects.create(
        batch=batch, file=file, part=1, name="runs.zip/1.gpx", status="merged", reason="typed",
        kind="run", activity=runs[0], matched=runs[0], changes={"elapsed_s": [None, 3_400]},
    )  # fmt: skip
    TableLayout.objects.create(
        runner=runner, signature="a1", name="coach.csv", said_at=now,
        columns=TableColumns(date=0, distance=1).as_dict(),
    )  # fmt: skip
    DifferentOuting.objects.create(activity=runs[0], started_at=runs[1].started_at, said_at=now)


def _hurt(runner, runs, *, today, now):
    closed = HeelProblemFactory(
        runner=runner, side="right", since=today - 50 * DAY, closed_on=today - 30 * DAY
    )
    sore = HeelProblemFactory(
        runner=runner, side="right", since=today - 12 * DAY, follows=closed, onset="acute",
        lately=["hills"], clinician_said="rest it a week",
    )  # fmt: skip
    for back, first_step in ((40, 4), (6, 2), (4, 3), (2, 4), (0, 5)):
        MorningFactory(
            runner=runner,
            on=today - back * DAY,
            first_step=first_step,
            problem=closed if back == 40 else sore,
        )
    PainReport.objects.create(
        runner=runner, on=runs[-1].on, activity=runs[-1], problem=sore, during=4, after=5,
        gait_changed=False, painkiller=None,
    )  # fmt: skip
    WeeklyCheck.objects.create(
        runner=runner, week=today - (7 + today.weekday()) * DAY, answered_on=today - DAY,
        participation=8, volume=0, performance=8, pain=17, problem=sore,
    )  # fmt: skip
    plan = ReturnPlan.objects.create(
        problem=closed, started_on=today - 40 * DAY, started_at=now - 40 * DAY,
        ended_on=today - 31 * DAY,
    )  # fmt: skip
    PlanHold.objects.create(
        plan=plan, held_on=today - 38 * DAY, held_at=now, held_by=runner,
        released_on=today - 36 * DAY, released_at=now, released_by=runner,
    )  # fmt: skip
    answered = dt.datetime.combine(today - DAY, dt.time(9), tzinfo=dt.UTC)
    RedFlagAnswers.objects.create(
        runner=runner, problem=sore, on=today - DAY, answered_at=answered,
        answers={"night_pain": False, "numbness": None, "wound": False},
    )  # fmt: skip


def _others_wrote(membership, coach, *, now):
    runner, club = membership.user, membership.club
    assessment = runner.assessments.latest("week")
    first = CoachDecision.objects.create(
        assessment=assessment, club=club, kind="accepted", note="between coaches", decided_at=now,
        decided_by=coach, owner=coach,
    )  # fmt: skip
    CoachDecision.objects.create(
        assessment=assessment, club=club, kind="changed", training="rest", note="Ring me, please.",
        note_shared=True, decided_at=now, decided_by=coach, replaces=first,
        outcome_kind="better", outcome="only for coaches", outcome_at=now, outcome_by=coach,
    )  # fmt: skip
    PlanHold.objects.create(
        plan=ReturnPlan.objects.get(problem__runner=runner), club=club, held_on=now.date(),
        held_at=now, held_by=coach,
    )  # fmt: skip
    record("runner_viewed", by=coach, about=runner, club=club, now=now)
    create_token(runner, name="watch", now=now)
    EmailAddress.objects.create(user=runner, email=runner.email, verified=True, primary=True)
    Authenticator.objects.create(
        user=runner, type=Authenticator.Type.TOTP, data={"secret": "TOTPSECRET"}
    )
    MailPreference.objects.create(user=runner, kind="runner", frequency="off", changed_at=now)
    MailHour.objects.create(user=runner, hour=6, changed_at=now)
    Notice.objects.create(user=runner, kind="import", key="1", due_at=now)
    Notice.objects.create(
        user=coach, kind="urgent", key=f"{runner.pk} {now.date()}", about=runner, due_at=now,
        membership=coach.memberships.get(),
    )  # fmt: skip
    Digest.objects.create(
        membership=membership, kind="runner", week=assessment.week, state="skipped", due_at=now,
        reason="not wanted",
    )  # fmt: skip
