"""What happens when rows of this app go."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver

from members.models import ImportBatch
from members.services.imports.uploads import delete_folder


@receiver(post_delete, sender=ImportBatch, dispatch_uid="members.delete_uploads")
def delete_uploads(sender: Any, *, instance: ImportBatch, **kwargs: Any) -> None:
    """Delete an import's bytes with its row, and so with its owner."""
    transaction.on_commit(lambda: delete_folder(instance.folder))
