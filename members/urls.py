"""Pages about people and what they run."""

from django.urls import path

from members.views import training

app_name = "members"
urlpatterns = [
    path("history/", training.history, name="history"),
    path("shoes/", training.shoes, name="shoes"),
    path("shoes/<int:pk>/", training.shoe, name="shoe"),
    path("shoes/<int:pk>/retire/", training.retire, name="shoe-retire"),
    path("days/", training.days, name="days"),
    path("import/", training.import_files, name="import"),
]
