"""One's own days: what they were, breaks planned ahead, routines ticked off."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from members.forms import sent
from members.forms.plans import BreakForm, TickForm
from members.forms.refusals import refusals_on
from members.forms.training import DayForm
from members.models import Activity, DayStatus, PlannedBreak
from members.selectors.gaps import week_gaps
from members.selectors.plans import breaks_of
from members.selectors.routines import routines_of
from members.selectors.training import (
    activities_of,
    day_statuses,
    unknown_days,
)
from members.services.days import logged_everything, set_day_status
from members.services.plans import cancel_break, plan_break
from members.services.routines import tick_routine
from members.views.back import back_or
from members.weeks import monday_of, week_from_name, week_name


# --- Days -----------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def days(request: HttpRequest) -> HttpResponse:
    """What the days of a week were; one tap says "I logged everything"."""
    now = timezone.now()
    week = _week(request, request.user.today(now=now))
    form = DayForm(sent(request))
    if request.method == "POST":
        if "everything" in request.POST:
            count = logged_everything(request.user, week=week, now=now)
            days_ = "1 day is" if count == 1 else f"{count} days are"
            return _said(request, f"{days_} now rest.", week=week, now=now)
        if form.is_valid():
            with refusals_on(form):
                said = form.cleaned_data
                status = said["status"] or None
                set_day_status(request.user, on=said["on"], status=status, now=now)
                return _said(request, "Noted.", week=said["on"], now=now)
    return _days_page(request, week=week, now=now, form=form)


def _said(request: HttpRequest, sentence: str, *, week: dt.date, now: dt.datetime) -> HttpResponse:
    """Answer in the page for htmx: the same days, as they are now."""
    if request.htmx:  # type: ignore[attr-defined]
        today = request.user.today(now=now)
        context = {"gaps": week_gaps(request.user, week=week, on=today), "in_page": True}
        context["changed"] = request.POST.get("on", "")
        return render(request, "members/_gaps.html", context)
    messages.success(request, sentence)
    return redirect(back_or(request, "members:days"))


def _days_page(
    request: HttpRequest,
    *,
    week: dt.date,
    now: dt.datetime,
    form: DayForm | None = None,
    plan: BreakForm | None = None,
) -> HttpResponse:
    today = request.user.today(now=now)
    context = {
        "form": form or DayForm(),
        "plan": plan or BreakForm(runner=request.user, now=now),
        "breaks": breaks_of(request.user, on=today),
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


# --- Plans and routines ---------------------------------------------------------------------------
@require_POST
def break_plan(request: HttpRequest) -> HttpResponse:
    """Plan a holiday or a taper."""
    now = timezone.now()
    form = BreakForm(sent(request), runner=request.user, now=now)
    if form.is_valid():
        with refusals_on(form):
            plan_break(request.user, now=now, **form.cleaned_data)
            messages.success(request, "Planned.")
            return redirect("members:days")
    week = monday_of(request.user.today(now=now))
    return _days_page(request, week=week, now=now, plan=form)


@require_POST
def break_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a plan back."""
    planned = get_object_or_404(PlannedBreak, pk=pk, runner=request.user)
    cancel_break(planned, now=timezone.now())
    messages.success(request, "The plan is taken back. Days that have passed stay as they are.")
    return redirect("members:days")


@require_POST
def routine_tick(request: HttpRequest) -> HttpResponse:
    """Tick a routine off, or take the tick back."""
    now = timezone.now()
    form = TickForm(sent(request))
    if form.is_valid():
        with refusals_on(form):
            tick_routine(request.user, now=now, **form.cleaned())
            if not request.htmx:  # type: ignore[attr-defined]
                return redirect(back_or(request, "dashboards:my-week"))
    status = 422 if form.errors else 200
    context = {
        "routines": routines_of(request.user, on=request.user.today(now=now)),
        "tick": form,
        "changed": f"{request.POST.get('routine', '')} {request.POST.get('on', '')}",
    }
    page = "members/_routines.html" if request.htmx else "members/routines.html"  # type: ignore[attr-defined]
    return render(request, page, context, status=status)
