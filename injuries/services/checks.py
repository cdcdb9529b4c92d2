"""The weekly check: four answers of 0, 8, 17 or 25; the first is a gate (evidence 2.5)."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from injuries.models import WeeklyCheck
from injuries.services.assessing import mark_changed
from injuries.services.pain import require_consent
from members.models import User
from members.weeks import day_refusal, monday_of

GATE_ENDS = (0, 25)  # no problem, or could not run at all: the other questions are not asked


def answer_check(
    runner: User,
    *,
    week: dt.date,
    on: dt.date,
    now: dt.datetime,
    participation: int,
    volume: int | None = None,
    performance: int | None = None,
    pain: int | None = None,
) -> WeeklyCheck:
    """Keep the check of a week, again if it was answered before. Raises ValidationError."""
    require_consent(runner)
    refused = day_refusal(week, today=runner.today(now=now))
    if refused:
        raise ValidationError({"week": refused})
    rest: tuple[int | None, ...] = (volume, performance, pain)
    if participation in GATE_ENDS:
        rest = (None, None, None)
    fields = dict(zip(("volume", "performance", "pain"), rest, strict=True))
    given = {"participation": participation} | fields
    errors = {
        name: "Choose one of the answers."
        for name, value in given.items()
        if value is not None and value not in WeeklyCheck.SCORES
    }
    if errors:
        raise ValidationError(errors)
    with transaction.atomic():
        check, _ = WeeklyCheck.objects.update_or_create(
            runner=runner, week=monday_of(week), defaults={"answered_on": on, **given}
        )
        mark_changed(runner, first_day=monday_of(week), now=now)
    return check
