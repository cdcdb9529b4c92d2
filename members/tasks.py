"""Jobs around what members log. Each takes ids, calls one service, and may run twice or never."""

from celery import shared_task
from django.utils import timezone

from members.models import User
from members.services import plans


@shared_task(name="members.fill_planned_days")
def fill_planned_days() -> int:
    """Turn past days of planned holidays into day statuses; return how many runners were due."""
    runner_ids = plans.runners_with_days_to_fill(now=timezone.now())
    for runner_id in runner_ids:
        fill_planned_days_of.delay(runner_id)
    return len(runner_ids)


@shared_task(name="members.fill_planned_days_of")
def fill_planned_days_of(runner_id: int) -> int:
    """Do it for one runner."""
    return plans.fill_planned_days(User.objects.get(pk=runner_id), now=timezone.now())
