"""This app's API addresses."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from members.api import imports, people, shoes, training

router = SimpleRouter()
router.register("activities", training.ActivityViewSet, basename="activity")
router.register("shoes", shoes.ShoeViewSet, basename="shoe")

urlpatterns = [
    path("", include(router.urls)),
    path("me/", people.MeView.as_view(), name="api-me"),
    path("days/", training.DayListView.as_view(), name="api-days"),
    path("import/", imports.ImportView.as_view(), name="api-import"),
]
