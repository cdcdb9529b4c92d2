"""What the operator may see: that rows exist and when, never what somebody said about pain."""

from django.contrib import admin

from injuries.models import AssessmentDue, CoachDecision, WeeklyAssessment


@admin.register(WeeklyAssessment)
class WeeklyAssessmentAdmin(admin.ModelAdmin):
    """When which week was assessed."""

    list_display = ("runner", "week", "engine", "assessed_at", "settled_at")
    fields = readonly_fields = list_display
    list_select_related = ("runner",)
    date_hierarchy = "week"

    def has_add_permission(self, request: object) -> bool:
        """Assessments come from the rules only."""
        return False

    def has_change_permission(self, request: object, obj: object = None) -> bool:
        """Nobody edits what the rules said."""
        return False


@admin.register(AssessmentDue)
class AssessmentDueAdmin(admin.ModelAdmin):
    """Changes nobody has assessed yet."""

    list_display = ("runner", "from_day", "change", "changed_at")


@admin.register(CoachDecision)
class CoachDecisionAdmin(admin.ModelAdmin):
    """Who decided when; not what the note says."""

    list_display = ("assessment", "club", "kind", "decided_by", "decided_at")
    fields = readonly_fields = list_display
