"""One more member of the demo club, whose year comes from activity files."""

import datetime as dt
from collections.abc import Iterator

from django.db import transaction

from dashboards.demo.cast import CLUB_SLUG, SQUADS
from dashboards.services.demo import Login, demo_password, judge_year
from dashboards.services.demo_rows import ZONE_NAME, verify_emails
from injuries.models import AssessmentDue, HeelProblem, PainReport, RedFlagAnswers, WeeklyCheck
from members.models import Activity, Club, Consent, DayStatus, Membership, Sharing, Squad, User
from members.services.imports import ADDED, FAILED, import_content
from members.weeks import monday_of

DAY, WEEK = dt.timedelta(days=1), dt.timedelta(days=7)


class NothingReadError(Exception):
    """The file held no activity that could be taken in."""


def add_year(
    *, name: str, content: bytes, email: str, now: dt.datetime, move_to_now: bool = False
) -> Login:
    """Give one member of the demo club the activities of a file or zip; return their login.

    In every week with an activity they are taken to have logged everything, so the other days of
    it are rest; a week without one stays unknown. With `move_to_now` the year moves by whole
    weeks so that it ends within the last seven days. Again with the same file: the same again.
    Raises NothingReadError.
    """
    with transaction.atomic():
        runner = _member(email.lower(), now=now)
        _forget_entries(runner)
        _take_in(runner, name=name, content=content, now=now)
        if move_to_now:
            _move_to_now(runner, today=runner.today(now=now))
        first_day = _say_rest(runner, today=runner.today(now=now))
        # What the import noted as changed stands at the dates before the move.
        AssessmentDue.objects.filter(runner=runner).delete()
        runner.assessments.filter(decisions__isnull=True).delete()
        judge_year([runner], first_day=first_day, now=now, as_if_then=True)
    return Login("runner", runner.email, demo_password(runner.email))


def _member(email: str, *, now: dt.datetime) -> User:
    club = Club.objects.get(slug=CLUB_SLUG)
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(
            email,
            name=email.split("@")[0].replace(".", " ").title(),
            time_zone=ZONE_NAME,
            health_consent_at=now,
            date_joined=now,
        )
        verify_emails([user])
        Consent.objects.create(user=user, kind="store_health", answer="yes", given_at=now)
        Consent.objects.create(
            user=user, club=club, kind="sharing", answer=Sharing.EVERYTHING, given_at=now
        )
    squad = Squad.objects.get(club=club, name=SQUADS[1])
    Membership.objects.get_or_create(
        user=user, club=club, defaults={"squad": squad, "sharing": Sharing.EVERYTHING}
    )
    user.set_password(demo_password(email))
    return user


def _forget_entries(runner: User) -> None:
    for rows in (
        PainReport.objects.filter(runner=runner),
        RedFlagAnswers.objects.filter(runner=runner),
        HeelProblem.objects.filter(runner=runner),
        WeeklyCheck.objects.filter(runner=runner),
        DayStatus.objects.filter(runner=runner),
        Activity.objects.filter(runner=runner),
    ):
        rows.delete()


def _take_in(runner: User, *, name: str, content: bytes, now: dt.datetime) -> None:
    results = import_content(runner, name=name, content=content, now=now)
    if any(one.status == ADDED for one in results):
        return
    why = next((one.reason for one in results if one.status == FAILED), "It holds no activity.")
    raise NothingReadError(f"{name}: {why}")


def _move_to_now(runner: User, *, today: dt.date) -> None:
    """Move all by the same whole number of weeks, keeping weekday and local time of day."""
    rows = list(runner.activities.all())
    weeks = (today - max(row.on for row in rows)).days // 7
    for row in rows:
        row.started_at = row.local_start + weeks * WEEK
        row.on = row.started_at.date()
    Activity.objects.bulk_update(rows, ["started_at", "on"], batch_size=200)


def _say_rest(runner: User, *, today: dt.date) -> dt.date:
    """Call the other days of each week with an activity rest; return the first day of them all."""
    days = set(runner.activities.values_list("on", flat=True))
    last = min(max(days), today)
    DayStatus.objects.bulk_create(
        [
            DayStatus(runner=runner, on=day, status=DayStatus.Status.REST)
            for week in sorted({monday_of(day) for day in days})
            for day in _days_of(week)
            if day not in days and min(days) <= day <= last
        ]
    )
    first = min(days)
    runner.date_joined = dt.datetime.combine(first, dt.time(), runner.zone)
    runner.save(update_fields=["date_joined", "password"])
    runner.memberships.update(joined_at=runner.date_joined)
    return first


def _days_of(week: dt.date) -> Iterator[dt.date]:
    return (week + offset * DAY for offset in range(7))
