"""The board: who needs me, and why. Every filter stands in the address."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe

from dashboards import words
from dashboards.board_html import Reader, row_html
from dashboards.forms.decisions import BulkForm
from dashboards.selectors.board import Board, Chip, board
from dashboards.selectors.decisions import undoable
from dashboards.services.viewing import record_board_view
from dashboards.views.club import ClubPage
from dashboards.views.weeks import asked_week, week_links
from injuries.models import CoachDecision
from members.access import ClubMixin
from members.permissions import Permission
from members.selectors.people import coaches_of


class BoardPage(ClubPage):
    """Shows the board as filtered, also beneath a form that came back wrong."""

    def reader(self, *, selected: frozenset[str] = frozenset()) -> Reader:
        """Return who reads."""
        user, slug = self.membership.user, self.membership.club.slug
        return Reader(slug, unit=user.unit, user_id=user.pk, now=self.now, selected=selected)

    def show_board(
        self,
        request: HttpRequest,
        filters: QueryDict,
        *,
        form: BulkForm | None = None,
        status: int = 200,
    ) -> HttpResponse:
        """Render the board with the filters of a query."""
        week = asked_week(filters, on=self.today)
        squad, search = _number(filters.get("squad")), filters.get("q", "")[:100]
        shown = filters.get("show", "")
        seen = board(
            self.membership,
            on=self.today,
            week=week,
            show=shown if shown in words.CHIPS else "",
            squad=squad,
            search=search,
        )
        selected = frozenset(form.data.getlist("row") if form else ())
        context = {
            "board": seen,
            "chips": self._chips(seen, filters),
            "rows": self._rows(seen, selected),
            "club": self.membership.club,
            "membership": self.membership,
            "past_week": week,
            "query": filters,
            "show": shown,
            "squad": squad,
            "search": search,
            "form": form,
            "coaches": coaches_of(self.membership),
            "undoable": self._undoable(request),
            "back": f"/c/{self.membership.club.slug}/?{filters.urlencode()}",
            **week_links(seen.week, on=self.today),
        }
        return render(request, "dashboards/board.html", context, status=422 if form else 200)

    def _chips(self, seen: Board, filters: QueryDict) -> list[tuple[str, Chip]]:
        """Return each filter that shows somebody with its address; the others stay in it."""
        kept = filters.copy()
        kept.pop("show", None)
        start = f"?{kept.urlencode()}&show=" if kept else "?show="
        chips = [chip for chip in seen.chips if chip.count or chip.selected]
        return [(start + chip.state, chip) for chip in chips]

    def _undoable(self, request: HttpRequest) -> list[CoachDecision]:
        ids = request.session.get("last_act")
        return list(undoable(self.membership, ids=ids, now=self.now)) if ids else []

    def _rows(self, seen: Board, selected: frozenset[str]) -> SafeString:
        reader = self.reader(selected=selected)
        return mark_safe("\n".join(row_html(row, reader) for row in seen.rows))


class BoardView(ClubMixin, BoardPage):
    """Who needs me, and why."""

    permission = Permission.SEE_BOARD

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show the board, and note once a day that it was looked at."""
        record_board_view(self.membership, now=self.now)
        return self.show_board(request, request.GET)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 12 else None
