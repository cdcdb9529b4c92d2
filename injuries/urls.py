"""This app's pages."""

from django.urls import path

from injuries.views import check, guide, heel, logging, morning, offline, plans, shoe_note

app_name = "injuries"
urlpatterns = [
    path("log/", logging.log, name="log"),
    path("log/offline/", offline.log_offline, name="log-offline"),
    path("log/session/", offline.log_session, name="log-session"),
    path("log/send/", offline.log_send, name="log-send"),
    path("log/undo/", logging.log_undos, name="log-undos"),
    path("log/undo/<int:pk>/", logging.log_undo, name="log-undo"),
    path("log/<int:pk>/", logging.log_edit, name="log-edit"),
    path("log/<int:pk>/answer/", logging.log_answer, name="log-answer"),
    path("log/<int:pk>/delete/", logging.log_delete, name="log-delete"),
    path("heel/", heel.heel, name="heel"),
    path("heel/morning/", morning.morning, name="morning"),
    path("heel/guide/", guide.spots, name="guide-spots"),
    path("heel/guide/<slug:spot>/", guide.guide, name="guide"),
    path("heel/<int:pk>/", heel.problem, name="problem"),
    path("heel/<int:pk>/red-flags/", heel.red_flags, name="red-flags"),
    path("heel/<int:pk>/details/", heel.details, name="details"),
    path("heel/<int:pk>/plan/", plans.plan, name="plan"),
    path("heel/<int:pk>/plan/session/", plans.session, name="session"),
    path("c/<slug:slug>/runners/<int:pk>/hold/", plans.HoldView.as_view(), name="hold"),
    path("check/", check.check, name="check"),
    path("check/<str:token>/", check.check_by_link, name="check-link"),
    path("morning/<str:token>/", morning.morning_by_link, name="morning-link"),
    path("shoes/<int:pk>/note/", shoe_note.note, name="shoe-note"),
]
