"""This app's API addresses."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from members.api import imports, people, plans, shoes, training

router = SimpleRouter()
router.register("activities", training.ActivityViewSet, basename="activity")
router.register("shoes", shoes.ShoeViewSet, basename="shoe")

urlpatterns = [
    path("", include(router.urls)),
    path("me/", people.MeView.as_view(), name="api-me"),
    path("days/", training.DayListView.as_view(), name="api-days"),
    path("breaks/", plans.BreakListView.as_view(), name="api-breaks"),
    path("breaks/<int:pk>/", plans.BreakView.as_view(), name="api-break"),
    path("routines/", plans.TickListView.as_view(), name="api-routines"),
    path("import/", imports.ImportView.as_view(), name="api-import"),
]
