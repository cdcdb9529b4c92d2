"""Who is in the story: a runner with nine weeks behind them, in two clubs with a coach each."""

import datetime as dt

from members.models import Role, Sharing, User
from tests.factories import (
    ActivityFactory,
    ClubFactory,
    DayStatusFactory,
    MembershipFactory,
    UserFactory,
)

START = dt.datetime(2026, 3, 1, 12, 0, tzinfo=dt.UTC)  # a Sunday
JOINED = dt.datetime(2025, 6, 1, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)

QUIET_MAILS = {
    "coach@status.example": (
        "Club status: 0 to check, 0 silent | Nobody needs you, as far as it was logged."
    ),
    "coach@all.example": (
        "Club all: 0 to check, 0 silent | Nobody needs you, as far as it was logged."
    ),
}
CHECK_IN_MAILS = {
    "coach@status.example": ("Club status: 1 to check, 0 silent | 1 member would like a check-in."),
    "coach@all.example": "Club all: 1 to check, 0 silent | 1 member would like a check-in.",
}
CHECK = "The weekly check takes one tap."
WHOLE = "Everything about this week is on your page."
PLAN = "Your plan: where you are and what is next."
NOT_SETTLED_TWICE = (
    "▲ cross-train",
    "Swap the next 2 to 3 days' runs for bike, pool or elliptical.",
    "Your heel had not settled the morning after a run twice within a week (last 5 of 10, usually "
    "2). Swap running for bike, pool or elliptical until two mornings in a row are back to usual.",
)
HILLS = "Hills and speed wait until after the plan."
WAY_BACK = "↻ way back On the way back to running, by a walk and run plan."


def march(day: int) -> dt.date:
    """Return that day of March."""
    return dt.date(2026, 3, day)


def april(day: int) -> dt.date:
    """Return that day of April."""
    return dt.date(2026, 4, day)


def a_runner() -> User:
    """Return somebody who has run regularly for long."""
    runner = UserFactory(name="Robin", email="robin@example.org", date_joined=JOINED)
    nine_weeks_before(runner)
    return runner


def club_with(runner: User, slug: str, sharing: Sharing) -> User:
    """Return the coach of a club in which the runner shares so much."""
    club = ClubFactory(name=f"Club {slug}", slug=slug)
    MembershipFactory(club=club, user=runner, sharing=sharing, joined_at=JOINED)
    coach = MembershipFactory(
        club=club, role=Role.COACH, joined_at=JOINED, user__email=f"coach@{slug}.example"
    )
    return coach.user


def nine_weeks_before(runner: User) -> None:
    """8 km on Tuesdays and Thursdays, 13 km on Sundays, and every other day said to be rest."""
    for back in range(1, 64):
        on = START.date() - back * DAY
        metres = {1: 8_000, 3: 8_000, 6: 13_000}.get(on.weekday())
        if metres is None:
            DayStatusFactory(runner=runner, on=on)
        else:
            at = dt.datetime.combine(on, dt.time(9), dt.UTC)
            ActivityFactory(runner=runner, started_at=at, distance_m=metres, duration_s=metres // 3)
