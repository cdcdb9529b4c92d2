"""What a run of so many metres would mean for somebody, before they run it."""

import datetime as dt

from injuries import risk
from injuries.selectors.history import history_of
from members.models import User


def what_if(runner: User, *, on: dt.date, distance_m: int) -> risk.WhatIf:
    """Return what the rules say of a run that far on the runner's local day `on`."""
    return risk.what_if(history_of(runner, on=on), distance_m=distance_m)
