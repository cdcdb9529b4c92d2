"""What every template may know."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from members.selectors.people import clubs_of


def site(request: HttpRequest) -> dict[str, Any]:
    """Return demo mode and, lazily, the memberships of whoever is logged in (for the menu)."""
    user = getattr(request, "user", None)
    known = user is not None and user.is_authenticated
    return {"demo_mode": settings.DEMO, "my_memberships": clubs_of(user) if known else []}
