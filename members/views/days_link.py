"""A week's missing days by a mail's link, without a login: one person, one week."""

import datetime as dt

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from members.forms import sent
from members.forms.refusals import refusals_on
from members.forms.training import MissingDaysForm
from members.links import days_asked
from members.models import User
from members.selectors.days_link import days_refusal
from members.selectors.training import unknown_days
from members.services.days import logged_everything, say_unknown


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def days_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Ask what the days without an entry were; only a POST says it, and only where nobody has."""
    now = timezone.now()
    asked = days_asked(token)
    refused = days_refusal(asked, user=request.user, now=now)
    if asked is None or refused:
        return render(request, "members/days_link_end.html", {"refused": refused}, status=410)
    runner = User.objects.get(pk=asked.runner_id)
    days = unknown_days(runner, week=asked.week, on=runner.today(now=now))
    form = MissingDaysForm(sent(request), days=days)
    if request.method == "POST" and _said(request, runner, form, week=asked.week, now=now):
        days = unknown_days(runner, week=asked.week, on=runner.today(now=now))
        form = MissingDaysForm(days=days)
    context = {"form": form, "week": asked.week, "days": days, "thanks": request.method == "POST"}
    if not days:
        return render(request, "members/days_link_end.html", {"refused": ""})
    status = 422 if form.errors else 200
    return render(request, "members/days_link.html", context, status=status)


def _said(
    request: HttpRequest, runner: User, form: MissingDaysForm, *, week: dt.date, now: dt.datetime
) -> bool:
    """Store what was said; False where something is wrong, then with the errors on the form."""
    if "everything" in request.POST:
        logged_everything(runner, week=week, now=now)
        return True
    if not form.is_valid():
        return False
    with refusals_on(form):
        say_unknown(runner, week=week, said=form.said(), now=now)
    return not form.errors
