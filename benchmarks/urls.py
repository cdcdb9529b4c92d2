"""Every address of the project, and the floor: the least a page with one query can cost."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from members.models import Club


@login_not_required
def floor(request: HttpRequest) -> HttpResponse:
    """Answer with one row's name: routing, middleware and one query, nothing else."""
    return HttpResponse(Club.objects.values_list("name", flat=True).get(), "text/plain")


urlpatterns = [path("floor/", floor), path("", include("clubsite.urls"))]
