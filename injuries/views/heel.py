"""How the heel is, and the questions about it. Everything belongs to the one who asks."""

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from injuries.forms import CheckForm, MorningForm, ProblemForm, RedFlagForm
from injuries.models import HeelProblem
from injuries.questions import TODAY, WITHIN_DAYS
from injuries.risk import ALL_RED_FLAGS, RED_FLAG_IDS
from injuries.selectors.heel import course_of, problems_of, unanswered_questions
from injuries.services.assessing import assess_changed
from injuries.services.checks import answer_check
from injuries.services.pain import report_morning
from injuries.services.problems import (
    answer_red_flags,
    close_problem,
    open_problem,
    record_assessed,
)
from injuries.views.pages import form_page, show_form
from members.forms import sent
from members.forms.refusals import refusals_on
from members.weeks import monday_of

COURSE_DAYS = 28


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
    return show_form(request, "injuries/heel.html", form, **context)


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
    return show_form(request, "injuries/morning.html", form)


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
    return show_form(request, "injuries/red_flags.html", form, problem=row)


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
    return show_form(request, "injuries/check.html", form, week=monday_of(today))
