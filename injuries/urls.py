"""This app's pages."""

from django.urls import path

from injuries import views

app_name = "injuries"
urlpatterns = [
    path("log/", views.log, name="log"),
    path("log/<int:pk>/", views.log_edit, name="log-edit"),
    path("log/<int:pk>/answer/", views.log_answer, name="log-answer"),
    path("log/<int:pk>/delete/", views.log_delete, name="log-delete"),
    path("heel/", views.heel, name="heel"),
    path("heel/morning/", views.morning, name="morning"),
    path("heel/<int:pk>/", views.problem, name="problem"),
    path("heel/<int:pk>/red-flags/", views.red_flags, name="red-flags"),
    path("check/", views.check, name="check"),
]
