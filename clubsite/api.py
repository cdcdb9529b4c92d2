"""The API's addresses, version 1, and its OpenAPI description."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("v1/", include("members.api.urls")),
    path("v1/", include("injuries.api.urls")),
    path("v1/", include("dashboards.api.urls")),
]
