"""One's own history: everything logged, newest first."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from members.models import Activity
from members.selectors.training import activities_of

PAGE = 30


@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """Everything logged, newest first, by kind where asked."""
    activities = activities_of(request.user)
    kind = request.GET.get("kind", "")
    if kind in Activity.Kind.values:
        activities = activities.filter(kind=kind)
    page = Paginator(activities, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "kinds": Activity.Kind.choices, "kind": kind}
    return render(request, "members/history.html", context)
