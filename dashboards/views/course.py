"""The course of one sore spot, for the one who has it: a page, and the part of the heel page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from dashboards import charts
from dashboards.selectors.course import PERIODS, USUAL, heel_course
from injuries.models import HeelProblem


@require_safe
def course(request: HttpRequest, pk: int) -> HttpResponse:
    """Mornings against runs and pairs; to htmx the part alone. ?range= says how far back."""
    problem = get_object_or_404(
        HeelProblem.objects.select_related("runner"), pk=pk, runner=request.user
    )
    asked = request.GET.get("range")
    period = next((one for one in PERIODS if one.name == asked), USUAL)
    shown = heel_course(problem, on=request.user.today(now=timezone.now()), period=period)
    context = {
        "problem": problem,
        "course": shown,
        "figure": charts.runner_timeline(shown, unit=request.user.unit) if shown.days else None,
        "period": period,
        "periods": PERIODS,
        "unit": request.user.unit,
    }
    is_part = request.htmx and not request.htmx.history_restore_request
    answer = render(
        request, "dashboards/_course.html" if is_part else "dashboards/course.html", context
    )
    patch_vary_headers(answer, ("HX-Request",))
    return answer
