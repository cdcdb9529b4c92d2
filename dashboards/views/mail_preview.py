"""Mails to look at: what would be sent to oneself now, and in the demo what was sent."""

from collections.abc import Iterator
from pathlib import Path

from csp.decorators import csp
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from dashboards.mail_kinds import KINDS
from dashboards.mail_reading import ReadMail, read_mail
from dashboards.services.previews import (
    kind_of,
    notice_preview,
    notices_of,
    weekly_of,
    weekly_preview,
)

# What the HTML of a mail may do in a browser: look as it looks, and nothing else.
mail_only = csp(
    {
        "default-src": ["'none'"],
        "style-src": ["'unsafe-inline'"],
        "img-src": ["data:"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
        "frame-ancestors": ["'self'"],
    }
)


@never_cache
@require_safe
def mail_preview(request: HttpRequest, pk: int = 0, kind: str = "") -> HttpResponse:
    """A mail to oneself as it would be sent now, or that none would be."""
    label, mail = _preview(request, pk, kind)
    context = {"mail": mail, "label": label, "frame": f"{request.path}html/"}
    return render(request, "dashboards/mail_preview.html", context)


@mail_only
@xframe_options_sameorigin
@never_cache
@require_safe
def mail_preview_html(request: HttpRequest, pk: int = 0, kind: str = "") -> HttpResponse:
    """Its HTML part, for the frame."""
    _, mail = _preview(request, pk, kind)
    if mail is None:
        raise Http404
    return HttpResponse(mail.html)


def _preview(request: HttpRequest, pk: int, kind: str) -> tuple[str, ReadMail | None]:
    """Return what the mail is called, and the weekly one of a membership or one of a kind."""
    now = timezone.now()
    if kind:
        if kind not in notices_of(request.user):
            raise Http404
        label, mail = KINDS[kind].label, notice_preview(request.user, kind=kind, now=now)
    else:
        member = next((one for one in weekly_of(request.user) if one.pk == pk), None)
        if member is None:
            raise Http404
        label = f"{KINDS[kind_of(member)].label}, {member.club}"
        mail = weekly_preview(member, now=now)
    return label, None if mail is None else read_mail(mail.message().as_bytes())


# --- The demo's mailbox --------------------------------------------------------------------------
NEWEST = 300
BETWEEN = b"\n" + b"-" * 79 + b"\n"  # what Django writes after each mail; a file may hold several


def _mails() -> Iterator[tuple[str, ReadMail]]:
    """Yield the mails written to files with a name each, newest first. Only ever in demo mode."""
    if not settings.DEMO or not getattr(settings, "EMAIL_FILE_PATH", None):
        raise Http404
    for file in sorted(Path(settings.EMAIL_FILE_PATH).glob("*.log"), reverse=True)[:NEWEST]:
        contents = file.read_bytes().split(BETWEEN)
        for place, content in reversed(list(enumerate(contents))):
            if content.strip():
                yield f"{file.stem}.{place}", read_mail(content)


def _mail(name: str) -> ReadMail:
    for found, mail in _mails():
        if found == name:
            return mail
    raise Http404


@require_safe
def demo_mail(request: HttpRequest) -> HttpResponse:
    """The mails this demo has sent."""
    return render(request, "dashboards/demo_mail.html", {"mails": list(_mails())[:NEWEST]})


@require_safe
def demo_mail_one(request: HttpRequest, name: str) -> HttpResponse:
    """One mail: its text, and its HTML in a frame without any rights."""
    return render(request, "dashboards/demo_mail_one.html", {"name": name, "mail": _mail(name)})


@mail_only
@xframe_options_sameorigin
@require_safe
def demo_mail_html(request: HttpRequest, name: str) -> HttpResponse:
    """The HTML part of one mail, allowed nothing but its own looks."""
    html = _mail(name).html
    if not html:
        raise Http404
    return HttpResponse(html)
