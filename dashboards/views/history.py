"""One's own history, as a list and as a calendar."""

import datetime as dt
from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from dashboards.forms.history import HistoryForm
from dashboards.selectors.history import (
    EVERYTHING,
    Month,
    Wanted,
    by_week,
    calendar_of,
    found,
    month_after,
    month_before,
    months_of,
    totals_of,
)
from members.models import DayStatus
from members.weeks import EARLIEST

PAGE = 30


@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """Everything logged and asked for; the address holds the whole question."""
    today = request.user.today(now=timezone.now())
    form = HistoryForm(request.GET, runner=request.user)
    wanted = form.wanted()
    months = months_of(request.user)
    is_calendar = request.GET.get("view") == "calendar"
    context = {
        "form": form,
        "is_narrow": wanted != EVERYTHING,
        "is_calendar": is_calendar,
        "years": _by_year(months),
        "logs": bool(months),
        **(
            _calendar(request, wanted, today=today)
            if is_calendar
            else _list(request, wanted, months)
        ),
    }
    return render(request, "dashboards/history.html", context)


def _list(request: HttpRequest, wanted: Wanted, months: list[Month]) -> dict[str, Any]:
    page = Paginator(found(request.user, wanted), PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    asked = {(one.first, one.last): one.first for one in months}
    return {
        "page": page,
        "weeks": by_week(request.user, wanted, shown),
        "totals": totals_of(request.user, wanted),
        "month": asked.get((wanted.since, wanted.until)),
    }


def _calendar(request: HttpRequest, wanted: Wanted, *, today: dt.date) -> dict[str, Any]:
    month = _asked_month(request, today=today)
    return {
        "month": month,
        "month_before": month_before(month) if month > EARLIEST else None,
        "month_after": month_after(month) if month_after(month) <= today else None,
        "calendar": calendar_of(request.user, month=month, wanted=wanted, today=today),
        "statuses": dict(DayStatus.Status.choices),
    }


def _asked_month(request: HttpRequest, *, today: dt.date) -> dt.date:
    """Return the first day of ?month=2026-03; of this month where that is none or to come."""
    try:
        asked = dt.date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        asked = today
    return min(max(asked, EARLIEST), today).replace(day=1)


def _by_year(months: list[Month]) -> list[tuple[int, list[Month]]]:
    years = groupby(months, key=lambda month: month.first.year)
    return [(year, sorted(of_year, key=lambda one: one.first)) for year, of_year in years]
