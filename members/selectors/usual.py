"""A runner's own past of one kind: what is usual, and the last time. The runner comes first."""

import datetime as dt

from django.db.models import Count, F, Max, Window
from django.db.models.functions import RowNumber

from members.models import Activity, User
from members.unusual import Entry, Question, Usual, questions

YEAR = dt.timedelta(days=365)


def usual_of(runner: User, *, kind: str, on: dt.date, but: int | None = None) -> Usual:
    """Return the past year of that kind up to `on`, the activity `but` left out. One query."""
    rows = Activity.objects.filter(runner=runner, kind=kind, on__range=(on - YEAR, on))
    others = rows if but is None else rows.exclude(pk=but)
    found = others.aggregate(Count("pk"), Max("distance_m"), Max("duration_s"))
    return Usual(found["pk__count"], found["distance_m__max"], found["duration_s__max"])


def unusual_in(
    runner: User, entry: Entry, *, today: dt.date, kept: Activity | None = None
) -> list[Question]:
    """Return what to ask about an entry; of a change, only about what is new in it. One query."""
    usual = usual_of(runner, kind=entry.kind, on=entry.on, but=kept.pk if kept else None)
    asked = questions(entry, usual, today=today, unit=runner.unit)
    if kept is None:
        return asked
    stored = Entry(kept.kind, kept.on, kept.distance_m, kept.duration_s)
    known = {one.code for one in questions(stored, usual, today=today, unit=runner.unit)}
    return [one for one in asked if one.code not in known]


def unusual_about(activity: Activity, *, today: dt.date) -> list[Question]:
    """Return what is unusual about a stored activity. One query."""
    runner = activity.runner
    usual = usual_of(runner, kind=activity.kind, on=activity.on, but=activity.pk)
    entry = Entry(activity.kind, activity.on, activity.distance_m, activity.duration_s)
    return questions(entry, usual, today=today, unit=runner.unit)


def last_of_each_kind(runner: User) -> dict[str, Activity]:
    """Return the newest activity of each kind, with its pair. One query."""
    newest = Window(
        RowNumber(), partition_by=F("kind"), order_by=[F("started_at").desc(), F("pk").desc()]
    )
    rows = (
        Activity.objects.filter(runner=runner)
        .annotate(place=newest)
        .filter(place=1)
        .select_related("shoe")
        .order_by()
    )
    return {activity.kind: activity for activity in rows}
