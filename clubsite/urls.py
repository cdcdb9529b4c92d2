"""All addresses. Each app brings its own; club pages stand under /c/<slug>/."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from clubsite.views import healthz, manifest, readyz, service_worker

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("manifest.webmanifest", manifest, name="manifest"),
    path("sw.js", service_worker, name="service-worker"),
    path("", include("dashboards.urls")),
    path("", include("injuries.urls")),
    path("", include("members.urls")),
    path("api/", include("clubsite.api")),
    path("accounts/", include("allauth.urls")),
    path("admin/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("admin/", admin.site.urls),
]
