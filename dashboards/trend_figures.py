"""The charts of the page of trends: what its selectors found, as layers with their words."""

from collections.abc import Sequence

from dashboards import charts
from dashboards.charts import Figure, Layer
from dashboards.selectors.trends.acted import Acted
from dashboards.selectors.trends.asked import Asked
from dashboards.selectors.trends.logged import GROUNDS, GroupLoad, SurfaceMix, WeekOfRunning
from dashboards.selectors.trends.spikes import SpikeWeek
from injuries.selectors.prevalence import GroupPrevalence
from members.units import format_distance


def load_figure(groups: Sequence[GroupLoad], *, unit: str) -> Figure:
    """Return the distance of each squad, one on the other; of everybody where there is but one."""
    squads = groups[1:] or groups
    weeks = [each.week for each in groups[0].weeks]
    layers = [
        Layer(
            group.name,
            [charts.in_unit(each.distance_m, unit) for each in group.weeks],
            [_load(each, unit) for each in group.weeks],
        )
        for group in squads
    ]
    return charts.stacked(weeks, layers, y_title=unit)


def _load(week: WeekOfRunning, unit: str) -> str:
    who = f"{week.logged} of {week.runners} logged"
    if week.distance_m is None or week.median_m is None:
        return who
    return (
        f"{format_distance(week.distance_m, unit)} in {week.runs} runs, "
        f"median {format_distance(week.median_m, unit)}, {who}"
    )


def sore_figure(group: GroupPrevalence) -> Figure:
    """Return the shares with a problem before the share that answered."""
    return charts.sore_weeks(
        [
            charts.SoreWeek(one.week, one.response, one.problem_share, one.substantial_share)
            for one in group.weeks
        ]
    )


def spike_figure(weeks: Sequence[SpikeWeek]) -> Figure:
    """Return how many runner-weeks of 100 that were judged had a run that was a big step."""
    layers = (
        ("Over 10 % longer", [each.over_10 for each in weeks]),
        ("Over twice as long", [each.over_100 for each in weeks]),
    )
    return charts.stacked(
        [each.week for each in weeks],
        [
            Layer(
                name,
                [_per_100(count, week.judged) for count, week in zip(counts, weeks, strict=True)],
                [f"{count} of {week.judged}" for count, week in zip(counts, weeks, strict=True)],
            )
            for name, counts in layers
        ],
        y_title="per 100 runner-weeks",
    )


def _per_100(count: int, whole: int) -> float | None:
    return round(100 * count / whole, 1) if whole else None


def surface_figure(mix: SurfaceMix, *, unit: str) -> Figure:
    """Return the share of each ground in what was run, by week; what was not said in grey."""
    weeks = [week for week, _ in mix.weeks]
    layers = [
        Layer(
            name,
            [ground.percent(key) for _, ground in mix.weeks],
            [format_distance(ground.metres.get(key, 0), unit) for _, ground in mix.weeks],
            is_unknown=not key,
        )
        for key, name in GROUNDS.items()
        if mix.whole and key in mix.whole.metres
    ]
    return charts.stacked(weeks, layers, y_title="% of the distance")


def acted_figure(found: Acted, asked: Asked) -> Figure:
    """Return how many answers each week asked of coaches, and how many were given."""
    said = [f"{answered} of {count} answered" for _, count, answered in found.weeks]
    return charts.part_of(
        asked.weeks,
        whole=Layer("Asked", [count for _, count, _ in found.weeks], said),
        part=Layer("Answered", [answered for _, _, answered in found.weeks], said),
        y_title="runner-weeks",
    )
