"""What the API says about a week and a board; the same selectors as the pages. Metres, ISO days."""

from typing import Any

from rest_framework import serializers

from dashboards import words
from dashboards.charts import WeekLoad
from dashboards.selectors.board_facts import Standing
from dashboards.selectors.board_rows import BoardRow
from dashboards.selectors.my_week import MyWeek
from injuries.models import CoachDecision, Training
from injuries.risk import WhatIf
from members.models import Sharing
from members.models.training import MAX_DISTANCE_M
from members.weeks import week_name

TRAINING = Training.choices


class WeekLoadSerializer(serializers.Serializer[WeekLoad]):
    """One week of running; null is unknown, never zero."""

    week = serializers.SerializerMethodField()
    distance_m = serializers.IntegerField(allow_null=True)
    longest_m = serializers.IntegerField(allow_null=True)
    ceiling_m = serializers.IntegerField(allow_null=True)

    def get_week(self, load: WeekLoad) -> str:
        """Return the name of the week, 2026-W10."""
        return week_name(load.week)


class MissingSerializer(serializers.Serializer[Any]):
    """What would make the answer better."""

    days = serializers.ListField(child=serializers.DateField())
    morning = serializers.BooleanField()
    questions = serializers.SerializerMethodField()
    check_of = serializers.SerializerMethodField()

    def get_questions(self, missing: Any) -> list[int]:
        """Return the ids of the heel problems with unanswered questions."""
        return [problem.pk for problem in missing.questions]

    def get_check_of(self, missing: Any) -> str | None:
        """Return the week whose check is open."""
        return None if missing.check_of is None else week_name(missing.check_of)


class AdviceSerializer(serializers.Serializer[Any]):
    """What to do now and why."""

    answer = serializers.CharField()
    offer = serializers.CharField()
    why = serializers.CharField()


class NoteSerializer(serializers.Serializer[Any]):
    """A note a coach shared."""

    coach = serializers.CharField()
    club = serializers.CharField()
    what = serializers.CharField()
    text = serializers.CharField()
    due_on = serializers.DateField(allow_null=True)


class MyWeekSerializer(serializers.Serializer[MyWeek]):
    """One's own week."""

    week = serializers.SerializerMethodField()
    on = serializers.DateField(help_text="Your local day this was asked on.")
    training = serializers.ChoiceField(
        choices=TRAINING, source="assessment.training", default=None, allow_null=True
    )
    clinician = serializers.SerializerMethodField()
    shoes_check = serializers.BooleanField(source="assessment.shoes", default=False)
    advice = AdviceSerializer(allow_null=True)
    ceiling_m = serializers.IntegerField(allow_null=True)
    ceiling_until = serializers.DateField(allow_null=True)
    this_week_m = serializers.IntegerField(allow_null=True)
    last_week_m = serializers.IntegerField(allow_null=True)
    mean4_m = serializers.IntegerField(allow_null=True)
    weeks = WeekLoadSerializer(many=True)
    others = serializers.ListField(child=serializers.CharField())
    not_assessed = serializers.ListField(child=serializers.CharField())
    missing = MissingSerializer()
    notes = NoteSerializer(many=True)

    def get_week(self, mine: MyWeek) -> str:
        """Return the name of the week, 2026-W10."""
        return week_name(mine.week)

    def get_clinician(self, mine: MyWeek) -> str | None:
        """Return urgent_today, within_days, book or null."""
        return (mine.assessment.clinician or None) if mine.assessment else None


class AskedDistanceSerializer(serializers.Serializer[Any]):
    """How far a run would be."""

    distance_m = serializers.IntegerField(min_value=1, max_value=MAX_DISTANCE_M)


class WhatIfSerializer(serializers.Serializer[WhatIf]):
    """What a run would mean; `level` is null where it would be no big step or cannot be judged."""

    on = serializers.DateField()
    distance_m = serializers.IntegerField()
    level = serializers.ChoiceField(choices=["over_10", "over_100"], allow_null=True)
    longest_30d_m = serializers.SerializerMethodField()
    ratio = serializers.SerializerMethodField()
    why = serializers.CharField(allow_null=True, help_text="Why it cannot be judged, if so.")
    training = serializers.ChoiceField(choices=TRAINING, help_text="The answer as things stand.")
    ceiling_m = serializers.IntegerField(allow_null=True)
    text = serializers.SerializerMethodField()

    def get_longest_30d_m(self, outcome: WhatIf) -> int | None:
        """Return the metres it was compared with."""
        return outcome.values["longest_30d_m"] if outcome.values else None

    def get_ratio(self, outcome: WhatIf) -> float | None:
        """Return how many times that it would be."""
        return outcome.values["ratio"] if outcome.values else None

    def get_text(self, outcome: WhatIf) -> str:
        """Return it in one sentence, in your unit."""
        return str(self.context["text"])


class DecisionSerializer(serializers.Serializer[Standing]):
    """What a coach answered."""

    id = serializers.IntegerField(source="pk")
    kind = serializers.ChoiceField(choices=CoachDecision.Kind.choices)
    training = serializers.CharField(allow_blank=True)
    note = serializers.CharField(allow_blank=True)
    note_shared = serializers.BooleanField()
    spoke = serializers.BooleanField()
    owner = serializers.CharField(allow_null=True)
    due_on = serializers.DateField(allow_null=True)
    snoozed_until = serializers.DateField(allow_null=True)
    decided_at = serializers.DateTimeField()
    decided_by = serializers.CharField(allow_null=True)


class LastRunSerializer(serializers.Serializer[Any]):
    """When and how far."""

    on = serializers.DateField()
    distance_m = serializers.IntegerField(allow_null=True)


class BoardRowSerializer(serializers.Serializer[BoardRow]):
    """One runner as far as they share: `training` is null where nothing is shared."""

    membership = serializers.IntegerField(source="who.pk")
    name = serializers.CharField()
    squad = serializers.CharField(source="who.squad", allow_null=True)
    sharing = serializers.ChoiceField(choices=Sharing.choices, source="view.sharing")
    states = serializers.ListField(
        child=serializers.ChoiceField(choices=list(words.STATES.items())),
        help_text="Most pressing first.",
    )
    tasks = serializers.ListField(
        child=serializers.ChoiceField(choices=list(words.TASKS.items())),
        help_text="What a coach has to do with it.",
    )
    training = serializers.ChoiceField(choices=TRAINING, source="view.training", allow_null=True)
    clinician = serializers.CharField(
        source="view.clinician", help_text="A level, or `advised` where only status is shared."
    )
    shoes_check = serializers.BooleanField(source="view.shoes")
    reasons = serializers.ListField(child=serializers.CharField(), source="view.reasons")
    beginner = serializers.BooleanField(source="is_beginner")
    assessed_on = serializers.DateField(source="judged.on", default=None, allow_null=True)
    weeks = WeekLoadSerializer(many=True)
    last_run = LastRunSerializer(allow_null=True)
    last_entry = serializers.DateField(allow_null=True)
    last_report = serializers.DateField(allow_null=True)
    decision = DecisionSerializer(allow_null=True)


class ChipSerializer(serializers.Serializer[Any]):
    """How many rows stand in one state."""

    state = serializers.CharField()
    count = serializers.IntegerField()


class BoardSerializer(serializers.Serializer[Any]):
    """A club's board."""

    week = serializers.SerializerMethodField()
    on = serializers.DateField()
    runners = serializers.IntegerField()
    chips = ChipSerializer(many=True)
    rows = BoardRowSerializer(many=True)

    def get_week(self, seen: Any) -> str:
        """Return the name of the week, 2026-W10."""
        return week_name(seen.week)
