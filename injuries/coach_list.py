"""What coaches are alerted to, and how a club's list grows shorter where it is too long. Pure.

A flag says what a rule saw; the runner reads all of theirs, and a coach finds them on the runner's
page. Here is decided which of them put a runner on the coaches' list (evidence 6.4 and 7, docs/adr/
0010). The budget of evidence 6.4 is 0.10 new episodes per athlete-week in all, 0.03 of them load.
Where it does not hold, thresholds rise in the order given there: L1, S1, DRIFT. Red flags and P1 to
P5 but for a drift are never taken off the list.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

# Each step leaves out what its line says, and all that the steps before it left out.
ALL = 0
L1_OVER_30 = 1  # L1 after an injury within 12 months: over 30 % instead of over 10 %
L1_OVER_100 = 2  # L1 over 100 % only
S1_AT_LIMIT = 3  # S1 at the pair's limit only
NO_DRIFT = 4
NEVER = -1

# Rules a coach reads as one thing: the budget counts episodes of a family.
FAMILIES = {
    "red_flags": ("RF1", "RF2", "RF3"),
    "pain": ("M9", "P1", "P2", "P3", "P4", "P5", "P6"),
    "load": ("L1", "L3"),
    "shoes": ("S1", "S2", "S4"),
}
FAMILY = {rule: family for family, rules in FAMILIES.items() for rule in rules}

# Evidence 6.4: what a coach can be asked to read, in new episodes per athlete-week.
BUDGET = {"coach_facing": 0.10, "load_only": 0.03}
SMALL_SPIKE = 1.3  # the limit between the study's small and moderate groups (evidence 1.1)
OVER_WEEKS = 3  # each of so many weeks over the budget: one step up (evidence 6.4)
QUIET_WEEKS = 12  # so many together within it, as they would be one step lower: one step down
WEEK = dt.timedelta(days=7)


def listed_until(
    rule: str, level: str, action: str, values: Mapping[str, Any], *, coach: bool
) -> int:
    """Return the last step at which this flag puts a runner on the coaches' list; NEVER: none.

    `coach` is the engine's word on a single run that coaches are to be shown.
    """
    if action == "context":
        return NEVER
    if rule == "L1":
        return _spike_until(level, action, values, coach=coach)
    if rule == "L3":  # a break is a state of its own, "returning"; only after a problem an alert
        return NO_DRIFT if level == "after_problem" else NEVER
    if (rule, level) == ("S1", "check_wear"):
        return L1_OVER_100
    return S1_AT_LIMIT if (rule, level) == ("P3", "drift") else NO_DRIFT


def _spike_until(level: str, action: str, values: Mapping[str, Any], *, coach: bool) -> int:
    if action == "cross_train":  # on a sore heel
        return NO_DRIFT
    within_told = values.get("return_limit_m", -1) >= values["distance_m"]
    if not coach or within_told:
        return NEVER
    if level == "over_100":
        return NO_DRIFT
    return L1_OVER_30 if values["ratio"] > SMALL_SPIKE else ALL


def is_for_coach(
    rule: str, level: str, action: str, values: Mapping[str, Any], *, coach: bool, step: int
) -> bool:
    """Tell whether coaches are alerted to this flag in a club that stands at this step."""
    return listed_until(rule, level, action, values, coach=coach) >= step


# --- At which step a club stands ------------------------------------------------------------------
Told = Mapping[str, int]  # rule -> last step at which it is listed; of one runner in one week


@dataclass(frozen=True, slots=True)
class Burden:
    """What begins to be told in one week, or in several together, of so many runner-weeks."""

    runners: int
    episodes: int
    load_episodes: int
    weeks: int = 1

    def is_over(self, step: int) -> bool:
        """Tell whether it is more than the budget; one alert a week never is.

        Load alone counts only while raising its threshold can still take something off the list.
        """
        counted = [(self.episodes, BUDGET["coach_facing"])]
        if step < L1_OVER_100:
            counted.append((self.load_episodes, BUDGET["load_only"]))
        return any(count > max(self.weeks, limit * self.runners) for count, limit in counted)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a club stands: its step, for how many judged weeks, and the last week judged."""

    step: int = ALL
    held: int = 0
    judged: dt.date = dt.date.min


@dataclass
class Club:
    """The weeks of a club's runners, by any one day of the week, always the same."""

    runners: list[Mapping[dt.date, Told]]
    found: dict[tuple[dt.date, int], Burden] = field(default_factory=dict)

    def weeks(self) -> list[dt.date]:
        """Return every week of anybody, oldest first."""
        return sorted({day for life in self.runners for day in life})

    def burden(self, day: dt.date, step: int) -> Burden:
        """Return what began to be told in this week, had the club stood at `step`."""
        if (day, step) not in self.found:
            here = [life for life in self.runners if day in life]
            begun = [
                family
                for life in here
                for family in families(life[day], step) - families(life.get(day - WEEK, {}), step)
            ]
            self.found[day, step] = Burden(len(here), len(begun), begun.count("load"))
        return self.found[day, step]


def families(told: Told, step: int) -> set[str]:
    """Return the families of rules that are listed at this step."""
    return {FAMILY[rule] for rule, until in told.items() if until >= step}


def standings(
    runners: Iterable[Mapping[dt.date, Told]], start: Standing | None = None
) -> list[Standing]:
    """Return how a club stands after each week that `start` has not judged yet, oldest first.

    A step is worked out from weeks that are over and moves by one a week: up after three weeks at
    it that were each over the budget; down after twelve that together would have been within the
    budget one step lower.
    """
    club, standing, after = Club(list(runners)), start or Standing(), []
    days = club.weeks()
    for place, day in enumerate(days):
        if day > standing.judged:
            standing = _judge(club, days[: place + 1], standing)
            after.append(standing)
    return after


def _judge(club: Club, days: list[dt.date], before: Standing) -> Standing:
    step, held, judged = before.step, before.held + 1, days[-1]
    last = days[-OVER_WEEKS:]
    is_over = all(club.burden(day, step).is_over(step) for day in last)
    if step < NO_DRIFT and min(held, len(last)) >= OVER_WEEKS and is_over:
        return Standing(step + 1, 0, judged)
    if step > ALL and held >= QUIET_WEEKS and not _together(club, days, step - 1).is_over(step - 1):
        return Standing(step - 1, 0, judged)
    return Standing(step, held, judged)


def _together(club: Club, days: list[dt.date], step: int) -> Burden:
    weeks = [club.burden(day, step) for day in days[-QUIET_WEEKS:]]
    return Burden(
        sum(week.runners for week in weeks),
        sum(week.episodes for week in weeks),
        sum(week.load_episodes for week in weeks),
        len(weeks),
    )
