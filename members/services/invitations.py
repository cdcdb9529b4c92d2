"""The only way into a club: a signed link, mailed to one address, that works once."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import QuerySet

from members.links import claim_link, invitation_id_of, proves_mailbox
from members.models import Club, Invitation, Membership, Role, Squad, User
from members.models.people import BEGINNER_FOR
from members.permissions import Permission, may
from members.services.audit import record
from members.services.consents import set_health_consent, set_sharing
from members.services.memberships import check_squad
from members.signals import invited

VALID_FOR = dt.timedelta(days=14)
DAY = dt.timedelta(days=1)
MOST_BY_CODE = 3  # mails a day to one address that somebody typed beside a code


class InvitationGone(Exception):
    """The link has been used, taken back, replaced or has expired."""


class WrongPerson(Exception):
    """The link was sent to another address than that of whoever is logged in."""


@dataclass(frozen=True, slots=True)
class Invited:
    """One person of a club's list; the address in small letters."""

    email: str
    role: str
    squad: Squad | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """What somebody says on joining. None: not asked, or not said. Metres."""

    sharing: str | None = None
    health: bool | None = None
    guardian_agrees: bool = False
    name: str = ""
    password: str = ""
    time_zone: str = "Europe/London"
    unit: str = User.Unit.KM
    adult_from: dt.date | None = None
    previous_injury: bool | None = None
    declared_longest_m: int | None = None
    beginner: bool = False


def invite(
    by: Membership,
    *,
    email: str,
    role: str,
    squad: Squad | None = None,
    name: str = "",
    now: dt.datetime,
) -> Invitation:
    """Mail somebody a link into the club; an older open link to the same address ends.

    The mail waits in the ledger until it could be sent. Raises ValidationError by field.
    """
    _require_manager(by, by.club)
    check_squad(squad, club=by.club)
    return _invite(
        by.club, email=email, role=role, squad=squad, name=name, invited_by=by.user, now=now
    )


def invite_all(by: Membership, people: Iterable[Invited], *, now: dt.datetime) -> int:
    """Invite each who is neither in the club nor invited as the same; return how many were.

    Sending a list twice therefore mails nobody twice. Raises ValidationError.
    """
    _require_manager(by, by.club)
    with transaction.atomic():
        Club.objects.select_for_update().get(pk=by.club_id)
        waiting = {
            (one.email, one.role, one.squad_id)
            for one in _unanswered(by.club).filter(expires_at__gt=now)
        }
        known = members_by_email(by.club)
        new = [
            one
            for one in people
            if one.email not in known
            and (one.email, one.role, one.squad.pk if one.squad else None) not in waiting
        ]
        for one in new:
            invite(by, email=one.email, role=one.role, squad=one.squad, name=one.name, now=now)
    return len(new)


def members_by_email(club: Club) -> set[str]:
    """Return the addresses of who is in the club, in small letters."""
    members = Membership.objects.active().filter(club=club)
    return {email.lower() for email in members.values_list("user__email", flat=True)}


def invite_by_code(club: Club, *, email: str, now: dt.datetime) -> Invitation | None:
    """Mail a link to whoever knows the club's code; None where no mail leaves.

    None leaves to members, to former ones, whom somebody may have had a reason to take out, to who
    was invited by name, nor more than a few a day to one address.
    Raises ValidationError on "email" where it is no address.
    """
    email = email.strip().lower()
    waiting = _unanswered(club).filter(email=email, by_code=False, expires_at__gt=now)
    mailed = Invitation.objects.filter(email=email, by_code=True, created_at__gt=now - DAY)
    known = Membership.objects.filter(club=club, user__email__iexact=email)
    if known.exists() or waiting.exists() or mailed.count() >= MOST_BY_CODE:
        return None
    return _invite(
        club, email=email, role=Role.RUNNER, squad=None, invited_by=None, by_code=True, now=now
    )


def invite_first_admin(club: Club, *, email: str, now: dt.datetime) -> Invitation:
    """Mail the link that makes somebody a new club's admin; done by whoever runs the machine."""
    return _invite(club, email=email, role=Role.ADMIN, squad=None, invited_by=None, now=now)


def revoke(invitation: Invitation, *, by: Membership, now: dt.datetime) -> None:
    """Make an open link useless. Harmless to repeat."""
    _require_manager(by, invitation.club)
    with transaction.atomic():
        if _close(invitation.club, now=now, pk=invitation.pk):
            _record("invitation_revoked", invitation, by=by.user, now=now)


def hand_over(invitation: Invitation, *, by: Membership, now: dt.datetime) -> str:
    """Return the link to hand over, and write down who had it; empty where it opens nothing."""
    _require_manager(by, invitation.club)
    if not invitation.is_open(now=now):
        return ""
    _record("claim_link_shown", invitation, by=by.user, now=now)
    return claim_link(invitation.pk)


def invitation_of(token: str) -> Invitation | None:
    """Return the invitation behind a link, however it stands; None for a made-up link."""
    pk = invitation_id_of(token)
    known = Invitation.objects.select_related("club", "squad", "invited_by", "accepted_by")
    return None if pk is None else known.filter(pk=pk).first()


def accept_invitation(
    token: str, *, answers: Answers, now: dt.datetime, user: User | None = None
) -> Membership:
    """Make `user`, or a new person, a member; the link proves the address and is used up.

    Raises InvitationGone, WrongPerson, ValidationError by field.
    """
    invitation = invitation_of(token)
    if invitation is None or not invitation.is_open(now=now):
        raise InvitationGone
    if user is not None and user.email.lower() != invitation.email.lower():
        raise WrongPerson
    with transaction.atomic():
        person = user or _create_person(invitation.email, answers=answers, now=now)
        _use_up(invitation, by=person, now=now)
        _note_address(person, verified=proves_mailbox(token))
        membership = _join(invitation, person, now=now)
        if answers.health is not None:
            set_health_consent(
                person, given=answers.health, guardian_agrees=answers.guardian_agrees, now=now
            )
        if answers.sharing is not None:
            set_sharing(membership, sharing=answers.sharing, now=now)
        record("joined", by=person, about=person, club=invitation.club, now=now)
    return membership


def account_of(invitation: Invitation) -> User | None:
    """Return whoever already has an account with the invited address."""
    return User.objects.filter(email__iexact=invitation.email).first()


def _invite(
    club: Club,
    *,
    email: str,
    role: str,
    squad: Squad | None,
    invited_by: User | None,
    name: str = "",
    by_code: bool = False,
    now: dt.datetime,
) -> Invitation:
    email = email.strip().lower()
    _check(club, email=email, role=role)
    with transaction.atomic():
        _close(club, now=now, email=email)
        invitation = Invitation.objects.create(
            club=club,
            email=email,
            role=role,
            squad=squad,
            name=name.strip(),
            by_code=by_code,
            invited_by=invited_by,
            created_at=now,
            expires_at=now + VALID_FOR,
        )
        _record("invited", invitation, by=invited_by, now=now, role=role)
        invited.send(Invitation, invitation=invitation, now=now)
    return invitation


def _check(club: Club, *, email: str, role: str) -> None:
    try:
        validate_email(email)
    except ValidationError:
        raise ValidationError({"email": "Write one email address."}) from None
    if role not in Role.values:
        raise ValidationError({"role": "Choose runner, coach, assistant coach or admin."})
    if Membership.objects.active().filter(club=club, user__email__iexact=email).exists():
        raise ValidationError({"email": "This person is in the club already."})


def _close(club: Club, *, now: dt.datetime, **which: Any) -> int:
    """Revoke the club's open invitations among `which`; return how many."""
    return _unanswered(club).filter(**which).update(revoked_at=now)


def _unanswered(club: Club) -> QuerySet[Invitation]:
    return Invitation.objects.filter(club=club, accepted_at=None, revoked_at=None)


def _create_person(email: str, *, answers: Answers, now: dt.datetime) -> User:
    if User.objects.filter(email__iexact=email).exists():
        raise WrongPerson
    person = User(
        email=email.lower(),
        name=answers.name.strip(),
        time_zone=answers.time_zone,
        unit=answers.unit,
        adult_from=answers.adult_from,
        date_joined=now,
    )
    person.set_password(answers.password or None)
    person.full_clean(exclude=["password"])
    today = person.today(now=now)
    if answers.previous_injury is not None:
        person.previous_injury = answers.previous_injury
        person.previous_injury_answered_on = today
    if answers.declared_longest_m is not None:
        person.declared_longest_m = answers.declared_longest_m
        person.declared_on = today
    if answers.beginner:
        person.beginner_until = today + BEGINNER_FOR
    person.save()
    return person


def _use_up(invitation: Invitation, *, by: User, now: dt.datetime) -> None:
    """Two clicks at once: the database lets one of them through."""
    won = Invitation.objects.filter(
        pk=invitation.pk, accepted_at=None, revoked_at=None, expires_at__gt=now
    ).update(accepted_at=now, accepted_by=by)
    if not won:
        raise InvitationGone


def _note_address(person: User, *, verified: bool) -> None:
    """Who holds a mailed link reads the mailbox; one that was handed over proves nothing."""
    address, _ = EmailAddress.objects.get_or_create(
        user=person, email=person.email, defaults={"verified": verified, "primary": True}
    )
    if verified and not address.verified:
        address.verified = True
        address.save(update_fields=["verified"])


def _join(invitation: Invitation, person: User, *, now: dt.datetime) -> Membership:
    """Return the membership; who comes back gets the old row, sharing nothing until they say."""
    fresh = {
        "role": invitation.role,
        "squad": invitation.squad,
        "sharing": "nothing",
        "joined_at": now,
        "left_at": None,
    }
    membership, _ = Membership.objects.update_or_create(
        user=person, club=invitation.club, defaults=fresh
    )
    return membership


def _require_manager(by: Membership, club: Club) -> None:
    if by.club_id != club.pk or by.left_at or not may(by, Permission.MANAGE_MEMBERS):
        raise PermissionDenied


def _record(
    action: str, invitation: Invitation, *, by: User | None, now: dt.datetime, **details: Any
) -> None:
    record(action, by=by, club=invitation.club, now=now, invitation=invitation.pk, **details)
