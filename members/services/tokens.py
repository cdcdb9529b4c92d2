"""Personal keys to the API: made, shown once, revoked."""

import datetime as dt
import secrets

from members.models import ApiToken, User
from members.models.tokens import hash_of

PREFIX = "surefoot_"


def create_token(user: User, *, name: str, now: dt.datetime) -> tuple[ApiToken, str]:
    """Return a new key's row and the key itself, which is stored nowhere."""
    key = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        user=user, name=name.strip()[:60], key_hash=hash_of(key), created_at=now
    )
    return token, key


def revoke_token(token: ApiToken, *, now: dt.datetime) -> None:
    """Make the key useless from now on. Harmless to repeat."""
    ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now)
    token.refresh_from_db(fields=["revoked_at"])
