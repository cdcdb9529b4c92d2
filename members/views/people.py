"""Joining by a signed link, and everything one decides about oneself."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members.forms import sent
from members.forms.people import (
    AcceptForm,
    HealthForm,
    JoinForm,
    PersonForm,
    SharingForm,
    TokenForm,
)
from members.forms.refusals import add_errors, refusals_on
from members.models import ApiToken, Invitation, Membership
from members.selectors.audit import entries_about
from members.selectors.people import clubs_of
from members.services.accounts import change_person, say_previous_injury
from members.services.consents import set_health_consent, set_sharing
from members.services.invitations import (
    InvitationGone,
    WrongPerson,
    accept_invitation,
    account_of,
    invitation_of,
)
from members.services.memberships import end_membership
from members.services.tokens import create_token, revoke_token
from members.views.back import back_or

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
READ_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


def form_status(form: Any) -> int:
    """Return 422 for a form that came back with something wrong."""
    return 422 if form.is_bound else 200


# --- Joining ------------------------------------------------------------------------------------
@login_not_required
@never_cache
@READ_OR_POST
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Follow an invitation: make the account, or join with the one there is."""
    invitation = invitation_of(token)
    now = timezone.now()
    if invitation is None:
        return render(request, "members/join_gone.html", {"unknown": True}, status=404)
    if not invitation.is_open(now=now):
        return _gone(request, invitation)
    if not request.user.is_authenticated:
        return _join_new(request, invitation, token, now)
    if request.user.email.lower() != invitation.email.lower():
        return render(request, "members/join_other.html", {"club": invitation.club}, status=403)
    return _join_known(request, invitation, token, now)


def _gone(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    if invitation.accepted_by_id and invitation.accepted_by_id == request.user.pk:
        messages.info(request, f"You are in {invitation.club} already.")
        return redirect("/")
    return render(request, "members/join_gone.html", {"invitation": invitation}, status=410)


def _join_new(request: HttpRequest, invitation: Invitation, token: str, now: Any) -> HttpResponse:
    if account_of(invitation):
        messages.info(request, f"Log in to join {invitation.club}.")
        return redirect(f"{reverse('account_login')}?{urlencode({'next': request.path})}")
    zone = invitation.invited_by.time_zone if invitation.invited_by else None
    initial = {
        "name": invitation.name,
        "time_zone": zone or timezone.get_default_timezone_name(),
        "previous_injury": "",
    }
    form = JoinForm(sent(request), invitation=invitation, now=now, initial=initial)
    if request.method == "POST" and form.is_valid():
        membership = _accept(form, token, now=now)
        if membership is not None:
            login(request, membership.user, backend=BACKEND)
            return _welcome(request, membership)
    return _join_page(request, invitation, form)


def _join_known(request: HttpRequest, invitation: Invitation, token: str, now: Any) -> HttpResponse:
    form = AcceptForm(sent(request), invitation=invitation, user=request.user, now=now)
    if request.method == "POST" and form.is_valid():
        membership = _accept(form, token, now=now, user=request.user)
        if membership is not None:
            return _welcome(request, membership)
    return _join_page(request, invitation, form)


def _accept(form: Any, token: str, *, now: Any, user: Any = None) -> Membership | None:
    """Return the membership, or None with the refusal in the form."""
    try:
        return accept_invitation(token, answers=form.answers(), now=now, user=user)
    except (InvitationGone, WrongPerson):
        form.add_error(None, "This invitation has just been used or taken back.")
    except ValidationError as error:
        add_errors(form, error)
    return None


def _welcome(request: HttpRequest, membership: Membership) -> HttpResponse:
    messages.success(request, f"Welcome to {membership.club}.")
    return redirect("/")


def _join_page(request: HttpRequest, invitation: Invitation, form: Any) -> HttpResponse:
    context = {"invitation": invitation, "club": invitation.club, "form": form}
    return render(request, "members/join.html", context, status=form_status(form))


# --- Settings -----------------------------------------------------------------------------------
def settings_page(request: HttpRequest, **forms: Any) -> HttpResponse:
    """Show everything about oneself; a form that came back wrong is given by name."""
    user = request.user
    today = user.today(now=timezone.now())
    wrong = next((form for form in forms.values() if form.errors), None)
    context = {
        "person": PersonForm(initial=PersonForm.first_values(user, on=today)),
        "memberships": _with_sharing_forms(user, forms.pop("sharing", None)),
        "health": HealthForm(auto_id="health_%s"),
        "is_adult": user.is_adult(on=today),
        **forms,
    }
    return render(request, "members/settings.html", context, status=422 if wrong else 200)


def _with_sharing_forms(user: Any, wrong: SharingForm | None) -> list[dict[str, Any]]:
    return [{"membership": one, "form": _sharing_form(one, wrong)} for one in clubs_of(user)]


def _sharing_form(membership: Membership, wrong: SharingForm | None) -> SharingForm | None:
    """Only runners are looked at by coaches."""
    if membership.role != "runner":
        return None
    prefix = f"club-{membership.pk}"
    if wrong is not None and wrong.prefix == prefix:
        return wrong
    return SharingForm(prefix=prefix, initial={"sharing": membership.sharing})


def own_membership(request: HttpRequest, pk: int) -> Membership:
    """Return one of one's own memberships. Raises Http404."""
    return get_object_or_404(clubs_of(request.user).select_related("user"), pk=pk)


@READ_OR_POST
def settings(request: HttpRequest) -> HttpResponse:
    """One's name, zone, unit and running; the way to everything else."""
    if request.method != "POST":
        return settings_page(request)
    now = timezone.now()
    first = PersonForm.first_values(request.user, on=request.user.today(now=now))
    form = PersonForm(request.POST, initial=first)
    if not form.is_valid():
        return settings_page(request, person=form)
    said = form.cleaned_data
    untouched = "longest" not in form.changed_data
    with refusals_on(form):
        change_person(
            request.user,
            name=said["name"],
            time_zone=said["time_zone"],
            unit=said["unit"],
            previous_injury=said["previous_injury"],
            # What is shown is rounded: leaving it alone must not change it.
            declared_longest_m=request.user.declared_longest_m if untouched else said["longest"],
            beginner=said["beginner"],
            now=now,
        )
        messages.success(request, "Saved.")
        return redirect("members:settings")
    return settings_page(request, person=form)


@require_POST
def previous_injury(request: HttpRequest) -> HttpResponse:
    """Say again, a year later, whether one was injured; anything but yes and no is "not said"."""
    said = {"yes": True, "no": False}.get(request.POST.get("injured", ""))
    say_previous_injury(request.user, said=said, now=timezone.now())  # type: ignore[arg-type]
    messages.success(request, "Thank you." if said is not None else "Noted: not said.")
    return redirect(back_or(request, "members:settings"))


@require_POST
def sharing(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what one club's coaches see."""
    membership = own_membership(request, pk)
    if membership.role != "runner":
        raise Http404
    form = SharingForm(request.POST, prefix=f"club-{membership.pk}")
    if not form.is_valid():
        return settings_page(request, sharing=form)
    set_sharing(membership, sharing=form.cleaned_data["sharing"], now=timezone.now())
    messages.success(request, f"{membership.club} now sees: {membership.get_sharing_display()}.")
    return redirect("members:settings")


@require_POST
def health(request: HttpRequest) -> HttpResponse:
    """Give or withdraw the consent to keep answers about pain."""
    form = HealthForm(request.POST, auto_id="health_%s")
    if form.is_valid():
        said = form.cleaned_data
        with refusals_on(form):
            set_health_consent(
                request.user,
                given=said["health"],
                guardian_agrees=said["guardian_agrees"],
                now=timezone.now(),
            )
    if form.errors:
        return settings_page(request, health=form)
    messages.success(request, "You can now report pain." if said["health"] else "Taken back.")
    return redirect("members:settings")


@READ_OR_POST
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a club, after saying what that means."""
    membership = own_membership(request, pk)
    context: dict[str, Any] = {"membership": membership}
    if request.method == "POST":
        try:
            end_membership(membership, by=membership, now=timezone.now())
        except ValidationError as error:
            context["refused"] = error.messages
            return render(request, "members/settings_leave.html", context, status=422)
        messages.success(request, f"You have left {membership.club}.")
        return redirect("members:settings")
    return render(request, "members/settings_leave.html", context)


@require_safe
def who_looked(request: HttpRequest) -> HttpResponse:
    """Who opened one's page or changed something about one."""
    context = {"entries": entries_about(request.user)}
    return render(request, "members/settings_who_looked.html", context)


# --- Keys ---------------------------------------------------------------------------------------
@never_cache
@READ_OR_POST
def tokens(request: HttpRequest) -> HttpResponse:
    """One's keys to the API; a new one is shown on this answer and never again."""
    form = TokenForm(sent(request))
    key = None
    if request.method == "POST" and form.is_valid():
        _, key = create_token(request.user, name=form.cleaned_data["name"], now=timezone.now())
        form = TokenForm()
    own = ApiToken.objects.filter(user=request.user, revoked_at=None)
    context = {"form": form, "tokens": own, "key": key}
    return render(request, "members/tokens.html", context, status=form_status(form))


@require_POST
def token_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Revoke one of one's keys."""
    token = get_object_or_404(ApiToken, pk=pk, user=request.user)
    revoke_token(token, now=timezone.now())
    messages.success(request, f"The key “{token.name}” is revoked.")
    return redirect("members:tokens")
