"""Personal tokens: `Authorization: Bearer KEY`."""

from typing import Any

from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from members.models import ApiToken, User
from members.models.tokens import hash_of


class TokenAuthentication(BaseAuthentication):
    """Finds the owner of a personal key; a revoked or unknown key is refused with 401."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """Return (user, token), or None where no bearer key was sent."""
        scheme, _, key = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != "bearer":
            return None
        token = (
            ApiToken.objects.select_related("user")
            .filter(key_hash=hash_of(key.strip()), revoked_at=None, user__is_active=True)
            .first()
        )
        if token is None:
            raise AuthenticationFailed("This key is unknown or has been revoked.")
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=timezone.now())
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        """Make a missing login a 401, not a 403."""
        return "Bearer"


class TokenScheme(OpenApiAuthenticationExtension):
    """How the key stands in the OpenAPI description."""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """Return the scheme."""
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "A personal key, made under Settings.",
        }
