"""The pairs a member runs in, how comfortable they are and what came of having them looked at.

Metres. Nothing here says how anybody is: how a pair feels is about the pair.
"""

from collections.abc import Iterable
from itertools import count

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from members.models.people import User
from members.models.training import Surface

MAX_SHOE_M = 5_000_000
MIN_LIMIT_M, USUAL_LIMIT_M = 100_000, 800_000


class Shoe(models.Model):
    """One pair. A retired one keeps its history and is never filled in."""

    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="shoes")
    name = models.CharField(max_length=80)
    brand = models.CharField(max_length=40, blank=True)
    model = models.CharField(max_length=60, blank=True)
    colour = models.CharField(max_length=40, blank=True)
    start_m = models.PositiveIntegerField(default=0, validators=[MaxValueValidator(MAX_SHOE_M)])
    limit_m = models.PositiveIntegerField(
        default=USUAL_LIMIT_M,
        validators=[MinValueValidator(MIN_LIMIT_M), MaxValueValidator(MAX_SHOE_M)],
    )
    first_used = models.DateField(null=True, blank=True)
    retired_on = models.DateField(null=True, blank=True)
    is_default = models.BooleanField(default=False)
    # The ground this pair is filled in for instead of the default pair.
    default_surface = models.CharField(max_length=10, choices=Surface, blank=True)
    # When the monthly question was last set aside; then it rests as long as after an answer.
    comfort_skipped_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["retired_on", "name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner"],
                condition=Q(is_default=True),
                name="members_shoe_one_default",
            ),
            # The service says more kindly, and of more letters, what this refuses.
            models.UniqueConstraint(
                "owner",
                Lower("name"),
                Lower("colour"),
                condition=Q(retired_on__isnull=True),
                name="members_shoe_one_name_in_use",
            ),
            models.UniqueConstraint(
                fields=["owner", "default_surface"],
                condition=~Q(default_surface=""),
                name="members_shoe_one_default_a_surface",
            ),
            models.CheckConstraint(
                condition=Q(is_default=False, default_surface="") | Q(retired_on__isnull=True),
                name="members_shoe_default_not_retired",
            ),
            models.CheckConstraint(
                condition=Q(default_surface="") | Q(default_surface__in=Surface.values),
                name="members_shoe_default_surface",
            ),
        ]

    def __str__(self) -> str:
        """Return the name, with the colour where the name does not say it."""
        if not self.colour or self.colour.casefold() in self.name.casefold():
            return self.name
        return f"{self.name} ({self.colour})"

    @property
    def make(self) -> str:
        """What stands on the box: brand, model and colour; empty where none was said."""
        return ", ".join(filter(None, [f"{self.brand} {self.model}".strip(), self.colour]))


def free_name(name: str, taken: Iterable[str]) -> str:
    """Return the name, with the first number behind it that makes it none of `taken`."""
    known = {one.casefold() for one in taken}
    longest = Shoe._meta.get_field("name").max_length or 0
    tries = (name if n == 1 else f"{name[: longest - len(f' {n}')]} {n}" for n in count(1))
    return next(one for one in tries if one.casefold() not in known)


class ShoeComfort(models.Model):
    """How comfortable a pair was on one day: 0 not at all, 10 could not be better."""

    shoe = models.ForeignKey(Shoe, on_delete=models.CASCADE, related_name="comforts")
    on = models.DateField()
    comfort = models.PositiveSmallIntegerField(validators=[MaxValueValidator(10)])
    said_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(fields=["shoe", "on"], name="members_shoecomfort_unique"),
            models.CheckConstraint(
                condition=Q(comfort__lte=10), name="members_shoecomfort_comfort"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.comfort} of 10 on {self.on}"


class ShoeCheck(models.Model):
    """What came of having a pair looked at, at a running store or anywhere else."""

    class Outcome(models.TextChoices):
        KEPT = "kept", "kept"
        REPLACED = "replaced", "replaced"
        OTHER_SIZE = "other_size", "another size"
        INSOLE = "insole", "an insole"
        NOTHING = "nothing", "nothing yet"

    # What leaves one with another pair in hand.
    WITH_NEW_PAIR = (Outcome.REPLACED, Outcome.OTHER_SIZE)

    shoe = models.ForeignKey(Shoe, on_delete=models.CASCADE, related_name="checks")
    on = models.DateField()
    where = models.CharField(max_length=80, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome)
    note = models.CharField(max_length=1000, blank=True)
    # What the pair had run by then; a reminder rests until it has run some way further.
    distance_m = models.PositiveIntegerField()
    new_shoe = models.ForeignKey(
        Shoe, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-on"]
        constraints = [
            models.UniqueConstraint(fields=["shoe", "on"], name="members_shoecheck_unique"),
            models.CheckConstraint(
                condition=Q(outcome__in=["kept", "replaced", "other_size", "insole", "nothing"]),
                name="members_shoecheck_outcome",
            ),
            models.CheckConstraint(
                condition=Q(new_shoe__isnull=True)
                | Q(outcome__in=["replaced", "other_size"]) & ~Q(new_shoe=F("shoe")),
                name="members_shoecheck_new_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} on {self.on}"
