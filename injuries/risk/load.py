"""Load: the single-run spike (L1), the ceiling (L2), breaks (L3) and two context figures (L4, L7).

Evidence 1.1, 1.2, 1.4, 1.8 and design 4.
"""

import datetime as dt
import math
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from operator import mul, sub

from injuries.risk import thresholds as t
from injuries.risk.facts import Facts, Layoff, Session, day_of
from injuries.risk.findings import Finding, Fired, NotJudged
from injuries.risk.types import Activity


@dataclass(frozen=True, slots=True)
class Compared:
    """A run beside the longest run of the 30 days before it."""

    session: Session
    distance_m: int
    base_m: int
    declared: bool = False
    since_break: bool = False
    return_limit_m: int | None = None  # what the first week back was to stay under

    @property
    def ratio(self) -> float:
        """How many times the base, to 4 places."""
        return round(self.distance_m / self.base_m, 4)

    @property
    def is_spike(self) -> bool:
        """More than 10 % and at least 1 km longer; an imputed distance alone flags nobody."""
        return (
            not self.session.imputed
            and self.distance_m * 100 > self.base_m * t.SPIKE_PERCENT
            and self.distance_m - self.base_m >= t.SPIKE_MIN_EXCESS_M
        )

    @property
    def is_double(self) -> bool:
        """More than twice the base."""
        return self.distance_m * 100 > self.base_m * t.SPIKE_DOUBLE_PERCENT

    @property
    def level(self) -> str | None:
        """Return over_10 or over_100 for a spike."""
        if not self.is_spike:
            return None
        return "over_100" if self.is_double else "over_10"

    @property
    def values(self) -> dict[str, object]:
        """Return the numbers the sentence is made from."""
        values: dict[str, object] = {
            "distance_m": self.distance_m,
            "longest_30d_m": self.base_m,
            "ratio": self.ratio,
            "run_on": day_of(self.session.day).isoformat(),
        }
        if self.declared:
            values["declared"] = True
        if self.since_break:
            values["since_break"] = True
        if self.return_limit_m is not None:
            values["return_limit_m"] = self.return_limit_m
        return values


@dataclass(frozen=True, slots=True)
class Incomparable:
    """A run that cannot be compared, and why; `no_base` where rule L3 takes over."""

    why: str
    no_base: bool = False
    returning: bool = False


TOO_YOUNG = Incomparable("single runs are not compared under 18")


def alone(run: Activity) -> Session:
    """Return a run as a session of its own, whatever else was run that day."""
    return Session(run.on.toordinal(), run.distance_m, run.imputed, None, False)


def compare(facts: Facts, session: Session) -> Compared | Incomparable:
    """Compare one run with its base, looking backwards only (evidence 1.1, 1.9)."""
    day = session.day
    returning = facts.return_at(day)
    first = day - t.COVERAGE_DAYS
    if returning is not None and returning.back is not None:
        first = max(first, returning.back)
    before = facts.sessions_between(first, day - 1)
    distances = [run.distance_m for run in before]
    if session.distance_m is None or None in distances:
        return Incomparable("a run without distance and time")
    longest_m = max(filter(None, distances), default=0)
    declared_m = facts.history.declared_longest_30d_m
    if facts.is_new(day):
        if declared_m is None:
            return Incomparable("less than 30 days of data")
        base_m = max(declared_m, longest_m)
        return Compared(session, session.distance_m, base_m, declared=base_m == declared_m)
    if not before:
        if returning is not None:
            return Incomparable("no run since the break to compare with", True, returning=True)
        return Incomparable("no run in the 30 days before", no_base=True)
    if returning is None and facts.coverage(day - 1) < t.COVERAGE_MIN:
        return Incomparable("too many days of the 30 before are unknown")
    longest = before[distances.index(longest_m)]
    if longest.imputed and all(run.imputed for run in before if run.distance_m == longest_m):
        return Incomparable("the longest run of the 30 days before has no measured distance")
    if returning is None:
        return Compared(session, session.distance_m, longest_m)
    limit = _first_week_ceiling(facts, returning) if _is_short(returning) else None
    return Compared(
        session,
        session.distance_m,
        longest_m,
        since_break=True,
        return_limit_m=None if limit is None else limit.metres,
    )


def open_runs(facts: Facts) -> list[tuple[Session, Compared | Incomparable]]:
    """The runs of the last 14 days, each compared."""
    return facts.once("open_runs", _open_runs)


def _open_runs(facts: Facts) -> list[tuple[Session, Compared | Incomparable]]:
    sessions = facts.sessions_between(facts.on - t.SPIKE_OPEN_DAYS + 1, facts.on)
    return [(session, compare(facts, session)) for session in sessions]


def spike(facts: Facts) -> Iterator[Finding]:
    """L1, evidence 1.1: a run more than 10 % and 1 km longer than the longest of 30 days before."""
    if not facts.history.adult:
        return
    outcomes = [outcome for _, outcome in open_runs(facts)]
    spikes = [o for o in outcomes if isinstance(o, Compared) and o.is_spike]
    if spikes:
        yield _spike(facts, max(spikes, key=lambda one: (one.ratio, one.session.day)))
    why = _why_load_unjudged(facts, outcomes)
    if why is not None:
        yield why


def _spike(facts: Facts, worst: Compared) -> Fired:
    # Evidence 7 row 8: a spike on a sore heel is not for holding, but for three days off impact.
    recent = facts.pain_values(facts.on - t.SPIKE_OPEN_DAYS + 1, facts.on)
    sore = any(pain >= t.SPIKE_PAIN for _, pain in recent)
    action = "cross_train" if sore else "ease"
    return Fired(
        rule="L1",
        level=worst.level or "",
        action=action,
        values=worst.values,
        training=action,
        coach=worst.is_double or facts.previous_injury,
    )


def _why_load_unjudged(facts: Facts, outcomes: list[Compared | Incomparable]) -> NotJudged | None:
    """Silence is never green: say why load could not be judged today, if so."""
    declared = facts.history.declared_longest_30d_m is not None
    if facts.is_new(facts.on) and declared:
        silent = facts.coverage(facts.on, t.ANSWER_DAYS) == 0
        return NotJudged("L1", "no entry for 10 days", blocks=True) if silent else None
    if facts.is_new(facts.on):
        return NotJudged("L1", "less than 30 days of data", blocks=True)
    known = round(facts.coverage(facts.on) * t.COVERAGE_DAYS)
    if known < t.COVERAGE_MIN * t.COVERAGE_DAYS:
        why = f"only {known} of the last {t.COVERAGE_DAYS} days are known"
        return NotJudged("L1", why, blocks=True)
    unjudged = [o for o in outcomes if isinstance(o, Incomparable)]
    if not unjudged:
        return None
    return NotJudged("L1", unjudged[-1].why, blocks=not all(o.no_base for o in unjudged))


# --- L2 ------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Ceiling:
    """The one distance a runner is told to hold to, and the last day it holds."""

    metres: int
    until: dt.date | None


def ceiling(facts: Facts) -> Ceiling | None:
    """L2, evidence 1.2: 110 % of the longest run of the last 30 days; None as for L1."""
    if not facts.history.adult:
        return None
    layoff = facts.layoff
    if layoff is not None and _is_short(layoff):
        return _first_week_ceiling(facts, layoff)
    if layoff is not None and layoff.back is None:
        return None
    declared_m = facts.history.declared_longest_30d_m
    is_new = facts.is_new(facts.on)
    if is_new and declared_m is None:
        return None
    if layoff is None and not is_new and facts.coverage(facts.on) < t.COVERAGE_MIN:
        return None
    first = facts.on - t.COVERAGE_DAYS + 1
    if layoff is not None and layoff.back is not None:
        first = max(first, layoff.back)
    runs = facts.sessions_between(first, facts.on)
    if any(run.distance_m is None for run in runs):
        return None
    spikes = {
        id(outcome.session)
        for _, outcome in open_runs(facts)
        if isinstance(outcome, Compared) and outcome.is_spike
    }
    counted = [run for run in runs if id(run) not in spikes]
    opened = [run.day for run in runs if id(run) in spikes]
    longest = max(counted, key=lambda r: (r.distance_m, not r.imputed, r.day), default=None)
    longest_m = 0 if longest is None or longest.distance_m is None else longest.distance_m
    if is_new and declared_m is not None and declared_m >= longest_m:
        base_m, until = declared_m, facts.first_day + t.COVERAGE_DAYS - 1
    elif longest is None or longest.imputed:
        return None
    else:
        base_m, until = longest_m, longest.day + t.COVERAGE_DAYS
    until = min([until, *(day + t.SPIKE_OPEN_DAYS - 1 for day in opened)])
    return Ceiling(base_m * t.SPIKE_PERCENT // 100, day_of(until))


def _is_short(layoff: Layoff) -> bool:
    return layoff.known < t.LONG_LAYOFF_DAYS and not layoff.after_problem


def _first_week_ceiling(facts: Facts, layoff: Layoff) -> Ceiling | None:
    longest_m = _longest_before(facts, layoff)
    if longest_m is None:
        return None
    if layoff.back is None:
        until = facts.on + t.LONG_LAYOFF_DAYS - 1 - layoff.known
    else:
        until = layoff.back + t.FIRST_WEEK_DAYS - 1
    return Ceiling(longest_m * t.FIRST_WEEK_PERCENT // 100, day_of(until))


def _longest_before(facts: Facts, layoff: Layoff) -> int | None:
    if layoff.last_run is None:
        return None
    before = facts.sessions_between(layoff.last_run - t.COVERAGE_DAYS + 1, layoff.last_run)
    known = [run.distance_m for run in before if run.distance_m is not None and not run.imputed]
    return max(known, default=None)


# --- L3 ------------------------------------------------------------------------------------------
def returning(facts: Facts) -> Iterator[Finding]:
    """L3, evidence 1.8: coming back after a break, or a run with nothing to compare it with."""
    layoff = facts.layoff
    if layoff is not None and (not _is_short(layoff) or _longest_before(facts, layoff)):
        yield _return(facts, layoff)
        return
    bare = [
        (session, outcome)
        for session, outcome in open_runs(facts)
        if isinstance(outcome, Incomparable) and outcome.no_base and not outcome.returning
    ]
    if bare:
        run_on = day_of(bare[-1][0].day).isoformat()
        yield Fired("L3", "no_base", "ease", {"run_on": run_on}, training="ease")


def _return(facts: Facts, layoff: Layoff) -> Fired:
    values: dict[str, object] = {
        "days": layoff.known,
        "back_on": None if layoff.back is None else day_of(layoff.back).isoformat(),
    }
    if _is_short(layoff):
        limit = _first_week_ceiling(facts, layoff)
        values["longest_before_m"] = _longest_before(facts, layoff)
        values["limit_m"] = None if limit is None else limit.metres
    else:
        share = _share_of_old_week(facts, layoff)
        old_week_m = _old_week(facts, layoff)
        values["share"] = share
        values["week_limit_m"] = None if old_week_m is None else round(old_week_m * share)
    return Fired("L3", _return_level(layoff), "ease", values, training="ease")


def _return_level(layoff: Layoff) -> str:
    if layoff.after_problem:
        return "after_problem"
    if layoff.known < t.LONG_LAYOFF_DAYS:
        return "layoff_7_13"
    return "layoff_14_28" if layoff.known <= t.VERY_LONG_LAYOFF_DAYS else "layoff_over_28"


def _share_of_old_week(facts: Facts, layoff: Layoff) -> float:
    """Half then three quarters; after more than 28 days a third, a half, three quarters."""
    shares = (0.5, 0.75) if layoff.known <= t.VERY_LONG_LAYOFF_DAYS else (0.33, 0.5, 0.75)
    if layoff.back is None:
        return shares[0]
    part = (facts.on - layoff.back) * len(shares) // layoff.return_days
    return shares[min(part, len(shares) - 1)]


def _old_week(facts: Facts, layoff: Layoff) -> float | None:
    """Mean weekly metres of the four weeks before the break."""
    if layoff.last_run is None:
        return None
    runs = facts.sessions_between(layoff.last_run - 27, layoff.last_run)
    if any(run.distance_m is None for run in runs):
        return None
    return sum(run.distance_m or 0 for run in runs) / 4


# --- Context: L4, L7 -----------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class LoadMeasures:
    """The numbers beside the flags; None where undefined, never zero."""

    ratio: float | None
    change: float | None
    z: float | None


def measures(facts: Facts) -> LoadMeasures:
    """Return L1's largest ratio of 14 days, L4's change and L7's z."""
    ratios = [
        outcome.ratio for _, outcome in open_runs(facts) if isinstance(outcome, Compared)
    ] if facts.history.adult else []  # fmt: skip
    change, score = week_change(facts), usual_week_score(facts)
    return LoadMeasures(
        ratio=max(ratios, default=None),
        change=None if change is None else round(change, 4),
        z=None if score is None else round(score, 4),
    )


def week_sum(facts: Facts, last: int) -> int | None:
    """Metres of the 7 days ending on `last`; None where a day or a distance is unknown."""
    if not facts.known.issuperset(range(last - 6, last + 1)):
        return None
    metres = [run.distance_m for run in facts.sessions_between(last - 6, last)]
    return None if None in metres else sum(filter(None, metres))


def week_change(facts: Facts) -> float | None:
    """L4, evidence 1.4: (last 7 days - the 7 before) / the 7 before; None where undefined."""
    return facts.once("week_change", _week_change)


def _week_change(facts: Facts) -> float | None:
    last, before = week_sum(facts, facts.on), week_sum(facts, facts.on - 7)
    if last is None or before is None or before < t.BIG_STEP_MIN_WEEK_M:
        return None
    first = facts.on - 13
    off = {"ill", "injured"}
    if any(
        day.status in off and first <= day.on.toordinal() < first + 7
        for day in facts.history.days
    ):  # fmt: skip
        return None
    earlier = [week_sum(facts, facts.on - 7 * back) for back in range(2, 6)]
    if None not in earlier and before < t.RECOVERY_WEEK_SHARE * sum(filter(None, earlier)) / 4:
        return None
    if _recently_back(facts):
        return None
    return (last - before) / before


def _recently_back(facts: Facts) -> bool:
    return any(
        layoff.known >= t.LONG_LAYOFF_DAYS
        and (layoff.back is None or facts.on - layoff.back < t.QUIET_AFTER_LAYOFF_DAYS)
        for layoff in facts.breaks
    )


def usual_week_score(facts: Facts) -> float | None:
    """L7, design 4: the last 7 days against all one's own earlier 7-day sums, as a z score."""
    return facts.once("usual_week_score", _usual_week_score)


def _usual_week_score(facts: Facts) -> float | None:
    now = week_sum(facts, facts.on)
    if now is None:
        return None
    sums = _known_week_sums(facts, facts.on - 7)
    if len(sums) < t.USUAL_WEEKS_MIN:
        return None
    count, total = len(sums), sum(sums)
    # Exact in whole numbers: n squared times the variance.
    spread = count * sum(map(mul, sums, sums)) - total * total
    return None if spread == 0 else (now * count - total) / math.sqrt(spread)


def _known_week_sums(facts: Facts, last: int) -> list[int]:
    """Every 7-day sum that ends on or before `last` and has no unknown day, in one sweep."""
    days = range(facts.first_day, last + 1)
    metres, unknown, first = [0] * len(days), set(), facts.first_day
    for day, distance_m in facts.run_metres[: bisect_right(facts.run_metres, (last + 1,))]:
        if distance_m is None:
            unknown.add(day)
        else:
            metres[day - first] += distance_m
    so_far = list(accumulate(metres, initial=0))
    known = facts.known.difference(unknown) if unknown else facts.known
    if known.issuperset(days):
        return list(map(sub, so_far[7:], so_far))
    gaps = [0, *accumulate([day not in known for day in days])]
    weeks = zip(so_far, so_far[7:], gaps, gaps[7:], strict=False)
    return [after - before for before, after, gap, gap_after in weeks if gap == gap_after]


def _imputed_within(facts: Facts, days: int) -> bool:
    return any(run.imputed for run in facts.sessions_between(facts.on - days + 1, facts.on))


def big_step(facts: Facts) -> Iterator[Finding]:
    """L4 as context: a chart note, never a reason on its own (evidence 1.4)."""
    change = week_change(facts)
    if change is None:
        yield NotJudged("L4", "the last two weeks are not both known and comparable")
    elif change > t.BIG_STEP and not _imputed_within(facts, 14):
        values = {
            "change": round(change, 4),
            "week_m": week_sum(facts, facts.on),
            "week_before_m": week_sum(facts, facts.on - 7),
        }
        yield Fired("L4", "big_step", "context", values)


def above_usual(facts: Facts) -> Iterator[Finding]:
    """L7 as context: well above one's own usual week (competitive runners of one team only)."""
    score = usual_week_score(facts)
    if score is None:
        yield NotJudged("L7", "fewer than 28 earlier weeks of seven known days")
    elif score > t.ABOVE_USUAL_Z and not _imputed_within(facts, 7):
        values = {"z": round(score, 4), "week_m": week_sum(facts, facts.on)}
        yield Fired("L7", "above_usual", "context", values)
