"""The API of what one did: activities, days, files. Only ever one's own."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import generics, serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from members.api.shoes import OwnShoes
from members.models import Activity, DayStatus, Shoe
from members.models.people import validate_time_zone
from members.models.training import MAX_DISTANCE_M, MAX_DURATION_S
from members.selectors.training import activities_of
from members.selectors.usual import unusual_about
from members.services.activities import delete_activity, edit_activity, log_activity
from members.services.days import set_day_status


class ActivitySerializer(serializers.ModelSerializer):
    """An activity: metres, seconds, ISO 8601 start with offset."""

    shoe = OwnShoes(queryset=Shoe.objects.all(), allow_null=True, required=False)
    time_zone = serializers.CharField(required=False, validators=[validate_time_zone])
    distance_m = serializers.IntegerField(
        min_value=1, max_value=MAX_DISTANCE_M, allow_null=True, required=False
    )
    duration_s = serializers.IntegerField(
        min_value=1, max_value=MAX_DURATION_S, allow_null=True, required=False
    )
    effort = serializers.IntegerField(min_value=0, max_value=10, allow_null=True, required=False)

    class Meta:
        model = Activity
        fields = (
            "id", "kind", "started_at", "start_said", "time_zone", "on", "distance_m",
            "duration_s", "effort", "surface", "shoe", "note", "source", "client_key",
        )  # fmt: skip
        read_only_fields = ("id", "on", "source")
        extra_kwargs = {"note": {"max_length": 2000}}
        validators: list[Any] = []

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Ask for one of distance and time, and refuse what lies ahead."""
        kept = self.instance
        names = ("distance_m", "duration_s")
        if not any(attrs.get(name, getattr(kept, name, None)) for name in names):
            raise serializers.ValidationError({"distance_m": ["Give a distance or a time."]})
        self._check_start(attrs)
        return attrs

    def _check_start(self, attrs: dict[str, Any]) -> None:
        """Another start is one that was said, unless the client says otherwise."""
        kept, started = self.instance, attrs.get("started_at")
        if started is None:
            return
        if kept is not None and started != kept.started_at:
            attrs.setdefault("start_said", True)
        if attrs.get("start_said", getattr(kept, "start_said", True)) and started > timezone.now():
            raise serializers.ValidationError({"started_at": ["This lies in the future."]})


WARNED_FIELDS = {"distance": "distance_m", "duration": "duration_s", "on": "started_at"}


class WarningSerializer(serializers.Serializer):
    """What looks like a slip: it is stored all the same."""

    field = serializers.CharField()
    text = serializers.CharField()


class StoredActivitySerializer(ActivitySerializer):
    """An activity as it was stored, with what the log page would have asked about."""

    warnings = serializers.SerializerMethodField()

    class Meta(ActivitySerializer.Meta):
        fields = (*ActivitySerializer.Meta.fields, "warnings")  # type: ignore[assignment]

    @extend_schema_field(WarningSerializer(many=True))
    def get_warnings(self, activity: Activity) -> list[dict[str, str]]:
        """Return one entry for each question, at the field it is about."""
        today = activity.runner.today(now=timezone.now())
        asked = unusual_about(activity, today=today)
        return [{"field": WARNED_FIELDS[one.field], "text": one.text} for one in asked]


class ActivityFilter(filters.FilterSet):
    """By kind and by days, both included."""

    since = filters.DateFilter(field_name="on", lookup_expr="gte")
    until = filters.DateFilter(field_name="on", lookup_expr="lte")

    class Meta:
        model = Activity
        fields = ("kind",)


class ActivityViewSet(viewsets.ModelViewSet):
    """One's own activities. A second POST with the same `client_key` answers 200 with the first."""

    serializer_class = ActivitySerializer
    filterset_class = ActivityFilter
    queryset = Activity.objects.none()

    def get_queryset(self) -> QuerySet[Activity]:
        """Return nobody else's."""
        return activities_of(self.request.user)  # type: ignore[arg-type]

    @extend_schema(responses={201: StoredActivitySerializer, 200: StoredActivitySerializer})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Log an activity."""
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        data = {"kind": "run"} | serializer.validated_data
        key = data.get("client_key")
        again = key is not None and self.get_queryset().filter(client_key=key).exists()
        data.setdefault("time_zone", request.user.time_zone)
        data.setdefault("distance_m", None)
        data.setdefault("duration_s", None)
        activity = log_activity(
            request.user, now=timezone.now(), source=Activity.Source.API, **data
        )
        return Response(self.stored(activity), status=200 if again else 201)

    @extend_schema(responses=StoredActivitySerializer)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return an activity."""
        return Response(self.stored(self.get_object()))

    @extend_schema(responses=StoredActivitySerializer)
    def update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change an activity."""
        super().update(request, *args, **kwargs)
        return Response(self.stored(self.get_object()))

    @extend_schema(responses=StoredActivitySerializer)
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change some fields of an activity."""
        return super().partial_update(request, *args, **kwargs)

    def stored(self, activity: Activity) -> dict[str, Any]:
        """Return an activity as it was stored."""
        context = self.get_serializer_context()
        return dict(StoredActivitySerializer(activity, context=context).data)

    def perform_update(self, serializer: Any) -> None:
        """Change an activity."""
        edit_activity(serializer.instance, now=timezone.now(), **self.changes(serializer))

    def changes(self, serializer: Any) -> dict[str, Any]:
        """Return what was sent; a key once given stays."""
        return {k: v for k, v in serializer.validated_data.items() if k != "client_key"}

    def perform_destroy(self, instance: Activity) -> None:
        """Delete an activity."""
        delete_activity(instance, now=timezone.now())


class DaySerializer(serializers.Serializer):
    """What a day was; null takes it back to unknown."""

    on = serializers.DateField()
    status = serializers.ChoiceField(choices=DayStatus.Status.choices, allow_null=True)


class DayListView(generics.ListCreateAPIView):
    """One's own day statuses; POST says or changes one."""

    serializer_class = DaySerializer
    queryset = DayStatus.objects.none()

    def get_queryset(self) -> QuerySet[DayStatus]:
        """Return nobody else's."""
        return DayStatus.objects.filter(runner=self.request.user)  # type: ignore[misc]

    def perform_create(self, serializer: Any) -> None:
        """Say what a day was."""
        set_day_status(
            self.request.user,  # type: ignore[arg-type]
            now=timezone.now(),
            **serializer.validated_data,
        )
