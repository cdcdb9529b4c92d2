"""My week: what to do now and why, and what a run would mean."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views import View

from dashboards import charts, words
from dashboards.forms.what_if import WhatIfForm
from dashboards.selectors.club_runs import own_club_runs
from dashboards.selectors.my_week import logs_or_runs, my_week
from dashboards.services.current import bring_up_to_date
from dashboards.views.weeks import asked_week, week_links
from injuries.models import Training
from members.models import User
from members.selectors.club_runs import routes_offered_to
from members.selectors.gaps import week_gaps
from members.selectors.grounds import grounds_of
from members.selectors.people import clubs_of
from members.selectors.plans import breaks_of
from members.selectors.routines import routines_of
from members.selectors.youth import youth_week
from members.weeks import monday_of


class MyWeekView(View):
    """What to do now and why; for those who do not run, the way to their clubs."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the week; the current one is assessed first where today is not yet in it."""
        user, now = request.user, timezone.now()
        on = user.today(now=now)
        if not logs_or_runs(user):
            return render(request, "dashboards/no_runs.html", {"memberships": clubs_of(user)})
        week = asked_week(request.GET, on=on) or monday_of(on)
        if week == monday_of(on):
            bring_up_to_date(user, now=now)
        mine = my_week(user, week=week, on=on)
        context = _my_week_context(mine, user, on)
        if mine.is_current:
            context |= _days_context(user, on=on) | _club_context(mine, on=on)
        return render(request, "dashboards/my_week.html", context)


def _my_week_context(mine: Any, user: User, on: dt.date) -> dict[str, Any]:
    return {
        "mine": mine,
        "unit": user.unit,
        "figure": charts.weekly_distance(mine.weeks, unit=user.unit),
        "strip": charts.morning_strip(mine.mornings),
        "based_on": words.BASED_ON,
        "what_if": WhatIfForm(unit=user.unit, longest_m=mine.longest_m),
        "what_if_at": reverse("dashboards:what-if"),
        **week_links(mine.week, on=on),
    }


def _club_context(mine: Any, *, on: dt.date) -> dict[str, Any]:
    """Return the club runs of the coming days, and soft ground for who is asked to ease off."""
    training = mine.assessment.training if mine.assessment else Training.NOT_ASSESSED
    goes_easy = training == Training.EASE or mine.plan
    return {
        "club_runs": own_club_runs(mine.runner, training=training, on=on),
        "routes": routes_offered_to(mine.runner) if goes_easy else (),
    }


def _days_context(user: User, *, on: dt.date) -> dict[str, Any]:
    """Return what this week still asks about its days, what is planned, and the routines."""
    return {
        "gaps": week_gaps(user, week=on, on=on),
        "breaks": breaks_of(user, on=on)[:3],
        "routines": routines_of(user, on=on),
        "youth": youth_week(user, on=on),
        "grounds": grounds_of(user, on=on),
        "asks_previous_injury": user.asks_previous_injury(on=on),
    }
