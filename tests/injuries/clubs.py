"""A club with enough behind it to say how good its flags are."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from injuries.models import HeelProblem, Side, Spot, WeeklyCheck
from members.models import Activity, Club, DayStatus, Membership, Sharing
from tests.factories import MembershipFactory

FIRST = dt.date(2025, 12, 1)  # a Monday; tests stand on Wednesday 18 March 2026
WEEKS = 15
DAY, WEEK = dt.timedelta(days=1), dt.timedelta(days=7)


def logging_runner(club: Club, *, jump_in: Iterable[int] = (), **fields: Any) -> Membership:
    """Add a runner with 15 whole weeks: four runs of 8 km, 20 km instead in `jump_in`, and checks.

    Shares everything unless told otherwise.
    """
    joined = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
    membership = MembershipFactory(
        club=club, **{"sharing": Sharing.EVERYTHING, "joined_at": joined} | fields
    )
    runner, jumps = membership.user, set(jump_in)
    days = [FIRST + n * DAY for n in range(7 * WEEKS)]
    Activity.objects.bulk_create(
        Activity(
            runner=runner,
            on=on,
            started_at=dt.datetime(on.year, on.month, on.day, 18, tzinfo=dt.UTC),
            time_zone="UTC",
            distance_m=20_000 if on.weekday() == 5 and _number(on) in jumps else 8_000,
            duration_s=3_000,
        )
        for on in days
        if on.weekday() in {1, 3, 5, 6}
    )
    DayStatus.objects.bulk_create(
        DayStatus(runner=runner, on=on, status=DayStatus.Status.REST)
        for on in days
        if on.weekday() in {0, 2, 4}
    )
    WeeklyCheck.objects.bulk_create(
        WeeklyCheck(runner=runner, week=monday, answered_on=monday + 6 * DAY, participation=0)
        for monday in (FIRST + n * WEEK for n in range(WEEKS))
    )
    return membership


def _number(on: dt.date) -> int:
    return (on - FIRST).days // 7


def sore_in(membership: Membership, week: int, *, days: int = 4) -> HeelProblem:
    """Open a problem on the Tuesday of that week, closed `days` later."""
    since = FIRST + week * WEEK + DAY
    return HeelProblem.objects.create(
        runner=membership.user,
        side=Side.LEFT,
        spot=Spot.WHOLE_HEEL,
        since=since,
        closed_on=since + days * DAY,
    )
