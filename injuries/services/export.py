"""What of the answers about pain and of the advice leaves in an export, and what comes back."""

import datetime as dt
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from injuries.models import (
    ActivityUndo,
    AssessmentDue,
    CoachDecision,
    HeelProblem,
    PainReport,
    PlanHold,
    RedFlagAnswers,
    ReturnPlan,
    RiskFlag,
    WeeklyAssessment,
    WeeklyCheck,
)
from injuries.questions import LATELY
from injuries.services.checks import refuse_scores
from injuries.services.problems import refuse_unknown_questions
from members.models import User
from members.services.export import THE_PROGRAM, check_days
from members.services.portable import Restoring, Table, names
from members.weeks import monday_of

MADE_AGAIN = "Worked out again from what is restored, by the rules of this version."


def _check_problem(row: HeelProblem, *, runner: User, now: dt.datetime) -> None:
    check_days("since", "closed_on")(row, runner=runner, now=now)
    if row.closed_on is not None and row.closed_on < row.since:
        raise ValidationError({"closed_on": "It cannot end before it began."})
    if not isinstance(row.lately, list) or any(one not in LATELY for one in row.lately):
        raise ValidationError({"lately": "Choose from the list."})


def _check_report(row: PainReport, *, runner: User, now: dt.datetime) -> None:
    """First steps belong to a morning; during, stride and painkiller to a run."""
    check_days("on")(row, runner=runner, now=now)
    is_run = row.activity is not None
    of_the_other = ("first_step",) if is_run else ("during", "gait_changed", "painkiller")
    wrong = [name for name in of_the_other if getattr(row, name) is not None]
    if wrong:
        what = "a run" if is_run else "a morning"
        raise ValidationError(dict.fromkeys(wrong, f"It does not belong to {what}."))
    if row.activity is not None:
        row.on = row.activity.on


def _check_weekly(row: WeeklyCheck, *, runner: User, now: dt.datetime) -> None:
    check_days("week", "answered_on")(row, runner=runner, now=now)
    if row.week != monday_of(row.week):
        raise ValidationError({"week": "A week is named by its Monday."})
    names = ("participation", "volume", "performance", "pain")
    refuse_scores({name: getattr(row, name) for name in names})


def _check_red_flags(row: RedFlagAnswers, *, runner: User, now: dt.datetime) -> None:
    check_days("on", "assessed_on")(row, runner=runner, now=now)
    if not isinstance(row.answers, dict):
        raise ValidationError({"answers": "It must be an object of questions and answers."})
    refuse_unknown_questions(row.answers)
    if not all(answer is None or isinstance(answer, bool) for answer in row.answers.values()):
        raise ValidationError({"answers": "An answer is true, false or null."})


def _check_plan(row: ReturnPlan, *, runner: User, now: dt.datetime) -> None:
    check_days("started_on", "ended_on")(row, runner=runner, now=now)
    if row.ended_on is not None and row.ended_on < row.started_on:
        raise ValidationError({"ended_on": "It cannot end before it began."})


def _check_hold(row: PlanHold, *, runner: User, now: dt.datetime) -> None:
    """What a clinician said is noted, and released, by the runner."""
    check_days("held_on", "released_on")(row, runner=runner, now=now)
    if (row.released_on is None) != (row.released_at is None):
        raise ValidationError({"released_on": "It goes together with released_at."})
    if row.released_on is not None and row.released_on < row.held_on:
        raise ValidationError({"released_on": "It cannot end before it began."})
    row.held_by = runner
    row.released_by = None if row.released_at is None else runner


def _name_of(coach: User | None) -> str:
    return coach.name if coach else "A coach"


def _one_going_on(row: ReturnPlan) -> int | None:
    return row.problem_id if row.ended_on is None else None


def _one_open_at_a_spot(row: HeelProblem) -> tuple[str, str] | None:
    return (row.side, row.spot) if row.closed_on is None else None


COACHES_OWN = "What coaches note for each other afterwards is theirs."

TABLES: tuple[Table, ...] = (
    Table(
        name="heel_problems",
        words="sore spots",
        model=HeelProblem,
        of="runner",
        columns=names(
            "side spot since onset lately clinician_said achilles_named follows closed_on closed_by"
        ),
        more=("created_at",),
        refers_to={"follows": "heel_problems"},
        restoring=Restoring(
            keys=(lambda row: (row.side, row.spot, row.since), _one_open_at_a_spot),
            check=_check_problem,
            first_day=lambda row: row.since,
            needs_consent=True,
        ),
    ),
    Table(
        name="pain_reports",
        words="reports of pain",
        model=PainReport,
        of="runner",
        columns=names("on activity problem first_step during after gait_changed painkiller"),
        more=("reported_at",),
        refers_to={"activity": "activities", "problem": "heel_problems"},
        restoring=Restoring(
            keys=(lambda row: row.activity_id or row.on,),
            check=_check_report,
            first_day=lambda row: row.on,
            needs_consent=True,
        ),
    ),
    Table(
        name="weekly_checks",
        model=WeeklyCheck,
        of="runner",
        columns=names("week problem answered_on participation volume performance pain"),
        refers_to={"problem": "heel_problems"},
        restoring=Restoring(
            keys=(lambda row: (row.problem_id, row.week),),
            check=_check_weekly,
            first_day=lambda row: row.week,
            needs_consent=True,
        ),
    ),
    Table(
        name="red_flag_answers",
        words="answers to safety questions",
        model=RedFlagAnswers,
        of="runner",
        columns=("on", "problem", "answers", "assessed_on"),
        more=("answered_at",),
        refers_to={"problem": "heel_problems"},
        restoring=Restoring(
            keys=(lambda row: (row.answered_at, row.problem_id),),
            check=_check_red_flags,
            first_day=lambda row: row.on,
            needs_consent=True,
        ),
    ),
    Table(
        name="return_plans",
        words="plans for the way back",
        model=ReturnPlan,
        of="problem__runner",
        columns=("problem", "started_on", "ended_on"),
        more=("started_at",),
        refers_to={"problem": "heel_problems"},
        restoring=Restoring(
            keys=(lambda row: (row.problem_id, row.started_at), _one_going_on),
            check=_check_plan,
            needs_consent=True,
        ),
    ),
    Table(
        name="clinician_holds",
        words="holds by a clinician",
        model=PlanHold,
        of="plan__problem__runner",
        columns=("plan", "held_on", "released_on"),
        more=("held_at", "released_at"),
        left_out={
            "club": "There is none: the runner noted it.",
            "held_by": "The runner.",
            "released_by": "The runner.",
        },
        refers_to={"plan": "return_plans"},
        only=Q(club__isnull=True),
        restoring=Restoring(
            keys=(lambda row: (row.plan_id, row.held_at),),
            check=_check_hold,
            needs_consent=True,
        ),
    ),
    Table(
        name="coach_holds",
        words="holds by a coach",
        model=PlanHold,
        of="plan__problem__runner",
        columns=names("plan club held_on held_by released_on released_by held_at released_at"),
        refers_to={"plan": "return_plans"},
        values={
            "club": lambda row: row.club.name,
            "held_by": lambda row: _name_of(row.held_by),
            "released_by": lambda row: _name_of(row.released_by) if row.released_at else "",
        },
        related=("club", "held_by", "released_by"),
        only=Q(club__isnull=False),
        why_not_restored="A coach held the plan; nobody can say so but they.",
    ),
    Table(
        name="assessments",
        words="weeks judged",
        model=WeeklyAssessment,
        of="runner",
        columns=names(
            "week on engine training shoes clinician coverage_30 ceiling_m "
            "ceiling_until measures not_assessed assessed_at settled_at"
        ),
        why_not_restored=MADE_AGAIN,
    ),
    Table(
        name="flags",
        words="reasons for the advice",
        model=RiskFlag,
        of="assessment__runner",
        columns=names("week rule level action values text for_coach first_seen_at withdrawn_at"),
        left_out={"assessment": "Named by its week."},
        values={"week": lambda row: row.assessment.week},
        related=("assessment",),
        why_not_restored=MADE_AGAIN,
    ),
    Table(
        name="coach_notes",
        words="notes coaches shared",
        model=CoachDecision,
        of="assessment__runner",
        columns=names(
            "week club said_training said_clinician kind training note spoke due_on "
            "snoozed_until decided_by decided_at"
        ),
        left_out={
            "assessment": "Named by its week.",
            "replaces": "Of several notes about one week the last stands.",
            "note_shared": "Only shared notes are here; what coaches write for each other is "
            "theirs.",
            "owner": "Who of the coaches looks after it is theirs.",
            "outcome": COACHES_OWN,
            "outcome_kind": COACHES_OWN,
            "outcome_at": COACHES_OWN,
            "outcome_by": COACHES_OWN,
        },
        values={
            "week": lambda row: row.assessment.week,
            "club": lambda row: row.club.name,
            "decided_by": lambda row: _name_of(row.decided_by),
        },
        related=("assessment", "club", "decided_by"),
        only=Q(note_shared=True),
        why_not_restored="A coach's words; nobody can say them but they.",
    ),
)

LEFT_OUT: Mapping[type[models.Model], str] = {
    ActivityUndo: "What can still be undone: copies of your own rows, kept for 30 days.",
    AssessmentDue: f"{THE_PROGRAM} It says which weeks are to be judged again.",
}
