"""What the log page needs without a network: an empty form, who is logged in, a door for the queue.

The queue itself lives in the browser (`clubsite/static/clubsite/offline.js`).
"""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from injuries.forms import EmptyLogForm, LogForm
from injuries.services.undo import was_deleted
from injuries.views.logging import save_log
from members.models import Activity
from members.units import format_distance


def shell() -> str:
    """Return the log page as nobody's: the same for everyone, so that a browser may keep it."""
    return render_to_string("injuries/log_offline.html", {"form": EmptyLogForm()})


@login_not_required
@require_safe
def log_offline(request: HttpRequest) -> HttpResponse:
    """The log form with nothing personal on it, kept by the service worker."""
    return HttpResponse(shell())


@never_cache
@login_not_required
@require_safe
def log_session(request: HttpRequest) -> JsonResponse:
    """Who is logged in here, and a fresh token: asked before anything that waited is sent."""
    user = request.user.pk if request.user.is_authenticated else None
    return JsonResponse({"user": user, "token": get_token(request)})


@never_cache
@require_POST
def log_send(request: HttpRequest) -> JsonResponse:
    """Take one entry that waited on a device. 409: it is somebody else's; 422: why not, by field.

    A copy of one that is stored, or was stored and deleted, is answered as done.
    """
    if request.POST.get("user") != str(request.user.pk):
        return JsonResponse({"why": "This entry was typed by somebody else."}, status=409)
    now = timezone.now()
    form = LogForm.from_queue(request.POST, runner=request.user, now=now)
    if not form.is_valid():
        return _refused(form)
    if was_deleted(request.user, form.cleaned_data["client_key"], now=now):  # type: ignore[arg-type]
        return JsonResponse({"saved": None})
    activity = save_log(form, request.user, now=now)  # type: ignore[arg-type]
    return _refused(form) if activity is None else JsonResponse({"saved": _told(activity)})


def _refused(form: LogForm) -> JsonResponse:
    errors = {field: [str(one) for one in found] for field, found in form.errors.items()}
    return JsonResponse({"errors": errors, "sure": form.codes}, status=422)


def _told(activity: Activity) -> dict[str, object]:
    metres = activity.distance_m
    return {
        "id": activity.pk,
        "what": activity.get_kind_display(),
        "on": activity.on.isoformat(),
        "distance": "" if metres is None else format_distance(metres, activity.runner.unit),
    }
