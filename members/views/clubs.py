"""A club's members and settings, for those who may see or run it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views import View

from members.access import ClubMixin
from members.forms.people import (
    ClubForm,
    InviteForm,
    MemberForm,
    SquadEditForm,
    SquadForm,
)
from members.forms.refusals import refusals_on
from members.links import absolute
from members.models import Invitation, Membership, Squad
from members.permissions import Permission, may
from members.selectors.people import members_of, open_code_of, open_invitations, squads_of
from members.services.clubs import add_squad, change_club, edit_squad, remove_squad
from members.services.invitations import invite, revoke
from members.services.memberships import change_role, change_squad, end_membership


class ClubPage(View):
    """What these pages share: the club in every template, and forms that may come back wrong."""

    membership: Membership

    def show(self, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
        """Render a page of the club."""
        context = {"club": self.membership.club, "membership": self.membership, **context}
        return render(self.request, template, context, status=status)

    def go(self, name: str) -> HttpResponse:
        """Redirect to one of the club's pages."""
        return redirect(f"members:{name}", self.membership.club.slug)


# --- Members ------------------------------------------------------------------------------------
def members_page(page: ClubPage, form: InviteForm | None = None) -> HttpResponse:
    """Show everybody; to those who manage also open invitations and the form."""
    asking = page.membership
    manages = may(asking, Permission.MANAGE_MEMBERS)
    context: dict[str, Any] = {"members": members_of(asking), "manages": manages}
    if manages:
        context["invitations"] = open_invitations(asking, now=timezone.now())
        context["form"] = form or InviteForm(club=asking.club)
        context["code"] = open_code_of(asking, now=timezone.now())
        context["code_at"] = absolute(reverse("members:join-by-code"))
    return page.show("members/club_members.html", status=422 if form else 200, **context)


class MembersView(ClubMixin, ClubPage):
    """Who is in the club, without any health data."""

    permission = Permission.SEE_MEMBERS

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show the list."""
        return members_page(self)


class InviteView(ClubMixin, ClubPage):
    """Mail somebody a link into the club."""

    permission = Permission.MANAGE_MEMBERS

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Send it, or show what is wrong."""
        form = InviteForm(request.POST, club=self.membership.club)
        if form.is_valid():
            with refusals_on(form):
                invitation = invite(self.membership, now=timezone.now(), **form.cleaned_data)
                messages.success(request, f"The invitation is on its way to {invitation.email}.")
                return self.go("club-members")
        return members_page(self, form)


class RevokeView(ClubMixin, ClubPage):
    """Take an open invitation back."""

    permission = Permission.MANAGE_MEMBERS

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        """Make its link useless."""
        invitation = get_object_or_404(Invitation, pk=pk, club=self.membership.club)
        revoke(invitation, by=self.membership, now=timezone.now())
        messages.success(request, f"The invitation to {invitation.email} is taken back.")
        return self.go("club-members")


class OneMemberPage(ClubPage):
    """A page about one member of the club."""

    def member(self) -> Membership:
        """Return the member in the address. Raises Http404."""
        return get_object_or_404(
            members_of(self.membership).select_related("club"), pk=self.kwargs["pk"]
        )


class MemberView(ClubMixin, OneMemberPage):
    """Change one member's role and squad."""

    permission = Permission.MANAGE_MEMBERS

    def get(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        """Show the form."""
        member = self.member()
        return self._page(member, MemberForm(member=member))

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        """Store both."""
        member, now = self.member(), timezone.now()
        form = MemberForm(request.POST, member=member)
        if form.is_valid():
            with refusals_on(form), transaction.atomic():
                change_role(member, role=form.cleaned_data["role"], by=self.membership, now=now)
                change_squad(member, squad=form.cleaned_data["squad"], by=self.membership, now=now)
                messages.success(request, f"{member.user} is changed.")
                return self.go("club-members")
        return self._page(member, form)

    def _page(self, member: Membership, form: MemberForm) -> HttpResponse:
        status = 422 if form.is_bound else 200
        return self.show("members/club_members_one.html", status=status, member=member, form=form)


class EndView(ClubMixin, OneMemberPage):
    """End somebody's membership, after saying what that means."""

    permission = Permission.MANAGE_MEMBERS

    def get(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        """Ask once more."""
        return self.show("members/club_members_end.html", member=self.member())

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        """End it."""
        member = self.member()
        try:
            end_membership(member, by=self.membership, now=timezone.now())
        except ValidationError as error:
            return self.show(
                "members/club_members_end.html", status=422, member=member, refused=error.messages
            )
        messages.success(request, f"{member.user} is no longer in the club.")
        return redirect("/") if member.pk == self.membership.pk else self.go("club-members")


# --- Settings -----------------------------------------------------------------------------------
def settings_page(
    page: ClubPage, *, form: ClubForm | None = None, squad_form: SquadForm | None = None
) -> HttpResponse:
    """Show the club's facts and squads; a form that came back wrong stands in for its own."""
    club = page.membership.club
    facts = {field: getattr(club, field) for field in ClubForm.base_fields}
    facts["digest_names"] = "names" if club.digest_names else "counts"
    return page.show(
        "members/club_settings.html",
        status=422 if form or squad_form else 200,
        form=form or ClubForm(initial=facts),
        squad_form=squad_form or SquadForm(auto_id="squad_%s"),
        squads=squads_of(page.membership),
    )


class SettingsView(ClubMixin, ClubPage):
    """The club's name, its digest time and its squads."""

    permission = Permission.MANAGE_CLUB

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show them."""
        return settings_page(self)

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Store name and digest time."""
        form = ClubForm(request.POST)
        if form.is_valid():
            with refusals_on(form):
                change_club(
                    self.membership.club,
                    by=self.membership,
                    now=timezone.now(),
                    **form.cleaned_data,
                )
                messages.success(request, "Saved.")
                return self.go("club-settings")
        self.membership.club.refresh_from_db()
        return settings_page(self, form=form)


class AddSquadView(ClubMixin, ClubPage):
    """Add a squad."""

    permission = Permission.MANAGE_CLUB

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Store it, or show what is wrong."""
        form = SquadForm(request.POST, auto_id="squad_%s")
        if form.is_valid():
            with refusals_on(form):
                add_squad(
                    self.membership.club,
                    by=self.membership,
                    now=timezone.now(),
                    **form.cleaned_data,
                )
                messages.success(request, "The squad is added.")
                return self.go("club-settings")
        return settings_page(self, squad_form=form)


class OneSquadPage(ClubPage):
    """A page about one squad of the club."""

    def squad(self) -> Squad:
        """Return the squad in the address. Raises Http404."""
        return get_object_or_404(Squad, pk=self.kwargs["pk"], club=self.membership.club)


class SquadView(ClubMixin, OneSquadPage):
    """Rename a squad and say who coaches it."""

    permission = Permission.MANAGE_CLUB

    def get(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        """Show the form."""
        squad = self.squad()
        coaches = [coach.pk for coach in squad.coaches.all()]
        first = {"name": squad.name, "coaches": coaches}
        return self._page(squad, SquadEditForm(club=self.membership.club, initial=first))

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        """Store both."""
        squad = self.squad()
        form = SquadEditForm(request.POST, club=self.membership.club)
        if form.is_valid():
            said = form.cleaned_data
            with refusals_on(form):
                edit_squad(
                    squad,
                    name=said["name"],
                    coaches=list(said["coaches"]),
                    by=self.membership,
                    now=timezone.now(),
                )
                messages.success(request, "Saved.")
                return self.go("club-settings")
        return self._page(squad, form)

    def _page(self, squad: Squad, form: SquadEditForm) -> HttpResponse:
        status = 422 if form.is_bound else 200
        return self.show("members/club_settings_squad.html", status=status, squad=squad, form=form)


class RemoveSquadView(ClubMixin, OneSquadPage):
    """Remove a squad; its runners stay in the club."""

    permission = Permission.MANAGE_CLUB

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        """Remove it."""
        squad = self.squad()
        remove_squad(squad, by=self.membership, now=timezone.now())
        messages.success(request, f"The squad {squad.name} is removed.")
        return self.go("club-settings")
