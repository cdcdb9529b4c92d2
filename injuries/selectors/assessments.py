"""Stored assessments with the flags that still stand."""

import datetime as dt
from collections.abc import Iterable
from typing import Protocol, TypeVar

from django.db.models import Prefetch, QuerySet

from injuries.models import RiskFlag, WeeklyAssessment
from members.models import User

# Most pressing first: what a person is told before anything else.
ACTION_ORDER = (
    "urgent_today", "within_days", "rest", "cross_train", "book", "ease", "not_assessed",
    "shoe_check", "context", "carry_on",
)  # fmt: skip


class Fired(Protocol):
    """What flags are sorted by."""

    @property
    def rule(self) -> str: ...
    @property
    def action(self) -> str: ...


F = TypeVar("F", bound=Fired)


def by_need(flags: Iterable[F]) -> list[F]:
    """Return the flags, most pressing first, then by rule."""
    return sorted(flags, key=lambda flag: (ACTION_ORDER.index(flag.action), flag.rule))


def _with_flags() -> QuerySet[WeeklyAssessment]:
    standing = RiskFlag.objects.filter(withdrawn_at__isnull=True).order_by("rule")
    return WeeklyAssessment.objects.prefetch_related(
        Prefetch("flags", queryset=standing, to_attr="standing_flags")
    )


def standing_flags(assessment: WeeklyAssessment) -> list[RiskFlag]:
    """Return the flags that still stand, most pressing first; uses what was prefetched."""
    loaded = getattr(assessment, "standing_flags", None)
    flags = assessment.flags.filter(withdrawn_at__isnull=True) if loaded is None else loaded
    return by_need(flags)


def current_assessment(runner: User, *, week: dt.date) -> WeeklyAssessment | None:
    """Return the runner's assessment of the week named by its Monday, or None. Two queries."""
    return _with_flags().filter(runner=runner, week=week).first()


def assessments_between(
    runner: User, *, first: dt.date, last: dt.date
) -> QuerySet[WeeklyAssessment]:
    """Return the assessments of the weeks from `first` to `last` (Mondays), oldest first."""
    return _with_flags().filter(runner=runner, week__range=(first, last)).order_by("week")
