"""The sheet for a visit: made and shared by the runner, read by whoever has the link."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from dashboards.charts import course_picture
from dashboards.forms.sheets import SheetForm, at_first
from dashboards.models import SharedSheet
from dashboards.selectors.sheet import course_days, physio_sheet, week_rows
from dashboards.selectors.sheets import sheet_of, sheets_of
from dashboards.services.sheets import TooOften, read_sheet, share_sheet, withdraw_sheet
from members.links import absolute


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def physio(request: HttpRequest) -> HttpResponse:
    """Choose, see and print the sheet; with `share` in the form also make a link to it.

    The ticks are sent in the body, so that no address, history or log holds them.
    """
    runner, now = request.user, timezone.now()
    form = SheetForm(request.POST if request.method == "POST" else None, runner=runner)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else at_first(runner)
    sheet = physio_sheet(
        runner, parts=chosen["parts"], weeks=chosen["weeks"], on=runner.today(now=now)
    )
    link = ""
    if "share" in request.POST and not form.errors:
        try:
            _, token = share_sheet(runner, sheet=sheet, days=chosen["days"], now=now)
            link = absolute(reverse("dashboards:sheet", args=[token]))
        except ValidationError as error:
            form.add_error(None, error)
    context = {"form": form, "link": link, "shared": sheets_of(runner, now=now), **shown(sheet)}
    return render(request, "dashboards/physio.html", context, status=422 if form.errors else 200)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one of one's own links back."""
    shared = get_object_or_404(SharedSheet, pk=pk, runner=request.user)
    withdraw_sheet(shared, now=timezone.now())
    messages.success(request, "The link no longer works, and the copy behind it is deleted.")
    return redirect("dashboards:physio")


@never_cache
@login_not_required
@csrf_exempt  # the link itself is the right to read; a page without a referrer sends no origin
@require_http_methods(["GET", "HEAD", "POST"])
def sheet_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Show a shared sheet to whoever has the link and presses the button.

    Looking at the link alone shows and counts nothing: mail programs follow links by themselves.
    """
    now = timezone.now()
    shared = sheet_of(token, now=now)
    if shared is None:
        raise Http404
    if request.method != "POST":
        return _unseen(render(request, "dashboards/sheet_ask.html", {"shared": shared}))
    reader = request.user if request.user.is_authenticated else None
    try:
        sheet = read_sheet(shared, by=reader, now=now)
    except TooOften:
        answer = render(request, "dashboards/sheet_wait.html", status=429)
        answer._has_been_logged = True  # the log would hold an address that opens something
        return _unseen(answer)
    context = {"shared": shared, **shown(sheet)}
    return _unseen(render(request, "dashboards/sheet_shown.html", context))


def shown(sheet: dict[str, Any]) -> dict[str, Any]:
    """Return what the sheet's template needs beside the sheet itself."""
    first, last = (dt.date.fromisoformat(sheet[key]) for key in ("first", "made_on"))
    picture = ""
    if "course" in sheet:
        picture = course_picture(course_days(sheet), first=first, last=last)
    return {
        "sheet": sheet,
        "first": first,
        "last": last,
        "picture": mark_safe(picture),
        "weeks": week_rows(sheet),
    }


def _unseen(answer: HttpResponse) -> HttpResponse:
    """Keep the page out of search engines, and its address out of what it links to."""
    answer["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    answer["Referrer-Policy"] = "no-referrer"
    return answer
