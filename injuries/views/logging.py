"""Log a run, with how the heel was. Everything belongs to the one who asks."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from injuries.forms import LogForm
from injuries.models import ActivityUndo, PainReport, WeeklyAssessment
from injuries.risk import runner_sentence
from injuries.risk.thresholds import PAIN_STOP
from injuries.selectors.assessments import current_assessment, standing_flags
from injuries.selectors.heel import open_problems_of, safety_due
from injuries.selectors.shoe_asks import is_quiet, shoe_asks
from injuries.services.assessing import assess_changed, assess_today
from injuries.services.pain import report_morning, report_run_pain
from injuries.services.undo import (
    delete_with_undo,
    open_undos,
    remember_edit,
    snapshot,
    undo_change,
)
from injuries.views.pages import form_page
from members.forms import sent
from members.forms.refusals import refusals_on
from members.models import Activity, User
from members.selectors.routines import ticks_of
from members.selectors.shoes import pairs_of
from members.selectors.training import unknown_days
from members.services.activities import edit_activity, log_activity
from members.weeks import day_refusal, monday_of, week_name

ASSESSED_AT_ONCE_DAYS = 120  # an entry about longer ago has its weeks assessed by the job
ROUTINE_KINDS = ("mobility", "strength")
JUDGED_DAYS = 14  # how long a single run's flag stands


# --- Logging --------------------------------------------------------------------------------------
@form_page
def log(request: HttpRequest) -> HttpResponse:
    """Log an activity with its heel pain: all of it or nothing is saved."""
    now = timezone.now()
    again = request.GET.get("again", "")
    initial = _day_asked(request, now=now)
    form = LogForm(sent(request), runner=request.user, now=now, again=again, initial=initial)
    if request.method == "POST" and form.is_valid():
        activity = save_log(form, request.user, now=now)
        if activity is not None:
            return _answer(request, activity, now=now)
    return _form_page(request, form)


def _day_asked(request: HttpRequest, *, now: dt.datetime) -> dict[str, dt.date]:
    """The day a link asks for, as the calendar does; one that cannot be logged is passed over."""
    try:
        day = dt.date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return {}
    return {} if day_refusal(day, today=request.user.today(now=now)) else {"on": day}


@form_page
def log_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an activity of one's own; the answer offers to undo it."""
    now = timezone.now()
    activity = get_object_or_404(Activity, pk=pk, runner=request.user)
    form = LogForm(sent(request), runner=request.user, now=now, instance=activity)
    if request.method == "POST" and form.is_valid():
        undo = _change_log(form, activity, now=now)
        if not form.errors:
            assess_changed(request.user.pk, now=now)
            if undo is not None:
                messages.success(request, "Changed.", extra_tags=f"undo-{undo.pk}")
            return _answer(request, activity, now=now)
    return _form_page(request, form, activity=activity)


def save_log(form: LogForm, runner: User, *, now: dt.datetime) -> Activity | None:
    """Store what a valid form says and assess; None with the refusal on the form.

    The second copy of one submit finds the first and changes nothing.
    """
    saved = None
    with refusals_on(form), transaction.atomic():
        saved = log_activity(runner, now=now, **form.cleaned())
        if not saved.is_repeat:
            said = form.said_about_pain()
            if any(value is not None for value in said.values()):
                report_run_pain(saved, now=now, **said)
            _save_first_step(form, saved, now=now)
    if form.errors or saved is None:
        return None
    if (runner.today(now=now) - saved.on).days <= ASSESSED_AT_ONCE_DAYS:
        assess_changed(runner.pk, now=now)
    return saved


def _change_log(form: LogForm, activity: Activity, *, now: dt.datetime) -> ActivityUndo | None:
    with refusals_on(form), transaction.atomic():
        before = snapshot(activity, days=[form.cleaned_data["on"]])
        edit_activity(activity, now=now, **form.cleaned())
        report_run_pain(activity, now=now, **form.said_about_pain())
        _save_first_step(form, activity, now=now)
        return remember_edit(activity, before, now=now)
    return None


def _save_first_step(form: LogForm, activity: Activity, *, now: dt.datetime) -> None:
    if form.says_first_step():
        first_step = form.cleaned_data["first_step"]
        report_morning(activity.runner, on=activity.on, first_step=first_step, now=now)


def _form_page(request: HttpRequest, form: LogForm, **context: Any) -> HttpResponse:
    """Show the form; what was sent and not accepted answers 422 with everything kept."""
    status = 422 if request.method == "POST" else 200
    in_page = request.method == "POST" and request.htmx  # type: ignore[attr-defined]
    page = "injuries/_log_form.html" if in_page else "injuries/log.html"
    return render(request, page, {"form": form, **context}, status=status)


# --- The answer -----------------------------------------------------------------------------------
def _answer(request: HttpRequest, activity: Activity, *, now: dt.datetime) -> HttpResponse:
    """Answer in the page for htmx, on a page of its own without scripts."""
    address = reverse("injuries:log-answer", args=[activity.pk])
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(address)
    context = _answer_context(request.user, activity, now=now)  # type: ignore[arg-type]
    response = render(request, "injuries/_log_answer.html", {"in_page": True, **context})
    response["HX-Push-Url"] = address
    return response


@require_safe
def log_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """What this run means: its check against the recent longest, and how far the next may go."""
    activity = get_object_or_404(Activity, pk=pk, runner=request.user)
    context = _answer_context(request.user, activity, now=timezone.now())  # type: ignore[arg-type]
    return render(request, "injuries/log_answer.html", context)


def _answer_context(runner: User, activity: Activity, *, now: dt.datetime) -> dict[str, Any]:
    today = runner.today(now=now)
    assessment = current_assessment(runner, week=monday_of(today))
    if assessment is None or assessment.on != today:
        assessment = assess_today(runner, now=now)
    flags = [flag for flag in standing_flags(assessment) if flag.action != "context"]
    pairs = pairs_of(runner, on=today)
    asks = shoe_asks(runner, flags, pairs, on=assessment.on)
    this_run = [flag for flag in flags if flag.values.get("run_on") == activity.on.isoformat()]
    problems = list(open_problems_of(runner))
    report = PainReport.objects.filter(activity=activity).first()
    hurt = report is not None and (report.during or 0) > PAIN_STOP
    due = safety_due(problems, on=today) if hurt else {}
    other_flags = [f for f in flags if f not in this_run and f.action != "shoe_check"]
    return {
        "activity": activity,
        "assessment": assessment,
        "is_judged": activity.kind == "run" and (today - activity.on).days < JUDGED_DAYS,
        "this_run": _in_words(this_run, assessment, runner),
        "other_flags": _in_words(other_flags, assessment, runner),
        "pair": next((pair for pair in pairs if pair.shoe.pk == activity.shoe_id), None),
        "asks": asks,
        "shoes_quiet": is_quiet(asks),
        "unjudged": [one for one in assessment.not_assessed if one["rule"] == "L1"],
        "unknown_days": unknown_days(runner, week=today, on=today),
        "week_name": week_name(today),
        "open_problem": problems[0] if problems else None,
        "sore": report is not None and report.hurts,
        "hurt": hurt,
        "routines": ticks_of(runner, on=activity.on) if activity.kind in ROUTINE_KINDS else (),
        "to_answer": [one for one in problems if one.pk in due],
    }


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


# --- Delete and undo ------------------------------------------------------------------------------
@form_page
def log_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once, then delete; the next page offers to undo it."""
    activity = get_object_or_404(Activity, pk=pk, runner=request.user)
    if request.method == "POST":
        now = timezone.now()
        undo = delete_with_undo(activity, now=now)
        assess_changed(request.user.pk, now=now)
        messages.success(request, "Deleted.", extra_tags=f"undo-{undo.pk}")
        return redirect("dashboards:history")
    return render(request, "injuries/log_delete.html", {"activity": activity})


@require_safe
def log_undos(request: HttpRequest) -> HttpResponse:
    """What was changed or deleted in the last thirty days and can be brought back."""
    undos = open_undos(request.user, now=timezone.now())  # type: ignore[arg-type]
    return render(request, "injuries/log_undos.html", {"undos": undos})


@require_POST
def log_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring back what was there; a second tap finds it done already."""
    known = get_object_or_404(ActivityUndo, pk=pk, runner=request.user)
    now = timezone.now()
    try:
        undo = undo_change(request.user, pk=pk, now=now)  # type: ignore[arg-type]
    except ValidationError as refused:
        messages.warning(request, " ".join(refused.messages))
        return redirect("dashboards:history")
    assess_changed(request.user.pk, now=now)
    messages.success(request, f"Undone. The {undo.kind} of {undo.on:%-d %B} is as it was.")
    return redirect("injuries:log-answer", known.activity_id)
