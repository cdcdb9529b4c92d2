"""What happens here when training changes: note it in the ledger, and have it assessed."""

import datetime as dt
from typing import Any

from django.dispatch import receiver

from injuries.services.assessing import mark_changed
from injuries.tasks import assess_changed_runner
from members.models import User
from members.signals import training_changed
from members.tasks import enqueue_on_commit


@receiver(training_changed, dispatch_uid="injuries.assess_after_training_changed")
def assess_after_training_changed(
    sender: Any,
    *,
    runner: User,
    first_day: dt.date,
    now: dt.datetime,
    soon: bool = True,
    **kwargs: Any,
) -> None:
    """Mark the runner inside the writing transaction; queue the assessing after its commit.

    Of many changes in a row only the last queues it; the mark of the others outlives a crash.
    """
    mark_changed(runner, first_day=first_day, now=now)
    if soon:
        enqueue_on_commit(assess_changed_runner, runner.pk)
