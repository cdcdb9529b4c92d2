"""Who plays which part in a club: roles, squads and leaving. A club always keeps an admin."""

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from members.models import COACHING, Club, Membership, Role, Squad
from members.permissions import Permission, may
from members.services.audit import record

LAST_ADMIN = "This is the club's only admin. Make somebody else an admin first."


def change_role(
    membership: Membership, *, role: str, by: Membership, now: dt.datetime
) -> Membership:
    """Give a member another role. Raises ValidationError on "role"."""
    _require_manager(by, membership.club)
    if role not in Role.values:
        raise ValidationError({"role": "Choose runner, coach, assistant coach or admin."})
    with transaction.atomic():
        current = _locked(membership)
        before = current.role
        if role == before:
            return membership
        if before == Role.ADMIN:
            _keep_an_admin(current, field="role")
        membership.role = role
        membership.save(update_fields=["role"])
        if before in COACHING and role not in COACHING:
            membership.coached_squads.clear()
        _record("role_changed", membership, by=by, now=now, before=before, after=role)
    return membership


def change_squad(
    membership: Membership, *, squad: Squad | None, by: Membership, now: dt.datetime
) -> Membership:
    """Put a member into a squad of the club, or None. Raises ValidationError on "squad"."""
    _require_manager(by, membership.club)
    check_squad(squad, club=membership.club)
    if squad == membership.squad:
        return membership
    with transaction.atomic():
        before = membership.squad_id
        membership.squad = squad
        membership.save(update_fields=["squad"])
        after = squad.pk if squad else None
        _record("squad_changed", membership, by=by, now=now, before=before, after=after)
    return membership


def end_membership(membership: Membership, *, by: Membership, now: dt.datetime) -> None:
    """End a membership, by an admin or by oneself; the club sees nothing more from then on.

    Raises ValidationError for the last admin, PermissionDenied for anybody else.
    """
    if by.pk != membership.pk:
        _require_manager(by, membership.club)
    with transaction.atomic():
        current = _locked(membership)
        if current.left_at is not None:
            return
        if current.role == Role.ADMIN:
            _keep_an_admin(current, field="__all__")
        membership.left_at = now
        membership.squad = None
        membership.save(update_fields=["left_at", "squad"])
        membership.coached_squads.clear()
        _record("membership_ended", membership, by=by, now=now)


def check_squad(squad: Squad | None, *, club: Club) -> None:
    """Raise ValidationError where the squad is another club's."""
    if squad is not None and squad.club_id != club.pk:
        raise ValidationError({"squad": "Choose one of this club's squads."})


def _require_manager(by: Membership, club: Club) -> None:
    if by.club_id != club.pk or by.left_at or not may(by, Permission.MANAGE_MEMBERS):
        raise PermissionDenied


def _locked(membership: Membership) -> Membership:
    """Return the row as it is now; changes of one club wait here for each other."""
    Club.objects.select_for_update().get(pk=membership.club_id)
    return Membership.objects.get(pk=membership.pk)


def _keep_an_admin(leaving: Membership, *, field: str) -> None:
    admins = Membership.objects.active().filter(club=leaving.club_id, role=Role.ADMIN)
    if not admins.exclude(pk=leaving.pk).exists():
        raise ValidationError({field: LAST_ADMIN})


def _record(
    action: str, membership: Membership, *, by: Membership, now: dt.datetime, **details: object
) -> None:
    record(action, by=by.user, about=membership.user, club=membership.club, now=now, **details)
