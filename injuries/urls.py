"""This app's pages."""

from django.urls import URLPattern, URLResolver

app_name = "injuries"

urlpatterns: list[URLPattern | URLResolver] = []
