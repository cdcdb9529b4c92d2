"""A club's trends as JSON: the figures of the page, from the same selectors. Metres, ISO days."""

import datetime as dt
from typing import Any

from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from dashboards.selectors.trends import MAPS, PERIODS, trends
from dashboards.services.viewing import record_grid
from members.access import ClubAPIMixin
from members.models import Surface
from members.permissions import Permission
from members.weeks import week_name

NOT_SAID = "not_said"  # of a run's ground
GROUND = {**{key: key for key in Surface.values}, "": NOT_SAID}


@extend_schema_field(OpenApiTypes.STR)
class WeekField(serializers.Field[Any, Any, str, Any]):
    """A week by its name, 2026-W10."""

    def to_representation(self, value: dt.date) -> str:
        return week_name(value)


class GridRowSerializer(serializers.Serializer[Any]):
    membership = serializers.IntegerField(source="runner.pk")
    name = serializers.CharField(source="runner.name")
    squad = serializers.IntegerField(source="runner.squad_id", allow_null=True)
    cells = serializers.ListField(
        child=serializers.JSONField(),
        help_text="One a week: an answer, metres, or first steps 0 to 10; `silent` where nothing "
        "was said, empty before joining, `unmeasured` for runs of unknown length.",
    )


class GridSerializer(serializers.Serializer[Any]):
    """Runners and weeks, up to 200 runners a page."""

    shows = serializers.ChoiceField(choices=MAPS)
    page = serializers.IntegerField()
    pages = serializers.IntegerField()
    left_out = serializers.IntegerField(help_text="Runners who do not share what it shows.")
    rows = GridRowSerializer(many=True)


class WeekOfRunningSerializer(serializers.Serializer[Any]):
    week = WeekField()
    runners = serializers.IntegerField()
    logged = serializers.IntegerField(help_text="How many of them said anything.")
    distance_m = serializers.IntegerField(allow_null=True)
    median_m = serializers.IntegerField(allow_null=True)
    runs = serializers.IntegerField()
    unmeasured = serializers.IntegerField()


class GroupLoadSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    squad = serializers.IntegerField(source="squad_id", allow_null=True)
    weeks = WeekOfRunningSerializer(many=True)


class WeekOfProblemsSerializer(serializers.Serializer[Any]):
    week = WeekField()
    asked = serializers.IntegerField()
    answered = serializers.IntegerField(
        allow_null=True, help_text="Null where it could point at somebody."
    )
    counted = serializers.IntegerField()
    problems = serializers.IntegerField(
        allow_null=True, help_text="Null where it could point at somebody."
    )
    substantial = serializers.IntegerField(allow_null=True)
    unclear = serializers.IntegerField()


class GroupProblemsSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    squad = serializers.IntegerField(source="squad_id", allow_null=True)
    weeks = WeekOfProblemsSerializer(many=True)


class SpikeWeekSerializer(serializers.Serializer[Any]):
    week = WeekField()
    over_10 = serializers.IntegerField()
    over_100 = serializers.IntegerField()
    judged = serializers.IntegerField()
    unjudged = serializers.IntegerField()
    per_100 = serializers.FloatField(allow_null=True)


class DuePairSerializer(serializers.Serializer[Any]):
    membership = serializers.IntegerField(source="runner.pk")
    runner = serializers.CharField(source="runner.name")
    pair = serializers.CharField(source="name")
    distance_m = serializers.IntegerField()
    limit_m = serializers.IntegerField()
    percent = serializers.IntegerField()
    at_limit = serializers.BooleanField()


class ActedSerializer(serializers.Serializer[Any]):
    """What coaches did about the weeks that asked something of them."""

    asked = serializers.IntegerField()
    answered = serializers.IntegerField()
    noted = serializers.IntegerField(help_text="Only a note or a wait so far.")
    median_days = serializers.FloatField(allow_null=True)
    by_kind = serializers.DictField(child=serializers.IntegerField())
    outcomes = serializers.DictField(
        child=serializers.IntegerField(),
        allow_null=True,
        help_text="Null where they are about fewer than five runners.",
    )


def _metres(ground: Any) -> dict[str, int]:
    return {name: ground.metres.get(key, 0) for key, name in GROUND.items()}


class TrendsSerializer(serializers.Serializer[Any]):
    """A club over weeks. Runners who share nothing are in none of it."""

    on = serializers.DateField(source="asked.on")
    weeks = serializers.ListField(child=WeekField(), source="asked.weeks")
    squad = serializers.IntegerField(source="squad.pk", default=None, allow_null=True)
    runners = serializers.SerializerMethodField()
    share_nothing = serializers.IntegerField(source="asked.silent")
    grid = GridSerializer(source="heat")
    load = GroupLoadSerializer(many=True)
    problems = GroupProblemsSerializer(many=True, source="prevalence")
    spikes = SpikeWeekSerializer(many=True)
    shoes = DuePairSerializer(many=True)
    surfaces = serializers.SerializerMethodField(
        help_text="Metres by ground; empty lists for fewer than five runners."
    )
    decisions = ActedSerializer(source="acted")

    def get_runners(self, seen: Any) -> int:
        """Return how many runners are counted."""
        return len(seen.asked.runners)

    def get_surfaces(self, seen: Any) -> dict[str, list[dict[str, Any]]]:
        """Return the metres on each ground, by group and by week."""
        mix = seen.surfaces
        return {
            "groups": [{"name": name, "metres": _metres(ground)} for name, ground in mix.groups],
            "weeks": [
                {"week": week_name(week), "metres": _metres(ground)} for week, ground in mix.weeks
            ],
        }


class AskedTrendsSerializer(serializers.Serializer[Any]):
    """What may be asked for; checked, so that a slip is told and not answered with something."""

    weeks = serializers.ChoiceField(choices=PERIODS, default=PERIODS[0])
    squad = serializers.IntegerField(min_value=1, default=None)
    map = serializers.ChoiceField(choices=MAPS, default=MAPS[0])
    page = serializers.IntegerField(min_value=1, default=1)


class TrendsAPI(ClubAPIMixin, APIView):
    """The club over weeks."""

    permission = Permission.SEE_TRENDS

    @extend_schema(
        operation_id="club_trends",
        parameters=[
            OpenApiParameter("weeks", OpenApiTypes.INT, enum=list(PERIODS)),
            OpenApiParameter("squad", OpenApiTypes.INT, description="The id of a squad."),
            OpenApiParameter("map", OpenApiTypes.STR, enum=list(MAPS), description="The grid."),
            OpenApiParameter("page", OpenApiTypes.INT, description="The page of the grid."),
        ],
        responses=TrendsSerializer,
        tags=["clubs"],
    )
    def get(self, request: Request, slug: str) -> Response:
        """Return the figures of the page of trends, as far as each runner shares."""
        asked = AskedTrendsSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        said, now = asked.validated_data, timezone.now()
        seen = trends(
            self.membership,
            on=self.membership.user.today(now=now),
            weeks=int(said["weeks"]),
            squad=said["squad"],
            shows=said["map"],
            page=said["page"],
        )
        if said["squad"] and seen.squad is None:
            raise ValidationError({"squad": ["That is no squad of yours."]})
        record_grid(self.membership, grid=seen.heat, now=now)
        return Response(TrendsSerializer(seen).data)
