"""The API of one's own heel: reports, problems, answers, checks; 400 without consent."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError as ModelError
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from injuries.models import HeelProblem, PainReport, RedFlagAnswers, WeeklyCheck
from injuries.risk import ALL_RED_FLAGS
from injuries.selectors.heel import open_problems_of, problems_of, safety_due
from injuries.services.assessing import assess_changed
from injuries.services.checks import answer_check
from injuries.services.pain import report_morning, report_run_pain
from injuries.services.problems import (
    answer_red_flags,
    close_problem,
    open_problem,
    record_assessed,
)
from members.models import Activity


class OwnActivity(serializers.PrimaryKeyRelatedField):
    """An activity of the one who asks."""

    def get_queryset(self) -> QuerySet[Activity]:
        """Return nobody else's."""
        user = getattr(self.context.get("request"), "user", None)
        return Activity.objects.filter(runner=user) if user else Activity.objects.none()


class PainSerializer(serializers.Serializer):
    """A report with a run (`activity`) or of a morning (`on`); 0 to 10, null: not said."""

    id = serializers.IntegerField(read_only=True)
    on = serializers.DateField(required=False)
    activity = OwnActivity(queryset=Activity.objects.all(), required=False, allow_null=True)
    first_step = serializers.IntegerField(
        min_value=0, max_value=10, required=False, allow_null=True
    )
    during = serializers.IntegerField(min_value=0, max_value=10, required=False, allow_null=True)
    after = serializers.IntegerField(min_value=0, max_value=10, required=False, allow_null=True)
    gait_changed = serializers.BooleanField(required=False, allow_null=True)
    painkiller = serializers.BooleanField(required=False, allow_null=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A report belongs to a run or to a morning, not to both."""
        if attrs.get("activity") is None:
            if attrs.get("on") is None:
                raise serializers.ValidationError({"on": ["Name the morning, or an activity."]})
            wrong = [
                n for n in ("during", "gait_changed", "painkiller") if attrs.get(n) is not None
            ]
            if wrong:
                raise serializers.ValidationError({wrong[0]: ["This belongs to a run."]})
        elif attrs.get("first_step") is not None:
            raise serializers.ValidationError({"first_step": ["This belongs to a morning."]})
        names = ("first_step", "during", "after", "gait_changed", "painkiller")
        if all(attrs.get(name) is None for name in names):
            raise serializers.ValidationError({"first_step": ["Say something about the heel."]})
        return attrs


class PainAnswerSerializer(PainSerializer):
    """A report that was kept, and the sore spots whose safety questions are due now (3.1)."""

    safety_due = serializers.ListField(child=serializers.IntegerField(), read_only=True)


class PainListView(generics.ListCreateAPIView):
    """One's own pain reports, newest first; POST says or changes one."""

    serializer_class = PainSerializer
    queryset = PainReport.objects.none()

    def get_queryset(self) -> QuerySet[PainReport]:
        """Return nobody else's."""
        return PainReport.objects.filter(runner=self.request.user)  # type: ignore[misc]

    @extend_schema(responses={201: PainAnswerSerializer})
    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Keep the report; the answer names the spots whose safety questions are due."""
        response = super().post(request, *args, **kwargs)
        runner: Any = request.user
        problems = list(open_problems_of(runner))
        due = safety_due(problems, on=runner.today(now=timezone.now()))
        response.data["safety_due"] = [one.pk for one in problems if one.pk in due]
        return response

    def perform_create(self, serializer: Any) -> None:
        """Keep the report and assess at once."""
        said, now = dict(serializer.validated_data), timezone.now()
        runner: Any = self.request.user
        activity = said.pop("activity", None)
        if activity is not None:
            names = ("during", "after", "gait_changed", "painkiller")
            report = report_run_pain(activity, now=now, **{n: said.get(n) for n in names})
        else:
            report = report_morning(
                runner,
                on=said["on"],
                first_step=said.get("first_step"),
                after=said.get("after"),
                now=now,
            )
        serializer.instance = report
        assess_changed(runner.pk, now=now)


class ProblemSerializer(serializers.ModelSerializer):
    """A sore spot; PATCH `closed_on` closes it."""

    class Meta:
        model = HeelProblem
        fields = ("id", "side", "spot", "since", "closed_on")
        read_only_fields = ("closed_on",)
        validators: list[Any] = []


class ProblemListView(generics.ListCreateAPIView):
    """One's own sore spots; POST opens one."""

    serializer_class = ProblemSerializer
    queryset = HeelProblem.objects.none()

    def get_queryset(self) -> QuerySet[HeelProblem]:
        """Return nobody else's."""
        return problems_of(self.request.user)  # type: ignore[arg-type]

    def perform_create(self, serializer: Any) -> None:
        """Open the problem and assess at once."""
        data, now = serializer.validated_data, timezone.now()
        runner: Any = self.request.user
        serializer.instance = open_problem(
            runner, side=data["side"], spot=data["spot"], since=data["since"], now=now
        )
        assess_changed(runner.pk, now=now)


class CloseSerializer(serializers.Serializer):
    """The day a sore spot was over."""

    closed_on = serializers.DateField()


class ProblemView(generics.GenericAPIView):
    """One sore spot of one's own."""

    serializer_class = ProblemSerializer
    queryset = HeelProblem.objects.none()

    def _problem(self, pk: int) -> HeelProblem:
        return get_object_or_404(HeelProblem, pk=pk, runner=self.request.user)

    def get(self, request: Request, pk: int) -> Response:
        """Return it."""
        return Response(ProblemSerializer(self._problem(pk)).data)

    @extend_schema(request=CloseSerializer)
    def patch(self, request: Request, pk: int) -> Response:
        """Close it."""
        problem = self._problem(pk)
        given = CloseSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        now = timezone.now()
        try:
            close_problem(problem, on=given.validated_data["closed_on"], now=now)
        except ModelError as error:
            message = error.message_dict.get("on", error.messages)
            raise serializers.ValidationError({"closed_on": message}) from None
        assess_changed(problem.runner_id, now=now)
        return Response(ProblemSerializer(problem).data)


class RedFlagsSerializer(serializers.ModelSerializer):
    """Answers to the fixed questions by id: true, false or null; or the day it was assessed."""

    answers = serializers.DictField(child=serializers.BooleanField(allow_null=True), required=False)

    class Meta:
        model = RedFlagAnswers
        fields = ("id", "on", "answers", "assessed_on")
        read_only_fields = ("on",)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """One thing at a time: answers, or that a clinician looked at it."""
        if (attrs.get("assessed_on") is None) == (attrs.get("answers") is None):
            raise serializers.ValidationError({"answers": ["Send answers, or assessed_on."]})
        return attrs

    def validate_answers(self, answers: dict[str, bool | None]) -> dict[str, bool | None]:
        """Refuse what is not a question."""
        unknown = sorted(set(answers) - set(ALL_RED_FLAGS))
        if unknown:
            raise serializers.ValidationError(f"{unknown[0]} is not one of the questions.")
        return answers


class RedFlagsView(generics.ListCreateAPIView):
    """The answers given about one sore spot; POST answers again, or notes that it was assessed."""

    serializer_class = RedFlagsSerializer
    queryset = RedFlagAnswers.objects.none()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Find one's own sore spot before anything else is looked at."""
        super().initial(request, *args, **kwargs)
        self.problem = get_object_or_404(HeelProblem, pk=kwargs["pk"], runner=request.user)

    def get_queryset(self) -> QuerySet[RedFlagAnswers]:
        """Return those of this problem."""
        return RedFlagAnswers.objects.filter(problem=self.problem)

    def perform_create(self, serializer: Any) -> None:
        """Keep the answers and assess at once."""
        problem, now = self.problem, timezone.now()
        data = serializer.validated_data
        assessed_on = data.get("assessed_on")
        if assessed_on is None:
            today = problem.runner.today(now=now)
            said = answer_red_flags(problem, answers=data["answers"], on=today, now=now)
        else:
            said = _assessed(problem, on=assessed_on, now=now)
        serializer.instance = said
        assess_changed(problem.runner_id, now=now)


def _assessed(problem: HeelProblem, *, on: dt.date, now: dt.datetime) -> RedFlagAnswers:
    try:
        return record_assessed(problem, on=on, now=now)
    except ModelError as error:
        by_field = getattr(error, "error_dict", {})
        message = error.message_dict["on"] if "on" in by_field else error.messages
        raise serializers.ValidationError({"assessed_on": message}) from None


class CheckSerializer(serializers.ModelSerializer):
    """The weekly check: 0, 8, 17 or 25 each; the first is a gate."""

    class Meta:
        model = WeeklyCheck
        fields = ("week", "answered_on", "participation", "volume", "performance", "pain")
        read_only_fields = ("answered_on",)
        validators: list[Any] = []


class CheckListView(generics.ListCreateAPIView):
    """One's own weekly checks, newest first; POST answers or changes one."""

    serializer_class = CheckSerializer
    queryset = WeeklyCheck.objects.none()

    def get_queryset(self) -> QuerySet[WeeklyCheck]:
        """Return nobody else's."""
        return WeeklyCheck.objects.filter(runner=self.request.user)  # type: ignore[misc]

    def perform_create(self, serializer: Any) -> None:
        """Keep the check and assess at once."""
        now = timezone.now()
        runner: Any = self.request.user
        today = runner.today(now=now)
        serializer.instance = answer_check(runner, on=today, now=now, **serializer.validated_data)
        assess_changed(runner.pk, now=now)
