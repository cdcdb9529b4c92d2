"""The weekly check one problem at a time (evidence 2.5), and what closes one (2.7). Pure."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from injuries.risk import thresholds as t
from injuries.risk.pain import severity

__all__ = ["Answers", "closes_on", "severity", "substantial"]

IN_A_ROW = 2  # explicit "no problem" answers that close a problem; silence closes nothing

Answers = tuple[int | None, int | None, int | None, int | None]


def substantial(answers: Answers) -> bool | None:
    """Tell whether the problem was substantial; None where the answers do not say.

    Could not take part at all, or moderate and worse in the second or third answer. One hit
    decides whatever else is missing.
    """
    part, changed, performance, _ = answers
    if part is None:
        return None
    if part == 0:
        return False
    if part == t.MAJOR or max(changed or 0, performance or 0) >= t.SUBSTANTIAL:
        return True
    return None if changed is None or performance is None else False


@dataclass(frozen=True, slots=True)
class Said:
    """The first answer of one weekly check about one problem."""

    week: dt.date  # its Monday
    answered_on: dt.date
    participation: int


def closes_on(checks: Iterable[Said], *, since: dt.date) -> dt.date | None:
    """Return the day a problem that began on `since` is over: two "no problem" answers in a row.

    None while it is open. The week in which it began is a week with a problem, whatever was said;
    of two answers about one week the worse counts.
    """
    worst: dict[dt.date, Said] = {}
    for check in checks:
        before = worst.get(check.week, check)
        worst[check.week] = max(before, check, key=lambda one: (one.participation, one.answered_on))
    quiet = 0
    for _, check in sorted(item for item in worst.items() if item[0] > since):
        quiet = quiet + 1 if check.participation == 0 else 0
        if quiet == IN_A_ROW:
            return check.answered_on
    return None
