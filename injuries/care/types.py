"""What goes into the plan and what comes out. Frozen, plain, local dates."""

import datetime as dt
from dataclasses import dataclass

from injuries.care.phases import phase

# Where a plan can be. Every one of them leads on; docs/care.md says how.
ENTERING = "entering"
ACTIVE = "active"
HELD = "held"
RED_FLAG = "red_flag"
SEE_CLINICIAN = "see_clinician"
LEFT = "left"
ENDED = "ended"
STATUSES = (ENTERING, ACTIVE, HELD, RED_FLAG, SEE_CLINICIAN, LEFT, ENDED)

# What became of a session.
GOOD = "good"
WAITING = "waiting"
REPEAT = "repeat"
STEP_BACK = "step_back"


@dataclass(frozen=True, slots=True)
class Hold:
    """A clinician's or a coach's hold, from `first` until the day of release (`last`)."""

    first: dt.date
    last: dt.date | None = None

    def covers(self, day: dt.date) -> bool:
        """Tell whether the plan is held on `day`."""
        return self.first <= day and (self.last is None or day < self.last)


@dataclass(frozen=True, slots=True)
class Plan:
    """What was decided, as opposed to logged. `achilles_named`: by a clinician."""

    started_on: dt.date
    achilles_named: bool = False
    holds: tuple[Hold, ...] = ()
    ended_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """One day's run in the plan, and why it counted or did not."""

    on: dt.date
    phase: int
    outcome: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """How far somebody is with the walk before the first session."""

    walk_on: dt.date | None = None
    mornings: tuple[bool, ...] = ()  # settled, or still to come
    why: str = ""  # where none leads on: none, short, hurt, gait, not_said, unsettled, no_morning


@dataclass(frozen=True, slots=True)
class PlanState:
    """Where somebody stands. `phase` is None until the plan is entered."""

    status: str
    phase: int | None
    good: int
    sessions: tuple[Session, ...]
    entry: Entry
    entered_on: dt.date | None = None
    since: dt.date | None = None  # of a stop or an end
    next_on: dt.date | None = None  # the earliest day for the next session
    waiting_for: dt.date | None = None  # the morning that decides
    settled_limit: int = 0
    pain_limit: int = 0

    @property
    def is_over(self) -> bool:
        """Whether the plan was left or ended."""
        return self.status in (LEFT, ENDED)

    @property
    def needed(self) -> int:
        """Good sessions in a row that the phase asks for."""
        return phase(self.phase or 1).times
