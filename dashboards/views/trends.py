"""A club over time, and how good its flags are."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dashboards import charts
from dashboards.selectors.flag_quality import flag_quality
from dashboards.selectors.trends import trends
from dashboards.views.club import ClubPage
from members.access import ClubMixin
from members.permissions import Permission


class TrendsView(ClubMixin, ClubPage):
    """The club over twelve weeks."""

    permission = Permission.SEE_TRENDS

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show the maps and the figures behind them."""
        seen = trends(self.membership, on=self.today)
        unit = self.membership.user.unit
        context = {
            "trends": seen,
            "club": self.membership.club,
            "unit": unit,
            "answers": charts.answer_map(seen.weeks, seen.rows),
            "load": charts.club_distance(seen.load, unit=unit),
            "problems": charts.problem_share(seen.shares),
        }
        return render(request, "dashboards/trends.html", context)


class FlagQualityView(ClubMixin, ClubPage):
    """How good the club's flags are: worked out by a job, read here; figures of groups only."""

    permission = Permission.SEE_FLAG_QUALITY

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show the newest figures, or that there are none yet or too few."""
        seen = flag_quality(self.membership)
        context = {
            "quality": seen,
            "club": self.membership.club,
            "burden": charts.alert_burden(seen.burden_rows),
            "followed": charts.alerts_followed(seen.followed_rows),
        }
        return render(request, "dashboards/flags.html", context)
