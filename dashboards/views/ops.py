"""How the installation is doing, for operators: the same figures as `manage.py health`."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dashboards.selectors.health import health


@never_cache
@require_safe
def ops(request: HttpRequest) -> HttpResponse:
    """Schedule, workers, queue, what waits, failed mails and the disk."""
    if not request.user.is_staff:
        raise PermissionDenied
    return render(request, "dashboards/ops.html", {"health": health(now=timezone.now())})
