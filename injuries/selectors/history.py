"""Everything one runner ever said, read in a fixed number of queries and seen from any day."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby

from django.db.models import QuerySet

from injuries import risk
from injuries.models import HeelProblem, PainReport, RedFlagAnswers, WeeklyCheck
from injuries.risk import thresholds as t
from members.models import Activity, DayStatus, Shoe, User


@dataclass(slots=True)
class Records:
    """One runner's rows as the engine wants them, oldest first; `as_of` looks back from a day."""

    runner: User
    activities: list[risk.Activity] = field(default_factory=list)
    days: list[risk.Day] = field(default_factory=list)
    pain: list[risk.Pain] = field(default_factory=list)
    problems: list[risk.Problem] = field(default_factory=list)
    checks: list[risk.Check] = field(default_factory=list)
    red_flags: list[risk.RedFlags] = field(default_factory=list)
    shoes: list[risk.Shoe] = field(default_factory=list)

    def as_of(self, on: dt.date) -> risk.History:
        """Return the history as it stood on the local day `on`; nothing later is seen."""
        return risk.History(
            on=on,
            adult=self.runner.is_adult(on=on),
            previous_injury_12m=self._previous_injury(on),
            declared_longest_30d_m=self._declared(on),
            activities=tuple(row for row in self.activities if row.on <= on),
            days=tuple(row for row in self.days if row.on <= on),
            pain=tuple(row for row in self.pain if row.on <= on),
            problems=tuple(_problem_as_of(row, on) for row in self.problems if row.since <= on),
            checks=tuple(row for row in self.checks if row.answered_on <= on),
            red_flags=tuple(row for row in self.red_flags if row.on <= on),
            shoes=tuple(_shoe_as_of(row, on) for row in self.shoes),
        )

    def _previous_injury(self, on: dt.date) -> bool | None:
        answered = self.runner.previous_injury_answered_on
        if answered is None or not answered <= on < answered + dt.timedelta(
            days=t.PREVIOUS_INJURY_DAYS
        ):
            return None
        return self.runner.previous_injury

    def _declared(self, on: dt.date) -> int | None:
        said = self.runner.declared_on
        return self.runner.declared_longest_m if said is not None and said <= on else None


def _problem_as_of(problem: risk.Problem, on: dt.date) -> risk.Problem:
    if problem.closed is None or problem.closed <= on:
        return problem
    return risk.Problem(problem.side, problem.spot, problem.since)


def _shoe_as_of(shoe: risk.Shoe, on: dt.date) -> risk.Shoe:
    later = shoe.retired is not None and shoe.retired > on
    unused = shoe.first_used is not None and shoe.first_used > on
    felt_later = any(said.on > on for said in shoe.comfort)
    if not (later or unused or felt_later):
        return shoe
    return replace(
        shoe,
        first_used=None if unused else shoe.first_used,
        retired=None if later else shoe.retired,
        comfort=tuple(said for said in shoe.comfort if said.on <= on),
    )


def history_of(runner: User, *, on: dt.date) -> risk.History:
    """Return one runner's history as of their local day `on`. Seven queries."""
    return records_of([runner])[runner.pk].as_of(on)


def records_of(runners: Iterable[User]) -> dict[int, Records]:
    """Return the records of these runners by id: seven queries however many there are.

    Without consent to keep answers about pain none of them is read.
    """
    records = {runner.pk: Records(runner) for runner in runners}
    _read_training(records)
    consenting = {
        pk: one for pk, one in records.items() if one.runner.health_consent_at is not None
    }
    said = _read_pain(consenting)
    _read_activities(records, said)
    _read_answers(consenting)
    return records


def _read_training(records: Mapping[int, Records]) -> None:
    days = DayStatus.objects.filter(runner__in=records).order_by("on")
    for runner, on, status in days.values_list("runner_id", "on", "status"):
        records[runner].days.append(risk.Day(on, status))
    _read_shoes(records)


def _read_shoes(records: Mapping[int, Records]) -> None:
    """Read the pairs, each with what was said about its comfort: one joined query."""
    fields = (
        "owner_id", "id", "start_m", "limit_m", "first_used", "retired_on",
        "comforts__on", "comforts__comfort",
    )  # fmt: skip
    rows = Shoe.objects.filter(owner__in=records).order_by("id", "comforts__on")
    for pair, said in groupby(rows.values_list(*fields), key=lambda row: row[:6]):
        runner, pk, start_m, limit_m, first_used, retired = pair
        comfort = tuple(risk.Comfort(on, value) for *_, on, value in said if on is not None)
        shoe = risk.Shoe(str(pk), start_m, limit_m, first_used, retired, comfort)
        records[runner].shoes.append(shoe)


@dataclass(frozen=True, slots=True)
class RunPain:
    """What was said about the heel during one run."""

    during: int | None
    gait_changed: bool | None
    painkiller: bool | None


NOTHING_SAID = RunPain(None, None, None)


def _read_pain(records: Mapping[int, Records]) -> dict[int, RunPain]:
    """Read the reports; return what belongs to runs, by activity id."""
    by_run: dict[int, RunPain] = {}
    reports: QuerySet[PainReport] = PainReport.objects.filter(runner__in=records).order_by("on")
    fields = (
        "runner_id", "activity_id", "on", "first_step", "during", "after", "gait_changed",
        "painkiller",
    )  # fmt: skip
    for runner, run, on, first_step, during, after, gait, painkiller in reports.values_list(
        *fields
    ):
        if run is not None:
            by_run[run] = RunPain(during, gait, painkiller)
        if first_step is not None or after is not None:
            records[runner].pain.append(risk.Pain(on, first_step, after))
    return by_run


def _read_activities(records: Mapping[int, Records], said: Mapping[int, RunPain]) -> None:
    rows = Activity.objects.filter(runner__in=records).order_by("started_at", "id")
    fields = (
        "runner_id", "id", "on", "kind", "started_at", "start_said", "distance_m", "duration_s",
        "effort", "shoe_id",
    )  # fmt: skip
    for runner, pk, on, kind, started_at, is_said, *figures, shoe in rows.values_list(*fields):
        distance_m, duration_s, effort = figures
        pain = said.get(pk, NOTHING_SAID)
        records[runner].activities.append(
            risk.Activity(
                on,
                kind,
                started_at if is_said else None,
                distance_m,
                duration_s,
                effort,
                pain.during,
                pain.gait_changed,
                pain.painkiller,
                None if shoe is None else str(shoe),
            )
        )


def _read_answers(records: Mapping[int, Records]) -> None:
    problems = HeelProblem.objects.filter(runner__in=records).order_by("since", "id")
    for runner, side, spot, since, closed in problems.values_list(
        "runner_id", "side", "spot", "since", "closed_on"
    ):
        records[runner].problems.append(risk.Problem(side, spot, since, closed))
    checks = WeeklyCheck.objects.filter(runner__in=records).order_by("week")
    scores = ("participation", "volume", "performance", "pain")
    for runner, week, answered_on, *answers in checks.values_list(
        "runner_id", "week", "answered_on", *scores
    ):
        first, second, third, fourth = answers
        records[runner].checks.append(risk.Check(week, answered_on, (first, second, third, fourth)))
    flags = RedFlagAnswers.objects.filter(runner__in=records).order_by("on", "id")
    for runner, on, given, assessed_on in flags.values_list(
        "runner_id", "on", "answers", "assessed_on"
    ):
        records[runner].red_flags.append(risk.RedFlags(on, given, assessed_on))
