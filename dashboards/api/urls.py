"""This app's API addresses."""

from django.urls import path

from dashboards.api.ops import HealthAPI
from dashboards.api.trends import TrendsAPI
from dashboards.api.views import BoardAPI, MyWeekAPI, WhatIfAPI

urlpatterns = [
    path("ops/health/", HealthAPI.as_view(), name="api-health"),
    path("my-week/", MyWeekAPI.as_view(), name="api-my-week"),
    path("my-week/what-if/", WhatIfAPI.as_view(), name="api-what-if"),
    path("clubs/<slug:slug>/board/", BoardAPI.as_view(), name="api-board"),
    path("clubs/<slug:slug>/trends/", TrendsAPI.as_view(), name="api-trends"),
]
