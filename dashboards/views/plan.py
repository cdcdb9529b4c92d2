"""What the club runs next, which group is for whom, and routes on soft ground."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from dashboards.selectors.club_runs import fits_of
from dashboards.services.viewing import PLAN_VIEWED, record_list_view
from dashboards.views.club import ClubPage
from members.access import ClubMixin
from members.forms.club_runs import ClubRunForm, SoftRouteForm, next_saturday
from members.forms.refusals import refusals_on
from members.models import ClubRun, SoftRoute
from members.permissions import Permission
from members.selectors.club_runs import routes_of, routes_offered_to, runs_of
from members.services.club_runs import remove_route, remove_run, save_route, save_run


@require_safe
def own_routes(request: HttpRequest) -> HttpResponse:
    """The routes on soft ground of one's own clubs."""
    routes = list(routes_offered_to(request.user))
    return render(
        request, "dashboards/own_routes.html", {"routes": routes, "unit": request.user.unit}
    )


class PlanPage(ClubPage):
    """What these pages share."""

    def show(self, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
        """Render a page of the club's plan."""
        context |= {"club": self.membership.club, "unit": self.membership.user.unit}
        return render(self.request, f"dashboards/{template}", context, status=status)

    def go(self, name: str) -> HttpResponse:
        """Redirect to one of them."""
        return redirect(f"dashboards:{name}", self.membership.club.slug)


class PlanView(ClubMixin, PlanPage):
    """The club's next runs; of the chosen one, which group is for whom."""

    permission = Permission.PLAN_RUNS

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show the run in ?run=, else the next."""
        runs = list(runs_of(self.membership, on=self.today))
        asked = request.GET.get("run", "")
        chosen = next((run for run in runs if str(run.pk) == asked), runs[0] if runs else None)
        fits = fits_of(self.membership, chosen, on=self.today) if chosen else []
        seen = [fit.who for fit in fits if fit.training is not None]
        record_list_view(self.membership, runners=seen, now=self.now, what=PLAN_VIEWED)
        return self.show(
            "plan.html",
            runs=runs,
            chosen=chosen,
            fits=fits,
            routes=list(routes_of(self.membership)),
        )


class RunEditView(ClubMixin, PlanPage):
    """Add or change a run."""

    permission = Permission.PLAN_RUNS

    def get(self, request: HttpRequest, slug: str, pk: int | None = None) -> HttpResponse:
        """Show the form; a new run is next Saturday at nine."""
        run = self._run(pk)
        given = {} if pk else {"on": next_saturday(self.today), "starts_at": "09:00"}
        form = ClubRunForm(unit=self.membership.user.unit, run=run if pk else None, initial=given)
        return self.show("plan_run.html", form=form, run=run)

    def post(self, request: HttpRequest, slug: str, pk: int | None = None) -> HttpResponse:
        """Store it, or show what is wrong."""
        run = self._run(pk)
        form = ClubRunForm(request.POST, unit=self.membership.user.unit)
        if form.is_valid():
            with refusals_on(form):
                save_run(form.fill(run), groups=form.groups, by=self.membership, now=self.now)
                messages.success(request, "The run is planned.")
                return redirect(f"{self.go('plan').url}?run={run.pk}")
        return self.show("plan_run.html", form=form, run=self._run(pk), status=422)

    def _run(self, pk: int | None) -> ClubRun:
        club = self.membership.club
        return get_object_or_404(ClubRun, pk=pk, club=club) if pk else ClubRun(club=club)


class RunRemoveView(ClubMixin, PlanPage):
    """Take a run out of the plan."""

    permission = Permission.PLAN_RUNS

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        """Take it out."""
        run = get_object_or_404(ClubRun, pk=pk, club=self.membership.club)
        remove_run(run, by=self.membership, now=self.now)
        messages.success(request, "The run is out of the plan.")
        return self.go("plan")


class RoutesView(ClubMixin, PlanPage):
    """The club's routes on soft ground, and a form for one more."""

    permission = Permission.EDIT_ROUTES

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show them."""
        return self._page(SoftRouteForm(unit=self.membership.user.unit))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Add one, or show what is wrong."""
        form = SoftRouteForm(request.POST, unit=self.membership.user.unit)
        if form.is_valid():
            with refusals_on(form):
                route = form.fill(SoftRoute(club=self.membership.club))
                save_route(route, by=self.membership, now=self.now)
                messages.success(request, f"{route} is on the list.")
                return self.go("routes")
        return self._page(form, status=422)

    def _page(self, form: SoftRouteForm, *, status: int = 200) -> HttpResponse:
        routes = list(routes_of(self.membership))
        return self.show("routes.html", form=form, routes=routes, status=status)


class RouteView(ClubMixin, PlanPage):
    """Change a route."""

    permission = Permission.EDIT_ROUTES

    def get(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        """Show the form."""
        route = self._route()
        form = SoftRouteForm(unit=self.membership.user.unit, route=route)
        return self.show("route.html", form=form, route=route)

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        """Store it, or show what is wrong."""
        form = SoftRouteForm(request.POST, unit=self.membership.user.unit)
        if form.is_valid():
            with refusals_on(form):
                save_route(form.fill(self._route()), by=self.membership, now=self.now)
                messages.success(request, "The route is changed.")
                return self.go("routes")
        return self.show("route.html", form=form, route=self._route(), status=422)

    def _route(self) -> SoftRoute:
        return get_object_or_404(SoftRoute, pk=self.kwargs["pk"], club=self.membership.club)


class RouteRemoveView(ClubMixin, PlanPage):
    """Take a route off the list."""

    permission = Permission.EDIT_ROUTES

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        """Take it off."""
        route = get_object_or_404(SoftRoute, pk=pk, club=self.membership.club)
        remove_route(route, by=self.membership, now=self.now)
        messages.success(request, f"{route} is off the list.")
        return self.go("routes")
