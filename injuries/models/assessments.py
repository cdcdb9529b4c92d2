"""What the rules and the coaches said about it. A week is named by its Monday."""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import Q

from members.models import Club, User


class Training(models.TextChoices):
    """The one training answer of an assessment, strictest first."""

    REST = "rest", "rest"
    CROSS_TRAIN = "cross_train", "cross-train"
    EASE = "ease", "ease"
    NOT_ASSESSED = "not_assessed", "not assessed"
    CARRY_ON = "carry_on", "carry on"


class Clinician(models.TextChoices):
    URGENT_TODAY = "urgent_today", "get seen today"
    WITHIN_DAYS = "within_days", "see a clinician within days"
    BOOK = "book", "book a clinician"


class WeeklyAssessment(models.Model):
    """What the rules say about one runner for one week.

    During the week it is made again with every change; `settled_at` is set once the Monday job has
    judged the whole week (`on` = its Sunday).
    """

    runner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="assessments")
    week = models.DateField()
    on = models.DateField()
    engine = models.CharField(max_length=20)
    training = models.CharField(max_length=12, choices=Training)
    shoes = models.BooleanField(default=False)
    clinician = models.CharField(max_length=12, choices=Clinician, blank=True)
    coverage_30 = models.FloatField()
    ceiling_m = models.PositiveIntegerField(null=True, blank=True)
    ceiling_until = models.DateField(null=True, blank=True)
    measures = models.JSONField(default=dict, blank=True)
    not_assessed = models.JSONField(default=list, blank=True)
    assessed_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-week"]
        constraints = [
            models.UniqueConstraint(fields=["runner", "week"], name="injuries_assessment_unique"),
            models.CheckConstraint(
                condition=Q(coverage_30__gte=0, coverage_30__lte=1),
                name="injuries_assessment_coverage",
            ),
        ]

    def __str__(self) -> str:
        return f"week of {self.week}: {self.training}"


class RiskFlagQuerySet(models.QuerySet["RiskFlag"]):
    """Flags, narrowed."""

    def standing(self) -> "RiskFlagQuerySet":
        """Those that still fire."""
        return self.filter(withdrawn_at__isnull=True)


class RiskFlag(models.Model):
    """One rule that fired. A flag that stops firing is withdrawn, not deleted: somebody saw it."""

    assessment = models.ForeignKey(WeeklyAssessment, on_delete=models.CASCADE, related_name="flags")
    rule = models.CharField(max_length=4)
    level = models.CharField(max_length=24)
    action = models.CharField(max_length=16)
    values = models.JSONField(default=dict)
    text = models.CharField(max_length=500)
    for_coach = models.BooleanField(default=False)
    first_seen_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = RiskFlagQuerySet.as_manager()

    class Meta:
        ordering = ["rule"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "rule"], name="injuries_riskflag_unique")
        ]
        # Looked for every minute; there are few of them among all flags.
        indexes = [
            models.Index(
                fields=["assessment"],
                condition=Q(action="urgent_today", withdrawn_at__isnull=True),
                name="injuries_riskflag_urgent",
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.level}"


OUTCOME_AFTER = dt.timedelta(days=14)
UNDO_FOR = dt.timedelta(hours=1)


class CoachDecision(models.Model):
    """What a coach did with an assessment. A new one replaces the last; the chain is the history.

    Two coaches cannot both answer the same state of a row: only one first decision per club and
    assessment, and only one replacement of each decision, can be stored. A note and a snooze answer
    nothing: the row still waits, after a snooze from its day on.
    """

    class Kind(models.TextChoices):
        ACCEPTED = "accepted", "accepted"
        CHANGED = "changed", "changed"
        DISMISSED = "dismissed", "dismissed"
        NOTED = "noted", "noted"
        SNOOZED = "snoozed", "snoozed"

    class Outcome(models.TextChoices):
        BETTER = "better", "better"
        SAME = "same", "about the same"
        WORSE = "worse", "worse"
        UNKNOWN = "unknown", "could not find out"

    ANSWERS: ClassVar[frozenset[str]] = frozenset({Kind.ACCEPTED, Kind.CHANGED, Kind.DISMISSED})

    assessment = models.ForeignKey(
        WeeklyAssessment, on_delete=models.CASCADE, related_name="decisions"
    )
    club = models.ForeignKey(Club, on_delete=models.CASCADE, related_name="decisions")
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    # What the rules said when it was made; once they ask for more, it answers no longer.
    said_training = models.CharField(max_length=12, choices=Training, blank=True)
    said_clinician = models.CharField(max_length=12, choices=Clinician, blank=True)
    training = models.CharField(max_length=12, choices=Training, blank=True)
    note = models.CharField(max_length=1000, blank=True)
    note_shared = models.BooleanField(default=False)
    owner = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="owned_decisions"
    )
    due_on = models.DateField(null=True, blank=True)
    spoke = models.BooleanField(default=False)
    snoozed_until = models.DateField(null=True, blank=True)
    # Asked later: what came of it, in one word and, if they like, in their own.
    outcome_kind = models.CharField(max_length=10, choices=Outcome, blank=True)
    outcome = models.CharField(max_length=500, blank=True)
    outcome_at = models.DateTimeField(null=True, blank=True)
    outcome_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, related_name="decisions"
    )

    class Meta:
        ordering = ["-decided_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "club"],
                condition=Q(replaces__isnull=True),
                name="injuries_coachdecision_one_first",
            ),
            models.CheckConstraint(
                condition=Q(kind="changed") & ~Q(training="") | ~Q(kind="changed") & Q(training=""),
                name="injuries_coachdecision_training_if_changed",
            ),
            models.CheckConstraint(
                condition=Q(kind="snoozed", snoozed_until__isnull=False)
                | ~Q(kind="snoozed") & Q(snoozed_until__isnull=True),
                name="injuries_coachdecision_day_if_snoozed",
            ),
            models.CheckConstraint(
                condition=Q(outcome_kind="", outcome_at__isnull=True, outcome="")
                | ~Q(outcome_kind="") & Q(outcome_at__isnull=False),
                name="injuries_coachdecision_outcome_paired",
            ),
        ]

    def __str__(self) -> str:
        return self.kind

    @property
    def is_answer(self) -> bool:
        """Whether it answers what the rules asked; a note or a snooze does not."""
        return self.kind in self.ANSWERS

    def may_be_undone(self, *, by: User, now: dt.datetime) -> bool:
        """Whether this person may still take it back: their own, within the hour."""
        return self.decided_by_id == by.pk and now - self.decided_at <= UNDO_FOR


class AssessmentDue(models.Model):
    """The ledger of histories that changed: every week from `from_day` on wants assessing again.

    Written in the same transaction as the change, removed only by the run that has used it
    (`change` unaltered), so a lost message or a killed worker costs one sweep and nothing else.
    """

    runner = models.OneToOneField(User, on_delete=models.CASCADE, related_name="assessment_due")
    from_day = models.DateField()
    change = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "assessments due"

    def __str__(self) -> str:
        return f"from {self.from_day}"


class FlagReport(models.Model):
    """How good a club's flags have been, as last worked out: figures of groups, of nobody.

    One row a club, made again every week and replaced, so that nothing stays of whoever shares no
    longer. Beside them stands at which step the club's coaches are alerted (injuries/
    coach_list.py), since the week named by its Monday, and the last week that was judged for it.
    """

    club = models.OneToOneField(Club, on_delete=models.CASCADE, related_name="flag_report")
    made_at = models.DateTimeField()
    figures = models.JSONField()
    coach_step = models.PositiveSmallIntegerField(default=0)
    coach_step_since = models.DateField(null=True, blank=True)
    coach_step_judged = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"flags of {self.club} as of {self.made_at:%Y-%m-%d}"
