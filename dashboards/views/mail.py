"""Which mail somebody gets, and the link that ends it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from dashboards.forms.mail import MailForm
from dashboards.links import wish_of
from dashboards.mail_kinds import KINDS
from dashboards.selectors.wishes import hour_of, kinds_for, said_by
from dashboards.services.mail_preferences import change_wishes, unsubscribe
from dashboards.services.previews import kind_of, notices_of, weekly_of
from members.forms import sent
from members.forms.refusals import refusals_on


@csrf_exempt  # the signed token is the authority; mail programs send a bare POST (RFC 8058)
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def mail_off(request: HttpRequest, token: str) -> HttpResponse:
    """Ask once, or switch one kind of mail off at once for a POST."""
    wish = wish_of(token)
    if wish is None or wish.kind not in KINDS:
        raise Http404
    if request.method == "POST" and unsubscribe(token, now=timezone.now()) is None:
        raise Http404
    context = {"kind": KINDS[wish.kind].label, "done": request.method == "POST"}
    return render(request, "dashboards/mail_off.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def mail_settings(request: HttpRequest) -> HttpResponse:
    """Which mail one gets, and how often."""
    chosen = said_by(request.user) | {"hour": hour_of(request.user)}
    form = MailForm(sent(request), kinds=kinds_for(request.user), initial=chosen)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            hour, now = form.cleaned_data["hour"], timezone.now()
            change_wishes(request.user, wishes=form.wishes(), hour=hour, now=now)
            messages.success(request, "Noted.")
            return redirect("dashboards:mail-settings")
    status = 422 if form.is_bound else 200
    context = {"form": form, **_previews(request)}
    return render(request, "dashboards/mail_settings.html", context, status=status)


def _previews(request: HttpRequest) -> dict[str, object]:
    weekly = [(one, KINDS[kind_of(one)].label) for one in weekly_of(request.user)]
    return {
        "weekly": weekly,
        "notices": [(kind, KINDS[kind].label) for kind in notices_of(request.user)],
    }
