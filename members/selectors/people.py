"""Who is where. Every club selector takes the membership of the one who asks."""

import datetime as dt

from allauth.account.models import EmailAddress
from django.db.models import Count, Q, QuerySet

from members.models import COACHING, Invitation, JoinCode, Membership, Role, Squad, User


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
    """Return the memberships of the runners a coach looks after; none for anybody else.

    An assistant coach looks after their own squads only.
    """
    if membership.role not in COACHING:
        return Membership.objects.none()
    # Asked of the club, so that each row has the club at hand without loading it again.
    runners = membership.club.memberships.active().runners().select_related("user", "squad")
    if membership.role == Role.ASSISTANT:
        return runners.filter(squad__coaches=membership)
    return runners


def coaches_of(asking: Membership) -> QuerySet[Membership]:
    """Return the coaches of the asking coach's club, the others first by name."""
    return (
        asking.club.memberships.active()
        .filter(role__in=COACHING)
        .exclude(pk=asking.pk)
        .select_related("user")
    )


def coaches_for(asking: Membership, *, runner: Membership) -> QuerySet[Membership]:
    """Return those of them who look after this runner."""
    sees = Q(role=Role.COACH) | Q(coached_squads=runner.squad_id, coached_squads__isnull=False)
    return coaches_of(asking).filter(sees).distinct()


def members_of(asking: Membership) -> QuerySet[Membership]:
    """Return everybody in the asking member's club, by name, with person and squad."""
    return Membership.objects.active().filter(club=asking.club_id).select_related("user", "squad")


def open_invitations(asking: Membership, *, now: dt.datetime) -> QuerySet[Invitation]:
    """Return the club's links that still work, newest first."""
    return Invitation.objects.filter(
        club=asking.club_id, accepted_at=None, revoked_at=None, expires_at__gt=now
    ).select_related("squad", "invited_by")


def has_confirmed_address(user: User) -> bool:
    """Tell whether the person's mailbox may be written to: not while nobody proved it is theirs.

    An address stands unconfirmed where a link was handed over and not mailed; it may be mistyped.
    """
    unproven = EmailAddress.objects.filter(user=user, email__iexact=user.email, verified=False)
    return not unproven.exists()


def open_code_of(asking: Membership, *, now: dt.datetime) -> JoinCode | None:
    """Return the club's join code while it works."""
    return JoinCode.objects.filter(club=asking.club_id, expires_at__gt=now).first()


def squads_seen_by(coach: Membership) -> QuerySet[Squad]:
    """Return the squads whose runners the coach looks after, by name."""
    if coach.role == Role.ASSISTANT:
        return coach.coached_squads.all()
    return Squad.objects.filter(club=coach.club_id)


def squads_of(asking: Membership) -> QuerySet[Squad]:
    """Return the club's squads by name, with `size` (active members) and the coaches loaded."""
    active = Q(runners__left_at__isnull=True, runners__user__is_active=True)
    return (
        Squad.objects.filter(club=asking.club_id)
        .annotate(size=Count("runners", filter=active))
        .prefetch_related("coaches__user")
        .order_by("name")
    )
