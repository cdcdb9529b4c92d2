"""What a member allows: what a club's coaches see, and that answers about pain are kept.

Each answer is one more row of Consent; the latest also stands on the membership or the person.
"""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from members.models import Consent, Membership, Sharing, User
from members.services.audit import record
from members.signals import health_consent_withdrawn, training_changed
from members.weeks import monday_of


def set_sharing(membership: Membership, *, sharing: str, now: dt.datetime) -> Consent:
    """Say what this club's coaches see. Raises ValidationError on "sharing"."""
    if sharing not in Sharing.values:
        raise ValidationError({"sharing": "Choose nothing, my status or everything."})
    with transaction.atomic():
        membership.sharing = sharing
        membership.save(update_fields=["sharing"])
        return Consent.objects.create(
            user=membership.user,
            club=membership.club,
            kind=Consent.Kind.SHARING,
            answer=sharing,
            given_at=now,
        )


def set_health_consent(
    user: User, *, given: bool, now: dt.datetime, guardian_agrees: bool = False
) -> Consent:
    """Give or withdraw the consent to keep answers about pain (evidence 6.6).

    Somebody under age needs a parent or guardian who agrees. Raises ValidationError on "health".
    """
    needs_guardian = given and not user.is_adult(on=user.today(now=now))
    if needs_guardian and not guardian_agrees:
        raise ValidationError({"health": "Under 18, a parent or guardian has to agree with you."})
    with transaction.atomic():
        user.health_consent_at = now if given else None
        user.save(update_fields=["health_consent_at"])
        if needs_guardian:
            record("guardian_agreed", by=user, about=user, now=now)
        if not given:
            health_consent_withdrawn.send(User, user=user)
        # The rules take answers about pain in, or leave them out, from this week on.
        first_day = monday_of(user.today(now=now))
        training_changed.send(User, runner=user, first_day=first_day, now=now)
        return Consent.objects.create(
            user=user,
            kind=Consent.Kind.STORE_HEALTH,
            answer="yes" if given else "no",
            given_at=now,
        )
