"""This app's pages."""

from django.urls import path

from injuries.views import check, heel, logging, shoe_note

app_name = "injuries"
urlpatterns = [
    path("log/", logging.log, name="log"),
    path("log/<int:pk>/", logging.log_edit, name="log-edit"),
    path("log/<int:pk>/answer/", logging.log_answer, name="log-answer"),
    path("log/<int:pk>/delete/", logging.log_delete, name="log-delete"),
    path("heel/", heel.heel, name="heel"),
    path("heel/morning/", heel.morning, name="morning"),
    path("heel/<int:pk>/", heel.problem, name="problem"),
    path("heel/<int:pk>/red-flags/", heel.red_flags, name="red-flags"),
    path("heel/<int:pk>/details/", heel.details, name="details"),
    path("check/", check.check, name="check"),
    path("check/<str:token>/", check.check_by_link, name="check-link"),
    path("shoes/<int:pk>/note/", shoe_note.note, name="shoe-note"),
]
