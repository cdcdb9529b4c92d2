"""What an import says about an activity it recognised, in the runner's own days."""

import datetime as dt
from collections.abc import Collection

from members.activity_files import Match
from members.models import Activity

GAINED = {
    "started_at": "start",
    "distance_m": "distance",
    "duration_s": "time",
    "elapsed_s": "time with pauses",
}


def already_there(row: Activity, match: str, *, started_at: dt.datetime) -> str:
    """Return why nothing was added."""
    if match == Match.SAME_FILE:
        return "It is in your log already."
    return f"Looks like {which(row)}{_how(row, match, started_at)}."


def merged(row: Activity, match: str, gained: Collection[str], *, started_at: dt.datetime) -> str:
    """Return what was taken over from the file; say it before the row is changed."""
    what = [word for name, word in GAINED.items() if name in gained]
    took = f"It took the {_listed(what)} from the file" if what else "It is known from a file now"
    return (
        f"Looks like {which(row)}{_how(row, match, started_at)}. {took}; "
        "effort, shoes, note and pain stay as they are."
    )


def which(row: Activity) -> str:
    """Return words that name an activity: your run of Saturday 14 March 2026, 9:00."""
    start = row.local_start
    day = f"{start:%A} {start.day} {start:%B} {start.year}"
    clock = f", {start.hour}:{start:%M}" if row.start_said else ""
    return f"your {row.get_kind_display()} of {day}{clock}"


def _how(row: Activity, match: str, started_at: dt.datetime) -> str:
    if match == Match.SHIFTED_CLOCK:
        minutes = round(abs(started_at - row.started_at) / dt.timedelta(minutes=1))
        hours, rest = divmod(minutes, 60)
        shift = f"{hours} h {rest:02d}" if rest else f"{hours} h"
        return f", by a clock shifted by {shift}"
    return ", which you typed in" if row.source == Activity.Source.TYPED else ""


def _listed(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
