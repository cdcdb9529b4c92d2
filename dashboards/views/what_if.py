"""What the next run would mean, for the runner and, as far as it is shared, for their coach."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from dashboards import words
from dashboards.forms.what_if import WhatIfForm
from dashboards.services.viewing import record_view
from dashboards.views.club import ClubPage
from injuries.risk import WhatIf, what_if_sentence
from injuries.selectors.sharing import what_if_coach_sees
from injuries.selectors.what_if import what_if
from members.access import ClubMixin
from members.permissions import Permission

NOT_RUNNING = ("rest", "cross_train")


@require_safe
def what_if_page(request: HttpRequest) -> HttpResponse:
    """What a run of ?far=14 would mean for oneself."""
    form = _form(request, unit=request.user.unit)
    outcome = None
    if form.is_bound and form.is_valid():
        on = request.user.today(now=timezone.now())
        outcome = what_if(request.user, on=on, distance_m=form.cleaned_data["far"])
    back = reverse("dashboards:my-week")
    return _answer(request, form, outcome, own=True, back=back, back_to="My week")


class CoachWhatIfView(ClubMixin, ClubPage):
    """What a run of ?far=14 would mean for a runner who shares their runs."""

    permission = Permission.SEE_RUNNER

    def get(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        """Say it, and note who looked. Raises PermissionDenied where nothing is shared."""
        membership = self.runner()
        runner = membership.user
        form = _form(request, unit=self.membership.user.unit)
        far = form.cleaned_data["far"] if form.is_bound and form.is_valid() else 1
        outcome = what_if_coach_sees(
            membership, what_if(runner, on=runner.today(now=self.now), distance_m=far)
        )
        if outcome is None:
            raise PermissionDenied
        record_view(self.membership, runner=membership, now=self.now)
        said = outcome if form.is_bound and not form.errors else None
        back = reverse("dashboards:runner", args=[slug, pk])
        return _answer(request, form, said, own=False, back=back, back_to=str(runner))


def _form(request: HttpRequest, *, unit: str) -> WhatIfForm:
    return WhatIfForm(request.GET if "far" in request.GET else None, unit=unit)


def _answer(
    request: HttpRequest,
    form: WhatIfForm,
    outcome: WhatIf | None,
    *,
    own: bool,
    back: str,
    back_to: str,
) -> HttpResponse:
    """Answer inside the page for htmx, else with a page of its own."""
    context = {
        "what_if": form,
        "what_if_at": request.path,
        "said": what_if_sentence(outcome, unit=form.unit, own=own) if outcome else "",
        # Beside a stricter advice, which stands in the sentence, the level would read as leave.
        "level": outcome.level if outcome and outcome.training not in NOT_RUNNING else None,
        "within": bool(request.htmx),
        "based_on": words.BASED_ON if own else "",
        "back": back,
        "back_to": back_to,
    }
    page = "dashboards/_what_if_said.html" if request.htmx else "dashboards/what_if.html"
    answer = render(request, page, context, status=422 if form.errors else 200)
    patch_vary_headers(answer, ("HX-Request",))
    return answer
