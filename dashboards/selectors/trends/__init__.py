"""A club over weeks: who stood where, what was run, what hurt, and what coaches did about it.

Each module answers one question of the page; all start from the same runners and weeks (asked.py).
"""

import datetime as dt
from dataclasses import dataclass

from dashboards.selectors.trends.acted import Acted, acted
from dashboards.selectors.trends.asked import PERIODS, Asked, asked
from dashboards.selectors.trends.heat import ANSWER, MAPS, HeatMap, heat_map
from dashboards.selectors.trends.logged import (
    GroupLoad,
    SurfaceMix,
    club_load,
    entries,
    surface_mix,
)
from dashboards.selectors.trends.shoes import DuePair, shoes_due
from dashboards.selectors.trends.spikes import SpikeWeek, spikes
from injuries.selectors.prevalence import GroupPrevalence, prevalence
from members.models import Membership, Squad
from members.selectors.people import squads_seen_by

__all__ = ["ANSWER", "MAPS", "PERIODS", "Trends", "trends"]


@dataclass(frozen=True, slots=True)
class Trends:
    """Everything the page says. Runners who share nothing are in none of it."""

    asked: Asked
    squad: Squad | None
    squads: tuple[Squad, ...]
    heat: HeatMap
    load: tuple[GroupLoad, ...]
    prevalence: tuple[GroupPrevalence, ...]
    spikes: tuple[SpikeWeek, ...]
    shoes: tuple[DuePair, ...]
    surfaces: SurfaceMix
    acted: Acted

    @property
    def spike_weeks(self) -> int:
        """Weeks of a runner with a run that was a big step."""
        return sum(week.over_10 + week.over_100 for week in self.spikes)

    @property
    def unjudged_weeks(self) -> int:
        """Weeks of a runner in which single runs could not be judged."""
        return sum(week.unjudged for week in self.spikes)


def trends(
    coach: Membership,
    *,
    on: dt.date,
    weeks: int = PERIODS[0],
    squad: int | None = None,
    shows: str = ANSWER,
    page: int = 1,
) -> Trends:
    """Return the last weeks up to that of `on`, of all the coach looks after or of one squad.

    A squad the coach does not look after is no squad. A fixed number of queries.
    """
    squads = tuple(squads_seen_by(coach))
    chosen = next((one for one in squads if one.pk == squad), None)
    who = asked(coach, on=on, weeks=weeks, squad=chosen.pk if chosen else None)
    logged = entries(who)
    sore = prevalence(coach, on=on, weeks=weeks)
    groups = (sore.everybody, *sore.squads)
    return Trends(
        asked=who,
        squad=chosen,
        squads=squads,
        heat=heat_map(who, logged, shows=shows, page=page),
        load=club_load(who, logged),
        prevalence=tuple(
            group for group in groups if chosen is None or group.squad_id == chosen.pk
        ),
        spikes=spikes(who),
        shoes=shoes_due(who),
        surfaces=surface_mix(who),
        acted=acted(coach, who),
    )
