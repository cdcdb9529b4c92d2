"""The club's sore heels: a list for its coaches, the same without names as a file, and how many."""

from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dashboards import words
from dashboards.forms.injuries import InjuryForm
from dashboards.services.viewing import record_download, record_list_view
from dashboards.trend_figures import sore_figure
from dashboards.views.club import ClubPage
from injuries.selectors.injury_csv import injury_csv
from injuries.selectors.injury_list import Injury, InjuryList, injury_list
from injuries.selectors.prevalence import GroupPrevalence, Prevalence, prevalence
from members.access import ClubMixin
from members.permissions import Permission


class Row(NamedTuple):
    """One problem and what the page says about it."""

    one: Injury
    onset: str
    episode: str
    lost: str


class InjuriesView(ClubMixin, ClubPage):
    """Problem by problem, and shares of the weekly checks. Who is listed can read who looked."""

    permission = Permission.SEE_INJURIES

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show both, as far as the filters narrow them."""
        return self._page(request, self._form(request.GET))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Send the list as a file without names."""
        form = self._form(request.POST)
        if not form.is_valid():
            return self._page(request, form)
        found = self._found(form)
        record_download(self.membership, runners=_runners(found), now=self.now)
        name = f"{slug}-sore-heels-{self.today.isoformat()}.csv"
        return HttpResponse(
            injury_csv(found, on=self.today),
            content_type="text/csv; charset=utf-8",
            headers={
                "Content-Disposition": f'attachment; filename="{name}"',
                "Cache-Control": "no-store",
            },
        )

    def _page(self, request: HttpRequest, form: InjuryForm) -> HttpResponse:
        status = 200 if form.is_valid() else 422
        found = self._found(form)
        record_list_view(self.membership, runners=_runners(found), now=self.now)
        shares = prevalence(self.membership, on=self.today)
        group = _group(shares, form.squad_id)
        context = {
            "club": self.membership.club,
            "form": form,
            "found": found,
            "rows": [_row(one) for one in found.injuries],
            "shares": shares,
            "group": group,
            "by_squad": _by_squad(shares),
            "chart": sore_figure(group),
        }
        return render(request, "dashboards/injuries.html", context, status=status)

    def _form(self, said: Any) -> InjuryForm:
        return InjuryForm(said, coach=self.membership, on=self.today)

    def _found(self, form: InjuryForm) -> InjuryList:
        return injury_list(self.membership, on=self.today, since=form.since, squad_id=form.squad_id)


def _runners(found: InjuryList) -> list[Any]:
    return [one.runner for one in found.injuries]


def _row(one: Injury) -> Row:
    return Row(
        one,
        words.ONSETS[one.problem.onset],
        words.EPISODES[one.episode],
        words.days_lost(one.loss.lost, one.loss.unknown),
    )


def _group(shares: Prevalence, squad_id: int | None) -> GroupPrevalence:
    """Return the squad that was asked for; where nobody in it shares anything, all."""
    asked = (one for one in shares.squads if squad_id and one.squad_id == squad_id)
    return next(asked, shares.everybody)


def _by_squad(shares: Prevalence) -> list[tuple[Any, list[Any]]]:
    """Return (Monday, that week of each squad) for the table."""
    weeks = zip(*(squad.weeks for squad in shares.squads), strict=True)
    return [(week[0].week, list(week)) for week in weeks]
