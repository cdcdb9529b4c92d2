"""How the installation is doing, as JSON for monitoring: an operator's key, 200 or 503."""

from dataclasses import asdict
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import IsAdminUser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from dashboards.selectors.health import health


class SeenSerializer(serializers.Serializer[Any]):
    """The schedule or a worker, and when it was last seen."""

    kind = serializers.CharField()
    name = serializers.CharField()
    at = serializers.DateTimeField()


class WaitingSerializer(serializers.Serializer[Any]):
    """One kind of work: how much waits, and since when the oldest of it."""

    name = serializers.CharField()
    count = serializers.IntegerField()
    oldest = serializers.DateTimeField(allow_null=True)


class HealthSerializer(serializers.Serializer[Any]):
    """Figures and moments; `problems` is empty where nothing is amiss."""

    at = serializers.DateTimeField()
    database = serializers.CharField()
    queue = serializers.IntegerField(allow_null=True)
    seen = SeenSerializer(many=True)
    waiting = WaitingSerializer(many=True)
    failed_mails = serializers.IntegerField()
    disk_free_mb = serializers.IntegerField()
    disk_total_mb = serializers.IntegerField()
    problems = serializers.ListField(child=serializers.CharField())


class HealthAPI(APIView):
    """For whoever runs the machine."""

    permission_classes = (IsAdminUser,)

    @extend_schema(
        operation_id="health", responses={200: HealthSerializer, 503: HealthSerializer},
        tags=["operators"],
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """Return all of it; the status says whether something has to be looked at."""
        found = health(now=timezone.now())
        told = asdict(found) | {"problems": found.problems}
        return Response(HealthSerializer(told).data, status=503 if found.problems else 200)
