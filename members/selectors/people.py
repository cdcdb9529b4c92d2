"""Who is where. Every club selector takes the membership of the one who asks."""

import datetime as dt

from django.db.models import Count, Q, QuerySet

from members.models import Invitation, Membership, Role, Squad, User


def membership_in(user: User, *, slug: str) -> Membership | None:
    """Return the user's active membership of the club with this slug, or None."""
    return (
        Membership.objects.active()
        .select_related("club", "user")
        .filter(user=user, club__slug=slug)
        .first()
    )


def clubs_of(user: User) -> QuerySet[Membership]:
    """Return the user's active memberships, the clubs loaded."""
    return (
        Membership.objects.active().filter(user=user).select_related("club").order_by("club__name")
    )


def runners_visible_to(membership: Membership) -> QuerySet[Membership]:
    """Return the memberships of the runners a coach looks after; none for anybody else."""
    if membership.role != Role.COACH:
        return Membership.objects.none()
    return (
        Membership.objects.active()
        .runners()
        .filter(club=membership.club)
        .select_related("user", "squad", "club")
    )


def members_of(asking: Membership) -> QuerySet[Membership]:
    """Return everybody in the asking member's club, by name, with person and squad."""
    return Membership.objects.active().filter(club=asking.club_id).select_related("user", "squad")


def open_invitations(asking: Membership, *, now: dt.datetime) -> QuerySet[Invitation]:
    """Return the club's links that still work, newest first."""
    return Invitation.objects.filter(
        club=asking.club_id, accepted_at=None, revoked_at=None, expires_at__gt=now
    ).select_related("squad", "invited_by")


def squads_of(asking: Membership) -> QuerySet[Squad]:
    """Return the club's squads by name, with `size` (active members) and the coaches loaded."""
    active = Q(runners__left_at__isnull=True, runners__user__is_active=True)
    return (
        Squad.objects.filter(club=asking.club_id)
        .annotate(size=Count("runners", filter=active))
        .prefetch_related("coaches__user")
        .order_by("name")
    )
