"""The list of sore heels as CSV for injury-surveillance tools: docs/injury-list.md.

Every cell is a code, a date, a number or a word of a fixed list: nothing that anybody typed, so
that no name and no formula of a spreadsheet gets into it.
"""

import csv
import datetime as dt
import io
from collections.abc import Callable, Mapping

from injuries.models import ClosedBy
from injuries.selectors.injury_list import Injury, InjuryList, problem_code

Value = str | int | dt.date | None

COLUMNS: Mapping[str, Callable[[Injury], Value]] = {
    "runner": lambda one: one.code,
    "problem": lambda one: problem_code(one.runner, one.problem.pk),
    "body_region": lambda one: one.region,
    "spot": lambda one: one.problem.spot,
    "side": lambda one: one.problem.side,
    "mode_of_onset": lambda one: one.problem.onset,
    "date_of_onset": lambda one: one.problem.since,
    "date_closed": lambda one: one.problem.closed_on,
    "closed_by": lambda one: (
        "two_checks" if one.problem.closed_by == ClosedBy.CHECKS else one.problem.closed_by
    ),
    "episode": lambda one: one.episode.value,
    "earlier_problem": lambda one: (
        problem_code(one.runner, one.problem.follows_id) if one.problem.follows_id else None
    ),
    "days_since_earlier": lambda one: one.problem.days_since_earlier,
    "days_lost": lambda one: one.loss.days,
    "days_lost_at_least": lambda one: one.loss.lost,
    "days_unknown": lambda one: one.loss.unknown,
    "severity": lambda one: one.loss.severity.replace(" ", "_"),
    "weeks": lambda one: one.checks.weeks,
    "weeks_answered": lambda one: one.checks.answered,
    "weeks_ran_less": lambda one: one.checks.ran_less,
    "weeks_could_not_run": lambda one: one.checks.could_not,
    "peak_check_score": lambda one: one.checks.peak,
    "substantial": lambda one: {True: "yes", False: "no", None: ""}[one.checks.substantial],
}


def injury_csv(found: InjuryList, *, on: dt.date) -> str:
    """Return the list as it stood on `on`; an empty cell is unknown."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(["as_of", *COLUMNS])
    for one in found.injuries:
        table.writerow([on.isoformat(), *(_cell(read(one)) for read in COLUMNS.values())])
    return out.getvalue()


def _cell(value: Value) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, dt.date) else str(value)
