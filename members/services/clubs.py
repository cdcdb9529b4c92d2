"""A club's own facts: name, digest time, squads."""

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.text import slugify

from members.models import COACHING, Club, Membership, Squad
from members.permissions import Permission, may
from members.services.audit import record


def create_club(*, name: str, slug: str = "", now: dt.datetime) -> Club:
    """Create a club. Raises ValidationError by field, on "slug" where that one is taken."""
    club = Club(name=name.strip(), slug=slug or slugify(name)[:60], created_at=now)
    club.full_clean()
    with transaction.atomic():
        club.save()
        record("club_created", by=None, club=club, now=now)
    return club


def change_club(
    club: Club,
    *,
    name: str,
    digest_weekday: int,
    digest_hour: int,
    digest_names: bool = True,
    by: Membership,
    now: dt.datetime,
) -> Club:
    """Change the name, when the digest is sent (Monday is 0) and whether it names anybody.

    Raises ValidationError by field.
    """
    _require_admin(by, club)
    wanted = {
        "name": name.strip(),
        "digest_weekday": digest_weekday,
        "digest_hour": digest_hour,
        "digest_names": digest_names,
    }
    changed = {field: value for field, value in wanted.items() if getattr(club, field) != value}
    if not changed:
        return club
    with transaction.atomic():
        for field, value in changed.items():
            setattr(club, field, value)
        club.full_clean()
        club.save(update_fields=list(changed))
        record("club_changed", by=by.user, club=club, now=now, fields=sorted(changed))
    return club


def add_squad(club: Club, *, name: str, by: Membership, now: dt.datetime) -> Squad:
    """Add a squad. Raises ValidationError on "name" where the club has one of that name."""
    _require_admin(by, club)
    squad = Squad(club=club, name=name.strip())
    _check_name(squad)
    with transaction.atomic():
        squad.save()
        record("squad_added", by=by.user, club=club, now=now, squad=squad.pk)
    return squad


def edit_squad(
    squad: Squad, *, name: str, coaches: list[Membership], by: Membership, now: dt.datetime
) -> Squad:
    """Rename a squad and say who coaches it. Raises ValidationError by field."""
    _require_admin(by, squad.club)
    if any(one.club_id != squad.club_id or one.role not in COACHING for one in coaches):
        raise ValidationError({"coaches": "Choose coaches of this club."})
    squad.name = name.strip()
    _check_name(squad)
    with transaction.atomic():
        squad.save(update_fields=["name"])
        squad.coaches.set(coaches)
        ids = sorted(one.pk for one in coaches)
        record("squad_changed", by=by.user, club=squad.club, now=now, squad=squad.pk, coaches=ids)
    return squad


def remove_squad(squad: Squad, *, by: Membership, now: dt.datetime) -> None:
    """Remove a squad; its runners stay in the club without one."""
    _require_admin(by, squad.club)
    with transaction.atomic():
        record("squad_removed", by=by.user, club=squad.club, now=now, squad=squad.pk)
        squad.delete()


def _check_name(squad: Squad) -> None:
    """Raise ValidationError on "name"."""
    squad.clean_fields(exclude={"club"})
    same = Squad.objects.filter(club=squad.club_id, name__iexact=squad.name).exclude(pk=squad.pk)
    if same.exists():
        raise ValidationError({"name": "The club already has a squad of this name."})


def _require_admin(by: Membership, club: Club) -> None:
    if by.club_id != club.pk or by.left_at or not may(by, Permission.MANAGE_CLUB):
        raise PermissionDenied
