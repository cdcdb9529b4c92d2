"""Which week a page shows."""

import datetime as dt

from django.http import Http404, QueryDict

from members.weeks import week_from_name, week_name

WEEK = dt.timedelta(days=7)


def asked_week(query: QueryDict, *, on: dt.date) -> dt.date | None:
    """Return the Monday named by ?week=2026-W10, None where none is. Raises Http404."""
    name = query.get("week")
    if not name:
        return None
    try:
        week = week_from_name(name)
    except ValueError as error:
        raise Http404(str(error)) from None
    if week > on:
        raise Http404("That week has not begun.")
    return week


def week_links(week: dt.date, *, on: dt.date) -> dict[str, str]:
    """Return the names of the weeks before and after, the latter only if it has begun."""
    after = week + WEEK
    return {
        "week_name": week_name(week),
        "week_before": week_name(week - WEEK),
        "week_after": week_name(after) if after <= on else "",
    }
