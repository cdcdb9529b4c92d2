"""What the sheet for a visit says of running, shoes and what was tried, in words."""

import datetime as dt
from collections import Counter, defaultdict
from typing import Any

from injuries.selectors.plan_course import plans_walked
from members.models import Activity, DayStatus, RoutineTick, Shoe, User
from members.selectors.shoes import counted_shoes
from members.units import format_distance
from members.weeks import monday_of

WEEK = dt.timedelta(weeks=1)


def run_rows(runner: User, *, first: dt.date, on: dt.date) -> list[tuple[dt.date, int | None]]:
    """Return day and metres of each run, oldest first."""
    runs = Activity.objects.filter(runner=runner, kind=Activity.Kind.RUN, on__range=(first, on))
    return list(runs.order_by("on", "pk").values_list("on", "distance_m"))


def runs(runner: User, *, first: dt.date, on: dt.date) -> list[tuple[str, str, str, str]]:
    """Return a row for each week; one without a run is there and says so."""
    by_week: defaultdict[dt.date, list[int | None]] = defaultdict(list)
    for day, metres in run_rows(runner, first=first, on=on):
        by_week[monday_of(day)].append(metres)
    weeks = [first + number * WEEK for number in range((monday_of(on) - first).days // 7 + 1)]
    return [_week(week, by_week[week], runner.unit) for week in weeks]


def _week(week: dt.date, metres: list[int | None], unit: str) -> tuple[str, str, str, str]:
    known = [one for one in metres if one is not None]
    if not metres:
        return day_words(week), "no run logged", "", ""
    far = format_distance(sum(known), unit) if known else "distance unknown"
    longest = format_distance(max(known), unit) if known else "–"
    return day_words(week), far, str(len(metres)), longest


def shoes(runner: User, *, first: dt.date, on: dt.date) -> list[tuple[str, str]]:
    """Return the pairs run in since `first`, those of most runs first."""
    used = Counter(
        Activity.objects.filter(
            runner=runner, kind=Activity.Kind.RUN, on__range=(first, on), shoe__isnull=False
        ).values_list("shoe_id", flat=True)
    )
    pairs: dict[int, Shoe] = {pair.pk: pair for pair in counted_shoes(runner).filter(pk__in=used)}
    return [
        (_pair(pairs[pk]), f"{format_distance(_worn(pairs[pk]), runner.unit)}, {_runs_in(count)}")
        for pk, count in used.most_common()
    ]


def _pair(shoe: Shoe) -> str:
    return f"{shoe}: {shoe.make}" if shoe.make and shoe.make != str(shoe) else str(shoe)


def _worn(shoe: Shoe) -> int:
    worn: int = shoe.distance_m  # type: ignore[attr-defined]  # annotated by counted_shoes
    return worn


def _runs_in(count: int) -> str:
    return f"{count} run{'' if count == 1 else 's'} in this time"


def tried(runner: User, *, first: dt.date, on: dt.date) -> list[str]:
    """Return routines ticked, days off and, with the consent, the way back."""
    ticks = RoutineTick.objects.filter(runner=runner, on__range=(first, on))
    names = dict(RoutineTick.Routine.choices)
    routines = Counter(ticks.values_list("routine", flat=True))
    said = [f"{names[key].capitalize()}: on {_days(n)}" for key, n in routines.most_common()]
    off = DayStatus.objects.filter(runner=runner, on__range=(first, on)).order_by("on")
    kinds = Counter(off.values_list("status", flat=True))
    keeps_health = runner.health_consent_at is not None
    shown = [status for status in kinds if keeps_health or status not in ("ill", "injured")]
    said += [f"{status.capitalize()}: {_days(kinds[status])}" for status in sorted(shown)]
    return [*said, *(_way_back(runner, first=first, on=on) if keeps_health else ())]


def _way_back(runner: User, *, first: dt.date, on: dt.date) -> list[str]:
    return [
        f"Walk and run plan from {day_words(one.plan.started_on)}"
        + "".join(f"; {_stretch(part)}" for part in one.stretches)
        for one in plans_walked(runner, since=first, on=on)
    ]


def _stretch(part: Any) -> str:
    what = "on hold" if part.phase is None else f"phase {part.phase} of 6"
    return f"{what} {part.first.day} {part.first:%b} to {part.last.day} {part.last:%b}"


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def day_words(day: dt.date | None) -> str:
    """Return Wed 18 Mar 2026; empty for no day."""
    return "" if day is None else f"{day:%a} {day.day} {day:%b %Y}"
