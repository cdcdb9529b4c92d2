"""How many had a sore heel each week, of those who answered the weekly check (evidence 2.5, 2.7).

A figure points at nobody. Coaches can look up the answers of runners who share everything; the
others, who share their status, are counted only where GROUP_MIN of them answered, and only once no
more answers come, for a figure that grows by one tells who that was. How many answered is told of
GROUP_MIN people likewise. Figures of squads are left out
where they could be taken from one another (injuries/small_groups.py).
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from injuries.care.check import substantial
from injuries.models import WeeklyCheck
from injuries.selectors.checks import ASKED_UNTIL
from injuries.selectors.sharing import shares_pain
from injuries.small_groups import GROUP_MIN, counted
from members.models import Membership, Sharing
from members.selectors.people import runners_visible_to
from members.weeks import monday_of

WEEKS = 12
WEEK = dt.timedelta(days=7)
ALL = "all"
ANSWERS_COME = WEEK + ASKED_UNTIL  # from its Monday


@dataclass(frozen=True, slots=True)
class WeekPrevalence:
    """One week of one group. `answered`, `problems` and `substantial` are None where they might
    point at somebody: also whether one answered is not for coaches who see a status only.

    The shares are of the `counted` answers; `unclear` of these do not say whether the problem was
    substantial.
    """

    week: dt.date  # its Monday
    asked: int
    answered: int | None
    counted: int
    problems: int | None
    substantial: int | None
    unclear: int

    @property
    def response(self) -> float | None:
        """Share of those asked who answered, 0 to 1; None where nobody was, or it is not shown."""
        return self.answered / self.asked if self.asked and self.answered is not None else None

    @property
    def known(self) -> int:
        """How many of the counted answers say whether the problem was substantial."""
        return self.counted - self.unclear

    @property
    def problem_share(self) -> float | None:
        """Share with any problem, 0 to 1; None where it is not shown."""
        return None if self.problems is None else self.problems / self.counted

    @property
    def substantial_share(self) -> float | None:
        """Share with a substantial problem of the answers that say so; None where not shown."""
        return None if self.substantial is None else self.substantial / self.known


@dataclass(frozen=True, slots=True)
class GroupPrevalence:
    """A group over weeks, the oldest first. `squad_id` None: all, or those in no squad."""

    name: str
    squad_id: int | None
    weeks: tuple[WeekPrevalence, ...]


@dataclass(frozen=True, slots=True)
class Prevalence:
    """Everybody the coach looks after, and each squad."""

    everybody: GroupPrevalence
    squads: tuple[GroupPrevalence, ...]
    group_min: int = GROUP_MIN


class _Asked(NamedTuple):
    """A runner who could have answered: in the club from the week of `joined` on."""

    runner_id: int
    squad_id: int | None
    joined: dt.date
    agreed: dt.date
    is_open: bool  # shares everything


class _Said(NamedTuple):
    """What a runner's checks of one week say, about whichever problem is the worst."""

    answered_on: dt.date  # the last of them
    problem: bool
    substantial: bool | None


Said = Mapping[tuple[int, dt.date], _Said]


def prevalence(coach: Membership, *, on: dt.date, weeks: int = WEEKS) -> Prevalence:
    """Return the last weeks up to that of `on`, for all and by squad. Two queries."""
    members = [one for one in runners_visible_to(coach) if one.sharing != Sharing.NOTHING]
    asked = [_asked(one) for one in members if one.keeps_health]
    last = monday_of(on)
    mondays = [last - back * WEEK for back in reversed(range(weeks))]
    said = _said([one.runner_id for one in asked], first=mondays[0], last=last)
    names = {one.squad_id: one.squad.name if one.squad else "No squad" for one in members}
    by_week = [(week, _week(asked, said, week=week, on=on)) for week in mondays]

    def over_weeks(part: int | str | None) -> tuple[WeekPrevalence, ...]:
        return tuple(found.get(part) or _nobody(week) for week, found in by_week)

    return Prevalence(
        everybody=GroupPrevalence("All runners", None, over_weeks(ALL)),
        squads=tuple(
            GroupPrevalence(name, squad, over_weeks(squad))
            for squad, name in sorted(names.items(), key=lambda item: (item[0] is None, item[1]))
        ),
    )


def _asked(member: Membership) -> _Asked:
    joined, agreed = (
        monday_of(member.user.today(now=at))
        for at in (member.joined_at, member.user.health_consent_at or member.joined_at)
    )
    return _Asked(member.user_id, member.squad_id, joined, agreed, shares_pain(member))


def _said(runner_ids: Sequence[int], *, first: dt.date, last: dt.date) -> Said:
    checks = WeeklyCheck.objects.filter(
        runner__in=runner_ids, week__range=(first, last)
    ).values_list(
        "runner_id", "week", "answered_on", "participation", "volume", "performance", "pain"
    )
    said: dict[tuple[int, dt.date], _Said] = {}
    for runner_id, week, answered_on, part, changed, performance, pain in checks.order_by():
        one = _Said(answered_on, part > 0, substantial((part, changed, performance, pain)))
        said[runner_id, week] = _worse(said.get((runner_id, week), one), one)
    return said


def _worse(one: _Said, other: _Said) -> _Said:
    answers = {one.substantial, other.substantial}
    worst = True if True in answers else None if None in answers else False
    last = max(one.answered_on, other.answered_on)
    return _Said(last, one.problem or other.problem, worst)


def _week(
    asked: Iterable[_Asked], said: Said, *, week: dt.date, on: dt.date
) -> dict[int | str | None, WeekPrevalence]:
    """Return the week of each squad, and of ALL."""
    there = [one for one in asked if one.joined <= week and _was_asked(one, said, week)]
    parts: dict[int | None, list[_Asked]] = defaultdict(list)
    for one in there:
        parts[one.squad_id].append(one)
    answers = {
        part: [one for one in ones if _counts(one, said, week=week, on=on)]
        for part, ones in parts.items()
    }
    asked_of = counted(parts, is_known=lambda one: one.is_open)
    told_by = counted(answers, is_known=lambda one: one.is_open)
    found: dict[int | str | None, WeekPrevalence] = {
        part: _figure(week, ones, said, asked_of=asked_of.parts[part], told_by=told_by.parts[part])
        for part, ones in parts.items()
    }
    found[ALL] = _figure(week, there, said, asked_of=asked_of.everybody, told_by=told_by.everybody)
    return found


def _nobody(week: dt.date) -> WeekPrevalence:
    return WeekPrevalence(week, 0, 0, 0, None, None, 0)


def _was_asked(one: _Asked, said: Said, week: dt.date) -> bool:
    """Who agreed later was not asked; who agreed, took it back and agreed again was, and told."""
    return one.agreed <= week or (one.runner_id, week) in said


def _counts(one: _Asked, said: Said, *, week: dt.date, on: dt.date) -> bool:
    """Tell whether the runner's answer may be counted, if there is one."""
    answer, over = said.get((one.runner_id, week)), week + ANSWERS_COME
    return answer is not None and (one.is_open or answer.answered_on < over <= on)


def _figure(
    week: dt.date,
    there: Sequence[_Asked],
    said: Said,
    *,
    asked_of: Sequence[_Asked] | None,
    told_by: Sequence[_Asked] | None,
) -> WeekPrevalence:
    """Return one group's week: the response of `asked_of`, the shares of `told_by`."""
    told = [said[one.runner_id, week] for one in told_by or ()]
    unclear = sum(one.substantial is None for one in told)
    certain = sum(one.substantial is True for one in told)
    asked = there if asked_of is None else asked_of
    is_shown = asked_of is not None or not there
    return WeekPrevalence(
        week=week,
        asked=len(asked),
        answered=sum((one.runner_id, week) in said for one in asked) if is_shown else None,
        counted=len(told),
        problems=sum(one.problem for one in told) if told else None,
        substantial=certain if len(told) - unclear >= GROUP_MIN else None,
        unclear=unclear,
    )
