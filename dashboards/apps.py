from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    """What people look at, and the weekly email."""

    name = "dashboards"
