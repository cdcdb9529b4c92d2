"""What people type about a heel."""

from injuries.forms.heel import CheckForm, MorningForm, ProblemForm, RedFlagForm
from injuries.forms.logging import LogForm

__all__ = ["CheckForm", "LogForm", "MorningForm", "ProblemForm", "RedFlagForm"]
