"""Which group of a club's run is for whom: the rules' own comparison, as far as each shares."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dashboards.selectors.board_facts import Who
from dashboards.selectors.board_rows import BoardRow, board_rows
from injuries.models import ReturnPlan
from injuries.risk import WhatIf, what_ifs
from injuries.selectors.history import Records, records_of
from injuries.selectors.sharing import what_if_coach_sees
from members.models import ClubRun, Membership, PlannedBreak, RunGroup, User
from members.selectors.club_runs import runs_offered_to

STOPPING = ("rest", "cross_train")
# Whom a coach has to think of first: no group fits, one is too long, nothing is known.
ORDER = ("none_fits", "shorter", "unknown", "clinician", "rest", "cross_train", "returning",
         "fits", "holiday", "nothing")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fit:
    """One runner and one club run.

    `kind` is one of ORDER. `group` is the longest that fits, `too_long` those that do not;
    `limit_m` is their ceiling or, where that is not shared, their longest run of 30 days.
    """

    who: Who
    training: str | None
    kind: str
    group: RunGroup | None = None
    too_long: tuple[RunGroup, ...] = ()
    limit_m: int | None = None
    is_ceiling: bool = False
    why: str = ""


def fits_of(coach: Membership, run: ClubRun, *, on: dt.date) -> list[Fit]:
    """Return which group is for each runner the coach looks after, whom to think of first first.

    As things stand on the day `on`, for a run of the day of `run`; a fixed number of queries.
    """
    rows = board_rows(coach, on=on)
    groups = list(run.groups.all())
    users = {one.pk: one for one in User.objects.filter(pk__in=_judgeable(rows))}
    records = records_of(users.values())
    back, away = _on_the_way_back(users), _on_holiday(users, on=run.on)
    fits = [
        _said_before(row, back=back, away=away)
        or _compared(row, groups, records[row.who.user_id], on=run.on)
        for row in rows
    ]
    return sorted(fits, key=lambda fit: (ORDER.index(fit.kind), fit.who.name.casefold()))


def _judgeable(rows: Iterable[BoardRow]) -> list[int]:
    return [row.who.user_id for row in rows if row.view.sees_runs]


def _on_the_way_back(users: Mapping[int, User]) -> set[int]:
    plans = ReturnPlan.objects.filter(problem__runner__in=users, ended_on__isnull=True)
    return set(plans.values_list("problem__runner_id", flat=True))


def _on_holiday(users: Mapping[int, User], *, on: dt.date) -> set[int]:
    breaks = PlannedBreak.objects.filter(runner__in=users, kind="holiday")
    return set(breaks.filter(first__lte=on, last__gte=on).values_list("runner_id", flat=True))


def _said_before(row: BoardRow, *, back: set[int], away: set[int]) -> Fit | None:
    """Return what decides before any distance does; None: the distance does."""
    who, view = row.who, row.view
    if view.training is None:
        return Fit(who, None, "nothing")
    if view.clinician:
        return Fit(who, view.training, "clinician")
    if view.training in STOPPING:
        return Fit(who, view.training, view.training)
    if who.user_id in back and who.keeps_health:
        return Fit(who, view.training, "returning")
    return Fit(who, view.training, "holiday") if who.user_id in away else None


def _compared(row: BoardRow, groups: Sequence[RunGroup], records: Records, *, on: dt.date) -> Fit:
    said = what_ifs(records.as_of(on), distances_m=[group.distance_m for group in groups])
    shared = [what_if_coach_sees(row.who, one) for one in said]
    seen = [one for one in shared if one is not None]
    return _fit(row.who, row.view.training, list(zip(groups, seen, strict=True)))


def _fit(who: Who, training: str | None, said: Sequence[tuple[RunGroup, WhatIf]]) -> Fit:
    first = said[0][1]
    if first.values is None:
        return Fit(who, training, "unknown", why=first.why or "")
    group, too_long = divide(said)
    limit_m = first.ceiling_m or first.values["longest_30d_m"]
    kind = "none_fits" if group is None else "shorter" if too_long else "fits"
    is_ceiling = first.ceiling_m is not None
    return Fit(who, training, kind, group, too_long, limit_m, is_ceiling)


def divide(
    said: Sequence[tuple[RunGroup, WhatIf]],
) -> tuple[RunGroup | None, tuple[RunGroup, ...]]:
    """Return the longest group that is no big step, and the groups that are too long."""
    too_long = tuple(group for group, outcome in said if is_too_long(outcome))
    fitting = [group for group, _ in said if group not in too_long]
    return max(fitting, key=lambda group: group.distance_m, default=None), too_long


def is_too_long(outcome: WhatIf) -> bool:
    """Whether it would be a spike by L1, or longer than the ceiling, which a morning may lower."""
    above = outcome.ceiling_m is not None and outcome.distance_m > outcome.ceiling_m
    return outcome.level is not None or above


# --- The runner's own page -----------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class OwnRun:
    """A run of one's club in the coming days, and which group is for oneself."""

    run: ClubRun
    training: str
    group: RunGroup | None
    ceiling_m: int | None
    why: str  # why no group can be named; empty where one can, or none fits


def own_club_runs(runner: User, *, training: str, on: dt.date) -> list[OwnRun]:
    """Return the runs of the runner's clubs in the coming seven days. One query where none is."""
    runs = list(runs_offered_to(runner, on=on))
    if not runs:
        return []
    records = records_of([runner])[runner.pk]
    return [_own(run, records, training=training) for run in runs]


def _own(run: ClubRun, records: Records, *, training: str) -> OwnRun:
    groups = list(run.groups.all())
    said = what_ifs(records.as_of(run.on), distances_m=[one.distance_m for one in groups])
    group, _ = divide(list(zip(groups, said, strict=True)))
    known = said[0].values is not None
    return OwnRun(run, training, group if known else None, said[0].ceiling_m, said[0].why or "")
