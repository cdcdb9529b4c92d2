"""Who wants which mail. The link in a mail is signed and works without a login (RFC 8058)."""

import datetime as dt

from dashboards.links import wish_of
from dashboards.models import MailKind, MailPreference
from members.models import User


def set_wanted(user: User, *, kind: str, wanted: bool, now: dt.datetime) -> None:
    """Switch one kind of mail on or off."""
    MailPreference.objects.update_or_create(
        user=user, kind=kind, defaults={"wanted": wanted, "changed_at": now}
    )


def is_wanted(user: User, *, kind: str) -> bool:
    """Tell whether somebody gets this kind of mail; who never said anything does."""
    return not MailPreference.objects.filter(user=user, kind=kind, wanted=False).exists()


def unsubscribe(token: str, *, now: dt.datetime) -> MailKind | None:
    """Switch off what the signed token names; None where the token was not made here."""
    wish = wish_of(token)
    user = None if wish is None else User.objects.filter(pk=wish.user_id).first()
    if wish is None or user is None:
        return None
    set_wanted(user, kind=wish.kind, wanted=False, now=now)
    return wish.kind
