"""The sheet a runner takes to a physio: what they ticked, in words, and nothing else.

A sheet is plain data that can be kept as it stood: texts, and the days of one picture.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from statistics import median
from typing import Any, NamedTuple

from dashboards.charts import PainDay
from dashboards.sheet_parts import PARTS
from injuries.care.check import severity
from injuries.models import HeelProblem, PainReport, RedFlagAnswers, WeeklyCheck
from injuries.questions import LATELY, RED_FLAG_QUESTIONS
from injuries.selectors.heel import course_of
from injuries.selectors.plan_course import plans_walked
from members.models import Activity, DayStatus, RoutineTick, Shoe, User
from members.selectors.shoes import counted_shoes
from members.units import format_distance
from members.weeks import monday_of

WEEK, DAY = dt.timedelta(weeks=1), dt.timedelta(days=1)
Sheet = dict[str, Any]
MEDICINES = "medicines"


def parts_for(runner: User) -> tuple[str, ...]:
    """Return what may be on this runner's sheet: of the heel nothing without the consent."""
    keeps_health = runner.health_consent_at is not None
    return tuple(key for key, part in PARTS.items() if keeps_health or not part.is_health)


def physio_sheet(runner: User, *, parts: Collection[str], weeks: int, on: dt.date) -> Sheet:
    """Return the chosen parts of the last `weeks` weeks up to the runner's day `on`.

    Parts that may not be there are left out, whatever was asked for.
    """
    first = monday_of(on) - (weeks - 1) * WEEK
    chosen = [part for part in parts_for(runner) if part in parts]
    made = {"course": _course, "runs": _runs, "checks": _checks, "shoes": _shoes, "tried": _tried,
            "safety": _safety, "medicines": _medicines}  # fmt: skip
    sheet: Sheet = {
        "parts": chosen,
        "with_consent": runner.health_consent_at is not None,
        "made_on": on.isoformat(),
        "first": first.isoformat(),
        "name": str(runner) if "name" in chosen else "",
        "problems": _problems(runner, chosen, first=first, on=on),
    }
    for part in chosen:
        if part in made:
            sheet[part] = made[part](runner, first=first, on=on)
    return sheet


# --- The heel -------------------------------------------------------------------------------------
def _problems(
    runner: User, parts: Collection[str], *, first: dt.date, on: dt.date
) -> list[dict[str, Any]]:
    """Return the sore spots that were open at any time since `first`, the newest first."""
    if not {"course", "clinician"} & set(parts):
        return []
    found = HeelProblem.objects.filter(runner=runner, since__lte=on).select_related("follows")
    return [
        {"what": str(one), "facts": _facts(one, parts)}
        for one in found
        if one.closed_on is None or one.closed_on >= first
    ]


def _facts(problem: HeelProblem, parts: Collection[str]) -> list[tuple[str, str]]:
    facts = []
    if "course" in parts:
        earlier = problem.follows
        facts = [
            ("Since", _day(problem.since)),
            ("Over since", _day(problem.closed_on)),
            ("It began", problem.get_onset_display() if problem.onset else ""),
            ("Different lately", ", ".join(LATELY[key] for key in problem.lately if key in LATELY)),
            ("The same spot before", "" if earlier is None else f"from {_day(earlier.since)}"),
        ]
    if "clinician" in parts:
        named = "an Achilles tendon problem" if problem.achilles_named else ""
        said = problem.clinician_said or named
        facts.append(("A clinician called it", said))
    return [fact for fact in facts if fact[1]]


def _course(runner: User, *, first: dt.date, on: dt.date) -> dict[str, Any]:
    """Return the reported days for the picture, and a row a week for the table."""
    runs: Counter[dt.date] = Counter()
    for day, metres in _run_rows(runner, first=first, on=on):
        runs[day] += metres or 0
    said = {day.on: day for day in course_of(runner, first=first, last=on)}
    days = []
    for day in sorted(said.keys() | runs.keys()):
        one = said.get(day)
        pain = (one.first_step, one.during, one.after) if one else (None, None, None)
        days.append((day.isoformat(), *pain, runs[day] or None))
    by_week: defaultdict[dt.date, list[Any]] = defaultdict(list)
    for day, one in said.items():
        by_week[monday_of(day)].append(one)
    return {
        "days": days,
        "weeks": [
            (
                _day(week),
                _middle([one.first_step for one in reported]),
                _worst([one.during for one in reported]),
                _worst([one.after for one in reported]),
            )
            for week, reported in sorted(by_week.items())
        ],
    }


def course_days(sheet: Sheet) -> list[PainDay]:
    """Return the days of a sheet's picture."""
    return [
        PainDay(dt.date.fromisoformat(on), first_step, during, after, distance_m)
        for on, first_step, during, after, distance_m in sheet["course"]["days"]
    ]


class WeekRow(NamedTuple):
    """A week of the sheet's table; empty where that part is not on the sheet."""

    week: str
    ran: Sequence[str]
    hurt: Sequence[str]


def week_rows(sheet: Sheet) -> list[WeekRow]:
    """Return running and pain of each week side by side, oldest first."""
    ran = {week: rest for week, *rest in sheet.get("runs", ())}
    hurt = {week: rest for week, *rest in sheet.get("course", {}).get("weeks", ())}
    said_nothing = ("–", "–", "–") if "course" in sheet else ()
    return [
        WeekRow(week, ran.get(week, ()), hurt.get(week, said_nothing))
        for week in (ran if "runs" in sheet else hurt)
    ]


def _middle(values: list[int | None]) -> str:
    known = [value for value in values if value is not None]
    return f"{median(known):g} (worst {max(known)}, {len(known)} said)" if known else "–"


def _worst(values: list[int | None]) -> str:
    return str(max((value for value in values if value is not None), default="–"))


def _checks(runner: User, *, first: dt.date, on: dt.date) -> list[tuple[str, str, str]]:
    rows = WeeklyCheck.objects.filter(runner=runner, week__range=(first, on))
    return [
        (_day(row.week), str(row.problem or "both heels"), _scored(row))
        for row in rows.select_related("problem").order_by("week", "pk")
    ]


def _scored(row: WeeklyCheck) -> str:
    score = severity((row.participation, row.volume, row.performance, row.pain))
    if score is None:
        return "a problem, not all answered"
    return f"{score} of 100" if score else "no problem"


def _safety(runner: User, *, first: dt.date, on: dt.date) -> dict[str, Any]:
    """Return the newest answer to each question, and when somebody has looked."""
    rows = _answers(runner, first=first, on=on)
    newest = _newest(rows)
    return {
        "answers": [
            (text, *newest[key])
            for key, text in RED_FLAG_QUESTIONS.items()
            if key in newest and key != MEDICINES
        ],
        "looked_at": [_day(row.assessed_on) for row in rows if row.assessed_on is not None],
    }


def _medicines(runner: User, *, first: dt.date, on: dt.date) -> list[tuple[str, str, str]]:
    newest = _newest(_answers(runner, first=first, on=on))
    asked = RED_FLAG_QUESTIONS[MEDICINES]
    found = [(asked, *newest[MEDICINES])] if MEDICINES in newest else []
    runs = PainReport.objects.filter(runner=runner, on__range=(first, on), painkiller=True)
    days = [_day(day) for day in runs.order_by("on").values_list("on", flat=True)]
    return [*found, ("Painkiller around a run", "yes", ", ".join(days))] if days else found


def _answers(runner: User, *, first: dt.date, on: dt.date) -> list[RedFlagAnswers]:
    rows = RedFlagAnswers.objects.filter(runner=runner, on__range=(first, on))
    return list(rows.order_by("on", "answered_at"))


def _newest(rows: list[RedFlagAnswers]) -> dict[str, tuple[str, str]]:
    return {
        key: ("yes" if answer else "no", _day(row.on))
        for row in rows
        for key, answer in row.answers.items()
        if answer is not None
    }


# --- Running and what else ------------------------------------------------------------------------
def _run_rows(runner: User, *, first: dt.date, on: dt.date) -> list[tuple[dt.date, int | None]]:
    runs = Activity.objects.filter(runner=runner, kind=Activity.Kind.RUN, on__range=(first, on))
    return list(runs.order_by("on", "pk").values_list("on", "distance_m"))


def _runs(runner: User, *, first: dt.date, on: dt.date) -> list[tuple[str, str, str, str]]:
    """Return a row for each week; one without a run is there and says so."""
    by_week: defaultdict[dt.date, list[int | None]] = defaultdict(list)
    for day, metres in _run_rows(runner, first=first, on=on):
        by_week[monday_of(day)].append(metres)
    weeks = [first + number * WEEK for number in range((monday_of(on) - first).days // 7 + 1)]
    return [_week(week, by_week[week], runner.unit) for week in weeks]


def _week(week: dt.date, metres: list[int | None], unit: str) -> tuple[str, str, str, str]:
    known = [one for one in metres if one is not None]
    if not metres:
        return _day(week), "no run logged", "", ""
    far = format_distance(sum(known), unit) if known else "distance unknown"
    longest = format_distance(max(known), unit) if known else "–"
    return _day(week), far, str(len(metres)), longest


def _shoes(runner: User, *, first: dt.date, on: dt.date) -> list[tuple[str, str]]:
    """Return the pairs run in since `first`, those of most runs first."""
    used = Counter(
        Activity.objects.filter(
            runner=runner, kind=Activity.Kind.RUN, on__range=(first, on), shoe__isnull=False
        ).values_list("shoe_id", flat=True)
    )
    pairs: dict[int, Shoe] = {pair.pk: pair for pair in counted_shoes(runner).filter(pk__in=used)}
    return [
        (_pair(pairs[pk]), f"{format_distance(_worn(pairs[pk]), runner.unit)}, {_runs_in(count)}")
        for pk, count in used.most_common()
    ]


def _pair(shoe: Shoe) -> str:
    return f"{shoe}: {shoe.make}" if shoe.make and shoe.make != str(shoe) else str(shoe)


def _worn(shoe: Shoe) -> int:
    worn: int = shoe.distance_m  # type: ignore[attr-defined]  # annotated by counted_shoes
    return worn


def _runs_in(count: int) -> str:
    return f"{count} run{'' if count == 1 else 's'} in this time"


def _tried(runner: User, *, first: dt.date, on: dt.date) -> list[str]:
    """Return routines ticked, days off and, with the consent, the way back."""
    ticks = RoutineTick.objects.filter(runner=runner, on__range=(first, on))
    names = dict(RoutineTick.Routine.choices)
    routines = Counter(ticks.values_list("routine", flat=True))
    said = [f"{names[key].capitalize()}: on {_days(n)}" for key, n in routines.most_common()]
    off = DayStatus.objects.filter(runner=runner, on__range=(first, on)).order_by("on")
    kinds = Counter(off.values_list("status", flat=True))
    keeps_health = runner.health_consent_at is not None
    shown = [status for status in kinds if keeps_health or status not in ("ill", "injured")]
    said += [f"{status.capitalize()}: {_days(kinds[status])}" for status in sorted(shown)]
    return [*said, *(_way_back(runner, first=first, on=on) if keeps_health else ())]


def _way_back(runner: User, *, first: dt.date, on: dt.date) -> list[str]:
    return [
        f"Walk and run plan from {_day(one.plan.started_on)}"
        + "".join(f"; {_stretch(part)}" for part in one.stretches)
        for one in plans_walked(runner, since=first, on=on)
    ]


def _stretch(part: Any) -> str:
    what = "on hold" if part.phase is None else f"phase {part.phase} of 6"
    return f"{what} {part.first.day} {part.first:%b} to {part.last.day} {part.last:%b}"


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def _day(day: dt.date | None) -> str:
    return "" if day is None else f"{day:%a} {day.day} {day:%b %Y}"
