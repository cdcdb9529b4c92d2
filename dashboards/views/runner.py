"""One runner as their coaches may see them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dashboards import charts
from dashboards.board_html import badges, decisions
from dashboards.selectors.runner_page import runner_page
from dashboards.services.viewing import record_view
from dashboards.views.club import ClubPage
from members.access import ClubMixin
from members.permissions import Permission


class RunnerView(ClubMixin, ClubPage):
    """One runner as far as they share; each first look of a day is written down for them."""

    permission = Permission.SEE_RUNNER

    def get(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        """Show the page and note who looked."""
        runner = self.runner()
        record_view(self.membership, runner=runner, now=self.now)
        page = runner_page(self.membership, runner, on=self.today)
        unit = self.membership.user.unit
        draw = charts.pain_course if page.row.view.sees_pain else charts.run_timeline
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
            "figure": draw(page.days, unit=unit) if page.days else None,
        }
        return render(request, "dashboards/runner.html", context)
