"""What a diary holds: plain rows of one runner's year. Pure."""

import datetime as dt
from dataclasses import dataclass, field

Answers = tuple[int, int | None, int | None, int | None]
NO_PROBLEM: Answers = (0, None, None, None)


@dataclass(slots=True)
class Outing:
    """One activity with what was said about pain during it."""

    on: dt.date
    distance_m: int | None
    duration_s: int
    effort: int
    kind: str = "run"
    hour: int = 18
    surface: str = "road"
    during: int | None = None
    after: int | None = None
    gait_changed: bool | None = None
    pair: int | None = None  # which of the diary's pairs

    def stretch(self, factor: float) -> None:
        """Make it longer by this factor, at the same pace."""
        self.distance_m = int((self.distance_m or 0) * factor)
        self.duration_s = int(self.duration_s * factor)


@dataclass(slots=True)
class Pair:
    """One pair of shoes."""

    name: str
    start_m: int
    first_used: dt.date
    retired_on: dt.date | None = None


@dataclass(slots=True)
class Problem:
    """One episode of a sore heel."""

    side: str
    spot: str
    since: dt.date
    closed_on: dt.date | None = None


@dataclass(slots=True)
class Diary:
    """Everything one character logged."""

    joined_on: dt.date
    outings: list[Outing] = field(default_factory=list)
    days: dict[dt.date, str] = field(default_factory=dict)
    mornings: dict[dt.date, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    red_flags: dict[dt.date, dict[str, bool]] = field(default_factory=dict)
    pairs: list[Pair] = field(default_factory=list)
    checks: dict[dt.date, Answers] = field(default_factory=dict)  # by Monday
    declared_longest_m: int | None = None

    def drop_since(self, day: dt.date) -> None:
        """Forget everything from `day` on."""
        self.outings = [outing for outing in self.outings if outing.on < day]
        self.days = {on: status for on, status in self.days.items() if on < day}

    def say_nothing_since(self, day: dt.date) -> None:
        """Fall silent from `day` on, mornings included."""
        self.drop_since(day)
        self.mornings = {on: pain for on, pain in self.mornings.items() if on < day}

    def no_running_since(self, day: dt.date, *, until: dt.date, status: str) -> None:
        """Replace every day from `day` to `until` by one status."""
        self.outings = [run for run in self.outings if not day <= run.on <= until]
        for offset in range((until - day).days + 1):
            self.days[day + dt.timedelta(days=offset)] = status

    def put_run(self, run: Outing) -> None:
        """Put a run in the place of whatever that day held."""
        self.outings = sorted(
            [*(one for one in self.outings if one.on != run.on), run], key=lambda one: one.on
        )
        self.days.pop(run.on, None)

    def runs(self) -> list[Outing]:
        """The runs, oldest first."""
        return [outing for outing in self.outings if outing.kind == "run"]
