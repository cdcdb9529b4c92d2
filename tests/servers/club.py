"""What the tests do inside Django, each in a process of its own: `Site.ask("function")`."""

import datetime as dt
import json
import random
from typing import Any

from django.utils import timezone

from dashboards.models import Digest, MailPreference
from dashboards.services import digests
from dashboards.tasks import send_digest
from injuries import risk, tasks
from injuries.models import AssessmentDue, HeelProblem, PainReport, WeeklyAssessment
from injuries.selectors.history import records_of
from injuries.services.assessing import LATE_WEEKS, changed_runners, mark_changed, runners_due
from members.models import Activity, Club, DayStatus, Membership, Role, Shoe, User
from members.weeks import sunday_of

RUNNERS = 60  # three chunks of a week's assessment
JUDGED = RUNNERS * LATE_WEEKS  # runner-weeks that are due at the start
CHANGED = 5  # runners whose change nobody has assessed yet
DAYS = 56
DAY = dt.timedelta(days=1)

COACH = "coach@heath.example"
NO_MAIL = "runner-00@heath.example"  # wants no weekly mail
READERS = [COACH, *(f"runner-{number:02d}@heath.example" for number in range(1, RUNNERS))]


def fill() -> None:
    """A club with eight weeks behind it: five weeks to judge, and a mail due to everybody."""
    add_club("heath", runners=RUNNERS, changed=CHANGED)
    no_mail = User.objects.get(email=NO_MAIL)
    MailPreference.objects.create(
        user=no_mail, kind="runner", frequency="off", changed_at=timezone.now()
    )


def add_club(name: str, *, runners: int, changed: int) -> None:
    """A club of that name, its runners at NAME.example, some with changes nobody has assessed."""
    now = timezone.now()
    joined = now - DAYS * DAY
    # Four hours ago: should that be this week, then last week may be judged (Monday 04:00).
    due_at = now - dt.timedelta(hours=4)
    club = Club.objects.create(
        name=f"{name.capitalize()} Harriers",
        slug=name,
        digest_weekday=due_at.weekday(),
        digest_hour=due_at.hour,
    )
    people = [
        _person(f"runner-{number:02d}@{name}.example", joined=joined) for number in range(runners)
    ]
    coach = _person(f"coach@{name}.example", joined=joined)
    admin = _person(f"admin@{name}.example", joined=joined)
    User.objects.bulk_create([*people, coach, admin])
    roles = [(coach, Role.COACH), (admin, Role.ADMIN), *((one, Role.RUNNER) for one in people)]
    Membership.objects.bulk_create(
        Membership(user=user, club=club, role=role, sharing="everything", joined_at=joined)
        for user, role in roles
    )
    for number, runner in enumerate(people):
        _log(runner, chance=random.Random(number), today=now.date())
    for runner in people[:changed]:
        mark_changed(runner, first_day=now.date() - 10 * DAY, now=now - dt.timedelta(minutes=5))


def _person(email: str, *, joined: dt.datetime) -> User:
    name = email.partition("@")[0].capitalize()
    return User(
        email=email, name=name, time_zone="UTC", date_joined=joined, health_consent_at=joined
    )


def _log(runner: User, *, chance: random.Random, today: dt.date) -> None:
    """Runs and rest days; every third heel is sore, so that the rules have something to say."""
    days = [today - back * DAY for back in range(DAYS, 0, -1)]
    ran = [day for day in days if chance.random() < 0.5]
    rested = [day for day in days if day not in ran and chance.random() < 0.7]
    shoe = Shoe.objects.create(owner=runner, name="Pair", start_m=chance.randrange(900_000))
    Activity.objects.bulk_create(
        Activity(
            runner=runner,
            on=day,
            started_at=dt.datetime.combine(day, dt.time(18), dt.UTC),
            time_zone="UTC",
            distance_m=chance.randrange(4_000, 18_000),
            duration_s=chance.randrange(1_500, 6_000),
            shoe=shoe,
        )
        for day in ran
    )
    DayStatus.objects.bulk_create(DayStatus(runner=runner, on=day, status="rest") for day in rested)
    if chance.random() < 0.33:
        HeelProblem.objects.create(
            runner=runner, side="left", spot="under_heel_inner", since=days[-30]
        )
        PainReport.objects.bulk_create(
            PainReport(runner=runner, on=day, first_step=chance.randrange(8)) for day in days[-30:]
        )


def sweep() -> None:
    """Put on the queue what the schedule would."""
    tasks.assess_due_weeks.delay()
    tasks.assess_changed_runners.delay()


def queue_everything_thrice() -> None:
    """Put each week's judging, then each mail, on the queue three times in a row."""
    now = timezone.now()
    weeks: dict[dt.date, list[int]] = {}
    for runner_id, week in runners_due(now=now):
        weeks.setdefault(week, []).append(runner_id)
    for week, runner_ids in weeks.items():
        for _ in range(3):
            tasks.assess_runners.delay(runner_ids, week.isoformat())
    for runner_id in changed_runners(before=now):
        for _ in range(3):
            tasks.assess_changed_runner.delay(runner_id)
    digests.insert_due(now=now)
    for digest in Digest.objects.sendable(now=now):
        for _ in range(3):
            send_digest.delay(digest.pk)


def wrong_assessments() -> dict[str, Any]:
    """Compare every stored assessment with what the rules say now; return what is amiss."""
    records = records_of(User.objects.filter(memberships__role=Role.RUNNER))
    rows = WeeklyAssessment.objects.filter(settled_at__isnull=False).prefetch_related("flags")
    return {
        "not judged": runners_due(now=timezone.now()),
        "changes left": AssessmentDue.objects.count(),
        "not the whole week": [row.pk for row in rows if row.on != sunday_of(row.week)],
        "other answer": [
            (row.runner_id, str(row.week))
            for row in rows
            if _stored(row) != _said(risk.assess(records[row.runner_id].as_of(row.on)))
        ],
    }


def _stored(row: WeeklyAssessment) -> dict[str, Any]:
    return {
        "answer": [row.training, row.shoes, row.clinician, row.coverage_30, row.ceiling_m],
        "until": str(row.ceiling_until),
        "measures": row.measures,
        "not_assessed": row.not_assessed,
        "flags": [
            [flag.rule, flag.level, flag.action, flag.values, flag.text, flag.for_coach]
            for flag in row.flags.all()
            if flag.withdrawn_at is None
        ],
    }


def _said(said: risk.Assessment) -> dict[str, Any]:
    answer = {
        "answer": [
            said.training, said.shoes, said.clinician or "", said.coverage_30, said.ceiling_m,
        ],
        "until": str(said.ceiling_until),
        "measures": said.measures,
        "not_assessed": [{"rule": one.rule, "why": one.why} for one in said.not_assessed],
        "flags": [
            [flag.rule, flag.level, flag.action, flag.values, flag.text, flag.coach]
            for flag in said.flags
        ],
    }  # fmt: skip
    stored: dict[str, Any] = json.loads(json.dumps(answer))
    return stored
