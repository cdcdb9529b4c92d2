"""What hurts and what the rules and the coaches said about it. A week is named by its Monday."""

from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from members.models import Activity, Club, User

PAIN = (MaxValueValidator(10),)


class Side(models.TextChoices):
    LEFT = "left", "left"
    RIGHT = "right", "right"
    BOTH = "both", "both"


class Spot(models.TextChoices):
    """Where on the heel (evidence 3.2): a topic to read about, never a diagnosis."""

    UNDER_HEEL_INNER = "under_heel_inner", "under the heel, inner front"
    UNDER_HEEL_CENTRE = "under_heel_centre", "under the heel, centre"
    WHOLE_HEEL = "whole_heel", "the whole heel"
    BACK_OF_HEEL = "back_of_heel", "back of the heel"
    ABOVE_HEEL = "above_heel", "2 to 6 cm above the heel"
    INNER_ANKLE = "inner_ankle", "inner ankle into the sole"
    ELSEWHERE = "elsewhere", "somewhere else"


class HeelProblemQuerySet(models.QuerySet["HeelProblem"]):
    """Problems, narrowed."""

    def open(self) -> "HeelProblemQuerySet":
        """Those nobody has closed; silence never closes one."""
        return self.filter(closed_on__isnull=True)


class HeelProblem(models.Model):
    """One episode of a sore heel."""

    runner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="heel_problems")
    side = models.CharField(max_length=5, choices=Side)
    spot = models.CharField(max_length=20, choices=Spot)
    since = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = HeelProblemQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["runner", "side", "spot"],
                condition=Q(closed_on__isnull=True),
                name="injuries_heelproblem_one_open",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("since")),
                name="injuries_heelproblem_closed_after_since",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_side_display()} heel, {self.get_spot_display()}"


class PainReport(models.Model):
    """What hurt on one day: with a run (`activity` set) or in the morning (`activity` empty)."""

    runner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="pain_reports")
    on = models.DateField()
    activity = models.OneToOneField(
        Activity, on_delete=models.CASCADE, null=True, blank=True, related_name="pain_report"
    )
    problem = models.ForeignKey(
        HeelProblem, on_delete=models.SET_NULL, null=True, blank=True, related_name="pain_reports"
    )
    first_step = models.PositiveSmallIntegerField(null=True, blank=True, validators=PAIN)
    during = models.PositiveSmallIntegerField(null=True, blank=True, validators=PAIN)
    after = models.PositiveSmallIntegerField(null=True, blank=True, validators=PAIN)
    gait_changed = models.BooleanField(null=True, blank=True)
    painkiller = models.BooleanField(null=True, blank=True)
    reported_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["runner", "on"],
                condition=Q(activity__isnull=True),
                name="injuries_painreport_one_morning",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__lte": 10}),
                    name=f"injuries_painreport_{field}",
                )
                for field in ("first_step", "during", "after")
            ),
            # During, stride and painkiller belong to a run; first steps belong to a morning.
            models.CheckConstraint(
                condition=Q(activity__isnull=False, first_step__isnull=True)
                | Q(
                    activity__isnull=True,
                    during__isnull=True,
                    gait_changed__isnull=True,
                    painkiller__isnull=True,
                ),
                name="injuries_painreport_run_or_morning",
            ),
        ]

    def __str__(self) -> str:
        return f"report of {self.on}"


class WeeklyCheck(models.Model):
    """Four answers about one week (evidence 2.5 pattern, own words): 0, 8, 17 or 25 each."""

    runner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="weekly_checks")
    week = models.DateField()
    answered_on = models.DateField()
    participation = models.PositiveSmallIntegerField()
    volume = models.PositiveSmallIntegerField(null=True, blank=True)
    performance = models.PositiveSmallIntegerField(null=True, blank=True)
    pain = models.PositiveSmallIntegerField(null=True, blank=True)

    SCORES: ClassVar[tuple[int, ...]] = (0, 8, 17, 25)

    class Meta:
        ordering = ["-week"]
        constraints = [
            models.UniqueConstraint(fields=["runner", "week"], name="injuries_weeklycheck_unique"),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{field}__isnull": True})
                    | Q(**{f"{field}__in": (0, 8, 17, 25)}),
                    name=f"injuries_weeklycheck_{field}",
                )
                for field in ("participation", "volume", "performance", "pain")
            ),
        ]

    def __str__(self) -> str:
        return f"check of the week of {self.week}"


class RedFlagAnswers(models.Model):
    """Answers to the fixed questions (evidence 3.1): {id: true / false / null}; no score."""

    runner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="red_flag_answers")
    problem = models.ForeignKey(
        HeelProblem,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="red_flag_answers",
    )
    on = models.DateField()
    answers = models.JSONField(default=dict, blank=True)
    assessed_on = models.DateField(null=True, blank=True)
    answered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-on", "-id"]
        verbose_name_plural = "red flag answers"

    def __str__(self) -> str:
        return f"answers of {self.on}"


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

    def __str__(self) -> str:
        return f"{self.rule} {self.level}"


class CoachDecision(models.Model):
    """What a coach did with an assessment. A new one replaces the last; the chain is the history.

    Two coaches cannot both answer the same state of a row: only one first decision per club and
    assessment, and only one replacement of each decision, can be stored.
    """

    class Kind(models.TextChoices):
        ACCEPTED = "accepted", "accepted"
        CHANGED = "changed", "changed"
        DISMISSED = "dismissed", "dismissed"

    assessment = models.ForeignKey(
        WeeklyAssessment, on_delete=models.CASCADE, related_name="decisions"
    )
    club = models.ForeignKey(Club, on_delete=models.CASCADE, related_name="decisions")
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    training = models.CharField(max_length=12, choices=Training, blank=True)
    note = models.CharField(max_length=1000, blank=True)
    note_shared = models.BooleanField(default=False)
    owner = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="owned_decisions"
    )
    due_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=500, blank=True)
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
        ]

    def __str__(self) -> str:
        return self.kind


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
    longer.
    """

    club = models.OneToOneField(Club, on_delete=models.CASCADE, related_name="flag_report")
    made_at = models.DateTimeField()
    figures = models.JSONField()

    def __str__(self) -> str:
        return f"flags of {self.club} as of {self.made_at:%Y-%m-%d}"
