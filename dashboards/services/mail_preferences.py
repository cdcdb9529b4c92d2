"""Who wants which mail. The link in a mail is signed and works without a login (RFC 8058)."""

import datetime as dt
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction

from dashboards.links import wish_of
from dashboards.mail_kinds import KINDS
from dashboards.models import Frequency, MailHour, MailKind, MailPreference
from members.models import User


def set_frequency(user: User, *, kind: str, frequency: str, now: dt.datetime) -> None:
    """Store how often somebody wants a kind of mail. Raises ValidationError by field."""
    row = KINDS.get(MailKind(kind)) if kind in MailKind.values else None
    if row is None or frequency not in row.frequencies:
        raise ValidationError({kind: "Choose from the list how often this mail comes."})
    MailPreference.objects.update_or_create(
        user=user, kind=kind, defaults={"frequency": frequency, "changed_at": now}
    )


def set_hour(user: User, *, hour: int, now: dt.datetime) -> None:
    """Store the hour for what comes neither at once nor at the club's. Raises ValidationError."""
    if not 0 <= hour <= 23:
        raise ValidationError({"hour": "Choose an hour from the list."})
    MailHour.objects.update_or_create(user=user, defaults={"hour": hour, "changed_at": now})


def change_wishes(user: User, *, wishes: Mapping[str, str], hour: int, now: dt.datetime) -> None:
    """Store all of somebody's wishes, or none. Raises ValidationError by field."""
    with transaction.atomic():
        set_hour(user, hour=hour, now=now)
        for kind, frequency in wishes.items():
            set_frequency(user, kind=kind, frequency=frequency, now=now)


def unsubscribe(token: str, *, now: dt.datetime) -> MailKind | None:
    """Switch off what the signed token names; None where the token was not made here."""
    wish = wish_of(token)
    user = None if wish is None else User.objects.filter(pk=wish.user_id).first()
    if wish is None or user is None or wish.kind not in KINDS:
        return None
    set_frequency(user, kind=wish.kind, frequency=Frequency.OFF, now=now)
    return wish.kind
