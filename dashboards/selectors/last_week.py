"""What became of those a coach was asked to look at a week ago, as counts."""

import datetime as dt
from dataclasses import dataclass

from dashboards.selectors.board_rows import ASKING, board_rows
from members.models import Membership


@dataclass(frozen=True, slots=True)
class Became:
    """How many were to check, and how many of them were answered, may wait, or lie open."""

    asked: int = 0
    answered: int = 0
    waiting: int = 0
    outcomes: int = 0

    @property
    def open(self) -> int:
        """How many nobody has answered or let wait."""
        return self.asked - self.answered - self.waiting

    @property
    def said(self) -> str:
        """The counts in a sentence."""
        if not self.asked:
            return "Nobody was to check."
        parts = [f"{self.answered} answered", f"{self.open} open"]
        parts += [f"{self.waiting} may wait"] if self.waiting else []
        parts += [f"an outcome noted for {self.outcomes}"] if self.outcomes else []
        return f"{self.asked} to check: {', '.join(parts)}."


def what_became(coach: Membership, *, week: dt.date, on: dt.date) -> Became:
    """Return what was done about the week named by its Monday. As many queries as a board."""
    rows = board_rows(coach, on=on, week=week)
    asked = [row for row in rows if row.pressing in ASKING]
    answered = [row for row in asked if not row.wants_decision and "snoozed" not in row.tasks]
    return Became(
        asked=len(asked),
        answered=len(answered),
        waiting=sum("snoozed" in row.tasks for row in asked),
        outcomes=sum(bool(row.decision and row.decision.outcome_kind) for row in asked),
    )
