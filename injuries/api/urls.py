"""This app's API addresses."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from injuries.api import plans, views
from injuries.api.activities import UndoableActivityViewSet

router = SimpleRouter()
router.register("activities", UndoableActivityViewSet, basename="activity")

urlpatterns = [
    path("", include(router.urls)),
    path("pain/", views.PainListView.as_view(), name="api-pain"),
    path("heel-problems/", views.ProblemListView.as_view(), name="api-problems"),
    path("heel-problems/<int:pk>/", views.ProblemView.as_view(), name="api-problem"),
    path("heel-problems/<int:pk>/red-flags/", views.RedFlagsView.as_view(), name="api-red-flags"),
    path("heel-problems/<int:pk>/plan/", plans.PlanView.as_view(), name="api-plan"),
    path("checks/", views.CheckListView.as_view(), name="api-checks"),
]
