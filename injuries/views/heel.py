"""How the heel is, and the questions about it. Everything belongs to the one who asks."""

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from injuries import foot
from injuries.care.guide import YOUNG
from injuries.forms import AssessedForm, DetailsForm, MorningForm, ProblemForm, RedFlagForm
from injuries.models import HeelProblem, Spot
from injuries.questions import LATELY, TODAY, WITHIN_DAYS
from injuries.risk import ALL_RED_FLAGS, RED_FLAG_IDS, assess, standing
from injuries.selectors.heel import (
    course_of,
    just_opened,
    problems_of,
    safety_due,
    stop_message,
    unanswered_questions,
)
from injuries.selectors.history import history_of
from injuries.selectors.plans import plan_of, plan_page
from injuries.services.assessing import assess_changed
from injuries.services.problems import (
    answer_red_flags,
    close_problem,
    describe_problem,
    open_problem,
    record_assessed,
)
from injuries.views.pages import form_page, show_form
from members.forms import sent
from members.forms.refusals import refusals_on

COURSE_DAYS = 28


@form_page
def heel(request: HttpRequest) -> HttpResponse:
    """Open sore spots and their course, this morning, and a form for a new spot."""
    now = timezone.now()
    tapped = {"side": request.GET.get("side", ""), "spot": request.GET.get("spot", "")}
    form = ProblemForm(sent(request), runner=request.user, now=now, initial=tapped)
    if request.method == "POST" and form.is_valid():
        twin = just_opened(request.user, now=now, **form.which_spot())
        if twin is not None:
            return redirect("injuries:red-flags", twin.pk)
        with refusals_on(form):
            problem = open_problem(request.user, now=now, **form.cleaned_data)
            assess_changed(request.user.pk, now=now)
            return redirect("injuries:red-flags", problem.pk)
    today = request.user.today(now=now)
    problems = list(problems_of(request.user))
    course = course_of(request.user, first=today - dt.timedelta(days=COURSE_DAYS - 1), last=today)
    said = {"first_step": course[-1].first_step} if course and course[-1].on == today else {}
    context = {
        "problems": [one for one in problems if one.closed_on is None],
        "closed": [one for one in problems if one.closed_on is not None][:10],
        "morning": MorningForm(runner=request.user, now=now, initial=said),
        "course": course,
        "today": today,
        "pictures": [
            foot.picture(view, names=dict(Spot.choices), link=foot.query) for view in foot.VIEWS
        ],
        "asked_for_spot": any(tapped.values()),
        "young": "" if request.user.is_adult(on=today) else YOUNG,
    }
    return show_form(request, "injuries/heel.html", form, **context)


@form_page
def problem(request: HttpRequest, pk: int) -> HttpResponse:
    """One sore spot: its course, what is unanswered; close it or note that it was assessed."""
    now = timezone.now()
    today = request.user.today(now=now)
    row = get_object_or_404(HeelProblem, pk=pk, runner=request.user)
    form = AssessedForm(sent(request), initial={"on": today})
    if request.method == "POST":
        if "assessed" not in request.POST:
            return _close(request, row, now=now)
        if form.is_valid():
            with refusals_on(form):
                record_assessed(row, on=form.cleaned_data["on"], now=now)
                assess_changed(request.user.pk, now=now)
                messages.success(request, "Noted that somebody has looked at it.")
                return redirect("injuries:problem", row.pk)
    is_open = row.closed_on is None
    history = history_of(request.user, on=today)
    stop = stop_message(assess(history).flags)
    context = {
        "problem": row,
        "stop": stop,
        "standing": standing(history) if is_open and not stop else (),
        "course": course_of(
            request.user,
            first=max(row.since, today - dt.timedelta(days=90)),
            last=row.closed_on or today,
        ),
        "unanswered": len(unanswered_questions(row, on=today)) if is_open else 0,
        "due": DUE.get(safety_due([row], on=today).get(row.pk, ""), "") if is_open else "",
        "days": ((row.closed_on or today) - row.since).days,
        "plan": plan_page(found, on=today, history=history) if (found := plan_of(row)) else None,
        "lately": [LATELY[one] for one in row.lately if one in LATELY],
        "today": today,
        "young": "" if request.user.is_adult(on=today) else YOUNG,
    }
    return show_form(request, "injuries/problem.html", form, **context)


DUE = {
    "hurt": "The run that hurt more than 5 of 10 is a reason to go through the questions again.",
    "week": "It is a week since you answered the safety questions. Are they still all no?",
}


def _close(request: HttpRequest, row: HeelProblem, *, now: dt.datetime) -> HttpResponse:
    if "close" in request.POST and row.closed_on is None:
        close_problem(row, on=request.user.today(now=now), now=now)
        assess_changed(request.user.pk, now=now)
        messages.success(request, "Good to hear. It is closed; take the first weeks gently.")
        return redirect("injuries:heel")
    return redirect("injuries:problem", row.pk)


@form_page
def details(request: HttpRequest, pk: int) -> HttpResponse:
    """How it began and what a clinician said; to change at any time."""
    row = get_object_or_404(HeelProblem, pk=pk, runner=request.user)
    said = {name: getattr(row, name) for name in DetailsForm.base_fields}
    form = DetailsForm(sent(request), initial=said)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            describe_problem(row, **form.cleaned_data)
            messages.success(request, "Noted.")
            return redirect("injuries:problem", row.pk)
    return show_form(request, "injuries/details.html", form, problem=row)


@form_page
def red_flags(request: HttpRequest, pk: int) -> HttpResponse:
    """The fixed questions; a yes answers at once with what to do now."""
    now = timezone.now()
    row = get_object_or_404(HeelProblem, pk=pk, runner=request.user)
    form = RedFlagForm(sent(request))
    if request.method == "POST" and form.is_valid():
        answers = form.answers(rest_is_no="rest_no" in request.POST)
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
