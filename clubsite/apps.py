"""The project as an app: brings its own checks."""

from django.apps import AppConfig


class ClubsiteConfig(AppConfig):
    """Wiring only."""

    name = "clubsite"

    def ready(self) -> None:
        """Register the checks of this installation."""
        from clubsite import checks  # noqa: F401, PLC0415 (settings must be loaded)
