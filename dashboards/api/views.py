"""My week and a club's board as JSON."""

from typing import Any

from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from dashboards import words
from dashboards.api.serializers import (
    AskedDistanceSerializer,
    BoardSerializer,
    MyWeekSerializer,
    WhatIfSerializer,
)
from dashboards.selectors.board import board
from dashboards.selectors.my_week import my_week
from dashboards.services.current import bring_up_to_date
from dashboards.services.viewing import record_board_view
from injuries.risk import what_if_sentence
from injuries.selectors.what_if import what_if
from members.access import ClubAPIMixin
from members.permissions import Permission
from members.weeks import monday_of, week_from_name

WEEK = OpenApiParameter(
    "week", OpenApiTypes.STR, description="A past week such as 2026-W10; without it, this week."
)


def _asked_week(request: Request, *, on: Any) -> Any:
    name = request.query_params.get("week")
    if not name:
        return None
    try:
        week = week_from_name(name)
    except ValueError as error:
        raise ValidationError({"week": [str(error)]}) from None
    if week > on:
        raise ValidationError({"week": ["That week has not begun."]})
    return week


class MyWeekAPI(APIView):
    """What to do now and why."""

    @extend_schema(
        operation_id="my_week", parameters=[WEEK], responses=MyWeekSerializer, tags=["my-week"]
    )
    def get(self, request: Request) -> Response:
        """Return one's own week; the current one is assessed first where today is not in it."""
        now = timezone.now()
        on = request.user.today(now=now)
        week = _asked_week(request, on=on) or monday_of(on)
        if week == monday_of(on):
            bring_up_to_date(request.user, now=now)
        return Response(MyWeekSerializer(my_week(request.user, week=week, on=on)).data)


class WhatIfAPI(APIView):
    """What a run would mean before it is run."""

    @extend_schema(
        operation_id="what_if",
        parameters=[
            OpenApiParameter(
                "distance_m", OpenApiTypes.INT, required=True, description="1 to 500000 metres."
            )
        ],
        responses=WhatIfSerializer,
        tags=["my-week"],
    )
    def get(self, request: Request) -> Response:
        """Return what the rules say of a run that far today."""
        asked = AskedDistanceSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        on = request.user.today(now=timezone.now())
        outcome = what_if(request.user, on=on, distance_m=asked.validated_data["distance_m"])
        said = what_if_sentence(outcome, unit=request.user.unit)
        return Response(WhatIfSerializer(outcome, context={"text": said}).data)


class BoardAPI(ClubAPIMixin, APIView):
    """Who needs the coach, and why, as far as each runner shares."""

    permission = Permission.SEE_BOARD

    @extend_schema(
        operation_id="club_board",
        parameters=[
            WEEK,
            OpenApiParameter("show", OpenApiTypes.STR, enum=list(words.CHIPS)),
            OpenApiParameter("squad", OpenApiTypes.INT, description="The id of a squad."),
            OpenApiParameter("q", OpenApiTypes.STR, description="Part of a name."),
        ],
        responses=BoardSerializer,
        tags=["clubs"],
    )
    def get(self, request: Request, slug: str) -> Response:
        """Return the board's rows, most pressing first."""
        now = timezone.now()
        record_board_view(self.membership, now=now)
        on = self.membership.user.today(now=now)
        seen = board(
            self.membership,
            on=on,
            week=_asked_week(request, on=on),
            show=_state(request.query_params.get("show", "")),
            squad=_squad(request.query_params.get("squad", "")),
            search=request.query_params.get("q", "")[:100],
        )
        return Response(BoardSerializer(seen).data)


def _state(text: str) -> str:
    if text and text not in words.CHIPS:
        raise ValidationError({"show": [f"Choose one of {', '.join(words.CHIPS)}."]})
    return text


def _squad(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 12):
        raise ValidationError({"squad": ["Give the number of a squad."]})
    return int(text)
