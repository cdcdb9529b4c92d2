"""The weekly check: on the page about each open problem, by a mail's link about both heels."""

import datetime as dt

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from injuries.forms import CheckForm
from injuries.links import check_of
from injuries.models import HeelProblem
from injuries.selectors.checks import asked_week, link_refusal
from injuries.selectors.heel import open_problems_of
from injuries.services.assessing import assess_changed
from injuries.services.checks import answer_by_link, answer_check
from injuries.services.pain import AlreadyAnswered
from injuries.views.pages import form_page, show_form
from members.forms import sent
from members.forms.refusals import refusals_on
from members.models import User

ALL_WELL = "nothing"  # the one tap that answers for every problem at once


@form_page
def check(request: HttpRequest) -> HttpResponse:
    """The weekly check; "no problem" ends it in one tap."""
    now = timezone.now()
    today = request.user.today(now=now)
    week = asked_week(on=today)
    problems: list[HeelProblem | None] = list(open_problems_of(request.user)) or [None]
    data = sent(request)
    if data is not None and ALL_WELL in data:
        data = _all_well(problems)
    forms = [CheckForm(data, prefix=_prefix(one)) for one in problems]
    if data is not None and not any(form.errors for form in forms):
        with refusals_on(forms[0]):
            _keep(request.user, problems, forms, week=week, on=today, now=now)
            messages.success(request, _thanks(problems))
            return redirect("dashboards:my-week")
    context = {"week": week, "asked": list(zip(problems, forms, strict=True))}
    return show_form(request, "injuries/check.html", _first_wrong(forms), **context)


def _prefix(problem: HeelProblem | None) -> str | None:
    return None if problem is None else f"p{problem.pk}"


def _all_well(problems: list[HeelProblem | None]) -> dict[str, str]:
    names = [_prefix(one) for one in problems]
    return {f"{name}-participation" if name else "participation": "0" for name in names}


def _keep(
    runner: User,
    problems: list[HeelProblem | None],
    forms: list[CheckForm],
    *,
    week: dt.date,
    on: dt.date,
    now: dt.datetime,
) -> None:
    with transaction.atomic():
        for one, form in zip(problems, forms, strict=True):
            answer_check(runner, week=week, on=on, now=now, problem=one, **form.cleaned_data)
    assess_changed(runner.pk, now=now)


def _thanks(problems: list[HeelProblem | None]) -> str:
    over = HeelProblem.objects.filter(
        pk__in=[one.pk for one in problems if one], closed_on__isnull=False
    )
    names = " and ".join(f"your {one}" for one in over)
    if not names:
        return "Thank you, that is all for this week."
    return f"Two weeks without a problem: {names} is closed. Take the next weeks gently."


def _first_wrong(forms: list[CheckForm]) -> CheckForm:
    return next((form for form in forms if form.is_bound and form.errors), forms[0])


# --- By a mail's link, without a login -----------------------------------------------------------
@never_cache
@login_not_required
@form_page
def check_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """One week of one person, answered once. Shows nothing about them; looking changes nothing."""
    now = timezone.now()
    asked = check_of(token)
    refused = link_refusal(asked, user=request.user, now=now)
    if asked is None or refused:
        return _answer(request, refused)
    form = CheckForm(sent(request))
    if request.method == "POST" and form.is_valid():
        runner = User.objects.get(pk=asked.runner_id)
        try:
            with refusals_on(form):
                today = runner.today(now=now)
                answer_by_link(
                    runner, week=asked.week, on=today, now=now, answers=form.cleaned_data
                )
                assess_changed(runner.pk, now=now)
                return _answer(request, "", done=True)
        except AlreadyAnswered:
            return _answer(request, link_refusal(asked, user=request.user, now=now))
    return show_form(request, "injuries/check_by_link.html", form, week=asked.week)


def _answer(request: HttpRequest, refused: str, *, done: bool = False) -> HttpResponse:
    context = {"done": done, "refused": refused}
    return render(request, "injuries/check_link_end.html", context, status=200 if done else 410)
