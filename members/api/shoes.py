"""The API of one's own pairs of shoes, their comfort and checks, and of runs without one."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from rest_framework import generics, serializers, viewsets
from rest_framework.request import Request

from members.models import Activity, Shoe, ShoeCheck, ShoeComfort, User
from members.models.shoes import MAX_SHOE_M, MIN_LIMIT_M
from members.selectors.shoes import (
    counted_shoes,
    shoes_with_distance,
    suggested_shoe,
    untagged_runs,
)
from members.services.shoes import (
    add_shoe,
    delete_shoe,
    edit_shoe,
    record_check,
    say_comfort,
    tag_runs,
    take_back_check,
)


class OwnShoes(serializers.PrimaryKeyRelatedField):
    """A pair of the one who asks."""

    def get_queryset(self) -> QuerySet[Shoe]:
        """Return nobody else's pairs."""
        request = self.context.get("request")
        owner = getattr(request, "user", None)
        return Shoe.objects.filter(owner=owner) if owner else Shoe.objects.none()


class ShoeSerializer(serializers.ModelSerializer):
    """A pair; metres. `distance_m` is its start and every run logged in it."""

    start_m = serializers.IntegerField(min_value=0, max_value=MAX_SHOE_M, required=False)
    limit_m = serializers.IntegerField(min_value=MIN_LIMIT_M, max_value=MAX_SHOE_M, required=False)
    distance_m = serializers.IntegerField(read_only=True)

    class Meta:
        model = Shoe
        fields = (
            "id", "name", "brand", "model", "colour", "start_m", "limit_m", "distance_m",
            "first_used", "retired_on", "is_default", "default_surface",
        )  # fmt: skip
        validators: list[Any] = []


class ShoeViewSet(viewsets.ModelViewSet):
    """One's own pairs. A pair somebody ran in is retired by `retired_on`, not deleted: 400."""

    serializer_class = ShoeSerializer
    queryset = Shoe.objects.none()

    def get_queryset(self) -> QuerySet[Shoe]:
        """Return nobody else's."""
        return counted_shoes(self.request.user).order_by("id")  # type: ignore[arg-type]

    def perform_create(self, serializer: Any) -> None:
        """Add a pair."""
        runner: User = self.request.user  # type: ignore[assignment]
        added = add_shoe(runner, now=timezone.now(), **serializer.validated_data)
        serializer.instance = self.get_queryset().get(pk=added.pk)

    def perform_update(self, serializer: Any) -> None:
        """Change a pair."""
        changed = edit_shoe(serializer.instance, now=timezone.now(), **serializer.validated_data)
        serializer.instance = self.get_queryset().get(pk=changed.pk)

    def perform_destroy(self, instance: Shoe) -> None:
        """Delete a pair nobody ran in."""
        delete_shoe(instance, now=timezone.now())


class OneShoe(generics.GenericAPIView):
    """What belongs to one pair of the one who asks; 404 comes before anything sent is read."""

    shoe: Shoe

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Find the pair, or answer 404."""
        super().initial(request, *args, **kwargs)
        self.shoe = get_object_or_404(Shoe, pk=kwargs["pk"], owner=request.user)

    def today(self) -> dt.date:
        """Return the owner's local day."""
        return self.shoe.owner.today(now=timezone.now())


class ComfortSerializer(serializers.Serializer):
    """How comfortable a pair was on a day (today unless said), 0 to 10; null takes it back."""

    on = serializers.DateField(required=False)
    comfort = serializers.IntegerField(min_value=0, max_value=10, allow_null=True)


class ComfortListView(OneShoe, generics.ListCreateAPIView):
    """What was said about one pair's comfort, oldest first; POST says, changes or takes back."""

    serializer_class = ComfortSerializer
    queryset = ShoeComfort.objects.none()

    def get_queryset(self) -> QuerySet[ShoeComfort]:
        """Return nobody else's."""
        return self.shoe.comforts.all()

    def perform_create(self, serializer: Any) -> None:
        """Say how comfortable the pair was."""
        said = serializer.validated_data
        said.setdefault("on", self.today())
        say_comfort(self.shoe, now=timezone.now(), **said)


class ShoeCheckSerializer(serializers.ModelSerializer):
    """What came of having a pair looked at; `distance_m` is what it had run by then."""

    on = serializers.DateField(required=False)
    new_shoe = OwnShoes(queryset=Shoe.objects.all(), allow_null=True, required=False)

    class Meta:
        model = ShoeCheck
        fields = ("id", "on", "where", "outcome", "note", "new_shoe", "distance_m")
        read_only_fields = ("id", "distance_m")
        validators: list[Any] = []


class CheckListView(OneShoe, generics.ListCreateAPIView):
    """One pair's checks, newest first; a second POST about a day mends the first."""

    serializer_class = ShoeCheckSerializer
    queryset = ShoeCheck.objects.none()

    def get_queryset(self) -> QuerySet[ShoeCheck]:
        """Return nobody else's."""
        return self.shoe.checks.all()

    def perform_create(self, serializer: Any) -> None:
        """Record a check."""
        said = {"on": self.today()} | serializer.validated_data
        serializer.instance = record_check(self.shoe, now=timezone.now(), **said)


class CheckView(generics.DestroyAPIView):
    """One check of a pair of one's own; DELETE takes it back."""

    serializer_class = ShoeCheckSerializer
    queryset = ShoeCheck.objects.none()

    def get_queryset(self) -> QuerySet[ShoeCheck]:
        """Return nobody else's."""
        return ShoeCheck.objects.filter(shoe__owner=self.request.user)  # type: ignore[misc]

    def perform_destroy(self, instance: ShoeCheck) -> None:
        """Take back a check that was a mistake."""
        take_back_check(instance)


class UntaggedSerializer(serializers.Serializer):
    """A run without a pair, and the pair it most likely was."""

    activity = serializers.IntegerField(source="pk")
    on = serializers.DateField()
    distance_m = serializers.IntegerField(allow_null=True)
    surface = serializers.CharField()
    suggested_shoe = serializers.SerializerMethodField()

    def get_suggested_shoe(self, run: Activity) -> int | None:
        """Return the pair of that ground, the usual one or the only one of that day."""
        shoe = suggested_shoe(run, self.context["shoes"])
        return None if shoe is None else shoe.pk


class UntaggedListView(generics.ListAPIView):
    """Runs of one's own without a pair, newest first, from the first use of one's pairs on."""

    serializer_class = UntaggedSerializer
    queryset = Activity.objects.none()

    def get_queryset(self) -> QuerySet[Activity]:
        """Return nobody else's."""
        shoes = self.get_serializer_context()["shoes"]
        if not shoes:
            return Activity.objects.none()
        return untagged_runs(self.request.user, shoes=shoes)  # type: ignore[arg-type]

    def get_serializer_context(self) -> dict[str, Any]:
        """Read the pairs once for the whole page."""
        if not hasattr(self, "_shoes"):
            user: Any = self.request.user
            self._shoes = shoes_with_distance(user) if user.is_authenticated else []
        return super().get_serializer_context() | {"shoes": self._shoes}


class TagSerializer(serializers.Serializer):
    """One run and the pair it gets."""

    activity = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    shoe = serializers.IntegerField(min_value=1, max_value=2**63 - 1)


class TagRunsSerializer(serializers.Serializer):
    """Up to 500 runs at once; all of them or none. `tagged` of them had no pair so far."""

    runs = TagSerializer(many=True, allow_empty=False, max_length=500, write_only=True)
    tagged = serializers.IntegerField(read_only=True)


class TagRunsView(generics.CreateAPIView):
    """Give runs without a pair the pair they were run in; one that has a pair keeps it."""

    serializer_class = TagRunsSerializer

    def perform_create(self, serializer: Any) -> None:
        """Give the runs their pairs."""
        runner: User = self.request.user  # type: ignore[assignment]
        own = {shoe.pk: shoe for shoe in Shoe.objects.filter(owner=runner)}
        said = {one["activity"]: one["shoe"] for one in serializer.validated_data["runs"]}
        if not own.keys() >= set(said.values()):
            raise ValidationError({"runs": "Choose only pairs of your own."})
        pairs = {run: own[shoe] for run, shoe in said.items()}
        serializer.instance = {"tagged": len(tag_runs(runner, pairs=pairs, now=timezone.now()))}
