"""What the pages of a club share."""

import datetime as dt
from typing import Any
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import View

from dashboards.selectors.runner_page import runner_membership
from members.models import Membership


class ClubPage(View):
    """What the club's pages share: the clock read once, and the runner in the address."""

    membership: Membership

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Read the clock once."""
        super().setup(request, *args, **kwargs)
        self.now = timezone.now()

    @property
    def today(self) -> dt.date:
        """The coach's local day."""
        return self.membership.user.today(now=self.now)

    def runner(self) -> Membership:
        """Return the membership in the address. Raises Http404."""
        found = runner_membership(self.membership, pk=self.kwargs["pk"])
        if found is None:
            raise Http404
        return found

    def back(self, request: HttpRequest) -> str:
        """Return where the coach came from, for instance the board as filtered.

        It stands in the form, else in what htmx or the browser says; never another site.
        """
        came = request.htmx.current_url if request.htmx else request.headers.get("Referer")
        asked = request.POST.get("next") or request.GET.get("next") or _inside(request, came)
        if url_has_allowed_host_and_scheme(asked, None) and not urlsplit(asked).netloc:
            return asked
        return reverse("dashboards:board", args=[self.membership.club.slug])


def _inside(request: HttpRequest, address: str | None) -> str:
    """Return path and query of an address of this site, empty for any other."""
    parts = urlsplit(address or "")
    if parts.netloc != request.get_host():
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
