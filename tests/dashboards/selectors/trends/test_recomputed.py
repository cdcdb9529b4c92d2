"""Every figure of the trends, worked out once more from the raw rows of clubs drawn at random."""

import dataclasses

import pytest

from dashboards.selectors.trends import trends
from members.models import Squad
from tests.dashboards.selectors.trends.naive import Naive
from tests.dashboards.selectors.trends.random_club import ON, fill

RUNNERS = (2, 11, 30)  # about half of them are there and share something


@pytest.fixture(params=[(count, which) for count in RUNNERS for which in ("all", "squad")])
def both(request, db):
    """The figures of the page, and those of the plain loops."""
    runners, which = request.param
    coach = fill(runners)
    squad = Squad.objects.filter(club=coach.club).first().pk if which == "squad" else None
    weeks = 26 if runners == 11 else 12

    def look(**asked):
        return trends(coach, on=ON, weeks=weeks, squad=squad, **asked)

    return look, Naive(coach.club, on=ON, weeks=weeks, squad=squad), coach


def test_every_figure_and_every_cell(both):
    look, naive, coach = both
    seen = look()
    assert [one.pk for one in seen.asked.runners] == [one.pk for one in naive.members]
    assert seen.asked.silent == naive.nothing
    assert list(seen.asked.weeks) == naive.mondays
    _check_load(seen, naive)
    _check_ground(seen, naive)
    _check_shoes(seen, naive)
    _check_prevalence(seen, naive)
    assert [(week.over_10, week.over_100, week.judged, week.unjudged) for week in seen.spikes] == [
        naive.spike_week(monday) for monday in naive.mondays
    ]
    found = dataclasses.asdict(seen.acted)
    assert found.pop("group_min") == 5
    assert found == naive.acted(coach.club)
    for shows in ("answer", "load", "pain"):
        heat = look(shows=shows).heat
        assert [(row.runner.pk, row.cells) for row in heat.rows] == naive.grid(shows)
        assert heat.left_out == len(naive.members) - len(heat.rows)


def _groups(naive):
    squads = {one.squad_id for one in naive.members}
    whole = [("All runners", None, naive.members)]
    if len(squads) < 2:
        return whole
    order = sorted(squads, key=lambda pk: (pk is None, _name(pk)))
    return whole + [
        (_name(pk), pk, [one for one in naive.members if one.squad_id == pk]) for pk in order
    ]


def _name(pk):
    return "No squad" if pk is None else Squad.objects.get(pk=pk).name


def _check_load(seen, naive):
    assert [group.name for group in seen.load] == [name for name, _, _ in _groups(naive)]
    for group, (_, _, members) in zip(seen.load, _groups(naive), strict=True):
        for week, monday in zip(group.weeks, naive.mondays, strict=True):
            found = dataclasses.asdict(week)
            assert (found.pop("week"), found.pop("current")) == (
                monday,
                monday == naive.mondays[-1],
            )
            assert found == naive.load(members, monday)


def _check_ground(seen, naive):
    if not naive.shows_ground():
        assert (seen.surfaces.groups, seen.surfaces.weeks) == ((), ())
        return
    whole, *squads = _groups(naive)
    assert [(name, dict(ground.metres)) for name, ground in seen.surfaces.groups] == [
        (name, naive.ground(members, naive.mondays))
        for name, squad, members in (whole, *(one for one in squads if one[1] in naive.large))
    ]
    assert [(week, dict(ground.metres)) for week, ground in seen.surfaces.weeks] == [
        (monday, naive.ground(naive.members, [monday])) for monday in naive.mondays
    ]


def _check_prevalence(seen, naive):
    """Which weeks are shown is held by tests/injuries; what is shown is counted here."""
    for group in seen.prevalence:
        members = [
            one
            for one in naive.members
            if group.name == "All runners" or one.squad_id == group.squad_id
        ]
        for week, monday in zip(group.weeks, naive.mondays, strict=True):
            responses, allowed = naive.sore_week(members, monday)
            assert (week.asked, week.answered) in responses, (group.name, monday)
            found = (week.counted, week.problems, week.substantial, week.unclear)
            assert found in allowed, (group.name, monday)


def _check_shoes(seen, naive):
    due = [(pair.runner.pk, pair.name, pair.distance_m, pair.at_limit) for pair in seen.shoes]
    assert sorted(due) == naive.pairs_due()
    shares = [pair.distance_m / pair.limit_m for pair in seen.shoes]
    assert shares == sorted(shares, reverse=True)
