"""This app's API addresses."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from members.api import imports, people, plans, shoes, training

router = SimpleRouter()
router.register("shoes", shoes.ShoeViewSet, basename="shoe")

urlpatterns = [
    path("", include(router.urls)),
    path("shoes/<int:pk>/comfort/", shoes.ComfortListView.as_view(), name="api-comfort"),
    path("shoes/<int:pk>/checks/", shoes.CheckListView.as_view(), name="api-shoe-checks"),
    path("shoes/checks/<int:pk>/", shoes.CheckView.as_view(), name="api-shoe-check"),
    path("untagged-runs/", shoes.UntaggedListView.as_view(), name="api-untagged"),
    path("untagged-runs/tag/", shoes.TagRunsView.as_view(), name="api-tag-runs"),
    path("me/", people.MeView.as_view(), name="api-me"),
    path("days/", training.DayListView.as_view(), name="api-days"),
    path("breaks/", plans.BreakListView.as_view(), name="api-breaks"),
    path("breaks/<int:pk>/", plans.BreakView.as_view(), name="api-break"),
    path("routines/", plans.TickListView.as_view(), name="api-routines"),
    path("import/", imports.ImportListView.as_view(), name="api-imports"),
    path("import/<int:pk>/", imports.ImportDetailView.as_view(), name="api-import"),
    path(
        "import/<int:pk>/entries/", imports.ImportEntriesView.as_view(), name="api-import-entries"
    ),
    path("import/<int:pk>/undo/", imports.ImportUndoView.as_view(), name="api-import-undo"),
    path(
        "import/entries/<int:pk>/different/",
        imports.ImportDifferentView.as_view(),
        name="api-import-different",
    ),
]
