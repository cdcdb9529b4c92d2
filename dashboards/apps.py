from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    """What people look at, and all mail."""

    name = "dashboards"

    def ready(self) -> None:
        """Listen to invitations."""
        from dashboards import receivers  # noqa: F401, PLC0415 (models must be loaded)
