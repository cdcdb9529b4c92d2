"""What a club plans, for those who are in it. The membership or the person comes first."""

import datetime as dt

from django.db.models import QuerySet

from members.models import ClubRun, Membership, SoftRoute, User

OFFERED_DAYS = 7


def runs_of(asking: Membership, *, on: dt.date) -> QuerySet[ClubRun]:
    """Return the club's runs of that day and later, the next first, with their groups."""
    return (
        ClubRun.objects.filter(club=asking.club_id, on__gte=on)
        .select_related("club")
        .prefetch_related("groups")
    )


def runs_offered_to(runner: User, *, on: dt.date) -> QuerySet[ClubRun]:
    """Return the runs of the coming seven days in all clubs the runner is in. Two queries."""
    clubs = Membership.objects.active().filter(user=runner).values("club")
    last = on + dt.timedelta(days=OFFERED_DAYS - 1)
    return (
        ClubRun.objects.filter(club__in=clubs, on__range=(on, last))
        .select_related("club")
        .prefetch_related("groups")
    )


def routes_of(asking: Membership) -> QuerySet[SoftRoute]:
    """Return the club's routes on soft ground, the shortest first."""
    return SoftRoute.objects.filter(club=asking.club_id)


def routes_offered_to(runner: User) -> QuerySet[SoftRoute]:
    """Return the routes of all clubs the runner is in, the shortest first."""
    clubs = Membership.objects.active().filter(user=runner).values("club")
    return SoftRoute.objects.filter(club__in=clubs).select_related("club")
