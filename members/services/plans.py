"""Breaks planned ahead: a holiday's days become day statuses once they are past.

The rules and every page read day statuses alone, so a plan says nothing until its days have
passed: a run, or anything the runner said, goes first. What was filled in is marked `planned`; a
run logged later takes it away, and a day taken back by hand is not filled again.
"""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q, QuerySet

from members.models import Activity, DayStatus, PlannedBreak, User
from members.signals import training_changed
from members.weeks import day_refusal

LONGEST = dt.timedelta(days=366)
DAY = dt.timedelta(days=1)


def plan_break(
    runner: User, *, kind: str, first: dt.date, last: dt.date, now: dt.datetime
) -> PlannedBreak:
    """Plan a holiday or a taper, both days included. Raises ValidationError by field."""
    today = runner.today(now=now)
    check_break(kind, first, last, today=today)
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=runner.pk)  # one plan at a time
        taken = PlannedBreak.objects.filter(runner=runner, first__lte=last, last__gte=first).first()
        if taken is not None:
            raise ValidationError(
                {"first": f"You already planned a {taken.kind} from {_said(taken)}."}
            )
        planned = PlannedBreak.objects.create(
            runner=runner, kind=kind, first=first, last=last, created_at=now
        )
        _fill(runner, [planned], today=today, now=now)
    return planned


def cancel_break(planned: PlannedBreak, *, now: dt.datetime) -> None:
    """Take a plan back. Days that were holiday until yesterday stay so; each can be changed."""
    with transaction.atomic():
        fill_planned_days(planned.runner, now=now)
        planned.delete()


def fill_planned_days(runner: User, *, now: dt.datetime) -> int:
    """Turn the past days of the runner's holidays into day statuses; return how many."""
    today = runner.today(now=now)
    with transaction.atomic():
        waiting = _waiting(today).filter(runner=runner).select_for_update()
        return _fill(runner, list(waiting), today=today, now=now)


def runners_with_days_to_fill(*, now: dt.datetime) -> list[int]:
    """Return the ids of runners of whose holidays a day may have passed since it was filled."""
    furthest_today = (now + dt.timedelta(hours=14)).date()
    return list(_waiting(furthest_today).values_list("runner_id", flat=True).distinct())


def check_break(kind: str, first: dt.date, last: dt.date, *, today: dt.date) -> None:
    """Raise ValidationError by field for a break that nobody can plan."""
    if kind not in PlannedBreak.Kind.values:
        raise ValidationError({"kind": "Choose holiday or taper."})
    if last < first:
        raise ValidationError({"last": "The last day lies before the first."})
    if last - first >= LONGEST:
        raise ValidationError({"last": "A break lasts a year at most."})
    if first > today + LONGEST:
        raise ValidationError({"first": "Plan within the coming year."})
    refused = day_refusal(min(first, today), today=today)
    if refused:
        raise ValidationError({"first": refused})


def _said(planned: PlannedBreak) -> str:
    return f"{planned.first:%-d %B} to {planned.last:%-d %B}"


def _waiting(today: dt.date) -> QuerySet[PlannedBreak]:
    """Holidays of which a past day is not filled in yet."""
    unfilled = Q(filled_until__isnull=True) | Q(filled_until__lt=F("last"))
    return PlannedBreak.objects.filter(unfilled, kind="holiday", first__lt=today).exclude(
        filled_until__gte=today - DAY
    )


def _fill(runner: User, plans: list[PlannedBreak], *, today: dt.date, now: dt.datetime) -> int:
    days = sorted(day for one in plans if one.kind == "holiday" for day in _past(one, today=today))
    if not days:
        return 0
    for one in plans:
        one.filled_until = min(one.last, today - DAY)
        one.save(update_fields=["filled_until"])
    span = (days[0], days[-1])
    known = set(Activity.objects.filter(runner=runner, on__range=span).values_list("on", flat=True))
    known |= set(
        DayStatus.objects.filter(runner=runner, on__range=span).values_list("on", flat=True)
    )
    fresh = [
        DayStatus(runner=runner, on=day, status="holiday", planned=True, said_at=now)
        for day in days
        if day not in known
    ]
    DayStatus.objects.bulk_create(fresh, ignore_conflicts=True)
    if fresh:
        training_changed.send(User, runner=runner, first_day=fresh[0].on, now=now)
    return len(fresh)


def _past(planned: PlannedBreak, *, today: dt.date) -> list[dt.date]:
    """Return the days of a plan that have passed and were not filled yet."""
    start = planned.first if planned.filled_until is None else planned.filled_until + DAY
    end = min(planned.last, today - DAY)
    return [start + DAY * offset for offset in range((end - start).days + 1)]
