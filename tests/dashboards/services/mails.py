"""Weekly mails made as the ledger makes them, on the Monday after the week they tell about."""

import datetime as dt

from dashboards.emails import Letter
from dashboards.models import Digest
from dashboards.services.letters import letter_of, mail_of
from members.models import Activity, Membership
from tests.factories import ActivityFactory, AssessmentFactory

WEEK = dt.date(2026, 3, 9)
MONDAY = dt.date(2026, 3, 16)
SUNDAY = dt.date(2026, 3, 15)
SEVEN = dt.datetime(2026, 3, 16, 7, tzinfo=dt.UTC)
SITE = "http://127.0.0.1:8000"


def run(runner, km: float, *, on: dt.date, **fields) -> Activity:
    started = dt.datetime.combine(on, dt.time(18), dt.UTC)
    return ActivityFactory(runner=runner, started_at=started, distance_m=round(km * 1000), **fields)


def judged(runner, *, week: dt.date = WEEK, **fields):
    on = week + dt.timedelta(days=6)
    return AssessmentFactory(runner=runner, week=week, on=on, settled_at=SEVEN, **fields)


def row(membership: Membership, *, kind: str = "runner") -> Digest:
    return Digest.objects.get_or_create(
        membership=membership, kind=kind, week=WEEK, defaults={"due_at": SEVEN}
    )[0]


def letter(membership: Membership, *, kind: str = "runner") -> Letter | None:
    return letter_of(row(membership, kind=kind), on=MONDAY)


def mail(membership: Membership, *, kind: str = "runner"):
    return mail_of(row(membership, kind=kind), on=MONDAY)
