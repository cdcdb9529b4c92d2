"""The way back to running: begin it, today's session, where it stands; a coach's hold."""

import datetime as dt

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views import View

from injuries.care import numbers
from injuries.care.guide import NOTICE, YOUNG
from injuries.care.phases import PHASES
from injuries.forms import SessionForm
from injuries.models import HeelProblem, ReturnPlan
from injuries.selectors.heel import safety_due
from injuries.selectors.plans import PlanPage, going_on, plan_of, plan_page
from injuries.services.assessing import assess_changed
from injuries.services.pain import report_run_pain
from injuries.services.plans import (
    end_plan,
    hold_plan,
    note_clinicians_hold,
    release_clinicians_hold,
    release_plan,
    start_plan,
)
from injuries.views.pages import form_page, show_form
from members.access import ClubMixin
from members.forms import sent
from members.forms.refusals import refusals_on
from members.models import Activity
from members.permissions import Permission
from members.selectors.people import runners_visible_to
from members.services.activities import log_activity
from members.units import format_duration


@form_page
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The way back of one sore spot; a POST begins, ends, holds or lets it go."""
    now = timezone.now()
    problem = get_object_or_404(HeelProblem, pk=pk, runner=request.user)
    found = plan_of(problem)
    if request.method == "POST":
        try:
            _act(request, problem, found, now=now)
        except ValidationError as error:
            for message in error.messages:
                messages.warning(request, message)
        return redirect("injuries:plan", problem.pk)
    today = request.user.today(now=now)
    other = going_on(request.user)
    context = {
        "problem": problem,
        "page": plan_page(found, on=today) if found else None,
        "other": other if other and other.problem_id != problem.pk else None,
        "phases": PHASES,
        "notice": NOTICE,
        "today": today,
        "young": "" if request.user.is_adult(on=today) else YOUNG,
    }
    return render(request, "injuries/plan.html", context)


def _act(
    request: HttpRequest, problem: HeelProblem, found: ReturnPlan | None, *, now: dt.datetime
) -> None:
    if "start" in request.POST:
        start_plan(problem, now=now)
        messages.success(request, "You are on the way back. First comes a walk.")
    elif found is None:
        return
    elif "end" in request.POST:
        end_plan(found, now=now)
        messages.success(request, "Ended. You can begin again any day.")
    elif "hold" in request.POST:
        note_clinicians_hold(found, now=now)
        messages.success(request, "Noted: the plan waits.")
    elif "release" in request.POST:
        release_clinicians_hold(found, now=now)
        messages.success(request, "Noted: the plan goes on.")


@form_page
def session(request: HttpRequest, pk: int) -> HttpResponse:
    """Log today's walk or session with everything that decides about the next step."""
    now = timezone.now()
    problem = get_object_or_404(HeelProblem, pk=pk, runner=request.user)
    found = plan_of(problem)
    if found is None:
        raise Http404
    page = plan_page(found, on=request.user.today(now=now))
    form = SessionForm(sent(request), runner=request.user, now=now, initial=_suggested(page))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form), transaction.atomic():
            saved = log_activity(request.user, now=now, **form.cleaned())
            if not saved.is_repeat:
                said = form.said_about_pain()
                report_run_pain(saved, now=now, after=None, problem=problem, **said)
            assess_changed(request.user.pk, now=now)
            messages.success(request, "Noted. How the next morning is says most.")
            return redirect(_after_session(problem, now=now), problem.pk)
    return show_form(request, "injuries/session.html", form, problem=problem, page=page)


def _after_session(problem: HeelProblem, *, now: dt.datetime) -> str:
    """Return the page that follows: the safety questions after a session that hurt (3.1)."""
    due = safety_due([problem], on=problem.runner.today(now=now))
    return "injuries:red-flags" if due.get(problem.pk) == "hurt" else "injuries:plan"


def _suggested(page: PlanPage) -> dict[str, str]:
    if page.state.phase is None:
        return {"kind": Activity.Kind.WALK, "duration": format_duration(numbers.WALK_S)}
    per = 1609.344 if page.plan.problem.runner.unit == "mi" else 1000
    return {
        "kind": Activity.Kind.RUN,
        "distance": f"{page.distance_m / per:.1f}" if page.distance_m else "",
    }


class HoldView(ClubMixin, View):
    """A coach holds a runner's way back, or lets it go on."""

    permission = Permission.DECIDE

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        """Hold, or with `release` let go; back to the runner's page."""
        member = runners_visible_to(self.membership).filter(pk=pk).first()
        if member is None:
            raise Http404
        change = release_plan if "release" in request.POST else hold_plan
        try:
            change(self.membership, runner=member.user, now=timezone.now())
        except ValidationError as error:
            messages.warning(request, error.messages[0])
        return redirect("dashboards:runner", slug, pk)
