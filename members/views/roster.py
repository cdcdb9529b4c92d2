"""A club's list of people in, and its join code."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from members.access import ClubMixin
from members.forms import sent
from members.forms.refusals import refusals_on
from members.forms.roster import (
    BaseRosterFormSet,
    JoinCodeForm,
    RosterForm,
    RosterFormSet,
    preview_of,
)
from members.models import Invitation
from members.permissions import Permission
from members.services.invitations import hand_over, invite_all, invite_by_code
from members.services.join_codes import close_code, club_of_code, open_code
from members.services.tries import too_many
from members.views.clubs import ClubPage
from members.views.people import READ_OR_POST

TRIES, TRIES_WITHIN_S = 100, 3600  # from one address, which may be a clubhouse


class RosterView(ClubMixin, ClubPage):
    """Paste or upload a list, look at it, then invite everybody on it."""

    permission = Permission.MANAGE_MEMBERS

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Ask for the list."""
        return self.show("members/roster.html", form=RosterForm())

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show what was read; or, where that comes back, invite or say what is wrong."""
        club = self.membership.club
        if "form-TOTAL_FORMS" in request.POST:
            return self._confirmed(RosterFormSet(request.POST, club=club))
        form = RosterForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.show("members/roster.html", form=form, status=422)
        return self._preview(preview_of(form.lines, club=club))

    def _preview(self, rows: BaseRosterFormSet, *, status: int = 200) -> HttpResponse:
        rows.is_valid()
        wrong = sum(bool(row.errors) for row in rows.forms)
        return self.show("members/roster_rows.html", rows=rows, wrong=wrong, status=status)

    def _confirmed(self, rows: BaseRosterFormSet) -> HttpResponse:
        if not rows.is_valid():
            return self._preview(rows, status=422)
        count = invite_all(self.membership, rows.invited, now=timezone.now())
        people = "1 person is" if count == 1 else f"{count} people are"
        messages.success(
            self.request,
            f"{people} invited; the mails are on their way."
            if count
            else "Nobody new was on the list; no mail was sent.",
        )
        return self.go("club-members")


class ClaimView(ClubMixin, ClubPage):
    """The link of one open invitation, to hand over to whoever does not read mail."""

    permission = Permission.MANAGE_MEMBERS

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        """Show it, and note who had it; by POST, so that it stands in no history of addresses."""
        invitation = get_object_or_404(Invitation, pk=pk, club=self.membership.club)
        link = hand_over(invitation, by=self.membership, now=timezone.now())
        return self.show("members/claim.html", invitation=invitation, link=link)


class JoinCodeView(ClubMixin, ClubPage):
    """Make, replace or close the club's join code."""

    permission = Permission.MANAGE_MEMBERS

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Do it."""
        now = timezone.now()
        if "close" in request.POST:
            close_code(self.membership, now=now)
            messages.success(request, "Nobody can join by the code any more.")
        else:
            code = open_code(self.membership, now=now)
            messages.success(request, f"The club's code is now {code}.")
        return self.go("club-members")


@login_not_required
@never_cache
@READ_OR_POST
def join_by_code(request: HttpRequest) -> HttpResponse:
    """Ask for a link into a club by its code. Says nothing about who is in it."""
    form = JoinCodeForm(sent(request), initial={"code": request.GET.get("code", "")[:20]})
    if request.method == "POST" and form.is_valid():
        if too_many(
            "join", get_adapter().get_client_ip(request), most=TRIES, within_s=TRIES_WITHIN_S
        ):
            form.add_error("code", "That was tried often from here; please wait an hour.")
            return render(request, "members/join_code.html", {"form": form}, status=429)
        now = timezone.now()
        club = club_of_code(form.cleaned_data["code"], now=now)
        if club is None:
            form.add_error("code", "No club has this code now; ask for the newest one.")
        else:
            with refusals_on(form):
                invite_by_code(club, email=form.cleaned_data["email"], now=now)
                return render(request, "members/join_code_sent.html", {"club": club})
    return render(
        request, "members/join_code.html", {"form": form}, status=422 if form.is_bound else 200
    )
