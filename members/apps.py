from django.apps import AppConfig


class MembersConfig(AppConfig):
    """Who we are and what we run."""

    name = "members"

    def ready(self) -> None:
        """Listen to rows that go."""
        from members import receivers  # noqa: F401, PLC0415 (models must be loaded)
