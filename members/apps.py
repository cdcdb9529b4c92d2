from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class MembersConfig(AppConfig):
    """People and what they run."""

    name = "members"

    def ready(self) -> None:
        """Put the ownership triggers back after each migration; SQLite's are in its way during.

        And listen to rows that go.
        """
        from members import receivers  # noqa: F401, PLC0415 (models must be loaded)
        from members.ownership import (  # noqa: PLC0415 (models must be loaded)
            create_triggers,
            drop_triggers,
        )

        pre_migrate.connect(drop_triggers, sender=self)
        post_migrate.connect(create_triggers, sender=self)
