"""Log a run, say how the heel is, answer the questions. Everything belongs to the one who asks."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from injuries.forms import CheckForm, LogForm, MorningForm, ProblemForm, RedFlagForm
from injuries.models import HeelProblem, PainReport, WeeklyAssessment
from injuries.questions import TODAY, WITHIN_DAYS
from injuries.risk import ALL_RED_FLAGS, RED_FLAG_IDS, runner_sentence
from injuries.selectors.assessments import current_assessment, standing_flags
from injuries.selectors.heel import (
    course_of,
    open_problems_of,
    problems_of,
    unanswered_questions,
)
from injuries.services.assessing import assess_changed, assess_today
from injuries.services.checks import answer_check
from injuries.services.pain import report_morning, report_run_pain
from injuries.services.problems import (
    answer_red_flags,
    close_problem,
    open_problem,
    record_assessed,
)
from members.forms import sent
from members.forms.refusals import refusals_on
from members.models import Activity, User
from members.selectors.training import unknown_days
from members.services.activities import delete_activity, edit_activity, log_activity
from members.weeks import monday_of, week_name

form_page = require_http_methods(["GET", "HEAD", "POST"])
COURSE_DAYS = 28


# --- Logging -------------------------------------------------------------------------------------
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
    return _form_page(request, "injuries/log.html", form)


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
    return _form_page(request, "injuries/log.html", form, activity=activity)


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
    this_run = [flag for flag in flags if flag.values.get("run_on") == activity.on.isoformat()]
    context = {
        "activity": activity,
        "assessment": assessment,
        "this_run": _in_words(this_run, assessment, request.user),
        "other_flags": _in_words([f for f in flags if f not in this_run], assessment, request.user),
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
        return redirect("members:history")
    return render(request, "injuries/log_delete.html", {"activity": activity})


# --- Heel ----------------------------------------------------------------------------------------
@form_page
def heel(request: HttpRequest) -> HttpResponse:
    """Open sore spots and their course, this morning, and a form for a new spot."""
    now = timezone.now()
    form = ProblemForm(sent(request), runner=request.user, now=now)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            problem = open_problem(request.user, now=now, **form.cleaned_data)
            assess_changed(request.user.pk, now=now)
            return redirect("injuries:red-flags", problem.pk)
    today = request.user.today(now=now)
    problems = list(problems_of(request.user))
    context = {
        "problems": [one for one in problems if one.closed_on is None],
        "closed": [one for one in problems if one.closed_on is not None][:10],
        "morning": MorningForm(runner=request.user, now=now),
        "course": course_of(
            request.user, first=today - dt.timedelta(days=COURSE_DAYS - 1), last=today
        ),
        "today": today,
    }
    return _form_page(request, "injuries/heel.html", form, **context)


@form_page
def morning(request: HttpRequest) -> HttpResponse:
    """How the first steps were."""
    now = timezone.now()
    form = MorningForm(sent(request), runner=request.user, now=now)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            report_morning(request.user, now=now, **form.cleaned_data)
            assess_changed(request.user.pk, now=now)
            messages.success(request, "Noted. Thank you.")
            return redirect("injuries:heel")
    return _form_page(request, "injuries/morning.html", form)


@form_page
def problem(request: HttpRequest, pk: int) -> HttpResponse:
    """One sore spot: its course, what is unanswered; close it or note that it was assessed."""
    now = timezone.now()
    today = request.user.today(now=now)
    row = get_object_or_404(HeelProblem, pk=pk, runner=request.user)
    if request.method == "POST":
        if "close" in request.POST and row.closed_on is None:
            close_problem(row, on=today, now=now)
            messages.success(request, "Good to hear. It is closed; take the first weeks gently.")
        elif "assessed" in request.POST:
            record_assessed(row, on=today, now=now)
            messages.success(request, "Noted that somebody has looked at it.")
        assess_changed(request.user.pk, now=now)
        return redirect("injuries:heel" if row.closed_on else "injuries:problem", *_pk_of(row))
    first = max(row.since, today - dt.timedelta(days=90))
    context = {
        "problem": row,
        "course": course_of(request.user, first=first, last=row.closed_on or today),
        "unanswered": len(unanswered_questions(row, on=today)) if row.closed_on is None else 0,
        "days": ((row.closed_on or today) - row.since).days,
    }
    return render(request, "injuries/problem.html", context)


def _pk_of(row: HeelProblem) -> list[int]:
    return [] if row.closed_on else [row.pk]


@form_page
def red_flags(request: HttpRequest, pk: int) -> HttpResponse:
    """The fixed questions; a yes answers at once with what to do now."""
    now = timezone.now()
    row = get_object_or_404(HeelProblem, pk=pk, runner=request.user)
    form = RedFlagForm(sent(request))
    if request.method == "POST" and form.is_valid():
        answers = form.answers()
        with refusals_on(form):
            answer_red_flags(row, answers=answers, on=request.user.today(now=now), now=now)
            assess_changed(request.user.pk, now=now)
            return _after_red_flags(request, row, answers)
    return _form_page(request, "injuries/red_flags.html", form, problem=row)


def _after_red_flags(
    request: HttpRequest, row: HeelProblem, answers: dict[str, bool | None]
) -> HttpResponse:
    said_yes = {question for question, answer in answers.items() if answer}
    diabetic_colour = {"skin_colour_change", "diabetes_circulation"} <= said_yes
    if said_yes & set(RED_FLAG_IDS["RF1"]) or diabetic_colour:
        messages.warning(request, TODAY)
    elif said_yes:
        messages.warning(request, WITHIN_DAYS)
    missing = sum(answers.get(question) is None for question in ALL_RED_FLAGS)
    if missing:
        messages.info(request, f"{missing} questions are still open.")
    elif not said_yes:
        messages.success(request, "Thank you, all answered. We ask again in a while.")
    return redirect("injuries:problem", row.pk)


@form_page
def check(request: HttpRequest) -> HttpResponse:
    """The weekly check; "no problem" ends it in one tap."""
    now = timezone.now()
    today = request.user.today(now=now)
    form = CheckForm(sent(request))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            answer_check(request.user, week=today, on=today, now=now, **form.cleaned_data)
            assess_changed(request.user.pk, now=now)
            messages.success(request, "Thank you, that is all for this week.")
            return redirect("dashboards:my-week")
    return _form_page(request, "injuries/check.html", form, week=monday_of(today))


def _form_page(request: HttpRequest, template: str, form: Form, **context: Any) -> HttpResponse:
    """Show a form; one that was sent and not accepted answers 422 with everything kept."""
    status = 422 if request.method == "POST" else 200
    return render(request, template, {"form": form, **context}, status=status)
