"""Who is where. Every club selector takes the membership of the one who asks."""

from django.db.models import QuerySet

from members.models import Membership, Role, User


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
