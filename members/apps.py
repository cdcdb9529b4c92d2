from django.apps import AppConfig
from django.db.models.signals import post_migrate


class MembersConfig(AppConfig):
    """People and what they run."""

    name = "members"

    def ready(self) -> None:
        """Put the ownership triggers back after each migration (SQLite drops them on a rebuild)."""
        from members.ownership import create_triggers  # noqa: PLC0415 (models must be loaded)

        post_migrate.connect(create_triggers, sender=self)
