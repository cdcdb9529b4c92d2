"""The flags that ask for a look at a pair, by pair, with what came of looking already.

The rules stay as they are: a recorded check is shown beside what they say and makes it quiet.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max

from injuries.models import HeelProblem, RiskFlag
from injuries.risk import runner_sentence
from members.models import ShoeCheck, User
from members.selectors.shoes import Pair


@dataclass(frozen=True, slots=True)
class ShoeAsk:
    """Why to look at one pair; `pair` is None where it has been deleted or retired since."""

    pair: Pair | None
    flags: tuple[RiskFlag, ...]
    reasons: tuple[str, ...]
    quieted_by: ShoeCheck | None


def shoe_asks(
    runner: User, flags: Iterable[RiskFlag], pairs: Iterable[Pair], *, on: dt.date
) -> tuple[ShoeAsk, ...]:
    """Return which pairs to look at and why, in the runner's words, as of the day `on`.

    One query, and only for a new sore spot.
    """
    by_id = {str(pair.shoe.pk): pair for pair in pairs}
    asking: defaultdict[str, list[RiskFlag]] = defaultdict(list)
    for flag in flags:
        if flag.action == "shoe_check":
            asking[str(flag.values.get("shoe"))].append(flag)
    rules = {flag.rule for found in asking.values() for flag in found}
    sore_since = _sore_since(runner) if "S2" in rules else None
    return tuple(
        ShoeAsk(
            pair=by_id.get(shoe),
            flags=tuple(found),
            reasons=tuple(
                runner_sentence(flag.rule, flag.level, flag.values, on=on, unit=runner.unit)
                for flag in found
            ),
            quieted_by=_quieted_by(by_id.get(shoe), found, sore_since),
        )
        for shoe, found in asking.items()
    )


def is_quiet(asks: Iterable[ShoeAsk]) -> bool:
    """Whether every one of them was answered by a check; False where nothing asks."""
    asks = list(asks)
    return bool(asks) and all(ask.quieted_by is not None for ask in asks)


def _quieted_by(
    pair: Pair | None, flags: Iterable[RiskFlag], sore_since: dt.date | None
) -> ShoeCheck | None:
    """Return the check that answers all of them.

    One answers distance for the next 100 km, and what came up only if it came after.
    """
    check = pair.quieted_by if pair else None
    if check is None:
        return None
    for flag in flags:
        came_up = sore_since if flag.rule == "S2" else _day(flag.values.get("comfort_on"))
        if flag.rule != "S1" and (came_up is None or check.on < came_up):
            return None
    return check


def _sore_since(runner: User) -> dt.date | None:
    newest = HeelProblem.objects.open().filter(runner=runner).aggregate(since=Max("since"))
    since: dt.date | None = newest["since"]
    return since


def _day(text: object) -> dt.date | None:
    return dt.date.fromisoformat(text) if isinstance(text, str) else None
