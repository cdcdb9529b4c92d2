"""Which mail somebody gets, the link that ends it, and the demo's mailbox."""

import email
import email.policy
from email.message import EmailMessage
from pathlib import Path

from csp.decorators import csp_replace
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from dashboards.links import wish_of
from dashboards.mail_form import MailForm
from dashboards.mail_kinds import KINDS
from dashboards.selectors.wishes import hour_of, kinds_for, said_by
from dashboards.services.mail_preferences import change_wishes, unsubscribe
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
    return render(request, "dashboards/mail_settings.html", {"form": form}, status=status)


# --- The demo's mailbox --------------------------------------------------------------------------
def _mails() -> list[tuple[str, EmailMessage]]:
    """Return the mails written to files, newest first. Only ever in demo mode."""
    if not settings.DEMO or not getattr(settings, "EMAIL_FILE_PATH", None):
        raise Http404
    files = sorted(Path(settings.EMAIL_FILE_PATH).glob("*.log"), reverse=True)[:300]
    return [(file.stem, _read(file)) for file in files]


def _read(file: Path) -> EmailMessage:
    content = file.read_bytes().rsplit(b"-" * 79, 1)[0]
    return email.message_from_bytes(content, policy=email.policy.default)  # type: ignore[arg-type]


def _mail(name: str) -> EmailMessage:
    for stem, mail in _mails():
        if stem == name:
            return mail
    raise Http404


@require_safe
def demo_mail(request: HttpRequest) -> HttpResponse:
    """The mails this demo has sent."""
    mails = [
        {"name": name, "subject": mail["subject"], "to": mail["to"], "date": mail["date"]}
        for name, mail in _mails()
    ]
    return render(request, "dashboards/demo_mail.html", {"mails": mails})


@require_safe
def demo_mail_one(request: HttpRequest, name: str) -> HttpResponse:
    """One mail: its text, and its HTML in a frame without any rights."""
    mail = _mail(name)
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    context = {
        "name": name,
        "mail": mail,
        "subject": mail["subject"],
        "to": mail["to"],
        "text": text.get_content() if text else "",
        "has_html": html is not None,
    }
    return render(request, "dashboards/demo_mail_one.html", context)


@csp_replace(
    {"default-src": ["'none'"], "style-src": ["'unsafe-inline'"], "frame-ancestors": ["'self'"]}
)
@xframe_options_sameorigin
@require_safe
def demo_mail_html(request: HttpRequest, name: str) -> HttpResponse:
    """The HTML part of one mail, allowed nothing but its own style attributes."""
    html = _mail(name).get_body(("html",))
    if html is None:
        raise Http404
    return HttpResponse(html.get_content())
