"""What the sheet for a visit says of the heel, in words, and the days of its picture."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection
from statistics import median
from typing import Any

from dashboards.selectors.sheet_running import day_words, run_rows
from injuries.care.check import severity
from injuries.models import HeelProblem, PainReport, RedFlagAnswers, WeeklyCheck
from injuries.questions import LATELY, RED_FLAG_QUESTIONS
from injuries.selectors.heel import course_of
from members.models import User
from members.weeks import monday_of

MEDICINES = "medicines"


def problems(
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
            ("Since", day_words(problem.since)),
            ("Over since", day_words(problem.closed_on)),
            ("It began", problem.get_onset_display() if problem.onset else ""),
            ("Different lately", ", ".join(LATELY[key] for key in problem.lately if key in LATELY)),
            ("The same spot before", "" if earlier is None else f"from {day_words(earlier.since)}"),
        ]
    if "clinician" in parts:
        named = "an Achilles tendon problem" if problem.achilles_named else ""
        said = problem.clinician_said or named
        facts.append(("A clinician called it", said))
    return [fact for fact in facts if fact[1]]


def course(runner: User, *, first: dt.date, on: dt.date) -> dict[str, Any]:
    """Return the reported days for the picture, and a row a week for the table."""
    ran: Counter[dt.date] = Counter()
    for day, metres in run_rows(runner, first=first, on=on):
        ran[day] += metres or 0
    said = {day.on: day for day in course_of(runner, first=first, last=on)}
    days = []
    for day in sorted(said.keys() | ran.keys()):
        one = said.get(day)
        pain = (one.first_step, one.during, one.after) if one else (None, None, None)
        days.append((day.isoformat(), *pain, ran[day] or None))
    by_week: defaultdict[dt.date, list[Any]] = defaultdict(list)
    for day, one in said.items():
        by_week[monday_of(day)].append(one)
    return {
        "days": days,
        "weeks": [
            (
                day_words(week),
                _middle([one.first_step for one in reported]),
                _worst([one.during for one in reported]),
                _worst([one.after for one in reported]),
            )
            for week, reported in sorted(by_week.items())
        ],
    }


def _middle(values: list[int | None]) -> str:
    known = [value for value in values if value is not None]
    return f"{median(known):g} (worst {max(known)}, {len(known)} said)" if known else "–"


def _worst(values: list[int | None]) -> str:
    return str(max((value for value in values if value is not None), default="–"))


def checks(runner: User, *, first: dt.date, on: dt.date) -> list[tuple[str, str, str]]:
    """Return each check: its week, what it was about, how it came out."""
    rows = WeeklyCheck.objects.filter(runner=runner, week__range=(first, on))
    return [
        (day_words(row.week), str(row.problem or "both heels"), _scored(row))
        for row in rows.select_related("problem").order_by("week", "pk")
    ]


def _scored(row: WeeklyCheck) -> str:
    score = severity((row.participation, row.volume, row.performance, row.pain))
    if score is None:
        return "a problem, not all answered"
    return f"{score} of 100" if score else "no problem"


def safety(runner: User, *, first: dt.date, on: dt.date) -> dict[str, Any]:
    """Return the newest answer to each question, and when somebody has looked."""
    rows = _answers(runner, first=first, on=on)
    newest = _newest(rows)
    return {
        "answers": [
            (text, *newest[key])
            for key, text in RED_FLAG_QUESTIONS.items()
            if key in newest and key != MEDICINES
        ],
        "looked_at": [day_words(row.assessed_on) for row in rows if row.assessed_on is not None],
    }


def medicines(runner: User, *, first: dt.date, on: dt.date) -> list[tuple[str, str, str]]:
    """Return the answer about medicines, and the days with a painkiller."""
    newest = _newest(_answers(runner, first=first, on=on))
    asked = RED_FLAG_QUESTIONS[MEDICINES]
    found = [(asked, *newest[MEDICINES])] if MEDICINES in newest else []
    runs = PainReport.objects.filter(runner=runner, on__range=(first, on), painkiller=True)
    days = [day_words(day) for day in runs.order_by("on").values_list("on", flat=True)]
    return [*found, ("Painkiller around a run", "yes", ", ".join(days))] if days else found


def _answers(runner: User, *, first: dt.date, on: dt.date) -> list[RedFlagAnswers]:
    rows = RedFlagAnswers.objects.filter(runner=runner, on__range=(first, on))
    return list(rows.order_by("on", "answered_at"))


def _newest(rows: list[RedFlagAnswers]) -> dict[str, tuple[str, str]]:
    return {
        key: ("yes" if answer else "no", day_words(row.on))
        for row in rows
        for key, answer in row.answers.items()
        if answer is not None
    }
