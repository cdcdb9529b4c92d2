from django.apps import AppConfig


class InjuriesConfig(AppConfig):
    """What hurts and what it means."""

    name = "injuries"

    def ready(self) -> None:
        """Listen to changes of training."""
        from injuries import receivers  # noqa: F401, PLC0415 (models must be loaded)
