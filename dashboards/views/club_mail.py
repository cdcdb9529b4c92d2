"""The club's mail, for its admins: what was sent, what was not and why, and once more."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views import View

from dashboards.selectors.club_mail import SHOWN, STATES, Entry, club_mail, digests_of, notices_of
from dashboards.services.resending import resend
from dashboards.tasks import send_digest, send_notice
from members.access import ClubMixin
from members.permissions import Permission
from members.tasks import enqueue_on_commit

PAGE = 50
LEDGERS: dict[str, tuple[Any, Any]] = {
    "digest": (digests_of, send_digest),
    "notice": (notices_of, send_notice),
}


class ClubMailView(ClubMixin, View):
    """Every weekly mail and invitation of the club, newest first."""

    permission = Permission.SEE_MAIL

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show a page of it, narrowed by kind and state."""
        now = timezone.now()
        kind, state = _known(request.GET, "kind", SHOWN), _known(request.GET, "state", STATES)
        rows = club_mail(self.membership, kind=kind, state=state)
        page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
        entries = [Entry(*row) for row in page.object_list]
        context = {
            "club": self.membership.club,
            "page": page,
            "entries": [(entry, entry.may_be_resent(now=now)) for entry in entries],
            "kinds": [(one.value, one.label) for one in SHOWN],
            "states": list(STATES),
            "kind": kind,
            "state": state,
            "zone": self.membership.user.zone,
        }
        return render(request, "dashboards/club_mail.html", context)


def _known(data: Any, name: str, values: Any) -> str:
    """Return what was chosen; odd values mean nothing."""
    value = data.get(name, "")
    return value if value in values else ""


class ResendView(ClubMixin, View):
    """Send one of them once more."""

    permission = Permission.SEE_MAIL

    def post(self, request: HttpRequest, slug: str, ledger: str, pk: int) -> HttpResponse:
        """Make it due now and queue it."""
        if ledger not in LEDGERS:
            raise Http404
        rows_of, send = LEDGERS[ledger]
        row = get_object_or_404(rows_of(self.membership), pk=pk)
        try:
            resend(row, by=self.membership, now=timezone.now())
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            enqueue_on_commit(send, pk)
            messages.success(request, "It is on its way once more.")
        return redirect("dashboards:club-mail", slug)
