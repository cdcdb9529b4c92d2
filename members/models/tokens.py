"""Personal keys to the API. Only a hash is kept; the key itself is shown once."""

import hashlib

from django.db import models
from django.utils import timezone

from members.models.people import User


def hash_of(key: str) -> str:
    """Return what is stored of a key. Keys are long and random, so one plain hash is enough."""
    return hashlib.sha256(key.encode()).hexdigest()


class ApiToken(models.Model):
    """One key of one person, named by them, revocable."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=60)
    key_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name
