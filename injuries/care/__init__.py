"""What to do about a sore heel, and the way back: data and functions, no Django, no tables."""

from injuries.care.plan import replay
from injuries.care.types import Entry, Hold, Plan, PlanState, Session

__all__ = ["Entry", "Hold", "Plan", "PlanState", "Session", "replay"]
