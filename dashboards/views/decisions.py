"""What a coach does with rows of the board: by htmx inside the row, without scripts on a page."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_vary_headers

from clubsite.templatetags.ui import day
from dashboards.board_html import badges, row_html
from dashboards.forms.decisions import BulkForm, DecisionForm, OutcomeForm
from dashboards.selectors.board_rows import BoardRow, board_row
from dashboards.selectors.decisions import Version, undoable, versions, was_undone
from dashboards.views.board import BoardPage
from dashboards.words import decided
from injuries.models import CoachDecision
from injuries.services.decisions import AlreadyDecided, decide, note_outcome, undo
from members.access import ClubMixin
from members.models import Membership
from members.permissions import Permission
from members.selectors.people import runners_visible_to

NOTHING_CHOSEN = "Select at least one row first."
GONE = "Some rows have changed meanwhile; please look again."


class RowPage(BoardPage):
    """Answers with one row where htmx asks, else with the way back."""

    def row_again(self, request: HttpRequest, runner: Membership, notice: str) -> HttpResponse:
        """Return the row as it stands now."""
        row = board_row(self.membership, runner, on=self.today)
        response = HttpResponse(row_html(row, self.reader(), notice=notice))
        patch_vary_headers(response, ["HX-Request"])
        return response


class ActView(ClubMixin, RowPage):
    """Agree with one row, or do the same with several selected ones."""

    permission = Permission.DECIDE

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Store it for each row that nobody else has answered meanwhile; say whose those were."""
        if "agree" in request.POST:
            return self._act(request, [request.POST["agree"]], {"kind": "accepted"})
        form = BulkForm(request.POST, coach=self.membership, on=self.today)
        if not form.is_valid():
            filters = QueryDict(self.back(request).partition("?")[2])
            return self.show_board(request, filters, form=form)
        return self._act(request, request.POST.getlist("row"), form.decision())

    def _act(self, request: HttpRequest, asked: list[str], what: dict[str, Any]) -> HttpResponse:
        found = versions(self.membership, asked=asked)
        made, refused = self._decide(found, what)
        if request.htmx and len(found) == 1:
            return self.row_again(request, found[0].membership, self._told(made, refused))
        request.session["last_act"] = [one.pk for one in made]
        if made:
            messages.success(request, self._told(made, []))
        if refused:
            messages.warning(request, self._told([], refused))
        if not found:
            messages.warning(request, GONE if asked else NOTHING_CHOSEN)
        return redirect(self.back(request))

    def _decide(
        self, found: list[Version], what: dict[str, Any]
    ) -> tuple[list[CoachDecision], list[tuple[Version, CoachDecision | None]]]:
        made, refused = [], []
        for one in found:
            try:
                decision = decide(
                    self.membership,
                    assessment=one.assessment,
                    replaces=one.replaces,
                    now=self.now,
                    **what,
                )
                made.append(decision)
            except AlreadyDecided as other:
                refused.append((one, other.decision))
        return made, refused

    def _told(
        self,
        made: list[CoachDecision],
        refused: list[tuple[Version, CoachDecision | None]],
    ) -> str:
        """Return what was noted, and who came first where somebody did."""
        said = []
        if made:
            what = decided(made[0], day=day)
            whom = made[0].assessment.runner.name if len(made) == 1 else f"{len(made)} runners"
            said.append(f"Noted for {whom}: {what}.")
        for one, other in refused:
            who = str(other.decided_by) if other and other.decided_by else "Another coach"
            what = f" ({decided(other, day=day)})" if other else ""
            said.append(
                f"{who} came first with {one.membership.user.name}{what}; that stands, and yours "
                "was not stored."
            )
        return " ".join(said)


class UndoView(ClubMixin, RowPage):
    """Take one's own decisions back, within the hour."""

    permission = Permission.DECIDE

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Undo each; what somebody has answered since stays."""
        asked = [int(pk) for pk in request.POST.getlist("decision") if _is_number(pk)]
        found = list(undoable(self.membership, ids=asked, now=self.now))
        undone = []
        for decision in found:
            runner = decision.assessment.runner
            try:
                undo(decision, by=self.membership, now=self.now)
                undone.append(runner)
            except (AlreadyDecided, PermissionDenied):
                continue
        said = _undone_in_words([runner.name for runner in undone])
        if request.htmx and len(asked) == 1 and undone:
            membership = runners_visible_to(self.membership).get(user=undone[0])
            return self.row_again(request, membership, said)
        request.session.pop("last_act", None)
        (messages.success if undone else messages.warning)(request, said)
        return redirect(self.back(request))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 12


def _undone_in_words(names: list[str]) -> str:
    if not names:
        return "There is nothing to take back: it is over an hour ago, or was answered since."
    return f"Taken back: {names[0] if len(names) == 1 else f'{len(names)} decisions'}."


class DecideView(ClubMixin, RowPage):
    """A coach's answer to one row, with everything one may say about it."""

    permission = Permission.DECIDE

    def get(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        """Show the form, untouched: it answers the row as it stands."""
        row = self._row()
        replaces = row.decision.pk if row.decision else None
        first = {"assessment": row.judged.pk, "replaces": replaces, "kind": "accepted"}
        return self._form(request, row, self._bound(initial=first), status=200)

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        """Store the decision; 422 for what was typed wrong, 409 where somebody came first."""
        row = self._row()
        form = self._bound(request.POST)
        if not form.is_valid():
            return self._form(request, row, form, status=422)
        said = form.cleaned_data
        assessment, replaces = said["assessment"] or row.judged.pk, said["replaces"] or ""
        found = versions(self.membership, asked=[f"{pk}:{assessment}:{replaces}"])
        if not found:
            return self._gone(request, row, form)
        try:
            decision = decide(
                self.membership,
                assessment=found[0].assessment,
                replaces=found[0].replaces,
                now=self.now,
                **form.decision(),
            )
        except AlreadyDecided as other:
            return self._conflict(request, row, form, other.decision)
        request.session["last_act"] = [decision.pk]
        notice = f"Noted for {row.name}: {decided(decision, day=day)}."
        if request.htmx:
            return self.row_again(request, self.who, notice)
        messages.success(request, notice)
        return redirect(self.back(request))

    def _row(self) -> BoardRow:
        """Return the row in the address, and keep whose it is. Raises Http404."""
        self.who = self.runner()
        row = board_row(self.membership, self.who, on=self.today)
        if not row.can_decide:
            raise Http404("There is nothing to answer.")
        return row

    def _bound(self, *args: Any, **kwargs: Any) -> DecisionForm:
        # Several rows may have their form open at once, so each names its fields apart.
        about = {"coach": self.membership, "runner": self.who, "on": self.today}
        return DecisionForm(*args, **about, auto_id=f"decide-{self.who.pk}-%s", **kwargs)

    def _gone(self, request: HttpRequest, row: BoardRow, form: DecisionForm) -> HttpResponse:
        """What it answered was taken back meanwhile, or never belonged to this row."""
        asked = form.cleaned_data["replaces"]
        if not was_undone(self.membership, pk=asked):
            raise Http404
        standing = CoachDecision.objects.filter(pk=row.decision.pk if row.decision else None)
        return self._conflict(request, row, form, standing.first())

    def _conflict(
        self, request: HttpRequest, row: BoardRow, form: DecisionForm, other: CoachDecision | None
    ) -> HttpResponse:
        """Show the other's decision and keep what was typed; sending it again answers theirs."""
        data = form.data.copy()
        data["replaces"] = "" if other is None else str(other.pk)
        return self._form(request, row, self._bound(data), status=409, other=other)

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
            "badges": badges(row),
            "form": form,
            "conflict": status == 409,
            "other": f"{other.decided_by or 'A coach'} {decided(other, day=day)}" if other else "",
            "note": other.note if other else "",
            "inline": bool(request.htmx),
            "club": self.membership.club,
            "next": self.back(request),
        }
        name = "dashboards/_decide_form.html" if request.htmx else "dashboards/decide.html"
        response = render(request, name, context, status=status)
        if request.htmx and status != 200:
            # The form posts into its whole row; with an error only the form is shown again.
            response["HX-Retarget"] = f"#decide-{row.who.pk}"
            response["HX-Reswap"] = "innerHTML"
        patch_vary_headers(response, ["HX-Request"])
        return response


class OutcomeView(ClubMixin, RowPage):
    """What came of a decision, asked on its day or two weeks later."""

    permission = Permission.DECIDE

    def get(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        """Show the form."""
        decision = self._decision()
        first = {"kind": decision.outcome_kind, "text": decision.outcome}
        return self._form(request, decision, OutcomeForm(initial=first))

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        """Store it."""
        decision = self._decision()
        form = OutcomeForm(request.POST)
        if not form.is_valid():
            return self._form(request, decision, form)
        note_outcome(decision, by=self.membership, now=self.now, **form.cleaned_data)
        messages.success(request, f"Noted what came of it for {decision.assessment.runner.name}.")
        return redirect(self.back(request))

    def _decision(self) -> CoachDecision:
        """Return the decision in the address, of a runner this coach sees. Raises Http404."""
        sharing = runners_visible_to(self.membership).exclude(sharing="nothing")
        return get_object_or_404(
            CoachDecision.objects.select_related("assessment__runner", "decided_by"),
            pk=self.kwargs["pk"],
            club=self.membership.club,
            assessment__runner__in=sharing.values("user"),
        )

    def _form(
        self, request: HttpRequest, decision: CoachDecision, form: OutcomeForm
    ) -> HttpResponse:
        context = {
            "decision": decision,
            "said": f"{decision.decided_by or 'A former coach'} {decided(decision, day=day)}",
            "form": form,
            "club": self.membership.club,
            "next": self.back(request),
        }
        status = 422 if form.is_bound else 200
        return render(request, "dashboards/outcome.html", context, status=status)
