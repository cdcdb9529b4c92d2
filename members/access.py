"""The two doors to a club: ClubMixin for pages, ClubAPIMixin for the API.

Both load the membership first. Stranger: 404, so that nobody learns which clubs exist. Member
without the right: 403. A view behind either door that names no permission does not even import.
"""

from typing import Any, ClassVar

from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from rest_framework.request import Request

from members.models import Membership
from members.permissions import Permission, may
from members.selectors.people import membership_in


def membership_or_refuse(user: Any, *, slug: str, permission: Permission) -> Membership:
    """Return the user's membership of the club. Raises Http404 or PermissionDenied."""
    membership = membership_in(user, slug=slug)
    if membership is None:
        raise Http404
    if not may(membership, permission):
        raise PermissionDenied
    return membership


def _require_permission(view: type) -> None:
    if not isinstance(getattr(view, "permission", None), Permission):
        raise ImproperlyConfigured(f"{view.__name__} must name the permission it needs.")


class ClubMixin:
    """A club's page under /c/<slug>/: has `self.membership` before anything else happens."""

    permission: ClassVar[Permission]
    membership: Membership

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        _require_permission(cls)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Load the membership or answer 404 / 403."""
        self.membership = membership_or_refuse(
            request.user, slug=kwargs["slug"], permission=self.permission
        )
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class ClubAPIMixin:
    """A club's API endpoint: the same, after DRF has authenticated the request."""

    permission: ClassVar[Permission]
    membership: Membership

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        _require_permission(cls)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Load the membership or answer 404 / 403."""
        super().initial(request, *args, **kwargs)  # type: ignore[misc]
        self.membership = membership_or_refuse(
            request.user, slug=kwargs["slug"], permission=self.permission
        )
