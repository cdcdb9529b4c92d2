"""The API of pairs of shoes. Only ever one's own."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from rest_framework import mixins, serializers, viewsets

from members.models import Shoe
from members.services.shoes import add_shoe, edit_shoe


class OwnShoes(serializers.PrimaryKeyRelatedField):
    """A pair of the one who asks."""

    def get_queryset(self) -> QuerySet[Shoe]:
        """Return nobody else's pairs."""
        request = self.context.get("request")
        owner = getattr(request, "user", None)
        return Shoe.objects.filter(owner=owner) if owner else Shoe.objects.none()


class ShoeSerializer(serializers.ModelSerializer):
    """A pair; metres."""

    start_m = serializers.IntegerField(min_value=0, max_value=5_000_000, required=False)
    limit_m = serializers.IntegerField(min_value=100_000, max_value=5_000_000, required=False)

    class Meta:
        model = Shoe
        fields = ("id", "name", "start_m", "limit_m", "first_used", "retired_on", "is_default")
        validators: list[Any] = []


class ShoeViewSet(
    mixins.ListModelMixin,
    mixins.CreateModelMixin,
    mixins.RetrieveModelMixin,
    mixins.UpdateModelMixin,
    viewsets.GenericViewSet,
):
    """One's own pairs."""

    serializer_class = ShoeSerializer
    queryset = Shoe.objects.none()

    def get_queryset(self) -> QuerySet[Shoe]:
        """Return nobody else's."""
        return Shoe.objects.filter(owner=self.request.user).order_by("id")  # type: ignore[misc]

    def perform_create(self, serializer: Any) -> None:
        """Add a pair."""
        serializer.instance = add_shoe(
            self.request.user,  # type: ignore[arg-type]
            now=timezone.now(),
            **serializer.validated_data,
        )

    def perform_update(self, serializer: Any) -> None:
        """Change a pair."""
        edit_shoe(serializer.instance, now=timezone.now(), **serializer.validated_data)
