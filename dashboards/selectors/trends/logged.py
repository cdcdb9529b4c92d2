"""What was run: by squad and week, and on which ground.

A week in which a runner said nothing at all is unknown and in no sum; a week of rest days is a week
of nothing run. Of several runs those whose length is not known are counted and not measured.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

from django.db.models import Count, Q, Sum

from dashboards.selectors.trends.asked import Asked, Group, WeekNumber
from injuries.small_groups import GROUP_MIN
from members.models import Activity, DayStatus, Surface

RUN = Q(kind=Activity.Kind.RUN)
NOT_SAID = "not said"
GROUNDS = {**dict(Surface.choices), "": NOT_SAID}


class Entry(NamedTuple):
    """What one runner logged in one week; metres are None where no run was measured."""

    distance_m: int | None
    runs: int
    unmeasured: int


NO_RUN = Entry(0, 0, 0)
Entries = Mapping[tuple[int, int], Entry]  # by user and place of the week


def entries(asked: Asked) -> Entries:
    """Return what each logged, no key where nothing was said. Two queries."""
    mine = {"runner__in": asked.user_ids, "on__range": asked.days}
    week = WeekNumber("on", first=asked.weeks[0])
    found: dict[tuple[int, int], Entry] = {}
    days = DayStatus.objects.filter(**mine).order_by().values_list("runner_id", week).distinct()
    for key in days:
        found[key] = NO_RUN
    runs = (
        Activity.objects.filter(**mine)
        .order_by()
        .values_list("runner_id", week)
        .annotate(
            metres=Sum("distance_m", filter=RUN),
            runs=Count("pk", filter=RUN),
            measured=Count("distance_m", filter=RUN),
        )
    )
    for runner, place, metres, count, measured in runs:
        known = metres if count else 0
        found[runner, place] = Entry(known, count, count - measured)
    return found


@dataclass(frozen=True, slots=True)
class WeekOfRunning:
    """A group's week. Metres are None where nobody said anything, or no run was measured."""

    week: dt.date
    runners: int
    logged: int  # how many of them said anything
    distance_m: int | None = None
    median_m: int | None = None  # of those whose distance is known
    runs: int = 0
    unmeasured: int = 0
    current: bool = False

    @property
    def unknown(self) -> int:
        """How many said nothing."""
        return self.runners - self.logged


@dataclass(frozen=True, slots=True)
class GroupLoad:
    """A group over the weeks, the oldest first."""

    name: str
    squad_id: int | None
    weeks: tuple[WeekOfRunning, ...]


def club_load(asked: Asked, logged: Entries) -> tuple[GroupLoad, ...]:
    """Return everybody first, then each squad where there are several. No query."""
    squads = asked.squads
    groups = (asked.everybody, *(squads if len(squads) > 1 else ()))
    return tuple(_load(group, asked, by) for group, by in _by_group(groups, logged))


def _by_group(
    groups: Iterable[Group], logged: Entries
) -> Iterable[tuple[Group, Mapping[int, list[Entry]]]]:
    for group in groups:
        by_week: defaultdict[int, list[Entry]] = defaultdict(list)
        for (user, place), entry in logged.items():
            if user in group.user_ids:
                by_week[place].append(entry)
        yield group, by_week


def _load(group: Group, asked: Asked, by_week: Mapping[int, list[Entry]]) -> GroupLoad:
    current = asked.weeks[-1]
    weeks = [
        _week(week, by_week.get(place, []), runners=len(group.user_ids), current=week == current)
        for place, week in enumerate(asked.weeks)
    ]
    return GroupLoad(group.name, group.squad_id, tuple(weeks))


def _week(week: dt.date, logged: list[Entry], *, runners: int, current: bool) -> WeekOfRunning:
    known = [one.distance_m for one in logged if one.distance_m is not None]
    return WeekOfRunning(
        week=week,
        runners=runners,
        logged=len(logged),
        distance_m=sum(known) if known else None,
        median_m=round(median(known)) if known else None,
        runs=sum(one.runs for one in logged),
        unmeasured=sum(one.unmeasured for one in logged),
        current=current,
    )


# --- The ground ---------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Ground:
    """How much was run on each ground, keys of GROUNDS; nothing where no run was measured."""

    metres: Mapping[str, int]

    @property
    def distance_m(self) -> int:
        """All of it."""
        return sum(self.metres.values())

    def percent(self, ground: str) -> int | None:
        """Return the share of a ground, whole per cent; None where nothing was measured."""
        whole = self.distance_m
        return round(100 * self.metres.get(ground, 0) / whole) if whole else None

    @property
    def shares(self) -> tuple[int | None, ...]:
        """The shares in the order of GROUNDS."""
        return tuple(self.percent(ground) for ground in GROUNDS)


@dataclass(frozen=True, slots=True)
class SurfaceMix:
    """The ground of all these runners by week, and of each squad over all weeks.

    On which ground one run was is nobody's business but the runner's (docs/privacy.md), so groups
    of fewer than GROUP_MIN runners are left out; without any group nothing is shown.
    """

    weeks: tuple[tuple[dt.date, Ground], ...] = ()
    groups: tuple[tuple[str, Ground], ...] = ()
    group_min: int = GROUP_MIN

    @property
    def whole(self) -> Ground | None:
        """Everybody over all weeks."""
        return self.groups[0][1] if self.groups else None


def surface_mix(asked: Asked) -> SurfaceMix:
    """Return on which ground measured runs were run. One query, or none for few runners."""
    if not asked.is_large:
        return SurfaceMix()
    rows = (
        Activity.objects.filter(
            RUN,
            runner__memberships__in=[runner.pk for runner in asked.runners],
            on__range=asked.days,
            distance_m__isnull=False,
        )
        .order_by()
        .values_list(
            "surface", WeekNumber("on", first=asked.weeks[0]), "runner__memberships__squad"
        )
        .annotate(metres=Sum("distance_m"))
    )
    by_week: defaultdict[int, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    by_squad: defaultdict[int | None, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    whole: defaultdict[str, int] = defaultdict(int)
    for surface, place, squad, metres in rows:
        for sums in (by_week[place], by_squad[squad], whole):
            sums[surface] += metres
    squads = asked.squads if len(asked.squads) > 1 else ()
    return SurfaceMix(
        weeks=tuple((week, Ground(dict(by_week[n]))) for n, week in enumerate(asked.weeks)),
        groups=(
            (asked.everybody.name, Ground(dict(whole))),
            *(
                (one.name, Ground(dict(by_squad[one.squad_id])))
                for one in squads
                if one.squad_id in asked.large_squads
            ),
        ),
    )
