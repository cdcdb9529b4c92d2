"""What hurts and what the rules and the coaches said about it."""

from injuries.models.assessments import (
    OUTCOME_AFTER,
    UNDO_FOR,
    AssessmentDue,
    Clinician,
    CoachDecision,
    FlagReport,
    RiskFlag,
    RiskFlagQuerySet,
    Training,
    WeeklyAssessment,
)
from injuries.models.heel import (
    ClosedBy,
    HeelProblem,
    HeelProblemQuerySet,
    Onset,
    PainReport,
    RedFlagAnswers,
    Side,
    Spot,
    WeeklyCheck,
)
from injuries.models.plans import PlanHold, ReturnPlan
from injuries.models.undo import ActivityUndo

__all__ = [
    "OUTCOME_AFTER",
    "UNDO_FOR",
    "ActivityUndo",
    "AssessmentDue",
    "Clinician",
    "ClosedBy",
    "CoachDecision",
    "FlagReport",
    "HeelProblem",
    "HeelProblemQuerySet",
    "Onset",
    "PainReport",
    "PlanHold",
    "RedFlagAnswers",
    "ReturnPlan",
    "RiskFlag",
    "RiskFlagQuerySet",
    "Side",
    "Spot",
    "Training",
    "WeeklyAssessment",
    "WeeklyCheck",
]
