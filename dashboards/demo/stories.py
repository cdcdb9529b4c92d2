"""What happens to a runner in the last weeks, each story in one way a coach would know. Pure."""

import datetime as dt
from collections.abc import Callable

from dashboards.demo.cast import Character
from dashboards.demo.habits import answer_red_flags
from dashboards.demo.pages import Diary, Outing, Problem


def _days_ago(today: dt.date, days: int) -> dt.date:
    return today - dt.timedelta(days=days)


def _last_run(diary: Diary) -> Outing:
    return diary.runs()[-1]


def _sore_mornings(diary: Diary, today: dt.date, values: list[int]) -> None:
    """Give the last mornings these values, the last of them today's."""
    for back, value in enumerate(reversed(values)):
        diary.mornings[_days_ago(today, back)] = value


def _open_problem(diary: Diary, today: dt.date, *, days: int, spot: str, side: str) -> None:
    problem = Problem(side, spot, _days_ago(today, days))
    diary.problems.append(problem)
    answer_red_flags(diary, since=problem.since, until=today)


def busy_month(diary: Diary, today: dt.date, character: Character) -> None:
    """Healed in the spring; now a heel that speaks up a little, and a run longer than usual."""
    healed(diary, today, character)
    _open_problem(diary, today, days=6, spot="under_heel_inner", side="left")
    _sore_mornings(diary, today, [1, 1, 2, 2, 1, 2])
    long_jump(diary, today, character)


def steady(diary: Diary, today: dt.date, character: Character) -> None:
    """Nothing happens: the usual week."""


def long_jump(diary: Diary, today: dt.date, character: Character) -> None:
    """The last run was a quarter longer than the longest of the month before."""
    run = _last_run(diary)
    base = max(other.distance_m or 0 for other in diary.runs()[-16:-1])
    run.stretch(1.26 * base / (run.distance_m or 1))


def doubled(diary: Diary, today: dt.date, character: Character) -> None:
    """The last run was more than twice the longest of the month before."""
    run = _last_run(diary)
    base = max(other.distance_m or 0 for other in diary.runs()[-16:-1])
    run.stretch(2.15 * base / (run.distance_m or 1))


def sorer(diary: Diary, today: dt.date, character: Character) -> None:
    """A heel whose mornings went from 2 to 4 within a week."""
    _open_problem(diary, today, days=12, spot="under_heel_inner", side="left")
    _sore_mornings(diary, today, [2, 2, 1, 2, 2, 2, 2, 3, 4, 4, 4, 4, 4, 4])


def unsettled(diary: Diary, today: dt.date, character: Character) -> None:
    """Sorer the morning after a run, twice within a week."""
    _open_problem(diary, today, days=10, spot="under_heel_centre", side="right")
    _sore_mornings(diary, today, [2] * 10)
    for back in (5, 2):
        day = _days_ago(today, back)
        diary.put_run(Outing(day, 6_000, 6 * character.pace_s_km, 4, during=4, after=4))
        diary.mornings[day + dt.timedelta(days=1)] = 5


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
    """Running happily in a pair beyond its limit; see WORN_M."""


def silent(diary: Diary, today: dt.date, character: Character) -> None:
    """No entry for three weeks."""
    diary.say_nothing_since(_days_ago(today, 21))


def silent_sore(diary: Diary, today: dt.date, character: Character) -> None:
    """A sore heel, and then no word for two weeks."""
    problem = Problem("left", "under_heel_inner", _days_ago(today, 30))
    diary.problems.append(problem)
    answer_red_flags(diary, since=problem.since, until=_days_ago(today, 15))
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
    run.stretch(8_000 / (run.distance_m or 1))


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
    answer_red_flags(diary, since=began, until=closed)


# What the last pair has on it, for those whose story it is.
WORN_M = {"old_shoes": 835_000, "busy_month": 690_000}
STORY: dict[str, Callable[[Diary, dt.date, Character], None]] = {
    story.__name__: story
    for story in (
        busy_month,
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
