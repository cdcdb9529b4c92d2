"""What people type about a heel."""

from injuries.forms.heel import (
    AssessedForm,
    CheckForm,
    DetailsForm,
    FirstStepForm,
    MorningForm,
    ProblemForm,
    RedFlagForm,
)
from injuries.forms.logging import EmptyLogForm, LogForm
from injuries.forms.plans import SessionForm

__all__ = [
    "AssessedForm",
    "CheckForm",
    "DetailsForm",
    "EmptyLogForm",
    "FirstStepForm",
    "LogForm",
    "MorningForm",
    "ProblemForm",
    "RedFlagForm",
    "SessionForm",
]
