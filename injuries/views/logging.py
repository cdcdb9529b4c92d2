"""Log a run, with how the heel was. Everything belongs to the one who asks."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from injuries.forms import LogForm
from injuries.models import PainReport, WeeklyAssessment
from injuries.risk import runner_sentence
from injuries.selectors.assessments import current_assessment, standing_flags
from injuries.selectors.heel import open_problems_of
from injuries.selectors.shoe_asks import is_quiet, shoe_asks
from injuries.services.assessing import assess_changed, assess_today
from injuries.services.pain import report_morning, report_run_pain
from injuries.views.pages import form_page, show_form
from members.forms import sent
from members.forms.refusals import refusals_on
from members.models import Activity, User
from members.selectors.shoes import pairs_of
from members.selectors.training import unknown_days
from members.services.activities import delete_activity, edit_activity, log_activity
from members.weeks import monday_of, week_name


@form_page
def log(request: HttpRequest) -> HttpResponse:
    """Log an activity with its heel pain: all of it or nothing is saved."""
    now = timezone.now()
    form = LogForm(sent(request), runner=request.user, now=now)
    if request.method == "POST" and form.is_valid():
        activity = _save_log(form, request.user, None, now=now)
        if activity is not None:
            assess_today(request.user, now=now)
            return redirect("injuries:log-answer", activity.pk)
    return show_form(request, "injuries/log.html", form)


@form_page
def log_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an activity of one's own."""
    now = timezone.now()
    activity = get_object_or_404(Activity, pk=pk, runner=request.user)
    form = LogForm(sent(request), runner=request.user, now=now, instance=activity)
    if request.method == "POST" and form.is_valid():
        saved = _save_log(form, request.user, activity, now=now)
        if saved is not None:
            assess_changed(request.user.pk, now=now)
            return redirect("injuries:log-answer", saved.pk)
    return show_form(request, "injuries/log.html", form, activity=activity)


def _save_log(
    form: LogForm, runner: User, activity: Activity | None, *, now: dt.datetime
) -> Activity | None:
    with refusals_on(form), transaction.atomic():
        if activity is None:
            saved = log_activity(runner, now=now, **form.cleaned())
        else:
            saved = edit_activity(activity, now=now, **form.cleaned())
        said = form.said_about_pain()
        if activity is not None or any(value is not None for value in said.values()):
            report_run_pain(saved, now=now, **said)
        if form.says_first_step():
            first_step = form.cleaned_data["first_step"]
            report_morning(runner, on=saved.on, first_step=first_step, now=now)
        return saved
    return None


@require_safe
def log_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """What this run means: its check against the recent longest, and how far the next may go."""
    activity = get_object_or_404(Activity, pk=pk, runner=request.user)
    now = timezone.now()
    today = request.user.today(now=now)
    assessment = current_assessment(request.user, week=monday_of(today)) or assess_today(
        request.user, now=now
    )
    flags = [flag for flag in standing_flags(assessment) if flag.action != "context"]
    pairs = pairs_of(request.user, on=today)
    asks = shoe_asks(request.user, flags, pairs, on=assessment.on)
    this_run = [flag for flag in flags if flag.values.get("run_on") == activity.on.isoformat()]
    other_flags = [f for f in flags if f not in this_run and f.action != "shoe_check"]
    context = {
        "activity": activity,
        "assessment": assessment,
        "this_run": _in_words(this_run, assessment, request.user),
        "other_flags": _in_words(other_flags, assessment, request.user),
        "pair": next((pair for pair in pairs if pair.shoe.pk == activity.shoe_id), None),
        "asks": asks,
        "shoes_quiet": is_quiet(asks),
        "unjudged": [one for one in assessment.not_assessed if one["rule"] == "L1"],
        "unknown_days": unknown_days(request.user, week=today, on=today),
        "week_name": week_name(today),
        "open_problem": open_problems_of(request.user).first(),
        "sore": PainReport.objects.filter(activity=activity).exists(),
    }
    return render(request, "injuries/log_answer.html", context)


def _in_words(flags: list[Any], assessment: WeeklyAssessment, runner: User) -> list[dict[str, str]]:
    """Return each flag's sentence in the runner's own unit."""
    return [
        {
            "action": flag.action,
            "text": runner_sentence(
                flag.rule, _level(flag), flag.values, on=assessment.on, unit=runner.unit
            ),
        }
        for flag in flags
    ]


def _level(flag: Any) -> str:
    today = flag.rule == "RF3" and flag.action == "urgent_today"
    return "yes_today" if today else str(flag.level)


@form_page
def log_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once, then delete."""
    activity = get_object_or_404(Activity, pk=pk, runner=request.user)
    if request.method == "POST":
        now = timezone.now()
        delete_activity(activity, now=now)
        assess_changed(request.user.pk, now=now)
        messages.success(request, "Deleted.")
        return redirect("dashboards:history")
    return render(request, "injuries/log_delete.html", {"activity": activity})
