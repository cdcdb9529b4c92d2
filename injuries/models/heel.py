"""What hurts. A week is named by its Monday."""

from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from members.models import Activity, User

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


class Onset(models.TextChoices):
    """How it began, in the field's terms (evidence 2.6); empty: not said."""

    ACUTE = "acute", "at one moment: a fall, a twist, a landing"
    SUDDEN = "repetitive_sudden", "suddenly, during ordinary running"
    GRADUAL = "repetitive_gradual", "slowly, over days or weeks"


class ClosedBy(models.TextChoices):
    RUNNER = "runner", "by the runner"
    CHECKS = "checks", "two weekly checks without a problem"


class HeelProblemQuerySet(models.QuerySet["HeelProblem"]):
    """Problems, narrowed."""

    def open(self) -> "HeelProblemQuerySet":
        """Those nobody has closed; silence never closes one."""
        return self.filter(closed_on__isnull=True)


class HeelProblem(models.Model):
    """One episode of a sore heel.

    `lately` holds ids of questions.LATELY. `clinician_said` is for nobody but the runner: no page,
    mail or endpoint of anybody else may read it. `follows`: an earlier episode of the same spot.
    """

    runner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="heel_problems")
    side = models.CharField(max_length=5, choices=Side)
    spot = models.CharField(max_length=20, choices=Spot)
    since = models.DateField()
    onset = models.CharField(max_length=20, choices=Onset, blank=True)
    lately = models.JSONField(default=list, blank=True)
    clinician_said = models.CharField(max_length=200, blank=True)
    achilles_named = models.BooleanField(default=False)
    follows = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="followed_by"
    )
    closed_on = models.DateField(null=True, blank=True)
    closed_by = models.CharField(max_length=8, choices=ClosedBy, blank=True)
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

    @property
    def days_since_earlier(self) -> int | None:
        """Days between the end of the earlier episode and this one; None where it is the first."""
        if self.follows is None or self.follows.closed_on is None:
            return None
        return (self.since - self.follows.closed_on).days


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

    @property
    def hurts(self) -> bool:
        """Whether it says more than that nothing hurt."""
        return bool(self.first_step or self.during or self.after or self.gait_changed)


class WeeklyCheck(models.Model):
    """Four answers about one week (evidence 2.5 pattern, own words): 0, 8, 17 or 25 each.

    About one problem, or, with `problem` empty, about both heels in general.
    """

    runner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="weekly_checks")
    problem = models.ForeignKey(
        HeelProblem, on_delete=models.CASCADE, null=True, blank=True, related_name="weekly_checks"
    )
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
            models.UniqueConstraint(
                fields=["runner", "week"],
                condition=Q(problem__isnull=True),
                name="injuries_weeklycheck_unique",
            ),
            models.UniqueConstraint(
                fields=["problem", "week"], name="injuries_weeklycheck_one_a_problem"
            ),
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
