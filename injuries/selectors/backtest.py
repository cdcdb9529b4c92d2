"""A club's own histories as lives to replay: of runners who share everything, and nobody else."""

import datetime as dt
import random
from collections.abc import Iterator

from injuries.backtest import FORMAT, Lived, spells_of
from injuries.models import FlagReport
from injuries.selectors.history import Records, records_of
from members.models import Club, Membership, Sharing
from members.permissions import Permission, may
from members.weeks import monday_of, sunday_of

WEEKS = 52
CHUNK = 50  # runners whose rows are held at once
WEEK = dt.timedelta(days=7)


def flag_report(asking: Membership) -> FlagReport | None:
    """Return what was last worked out for the asking member's club; None without the right."""
    if not may(asking, Permission.SEE_FLAG_QUALITY):
        return None
    return FlagReport.objects.filter(club=asking.club_id, figures__format=FORMAT).first()


def club_lives(club: Club, *, now: dt.datetime, at_most: int | None = None) -> Iterator[Lived]:
    """Yield the last year of each runner who shares everything with the club, pain included.

    Of more than `at_most` as many are drawn by lot, the same ones each time.
    For the job and the operator's command, which work for the whole club; whoever asks through a
    page gets `flag_report`.
    """
    memberships = list(
        Membership.objects.active()
        .runners()
        .filter(club=club, sharing=Sharing.EVERYTHING, user__health_consent_at__isnull=False)
        .select_related("user")
        .order_by("user_id")
    )
    if at_most is not None and len(memberships) > at_most:
        memberships = random.Random(club.pk).sample(memberships, at_most)  # noqa: S311 (a lot)
    for start in range(0, len(memberships), CHUNK):
        chunk = memberships[start : start + CHUNK]
        records = records_of([one.user for one in chunk])
        for membership in chunk:
            yield _life(membership, records[membership.user_id], now=now)


def _life(membership: Membership, records: Records, *, now: dt.datetime) -> Lived:
    today = membership.user.today(now=now)
    joined = membership.joined_at.astimezone(membership.user.zone).date()
    known = {row.on for row in records.activities}
    known.update(row.on for row in records.days if row.status != "unknown")
    first = max(monday_of(joined), monday_of(today) - WEEKS * WEEK)
    weeks = range(max(0, (monday_of(today) - first).days // 7))
    return Lived(
        runner=str(membership.user_id),
        as_of=records.as_of,
        sundays=tuple(sunday_of(first + number * WEEK) for number in weeks),
        known=tuple(sorted(day for day in known if day <= today)),
        spells=spells_of(row for row in records.problems if row.since <= today),
        followed_until=_last_answer(records, today),
        answered=frozenset(sunday_of(row.week) for row in records.checks),
    )


def _last_answer(records: Records, today: dt.date) -> dt.date | None:
    """Return the last day on which the runner said how they are, and so would have told."""
    said = [
        *(row.answered_on for row in records.checks),
        *(row.on for row in records.pain),
        *(row.on for row in records.activities if row.pain_during is not None),
        *(row.closed or row.since for row in records.problems),
        *(row.on for row in records.red_flags),
    ]
    return max((day for day in said if day <= today), default=None)
