"""The pairs a member runs in. Metres."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from members.models.people import User


class Shoe(models.Model):
    """One pair."""

    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="shoes")
    name = models.CharField(max_length=80)
    start_m = models.PositiveIntegerField(default=0, validators=[MaxValueValidator(5_000_000)])
    limit_m = models.PositiveIntegerField(
        default=800_000, validators=[MinValueValidator(100_000), MaxValueValidator(5_000_000)]
    )
    first_used = models.DateField(null=True, blank=True)
    retired_on = models.DateField(null=True, blank=True)
    is_default = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["retired_on", "name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner"],
                condition=Q(is_default=True),
                name="members_shoe_one_default",
            ),
            models.CheckConstraint(
                condition=Q(is_default=False) | Q(retired_on__isnull=True),
                name="members_shoe_default_not_retired",
            ),
        ]

    def __str__(self) -> str:
        return self.name
