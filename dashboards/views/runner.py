"""One runner as their coaches may see them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers

from dashboards import charts
from dashboards.board_html import badges, decisions
from dashboards.forms.what_if import WhatIfForm
from dashboards.selectors.runner_page import runner_page
from dashboards.selectors.timeline import PERIODS, USUAL, Period
from dashboards.selectors.weeks import longest_of
from dashboards.services.viewing import record_view
from dashboards.views.club import ClubPage
from members.access import ClubMixin
from members.permissions import Permission


class RunnerView(ClubMixin, ClubPage):
    """One runner as far as they share; each first look of a day is written down for them."""

    permission = Permission.SEE_RUNNER

    def get(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        """Show the page, or to htmx its timeline alone, and note who looked."""
        runner = self.runner()
        record_view(self.membership, runner=runner, now=self.now)
        period = asked_period(request.GET.get("range"))
        page = runner_page(self.membership, runner, on=self.today, period=period)
        unit = self.membership.user.unit
        context = {
            "page": page,
            "runner": runner,
            "badges": badges(page.row),
            "decided": decisions(page.row, f"/c/{slug}/", may_undo=False),
            "row": page.row,
            "club": self.membership.club,
            "unit": unit,
            "on": self.today,
            "back": request.path,
            "periods": PERIODS,
            "what_if": WhatIfForm(unit=unit, longest_m=longest_of(page.row.weeks)),
            "what_if_at": reverse("dashboards:runner-what-if", args=[slug, pk]),
            "figure": charts.runner_timeline(page.timeline, unit=unit) if page.timeline else None,
        }
        is_part = request.htmx and not request.htmx.history_restore_request
        name = "dashboards/_timeline.html" if is_part else "dashboards/runner.html"
        answer = render(request, name, context)
        patch_vary_headers(answer, ("HX-Request",))
        return answer


def asked_period(name: str | None) -> Period:
    """Return the period of that name; the usual one for any other."""
    return next((period for period in PERIODS if period.name == name), USUAL)
