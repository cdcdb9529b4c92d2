"""What one runner did over a year, as a story. Pure: same character, day and seed, same year.

The base is a steady year whose long runs stay within a few per cent of each other, so that nothing
fires by accident; each story then changes the last weeks in one way a coach would recognise.
"""

import datetime as dt
import math
import random
from collections.abc import Callable
from dataclasses import dataclass, field

from dashboards.demo.cast import Character

# Weekdays of the runs (Monday is 0) by how many a week, and each run's share of the long run.
WEEK_PATTERNS = {
    3: ((1, 0.5), (3, 0.6), (6, 1.0)),
    4: ((1, 0.5), (3, 0.6), (5, 0.4), (6, 1.0)),
    5: ((0, 0.35), (1, 0.5), (3, 0.6), (5, 0.4), (6, 1.0)),
}


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


@dataclass(slots=True)
class Pair:
    """One pair of shoes."""

    name: str
    start_m: int
    first_used: dt.date


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

    def runs(self) -> list[Outing]:
        """The runs, oldest first."""
        return [outing for outing in self.outings if outing.kind == "run"]


def diary_of(character: Character, *, today: dt.date, weeks: int, seed: int) -> Diary:
    """Return the character's year up to yesterday."""
    rng = random.Random(f"{seed}/{character.email}")  # noqa: S311 (a story, not a secret)
    diary = _steady_year(character, today=today, weeks=weeks, rng=rng)
    STORY[character.story](diary, today, character)
    return diary


def _steady_year(character: Character, *, today: dt.date, weeks: int, rng: random.Random) -> Diary:
    first = today - dt.timedelta(days=7 * weeks)
    diary = Diary(joined_on=first)
    diary.pairs.append(Pair("Everyday pair", 60_000, today - dt.timedelta(days=120)))
    shares = dict(WEEK_PATTERNS[character.runs_a_week])
    for offset in range(7 * weeks):
        day = first + dt.timedelta(days=offset)
        share = shares.get(day.weekday())
        if share is None or rng.random() < 0.04:
            diary.days[day] = "rest"
        else:
            diary.outings.append(_run(character, day, share=share, rng=rng))
        if day.weekday() == 2 and rng.random() < 0.4:
            diary.outings.append(
                Outing(day, None, rng.randrange(20, 50) * 60, 3, kind="strength", hour=19)
            )
    return diary


def _run(character: Character, day: dt.date, *, share: float, rng: random.Random) -> Outing:
    season = 1 + 0.06 * math.sin(2 * math.pi * day.timetuple().tm_yday / 365)
    distance_m = round(character.long_run_m * share * season * rng.uniform(0.97, 1.0), -1)
    pace = character.pace_s_km * rng.uniform(0.97, 1.05)
    return Outing(
        on=day,
        distance_m=int(distance_m),
        duration_s=int(distance_m / 1000 * pace),
        effort=rng.choice((3, 4, 4, 5)) if share < 1 else rng.choice((5, 6)),
        hour=9 if day.weekday() >= 5 else 18,
        surface=rng.choice(("road", "road", "trail", "grass")),
    )


def _days_ago(today: dt.date, days: int) -> dt.date:
    return today - dt.timedelta(days=days)


def _last_run(diary: Diary) -> Outing:
    return diary.runs()[-1]


def _stretch(run: Outing, factor: float) -> None:
    run.distance_m = int((run.distance_m or 0) * factor)
    run.duration_s = int(run.duration_s * factor)


def _sore_mornings(diary: Diary, today: dt.date, values: list[int]) -> None:
    """Give the last mornings these values, the last of them today's."""
    for back, value in enumerate(reversed(values)):
        diary.mornings[_days_ago(today, back)] = value


def _open_problem(diary: Diary, today: dt.date, *, days: int, spot: str, side: str) -> None:
    since = _days_ago(today, days)
    diary.problems.append(Problem(side, spot, since))
    diary.red_flags[today] = {}  # every question answered with no


def steady(diary: Diary, today: dt.date, character: Character) -> None:
    """Nothing happens: the usual week."""


def long_jump(diary: Diary, today: dt.date, character: Character) -> None:
    """The last run was a quarter longer than the longest of the month before."""
    run = _last_run(diary)
    base = max(other.distance_m or 0 for other in diary.runs()[-16:-1])
    _stretch(run, 1.26 * base / (run.distance_m or 1))


def doubled(diary: Diary, today: dt.date, character: Character) -> None:
    """The last run was more than twice the longest of the month before."""
    run = _last_run(diary)
    base = max(other.distance_m or 0 for other in diary.runs()[-16:-1])
    _stretch(run, 2.15 * base / (run.distance_m or 1))


def sorer(diary: Diary, today: dt.date, character: Character) -> None:
    """A heel whose mornings went from 2 to 4 within a week."""
    _open_problem(diary, today, days=12, spot="under_heel_inner", side="left")
    _sore_mornings(diary, today, [2, 2, 1, 2, 2, 2, 2, 3, 4, 4, 4, 4, 4, 4])


def unsettled(diary: Diary, today: dt.date, character: Character) -> None:
    """Sorer the morning after a run, twice within a week."""
    _open_problem(diary, today, days=10, spot="under_heel_centre", side="right")
    _sore_mornings(diary, today, [2] * 14)
    for run in diary.runs()[-2:]:
        run.during, run.after = 4, 4
        diary.mornings[run.on + dt.timedelta(days=1)] = 5


def limping(diary: Diary, today: dt.date, character: Character) -> None:
    """Changed stride in the last run because of the pain."""
    _open_problem(diary, today, days=5, spot="back_of_heel", side="left")
    _sore_mornings(diary, today, [3, 3, 4, 4])
    run = _last_run(diary)
    run.during, run.after, run.gait_changed = 6, 5, True


def night_pain(diary: Diary, today: dt.date, character: Character) -> None:
    """One red flag answered with yes."""
    _open_problem(diary, today, days=9, spot="whole_heel", side="right")
    _sore_mornings(diary, today, [3, 4, 4, 5])
    diary.red_flags[today] = {"night_pain": True}


def two_weeks(diary: Diary, today: dt.date, character: Character) -> None:
    """A niggle that has been the same for over three weeks."""
    _open_problem(diary, today, days=24, spot="under_heel_inner", side="right")
    _sore_mornings(diary, today, [3] * 18)
    for run in diary.runs()[-8:]:
        run.during = 2


def old_shoes(diary: Diary, today: dt.date, character: Character) -> None:
    """Running happily in a pair far beyond its limit."""
    diary.pairs[0] = Pair("Faithful old pair", 520_000, _days_ago(today, 300))


def silent(diary: Diary, today: dt.date, character: Character) -> None:
    """No entry for three weeks."""
    diary.say_nothing_since(_days_ago(today, 21))


def silent_sore(diary: Diary, today: dt.date, character: Character) -> None:
    """A sore heel, and then no word for two weeks."""
    diary.problems.append(Problem("left", "under_heel_inner", _days_ago(today, 30)))
    diary.red_flags[_days_ago(today, 16)] = {}
    for back in range(15, 28):
        diary.mornings[_days_ago(today, back)] = 3
    diary.say_nothing_since(_days_ago(today, 14))


def newcomer(diary: Diary, today: dt.date, character: Character) -> None:
    """Joined ten days ago and named no longest run."""
    _start_at(diary, _days_ago(today, 10))


def newcomer_keen(diary: Diary, today: dt.date, character: Character) -> None:
    """Joined two weeks ago, named 6 km as the longest run and then ran 8."""
    _start_at(diary, _days_ago(today, 14))
    diary.declared_longest_m = 6_000
    run = _last_run(diary)
    _stretch(run, 8_000 / (run.distance_m or 1))


def _start_at(diary: Diary, day: dt.date) -> None:
    diary.joined_on = day
    diary.outings = [outing for outing in diary.outings if outing.on >= day]
    diary.days = {on: status for on, status in diary.days.items() if on >= day}


def returner(diary: Diary, today: dt.date, character: Character) -> None:
    """Back this week after eighteen days off ill."""
    diary.no_running_since(_days_ago(today, 20), until=_days_ago(today, 3), status="ill")
    diary.drop_since(_days_ago(today, 2))
    diary.outings.append(Outing(_days_ago(today, 2), 4_000, 4 * character.pace_s_km, 4))
    diary.days[_days_ago(today, 1)] = "rest"


def holiday(diary: Diary, today: dt.date, character: Character) -> None:
    """Away for nine days, and said so."""
    diary.no_running_since(_days_ago(today, 9), until=_days_ago(today, 1), status="holiday")


def ill(diary: Diary, today: dt.date, character: Character) -> None:
    """In bed for five days, and said so."""
    diary.no_running_since(_days_ago(today, 5), until=_days_ago(today, 1), status="ill")


def healed(diary: Diary, today: dt.date, character: Character) -> None:
    """A heel problem in the spring of the story, rested, eased and closed."""
    began, closed = _days_ago(today, 150), _days_ago(today, 95)
    diary.problems.append(Problem("right", "under_heel_inner", began, closed))
    course = [3, 4, 4, 5, 5, 5, 4, 4, 4, 3, 3, 3, 2, 2, 2, 1, 1, 1, 1, 0]
    for step, value in enumerate(course):
        diary.mornings[began + dt.timedelta(days=2 * step)] = value
    diary.no_running_since(
        began + dt.timedelta(days=6), until=began + dt.timedelta(days=16), status="injured"
    )
    diary.red_flags[began] = {}


STORY: dict[str, Callable[[Diary, dt.date, Character], None]] = {
    story.__name__: story
    for story in (
        steady,
        long_jump,
        doubled,
        sorer,
        unsettled,
        limping,
        night_pain,
        two_weeks,
        old_shoes,
        silent,
        silent_sore,
        newcomer,
        newcomer_keen,
        returner,
        holiday,
        ill,
        healed,
    )
}
