"""Pages of no app: whether the site is alive, and what makes it an app on a phone."""

import hashlib

from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from injuries.views.offline import shell

# What the log form needs to look and work as it does.
KEPT_OFFLINE = (
    "clubsite/surefoot.css",
    "clubsite/log.css",
    "clubsite/icon.svg",
    "clubsite/forms.js",
    "clubsite/log.js",
    "clubsite/offline.js",
    "django_htmx/htmx-2.min.js",
)
ICONS = ((192, "any"), (512, "any"), (512, "maskable"))


@never_cache
@login_not_required
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 while this process reaches the database, else 503."""
    return _answer(is_well=_database_answers())


@never_cache
@login_not_required
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Answer 200 once the database also has every table this version wants, else 503."""
    return _answer(is_well=_database_answers() and _is_migrated())


def _answer(*, is_well: bool) -> JsonResponse:
    status, word = (200, "ok") if is_well else (503, "unavailable")
    return JsonResponse({"status": word}, status=status)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return False
    return True


def _is_migrated() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


@cache_control(max_age=3600)
@login_not_required
@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """What a phone asks for to install the site as an app."""
    told = {
        "id": "/",
        "name": "Surefoot",
        "short_name": "Surefoot",
        "description": "A running club's training log and check-in.",
        "start_url": reverse("dashboards:my-week"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#f6f7f5",
        "theme_color": "#0b6b5d",
        "icons": [
            {
                "src": static(f"clubsite/icon-{'maskable-' * (purpose == 'maskable')}{size}.png"),
                "sizes": f"{size}x{size}",
                "type": "image/png",
                "purpose": purpose,
            }
            for size, purpose in ICONS
        ],
        "shortcuts": [{"name": "Log a run", "url": reverse("injuries:log")}],
    }
    return JsonResponse(told, content_type="application/manifest+json")


@cache_control(no_cache=True)
@login_not_required
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """The script that opens the log form without a network; at the root, so that it sees /log/."""
    files = [static(name) for name in KEPT_OFFLINE]
    version = hashlib.sha256("\n".join([*files, shell()]).encode()).hexdigest()[:16]
    context = {"files": files, "version": version, "shell": reverse("injuries:log-offline")}
    script = render_to_string("clubsite/sw.js", context)
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")
