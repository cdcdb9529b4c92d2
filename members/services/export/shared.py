"""What the tables of an export have in common: reasons, and the check of days."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError

from members.models import User
from members.weeks import day_refusal

FOR_LOGIN_ONLY = "A secret, or what one could be worked out from."
WORKED_OUT = "Worked out from other columns."
THE_PROGRAM = "Of use to the program only."


def check_days(*names: str) -> Any:
    """Return a check that these days are none to come and none before 1990."""

    def check(row: Any, *, runner: User, now: dt.datetime) -> None:
        today = runner.today(now=now)
        days = {name: getattr(row, name) for name in names}
        refused = {
            name: sentence
            for name, day in days.items()
            if day is not None and (sentence := day_refusal(day, today=today))
        }
        if refused:
            raise ValidationError(refused)

    return check
