"""Every address of the project and two floors: the least a page costs, and a page of 50 rows."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from members.models import Club, Membership

ROWS = 50


@login_not_required
def floor(request: HttpRequest) -> HttpResponse:
    """Answer with one row's name: routing, middleware and one query, nothing else."""
    return HttpResponse(Club.objects.values_list("name", flat=True).get(), "text/plain")


def fifty(request: HttpRequest) -> HttpResponse:
    """Show 50 members in a table inside the site's frame: one query, no rule, no picture."""
    members = Membership.objects.select_related("user", "squad").order_by("user__name")[:ROWS]
    return render(request, "fifty.html", {"members": members})


urlpatterns = [
    path("floor/", floor),
    path("fifty/", fifty),
    path("", include("clubsite.urls")),
]
