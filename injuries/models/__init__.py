"""What hurts and what the rules and the coaches said about it."""

from injuries.models.assessments import (
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
    HeelProblem,
    HeelProblemQuerySet,
    PainReport,
    RedFlagAnswers,
    Side,
    Spot,
    WeeklyCheck,
)

__all__ = [
    "AssessmentDue",
    "Clinician",
    "CoachDecision",
    "FlagReport",
    "HeelProblem",
    "HeelProblemQuerySet",
    "PainReport",
    "RedFlagAnswers",
    "RiskFlag",
    "RiskFlagQuerySet",
    "Side",
    "Spot",
    "Training",
    "WeeklyAssessment",
    "WeeklyCheck",
]
