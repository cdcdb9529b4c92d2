"""The API of one's own way back: where it stands, begin, end, a clinician's hold."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from injuries.care.types import STATUSES
from injuries.models import HeelProblem
from injuries.selectors.plans import PlanPage, plan_of, plan_page
from injuries.services.assessing import assess_changed
from injuries.services.plans import (
    end_plan,
    note_clinicians_hold,
    release_clinicians_hold,
    start_plan,
)

ACTIONS = {
    "end": end_plan,
    "hold": note_clinicians_hold,
    "release": release_clinicians_hold,
}


class PlanSerializer(serializers.Serializer):
    """Where the newest plan of a sore spot stands, worked out from what was logged."""

    started_on = serializers.DateField(source="plan.started_on")
    ended_on = serializers.DateField(source="plan.ended_on", allow_null=True)
    status = serializers.ChoiceField(source="state.status", choices=STATUSES)
    phase = serializers.IntegerField(source="state.phase", allow_null=True)
    good = serializers.IntegerField(source="state.good", help_text="Good sessions in a row.")
    needed = serializers.IntegerField(source="state.needed")
    next_on = serializers.DateField(source="state.next_on", allow_null=True)
    waiting_for = serializers.DateField(source="state.waiting_for", allow_null=True)
    distance_m = serializers.IntegerField(allow_null=True)
    where = serializers.CharField()
    decides = serializers.CharField()
    session = serializers.ListField(child=serializers.CharField())
    hills = serializers.CharField()
    clinician_holds = serializers.BooleanField()
    coach_holds = serializers.ListField(child=serializers.CharField())


class PlanActionSerializer(serializers.Serializer):
    """What to do with the plan; `hold` and `release` say what a clinician said."""

    action = serializers.ChoiceField(choices=["start", *ACTIONS])


class PlanView(generics.GenericAPIView):
    """The way back of one sore spot of one's own; 404 before it was ever begun."""

    serializer_class = PlanSerializer

    def get(self, request: Request, pk: int) -> Response:
        """Return where it stands today."""
        return Response(PlanSerializer(self._page(self._problem(pk))).data)

    @extend_schema(request=PlanActionSerializer, responses={201: PlanSerializer})
    def post(self, request: Request, pk: int) -> Response:
        """Begin it, end it, or note a clinician's hold; doing it twice changes nothing."""
        problem = self._problem(pk)
        given = PlanActionSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        action, now = given.validated_data["action"], timezone.now()
        if action == "start":
            start_plan(problem, now=now)
        else:
            plan = plan_of(problem)
            if plan is None:
                raise Http404
            ACTIONS[action](plan, now=now)
        assess_changed(problem.runner_id, now=now)
        return Response(PlanSerializer(self._page(problem)).data, status=201)

    def _problem(self, pk: int) -> HeelProblem:
        return get_object_or_404(HeelProblem, pk=pk, runner=self.request.user)

    def _page(self, problem: HeelProblem) -> PlanPage:
        plan = plan_of(problem)
        if plan is None:
            raise Http404
        return plan_page(plan, on=problem.runner.today(now=timezone.now()))
