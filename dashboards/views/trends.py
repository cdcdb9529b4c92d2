"""A club over time, and how good its flags are."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from dashboards import charts, trend_figures
from dashboards.heat_html import heat_html, legend
from dashboards.selectors.flag_quality import flag_quality
from dashboards.selectors.trends import ANSWER, MAPS, PERIODS, Trends, trends
from dashboards.selectors.trends.acted import OUTCOMES
from dashboards.selectors.trends.logged import GROUNDS
from dashboards.services.viewing import record_grid
from dashboards.views.club import ClubPage
from members.access import ClubMixin
from members.permissions import Permission, may

MAP_WORDS = {"answer": "the answer", "load": "distance", "pain": "morning pain"}
MAP_QUESTIONS = {
    "answer": "Who stood where?",
    "load": "Who ran how far?",
    "pain": "Whose mornings were sore?",
}


class TrendsView(ClubMixin, ClubPage):
    """The club over weeks. What is shown stands in the address."""

    permission = Permission.SEE_TRENDS

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show the questions, each with its picture and its numbers."""
        seen = trends(self.membership, on=self.today, **asked_of(request.GET))
        record_grid(self.membership, grid=seen.heat, now=self.now)
        unit, club = self.membership.user.unit, self.membership.club
        context = {
            "trends": seen,
            "membership": self.membership,
            "query": request.GET,
            "club": club,
            "unit": unit,
            "periods": PERIODS,
            "heat": heat_html(seen.heat, club=f"/c/{club.slug}/", unit=unit),
            "heat_question": MAP_QUESTIONS[seen.heat.shows],
            "legend": legend(seen.heat.shows),
            "maps": MAP_WORDS.items(),
            "grounds": GROUNDS.values(),
            "outcomes": outcome_words(seen),
            "sees_flags": may(self.membership, Permission.SEE_FLAG_QUALITY),
            **_figures(seen, unit),
        }
        return render(request, "dashboards/trends.html", context)


def asked_of(query: QueryDict) -> dict[str, Any]:
    """Return what the address asks for; what it cannot ask for is as if not asked."""
    weeks, squad, page = (_number(query.get(name)) for name in ("weeks", "squad", "page"))
    shows = query.get("map", "")
    return {
        "weeks": weeks if weeks in PERIODS else PERIODS[0],
        "squad": squad,
        "shows": shows if shows in MAPS else ANSWER,
        "page": page or 1,
    }


def outcome_words(seen: Trends) -> list[tuple[str, int]]:
    """Return each outcome with how often it was said."""
    counts = seen.acted.outcomes or {}
    return [(word, counts[key]) for key, word in OUTCOMES.items() if key in counts]


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 12 else None


def _figures(seen: Trends, unit: str) -> dict[str, Any]:
    return {
        "load": trend_figures.load_figure(seen.load, unit=unit),
        "problems": trend_figures.sore_figure(seen.prevalence[0]) if seen.prevalence else {},
        "spikes": trend_figures.spike_figure(seen.spikes),
        "surfaces": trend_figures.surface_figure(seen.surfaces, unit=unit),
        "acted_figure": trend_figures.acted_figure(seen.acted, seen.asked),
    }


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
