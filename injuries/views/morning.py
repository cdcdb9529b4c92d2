"""The first steps of a morning: on the own pages, and in one tap by a mail's link."""

import datetime as dt

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.cache import never_cache

from injuries.forms import FirstStepForm, MorningForm
from injuries.links import morning_of
from injuries.selectors.checks import MORNING_SAID, morning_refusal, morning_said
from injuries.services.assessing import assess_changed
from injuries.services.pain import (
    AlreadyAnswered,
    answer_morning_by_link,
    report_morning,
    take_back_first_step,
)
from injuries.views.pages import form_page, show_form
from members.forms import sent
from members.forms.refusals import refusals_on
from members.models import User
from members.views.training import back_or


@form_page
def morning(request: HttpRequest) -> HttpResponse:
    """How the first steps were."""
    now = timezone.now()
    if "take_back" in request.POST:
        return _take_back(request, now=now)
    first_step = morning_said(request.user, on=request.user.today(now=now))  # type: ignore[arg-type]
    said = {"first_step": first_step}
    form = MorningForm(sent(request), runner=request.user, now=now, initial=said)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            report_morning(request.user, now=now, **form.cleaned_data)
            assess_changed(request.user.pk, now=now)
            messages.success(request, "Noted. Thank you.")
            return redirect(back_or(request, "injuries:heel"))
    return show_form(request, "injuries/morning.html", form)


def _take_back(request: HttpRequest, *, now: dt.datetime) -> HttpResponse:
    try:
        day = parse_date(request.POST.get("on", ""))
    except ValueError:  # no day of any calendar
        day = None
    if day is not None:
        take_back_first_step(request.user, on=day, now=now)  # type: ignore[arg-type]
        assess_changed(request.user.pk, now=now)
        messages.success(request, "Taken back. Nothing is said of that morning now.")
    return redirect(back_or(request, "injuries:heel"))


@never_cache
@login_not_required
@form_page
def morning_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """One morning of one person, answered once; it shows nothing, and looking changes nothing."""
    now = timezone.now()
    asked = morning_of(token)
    refused = morning_refusal(asked, user=request.user, now=now)
    if asked is None or refused:
        return _end(request, refused)
    form = FirstStepForm(sent(request))
    if request.method == "POST" and form.is_valid():
        runner = User.objects.get(pk=asked.runner_id)
        try:
            with refusals_on(form):
                answer_morning_by_link(runner, on=asked.on, now=now, **form.cleaned_data)
                assess_changed(runner.pk, now=now)
                return _end(request, "", done=True)
        except AlreadyAnswered:
            return _end(request, MORNING_SAID)
    return show_form(request, "injuries/morning_by_link.html", form, on=asked.on)


def _end(request: HttpRequest, refused: str, *, done: bool = False) -> HttpResponse:
    context = {"done": done, "refused": refused}
    return render(request, "injuries/morning_link_end.html", context, status=200 if done else 410)
