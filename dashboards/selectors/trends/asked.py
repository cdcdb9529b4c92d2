"""Whom and which weeks the figures are about: every one of them starts from here.

Only runners who share something with the club are in any figure, and an assistant coach asks about
their own squads (members/selectors/people.py). Weeks are counted by the database as whole numbers
after the first Monday, so that years of runs come back as a row a runner and week.
"""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import BooleanField, ExpressionWrapper, Func, IntegerField, Q, Value
from django.db.models.functions import Coalesce

from injuries.small_groups import GROUP_MIN, safe_parts
from members.models import Membership, Sharing
from members.selectors.people import runners_visible_to
from members.weeks import monday_of

WEEK = dt.timedelta(days=7)
PERIODS = (12, 26, 52)  # weeks
NO_SQUAD = "No squad"
EVERYBODY = "All runners"


class Runner(NamedTuple):
    """A runner who shares something. Has what sharing.py asks of a member."""

    pk: int  # of the membership
    user_id: int
    name: str
    squad_id: int | None
    squad: str
    sharing: str
    keeps_health: bool
    joined_at: dt.datetime


class Group(NamedTuple):
    """Runners whose figures stand together: everybody asked about, or one squad of them."""

    name: str
    squad_id: int | None
    user_ids: frozenset[int]


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom and when: Mondays from the oldest to that of the week of `on`, which may be going on."""

    on: dt.date
    weeks: tuple[dt.date, ...]
    runners: tuple[Runner, ...]  # by name
    silent: int  # how many more share nothing
    # Squads (None: none) whose figures point at nobody, also beside those of everybody.
    large_squads: frozenset[int | None] = frozenset()
    squad: int | None = None  # the one asked about

    @property
    def is_large(self) -> bool:
        """Whether a figure of all these runners points at nobody."""
        return (
            len(self.runners) >= GROUP_MIN
            if self.squad is None
            else self.squad in self.large_squads
        )

    @property
    def user_ids(self) -> list[int]:
        """Whose rows may be read."""
        return [runner.user_id for runner in self.runners]

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        """The first day and the last."""
        return self.weeks[0], self.on

    @property
    def span(self) -> tuple[dt.date, dt.date]:
        """The first Monday and the last."""
        return self.weeks[0], self.weeks[-1]

    @property
    def squads(self) -> tuple[Group, ...]:
        """The squads these runners are in, by name; those in none come last."""
        names = {runner.squad_id: runner.squad for runner in self.runners}
        order = sorted(names, key=lambda squad: (squad is None, names[squad].casefold()))
        return tuple(
            Group(
                names[squad],
                squad,
                frozenset(one.user_id for one in self.runners if one.squad_id == squad),
            )
            for squad in order
        )

    @property
    def everybody(self) -> Group:
        """All of them."""
        return Group(EVERYBODY, None, frozenset(self.user_ids))


def asked(coach: Membership, *, on: dt.date, weeks: int, squad: int | None = None) -> Asked:
    """Return the runners the coach looks after (of one squad) who share, and the weeks. A query."""
    everybody = _runners(coach)
    sharing = [one for one in everybody if one.sharing != Sharing.NOTHING]
    sizes = Counter(one.squad_id for one in sharing)
    here = [one for one in everybody if squad is None or one.squad_id == squad]
    runners = tuple(one for one in here if one.sharing != Sharing.NOTHING)
    last = monday_of(on)
    mondays = tuple(last - back * WEEK for back in reversed(range(weeks)))
    return Asked(on, mondays, runners, len(here) - len(runners), safe_parts(sizes), squad)


def _runners(coach: Membership) -> list[Runner]:
    keeps = Q(user__health_consent_at__isnull=False)
    rows = runners_visible_to(coach).values_list(
        "pk",
        "user_id",
        "user__name",
        "squad_id",
        Coalesce("squad__name", Value(NO_SQUAD)),
        "sharing",
        ExpressionWrapper(keeps, output_field=BooleanField()),
        "joined_at",
    )
    return [Runner._make(row) for row in rows]


class WeekNumber(Func):
    """How many whole weeks a day lies after the Monday `first`."""

    output_field = IntegerField()

    def __init__(self, day: str, *, first: dt.date) -> None:
        super().__init__(day, Value(first.isoformat()))

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Days as numbers: the database's own week functions are called back from Python."""
        return self.as_sql(
            compiler,
            connection,
            template="CAST((julianday(%(expressions)s)) / 7 AS INTEGER)",
            arg_joiner=") - julianday(",
            **context,
        )

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Two dates apart are whole days there."""
        return self.as_sql(
            compiler,
            connection,
            template="(%(expressions)s::date) / 7",
            arg_joiner=" - ",
            **context,
        )
