"""The API of one's own plans and routines."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from members.models import PlannedBreak, RoutineTick
from members.services.plans import cancel_break, plan_break
from members.services.routines import tick_routine


class BreakSerializer(serializers.ModelSerializer):
    """A holiday or a taper; both days belong to it."""

    class Meta:
        model = PlannedBreak
        fields = ("id", "kind", "first", "last")
        validators: list[Any] = []


class BreakListView(generics.ListCreateAPIView):
    """One's own planned breaks; POST plans one."""

    serializer_class = BreakSerializer
    queryset = PlannedBreak.objects.none()

    def get_queryset(self) -> QuerySet[PlannedBreak]:
        """Return nobody else's."""
        return PlannedBreak.objects.filter(runner=self.request.user)  # type: ignore[misc]

    def perform_create(self, serializer: Any) -> None:
        """Plan it."""
        serializer.instance = plan_break(
            self.request.user,  # type: ignore[arg-type]
            now=timezone.now(),
            **serializer.validated_data,
        )


class BreakView(generics.RetrieveDestroyAPIView):
    """One planned break of one's own; DELETE takes it back, past days stay as they are."""

    serializer_class = BreakSerializer
    queryset = PlannedBreak.objects.none()

    def get_queryset(self) -> QuerySet[PlannedBreak]:
        """Return nobody else's."""
        return PlannedBreak.objects.filter(runner=self.request.user)  # type: ignore[misc]

    def perform_destroy(self, instance: PlannedBreak) -> None:
        """Take it back."""
        cancel_break(instance, now=timezone.now())


class TickSerializer(serializers.Serializer):
    """A routine done on a day; `ticked` false takes it back."""

    on = serializers.DateField()
    routine = serializers.ChoiceField(choices=RoutineTick.Routine.choices)
    ticked = serializers.BooleanField(default=True)


class TickFilter(filters.FilterSet):
    """By routine and by days, both included."""

    since = filters.DateFilter(field_name="on", lookup_expr="gte")
    until = filters.DateFilter(field_name="on", lookup_expr="lte")

    class Meta:
        model = RoutineTick
        fields = ("routine",)


class TickListView(generics.ListCreateAPIView):
    """One's own routines as ticked, newest first; POST ticks one or takes the tick back."""

    serializer_class = TickSerializer
    filterset_class = TickFilter
    queryset = RoutineTick.objects.none()

    def get_queryset(self) -> QuerySet[RoutineTick]:
        """Return nobody else's."""
        return RoutineTick.objects.filter(runner=self.request.user)  # type: ignore[misc]

    @extend_schema(responses={201: TickSerializer})
    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Tick a routine off, or take that back."""
        given = self.get_serializer(data=request.data)
        given.is_valid(raise_exception=True)
        tick_routine(request.user, now=timezone.now(), **given.validated_data)  # type: ignore[arg-type]
        return Response(given.data, status=201)
