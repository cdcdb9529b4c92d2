"""Replays histories through the rules week by week, looking backwards only (evidence 6.4).

Each runner is assessed on the Sundays of the weeks with 28 known days behind them, from the
history as it stood that day. An alert counts as seen on that Sunday, so that a lead time starts
there; alerts of one rule with less than 14 days between them are one episode.
"""

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from injuries.coach_list import ALL, NEVER, listed_until, standings
from injuries.risk import Assessment, Flag, History, Problem, assess

KNOWN_DAYS = 28
MERGE_DAYS = 14
WEEK, YEAR = dt.timedelta(days=7), dt.timedelta(days=365)

CONTEXT = frozenset({"L4", "L7", "S3"})  # beside a chart or as a tip; nobody is alerted
MEASURES = {"L1": "ratio", "L4": "change", "L7": "z"}


@dataclass(frozen=True, slots=True)
class Spell:
    """Days with a problem: from `since` until the day it was over; None: it is not."""

    since: dt.date
    until: dt.date | None = None

    def holds(self, first: dt.date, last: dt.date) -> bool:
        """Tell whether any day from `first` to `last` lies in it."""
        return self.since <= last and (self.until is None or self.until > first)


@dataclass(frozen=True, slots=True)
class Lived:
    """One runner's recorded life. `as_of` must show nothing after the day it is asked for.

    `known` are the days something was said about, `spells` the problems, `followed_until` the last
    day on which the runner would have said that a problem began; None where that is not known.
    """

    runner: str
    as_of: Callable[[dt.date], History]
    sundays: tuple[dt.date, ...]
    known: tuple[dt.date, ...]
    spells: tuple[Spell, ...] = ()
    followed_until: dt.date | None = None
    answered: frozenset[dt.date] = frozenset()  # Sundays of weeks whose weekly check was answered


@dataclass(frozen=True, slots=True)
class Week:
    """What the rules said on one Sunday."""

    on: dt.date
    assessed: bool
    rules: frozenset[str]  # every rule that fired, those that only give context included
    coach: frozenset[str]  # those that coaches are alerted to
    measures: dict[str, float | None]
    free: bool  # of a problem on this day
    injured_before: bool  # said so, or a problem that was over within 12 months
    # Of each rule that may be on the coaches' list the last step at which it is.
    listed: Mapping[str, int] = field(default_factory=dict)
    step: int = ALL  # at which the coaches' list stood


@dataclass(frozen=True, slots=True)
class Replayed:
    """One runner's weeks, oldest first, with what came after."""

    runner: str
    weeks: tuple[Week, ...]
    too_early: int  # weeks with less than 28 known days behind them
    answered: int  # of `weeks`
    onsets: tuple[dt.date, ...]  # in these weeks, with 28 known days before
    spells: tuple[Spell, ...]
    followed_until: dt.date | None

    def onset_within(self, on: dt.date, days: int) -> bool | None:
        """Tell whether a problem began in the `days` after `on`; None: not followed that long."""
        last = on + dt.timedelta(days=days)
        if self.followed_until is None or last > self.followed_until:
            return None
        return any(on < one <= last for one in self.onsets)

    def problem_next_week(self, on: dt.date) -> bool | None:
        """Tell whether there is a problem, old or new, in the week after `on`."""
        first, last = on + dt.timedelta(days=1), on + WEEK
        if self.followed_until is None or last > self.followed_until:
            return None
        return any(spell.holds(first, last) for spell in self.spells)


def spells_of(problems: Iterable[Problem]) -> tuple[Spell, ...]:
    """Return the problems as spells, oldest first."""
    return tuple(
        sorted((Spell(one.since, one.closed) for one in problems), key=lambda one: one.since)
    )


def onsets_of(spells: Iterable[Spell]) -> list[dt.date]:
    """Return the days on which a problem began in somebody free of one the day before."""
    spells = list(spells)
    first_days = {one.since for one in spells}
    return sorted(
        day
        for day in first_days
        if not any(one.since < day and (one.until is None or one.until >= day) for one in spells)
    )


def replay(lived: Lived) -> Replayed:
    """Assess every week that has 28 known days behind it."""
    known = sorted(lived.known)

    def has_history(day: dt.date) -> bool:
        return bisect_right(known, day) >= KNOWN_DAYS

    sundays = [on for on in sorted(lived.sundays) if has_history(on)]
    looked_from = min(lived.sundays, default=dt.date.max) - dt.timedelta(days=6)
    return Replayed(
        runner=lived.runner,
        weeks=tuple(_week(lived, on) for on in sundays),
        too_early=len(lived.sundays) - len(sundays),
        answered=sum(on in lived.answered for on in sundays),
        onsets=tuple(
            day
            for day in onsets_of(lived.spells)
            if day >= looked_from and has_history(day - dt.timedelta(days=1))
        ),
        spells=lived.spells,
        followed_until=lived.followed_until,
    )


def _week(lived: Lived, on: dt.date) -> Week:
    history = lived.as_of(on)
    found = assess(history)
    over = [spell.until for spell in lived.spells if spell.until is not None]
    listed = {flag.rule: until for flag in found.flags if (until := _until(flag)) > NEVER}
    return Week(
        on=on,
        assessed=found.training != "not_assessed",
        rules=frozenset(flag.rule for flag in found.flags),
        coach=frozenset(listed),
        listed=listed,
        measures=_measures(found),
        free=not any(spell.holds(on, on) for spell in lived.spells),
        injured_before=history.previous_injury_12m is True
        or any(on - YEAR <= day <= on for day in over),
    )


def _until(flag: Flag) -> int:
    return listed_until(flag.rule, flag.level, flag.action, flag.values, coach=flag.coach)


def as_one_club(replays: Iterable[Replayed]) -> list[Replayed]:
    """Return the runners of one club with its coaches' list as long as the budget lets it be.

    A week's step is worked out from the weeks before it (coach_list.standings).
    """
    runners = list(replays)
    after = standings({week.on: week.listed for week in one.weeks} for one in runners)
    step_before = [ALL, *(one.step for one in after)]
    step_in = {one.judged: step for one, step in zip(after, step_before, strict=False)}
    return [
        replace(one, weeks=tuple(_at_step(week, step_in[week.on]) for week in one.weeks))
        for one in runners
    ]


def _at_step(week: Week, step: int) -> Week:
    shown = frozenset(rule for rule, until in week.listed.items() if until >= step)
    return replace(week, coach=shown, step=step)


def _measures(found: Assessment) -> dict[str, float | None]:
    return {rule: found.measures[rule][name] for rule, name in MEASURES.items()}


def episodes(flagged: Sequence[dt.date]) -> list[dt.date]:
    """Return the first day of each episode: days less than 14 days apart are one."""
    starts = []
    before: dt.date | None = None
    for on in sorted(flagged):
        if before is None or (on - before).days >= MERGE_DAYS:
            starts.append(on)
        before = on
    return starts
