"""Nobody reads yesterday's answer as today's."""

import datetime as dt

from injuries.models import AssessmentDue, WeeklyAssessment
from injuries.services.assessing import assess_changed, assess_today
from members.models import User
from members.services.plans import fill_planned_days
from members.weeks import monday_of


def bring_up_to_date(runner: User, *, now: dt.datetime) -> None:
    """Assess what changed and was not assessed yet, and the current week where nobody has today."""
    fill_planned_days(runner, now=now)
    if AssessmentDue.objects.filter(runner=runner).exists():
        assess_changed(runner.pk, now=now)
    today = runner.today(now=now)
    current = WeeklyAssessment.objects.filter(runner=runner, week=monday_of(today), on=today)
    if not current.exists():
        assess_today(runner, now=now)
