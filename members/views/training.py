"""One's own days. Everything is looked up through the runner."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from members.forms import sent
from members.forms.training import DayForm
from members.models import Activity, DayStatus
from members.selectors.training import (
    activities_of,
    day_statuses,
    unknown_days,
)
from members.services.days import logged_everything, set_day_status
from members.weeks import monday_of, week_from_name, week_name


def back_or(request: HttpRequest, url_name: str) -> str:
    """Return the `next` of the form where it stays on this site, else the named page."""
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else reverse(url_name)


@require_http_methods(["GET", "HEAD", "POST"])
def days(request: HttpRequest) -> HttpResponse:
    """What the days of a week were; one tap says "I logged everything"."""
    now = timezone.now()
    today = request.user.today(now=now)
    week = _week(request, today)
    form = DayForm(sent(request))
    if request.method == "POST":
        if "everything" in request.POST:
            count = logged_everything(request.user, week=week, now=now)
            days_ = "1 day is" if count == 1 else f"{count} days are"
            messages.success(request, f"{days_} now rest.")
            return redirect(back_or(request, "members:days"))
        if form.is_valid() and _say(form, request.user, now=now):
            messages.success(request, "Noted.")
            return redirect(back_or(request, "members:days"))
    context = {
        "form": form,
        "week": week,
        "week_name": week_name(week),
        "rows": _day_rows(request.user, week, today),
        "statuses": DayStatus.Status.choices,
        "unknown": unknown_days(request.user, week=week, on=today),
        "before": week_name(week - dt.timedelta(days=7)),
        "after": week_name(week + dt.timedelta(days=7)) if week < monday_of(today) else "",
    }
    return render(
        request, "members/days.html", context, status=422 if request.method == "POST" else 200
    )


def _week(request: HttpRequest, today: dt.date) -> dt.date:
    try:
        asked = week_from_name(request.POST.get("week") or request.GET.get("week") or "")
    except ValueError:
        asked = today
    return min(monday_of(asked), monday_of(today))


def _say(form: DayForm, runner: Any, *, now: dt.datetime) -> bool:
    """Keep what was said; False with the refusal in the form."""
    said = form.cleaned_data
    try:
        set_day_status(runner, on=said["on"], status=said["status"] or None, now=now)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


def _day_rows(runner: Any, week: dt.date, today: dt.date) -> list[dict[str, Any]]:
    said = day_statuses(runner, week=week)
    last = week + dt.timedelta(days=6)
    logged: dict[dt.date, list[Activity]] = {}
    for activity in activities_of(runner).filter(on__range=(week, last)):
        logged.setdefault(activity.on, []).append(activity)
    all_days = [week + dt.timedelta(days=offset) for offset in range(7)]
    return [
        {"on": day, "status": said.get(day, ""), "activities": logged.get(day, [])}
        for day in all_days
        if day <= today
    ]
