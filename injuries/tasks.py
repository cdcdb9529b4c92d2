"""Jobs around assessments. Each takes ids, calls one service, and may run twice or never."""

import datetime as dt
from collections import defaultdict

from celery import shared_task
from django.utils import timezone

from injuries.services import assessing, flag_reports, undo

BATCH = 200  # runners in one message
GRACE = dt.timedelta(seconds=30)  # a change this fresh still has its own message on the way


@shared_task(name="injuries.assess_due_weeks")
def assess_due_weeks() -> int:
    """Queue every ended week that is not settled; return how many runner-weeks were due."""
    due = assessing.runners_due(now=timezone.now())
    by_week: dict[dt.date, list[int]] = defaultdict(list)
    for runner_id, week in due:
        by_week[week].append(runner_id)
    for week, runner_ids in by_week.items():
        for start in range(0, len(runner_ids), BATCH):
            assess_runners.delay(runner_ids[start : start + BATCH], week.isoformat())
    return len(due)


@shared_task(name="injuries.assess_runners")
def assess_runners(runner_ids: list[int], week: str) -> int:
    """Settle one week for these runners."""
    return assessing.settle_weeks(runner_ids, week=dt.date.fromisoformat(week), now=timezone.now())


@shared_task(name="injuries.assess_changed_runners")
def assess_changed_runners() -> int:
    """Queue every runner whose change was not assessed, because a message or worker was lost."""
    runner_ids = assessing.changed_runners(before=timezone.now() - GRACE)
    for runner_id in runner_ids:
        assess_changed_runner.delay(runner_id)
    return len(runner_ids)


@shared_task(name="injuries.assess_changed_runner")
def assess_changed_runner(runner_id: int) -> int:
    """Assess the weeks since one runner's change."""
    return assessing.assess_changed(runner_id, now=timezone.now())


@shared_task(name="injuries.make_flag_reports")
def make_flag_reports() -> int:
    """Queue every club whose figures about its flags are missing or a week old."""
    club_ids = flag_reports.clubs_due(now=timezone.now())
    for club_id in club_ids:
        make_flag_report.delay(club_id)
    return len(club_ids)


@shared_task(name="injuries.make_flag_report")
def make_flag_report(club_id: int) -> bool:
    """Work out one club's figures about its flags."""
    return flag_reports.make_flag_report(club_id, now=timezone.now())


@shared_task(name="injuries.forget_old_undos")
def forget_old_undos() -> int:
    """Delete what can no longer be undone."""
    return undo.forget_old_undos(now=timezone.now())
