"""Shoes, evidence 4: a reminder to look at them, never a risk."""

from collections.abc import Iterator

from injuries.risk import thresholds as t
from injuries.risk.facts import Facts, day_of
from injuries.risk.findings import Finding, Fired, NotJudged
from injuries.risk.types import Comfort, Shoe


def worn_m(facts: Facts) -> dict[str, int]:
    """Metres of each pair: its start plus the runs logged with it."""
    return facts.once("worn_m", _worn_m)


def _worn_m(facts: Facts) -> dict[str, int]:
    if not facts.history.shoes:
        return {}
    pairs = [run.shoe for run in facts.runs]
    run_m = dict.fromkeys(pairs, 0)
    for pair, distance_m in zip(pairs, [run.distance_m or 0 for run in facts.runs], strict=True):
        run_m[pair] += distance_m
    return {shoe.id: shoe.start_m + run_m.get(shoe.id, 0) for shoe in facts.history.shoes}


def _in_use(facts: Facts) -> list[Shoe]:
    in_use = [shoe for shoe in facts.history.shoes if shoe.retired is None]
    return sorted(in_use, key=lambda shoe: shoe.id)


def wear(facts: Facts) -> Iterator[Finding]:
    """S1: 500 km check wear; the pair's own limit, or 800 km, consider replacing."""
    metres = worn_m(facts)
    worst: Fired | None = None
    for shoe in _in_use(facts):
        limit_m = t.REPLACE_M if shoe.limit_m is None else shoe.limit_m
        worn = metres[shoe.id]
        over = worn >= limit_m
        if not over and worn < t.CHECK_WEAR_M:
            continue
        level = "consider_replacing" if over else "check_wear"
        values = {"shoe": shoe.id, "distance_m": worn, "limit_m": limit_m}
        fired = Fired("S1", level, "shoe_check", values, shoes=True)
        if worst is None or (over, worn) > (
            worst.level == "consider_replacing",
            worst.values["distance_m"],
        ):
            worst = fired
    if worst is not None:
        yield worst


def new_pain(facts: Facts) -> Iterator[Finding]:
    """S2: a new problem and an old pair, or one changed within three weeks."""
    new = [p for p in facts.open_problems if facts.on - p.since.toordinal() <= t.NEW_PROBLEM_DAYS]
    if not new:
        return
    metres = worn_m(facts)
    old = [shoe for shoe in _in_use(facts) if metres[shoe.id] > t.CHECK_WEAR_M]
    if old:
        shoe = max(old, key=lambda one: (metres[one.id], one.id))
        values: dict[str, object] = {"shoe": shoe.id, "distance_m": metres[shoe.id]}
        yield Fired("S2", "old_pair", "shoe_check", values, shoes=True)
        return
    used = {shoe.id: _first_used(facts, shoe) for shoe in _in_use(facts)}
    fresh = [(day, shoe) for shoe, day in used.items() if day and facts.on - day <= t.NEW_PAIR_DAYS]
    if fresh:
        day, shoe_id = max(fresh)
        values = {"shoe": shoe_id, "days": facts.on - day}
        yield Fired("S2", "new_pair", "shoe_check", values, shoes=True)


def _first_used(facts: Facts, shoe: Shoe) -> int | None:
    if shoe.first_used is not None:
        return shoe.first_used.toordinal()
    days = [run.on.toordinal() for run in facts.history.activities if run.shoe == shoe.id]
    return min(days, default=None)


def rotation(facts: Facts) -> Iterator[Finding]:
    """S3 as context: one single pair in 60 days; runs without a pair say nothing."""
    if not facts.history.shoes:
        return
    first = day_of(facts.on - t.ROTATION_DAYS + 1)
    pairs = [run.shoe for run in facts.history.activities if run.on >= first and run.kind == "run"]
    if not pairs:
        return
    if None in pairs:
        yield NotJudged("S3", "some runs of the last 60 days name no pair")
    elif len(set(pairs)) == 1:
        yield Fired("S3", "one_pair", "context", {"shoe": pairs[0], "runs": len(pairs)})


def comfort(facts: Facts) -> Iterator[Finding]:
    """S4: a pair is 2 or more of 10 below its own first value; the largest drop speaks.

    Its newest value has to be of the last 60 days: comfort is asked about once a month.
    """
    drops = []
    for shoe in _in_use(facts):
        if not shoe.comfort:
            continue
        first, last = _first_and_last(shoe.comfort)
        fresh = facts.on - last.on.toordinal() < t.COMFORT_DAYS
        if fresh and first.value - last.value >= t.COMFORT_DROP:
            drops.append((first.value - last.value, shoe.id, first, last))
    if drops:
        _, shoe_id, first, last = max(drops)
        values = {
            "shoe": shoe_id,
            "comfort": last.value,
            "comfort_on": last.on.isoformat(),
            "first_comfort": first.value,
            "first_comfort_on": first.on.isoformat(),
        }
        yield Fired("S4", "comfort_drop", "shoe_check", values, shoes=True)


def _first_and_last(said: tuple[Comfort, ...]) -> tuple[Comfort, Comfort]:
    """Return the first and the newest value; of several on one day the lowest."""
    return min(said), min(said, key=lambda one: (-one.on.toordinal(), one.value))
