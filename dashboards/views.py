"""The pages people look at: my week, and a club's board, runners and trends."""

import datetime as dt
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import View
from django.views.decorators.http import require_safe

from dashboards import charts, words
from dashboards.forms import DecisionForm, WhatIfForm, first_values
from dashboards.selectors.board import Board, BoardRow, board, board_row
from dashboards.selectors.flag_quality import flag_quality
from dashboards.selectors.my_week import logs_or_runs, my_week
from dashboards.selectors.runner_page import runner_membership, runner_page
from dashboards.selectors.trends import trends
from dashboards.services.current import bring_up_to_date
from dashboards.services.viewing import record_view
from injuries.models import CoachDecision, WeeklyAssessment
from injuries.risk import what_if_sentence
from injuries.selectors.what_if import what_if
from injuries.services.decisions import AlreadyDecided, decide
from members.access import ClubMixin
from members.models import Membership, User
from members.permissions import Permission
from members.selectors.gaps import week_gaps
from members.selectors.people import clubs_of
from members.selectors.plans import breaks_of
from members.selectors.routines import routines_of
from members.weeks import monday_of, week_from_name, week_name

WEEK = dt.timedelta(days=7)


def asked_week(request: HttpRequest, *, on: dt.date) -> dt.date | None:
    """Return the Monday named by ?week=2026-W10, None where none is. Raises Http404."""
    name = request.GET.get("week")
    if not name:
        return None
    try:
        week = week_from_name(name)
    except ValueError as error:
        raise Http404(str(error)) from None
    if week > on:
        raise Http404("That week has not begun.")
    return week


def week_links(week: dt.date, *, on: dt.date) -> dict[str, str]:
    """Return the names of the weeks before and after, the latter only if it has begun."""
    after = week + WEEK
    return {
        "week_name": week_name(week),
        "week_before": week_name(week - WEEK),
        "week_after": week_name(after) if after <= on else "",
    }


# --- My week ----------------------------------------------------------------------------------
class MyWeekView(View):
    """What to do now and why; for those who do not run, the way to their clubs."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the week; the current one is assessed first where today is not yet in it."""
        user, now = request.user, timezone.now()
        on = user.today(now=now)
        if not logs_or_runs(user):
            return render(request, "dashboards/no_runs.html", {"memberships": clubs_of(user)})
        week = asked_week(request, on=on) or monday_of(on)
        if week == monday_of(on):
            bring_up_to_date(user, now=now)
        mine = my_week(user, week=week, on=on)
        context = _my_week_context(mine, user, on)
        if mine.is_current:
            context |= _days_context(user, on=on)
        return render(request, "dashboards/my_week.html", context)


def _my_week_context(mine: Any, user: User, on: dt.date) -> dict[str, Any]:
    return {
        "mine": mine,
        "unit": user.unit,
        "figure": charts.weekly_distance(mine.weeks, unit=user.unit),
        "strip": charts.morning_strip(mine.mornings),
        "based_on": words.BASED_ON,
        "what_if": WhatIfForm(unit=user.unit),
        **week_links(mine.week, on=on),
    }


def _days_context(user: User, *, on: dt.date) -> dict[str, Any]:
    """Return what this week still asks about its days, what is planned, and the routines."""
    return {
        "gaps": week_gaps(user, week=on, on=on),
        "breaks": breaks_of(user, on=on)[:3],
        "routines": routines_of(user, on=on),
    }


@require_safe
def what_if_page(request: HttpRequest) -> HttpResponse:
    """What a run of ?far=14 would mean; inside the page for htmx, else a page of its own."""
    form = WhatIfForm(request.GET if "far" in request.GET else None, unit=request.user.unit)
    said = ""
    if form.is_bound and form.is_valid():
        on = request.user.today(now=timezone.now())
        outcome = what_if(request.user, on=on, distance_m=form.cleaned_data["far"])
        said = what_if_sentence(outcome, unit=request.user.unit)
    page = "dashboards/_what_if.html" if request.htmx else "dashboards/what_if.html"
    context = {"what_if": form, "said": said, "based_on": words.BASED_ON}
    answer = render(request, page, context, status=422 if form.is_bound and not said else 200)
    patch_vary_headers(answer, ("HX-Request",))
    return answer


# --- The board ----------------------------------------------------------------------------------
class ClubPage(View):
    """What the club's pages share: the clock read once, and the runner in the address."""

    membership: Membership

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Read the clock once."""
        super().setup(request, *args, **kwargs)
        self.now = timezone.now()

    @property
    def today(self) -> dt.date:
        """The coach's local day."""
        return self.membership.user.today(now=self.now)

    def runner(self) -> Membership:
        """Return the membership in the address. Raises Http404."""
        found = runner_membership(self.membership, pk=self.kwargs["pk"])
        if found is None:
            raise Http404
        return found


class BoardView(ClubMixin, ClubPage):
    """Who needs me, and why."""

    permission = Permission.SEE_BOARD

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show the board; every filter stands in the address."""
        week = asked_week(request, on=self.today)
        shown = request.GET.get("show", "")
        seen = board(
            self.membership,
            on=self.today,
            week=week,
            show=shown if shown in words.STATES else "",
            squad=_number(request.GET.get("squad")),
            search=request.GET.get("q", "")[:100],
        )
        return render(request, "dashboards/board.html", self._context(request, seen, week))

    def _context(self, request: HttpRequest, seen: Board, week: dt.date | None) -> dict[str, Any]:
        return {
            "board": seen,
            "club": self.membership.club,
            "unit": self.membership.user.unit,
            "on": self.today,
            "past_week": week,
            "query": request.GET,
            "squad": _number(request.GET.get("squad")),
            "search": request.GET.get("q", "")[:100],
            "back": request.get_full_path(),
            **week_links(seen.week, on=self.today),
        }


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 12 else None


class DecideView(ClubMixin, ClubPage):
    """A coach's answer to one row: by htmx inside the row, without JavaScript on a page."""

    permission = Permission.DECIDE

    def get(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        """Show the form."""
        runner = self.runner()
        row = self._row(runner)
        form = self._bound(initial=first_values(row.assessment, self.membership))
        return self._form(request, row, form, status=200)

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        """Store the decision; 422 for what was typed wrong, 409 where somebody came first."""
        runner = self.runner()
        row = self._row(runner)
        form = self._bound(request.POST)
        if not form.is_valid():
            return self._form(request, row, form, status=422)
        try:
            decide(
                self.membership,
                assessment=self._assessment(row, form),
                replaces=self._replaced(form),
                now=self.now,
                **form.decision(),
            )
        except AlreadyDecided as other:
            return self._conflict(request, row, form, other.decision)
        messages.success(request, f"Noted for {row.name}.")
        return self._done(request, runner)

    def _bound(self, *args: Any, **kwargs: Any) -> DecisionForm:
        # Several rows may have their form open at once, so each names its fields apart.
        apart = f"decide-{self.kwargs['pk']}-%s"
        return DecisionForm(*args, on=self.today, auto_id=apart, **kwargs)

    def _row(self, runner: Membership) -> BoardRow:
        row = board_row(self.membership, runner, on=self.today)
        if not row.can_decide:
            raise Http404("There is nothing to answer.")
        return row

    def _assessment(self, row: BoardRow, form: DecisionForm) -> WeeklyAssessment:
        """Return the assessment the coach had in front of them."""
        asked = form.cleaned_data["assessment"]
        if asked in {None, row.assessment.pk}:
            return row.assessment
        found = WeeklyAssessment.objects.filter(pk=asked, runner=row.membership.user).first()
        if found is None:
            raise Http404
        return found

    def _replaced(self, form: DecisionForm) -> CoachDecision | None:
        asked = form.cleaned_data["replaces"]
        if asked is None:
            return None
        found = CoachDecision.objects.filter(pk=asked, club=self.membership.club).first()
        if found is None:
            raise Http404
        return found

    def _conflict(
        self,
        request: HttpRequest,
        row: BoardRow,
        form: DecisionForm,
        other: CoachDecision | None,
    ) -> HttpResponse:
        """Show the other's decision and keep what was typed; sending it again answers theirs."""
        data = form.data.copy()
        data["replaces"] = "" if other is None else str(other.pk)
        again = self._bound(data)
        return self._form(request, row, again, status=409, other=other)

    def _form(
        self,
        request: HttpRequest,
        row: BoardRow,
        form: DecisionForm,
        *,
        status: int,
        other: CoachDecision | None = None,
    ) -> HttpResponse:
        context = {
            "row": row,
            "form": form,
            "other": other,
            "conflict": status == 409,
            "inline": bool(request.htmx),
            "club": self.membership.club,
            "on": self.today,
            "unit": self.membership.user.unit,
            "next": self._next(request),
        }
        name = "dashboards/_decide_form.html" if request.htmx else "dashboards/decide.html"
        response = render(request, name, context, status=status)
        if request.htmx and status != 200:
            # The form posts into its whole row; with an error only the form is shown again.
            response["HX-Retarget"] = f"#decide-{row.membership.pk}"
            response["HX-Reswap"] = "innerHTML"
        patch_vary_headers(response, ["HX-Request"])
        return response

    def _done(self, request: HttpRequest, runner: Membership) -> HttpResponse:
        if not request.htmx:
            return redirect(self._next(request))
        context = {
            "row": board_row(self.membership, runner, on=self.today),
            "club": self.membership.club,
            "on": self.today,
            "unit": self.membership.user.unit,
            "back": self._next(request),
            "decided": True,
        }
        return render(request, "dashboards/_board_row.html", context)

    def _next(self, request: HttpRequest) -> str:
        """Return where the coach came from: the board as filtered, or the runner's page."""
        asked = request.POST.get("next") or request.GET.get("next") or ""
        if url_has_allowed_host_and_scheme(asked, None) and not urlsplit(asked).netloc:
            return asked
        return reverse("dashboards:board", args=[self.membership.club.slug])


# --- One runner, and the club over time -----------------------------------------------------------
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
            "row": page.row,
            "club": self.membership.club,
            "unit": unit,
            "on": self.today,
            "back": request.path,
            "figure": draw(page.days, unit=unit) if page.days else None,
        }
        return render(request, "dashboards/runner.html", context)


class TrendsView(ClubMixin, ClubPage):
    """The club over twelve weeks."""

    permission = Permission.SEE_TRENDS

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
