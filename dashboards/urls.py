"""This app's pages."""

from django.urls import URLPattern, URLResolver, path

from dashboards.views import (
    board,
    club_mail,
    data,
    decisions,
    history,
    injuries,
    mail,
    mail_preview,
    my_week,
    ops,
    plan,
    runner,
    sheets,
    trends,
    what_if,
)
from dashboards.views.course import course

app_name = "dashboards"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", my_week.MyWeekView.as_view(), name="my-week"),
    path("history/", history.history, name="history"),
    path("data/", data.my_data, name="my-data"),
    path("data/export/", data.ask, name="data-export"),
    path("data/export/download/", data.download, name="data-download"),
    path("data/restore/", data.restore_page, name="data-restore"),
    path("data/erase/", data.erase_page, name="data-erase"),
    path("physio/", sheets.physio, name="physio"),
    path("physio/<int:pk>/withdraw/", sheets.withdraw, name="sheet-withdraw"),
    path("sheet/<str:token>/", sheets.sheet_by_link, name="sheet"),
    path("what-if/", what_if.what_if_page, name="what-if"),
    path("routes/", plan.own_routes, name="own-routes"),
    path("heel/<int:pk>/course/", course, name="course"),
    path("c/<slug:slug>/", board.BoardView.as_view(), name="board"),
    path("c/<slug:slug>/runners/<int:pk>/", runner.RunnerView.as_view(), name="runner"),
    path(
        "c/<slug:slug>/runners/<int:pk>/what-if/",
        what_if.CoachWhatIfView.as_view(),
        name="runner-what-if",
    ),
    path("c/<slug:slug>/runners/<int:pk>/decide/", decisions.DecideView.as_view(), name="decide"),
    path("c/<slug:slug>/act/", decisions.ActView.as_view(), name="act"),
    path("c/<slug:slug>/undo/", decisions.UndoView.as_view(), name="undo"),
    path(
        "c/<slug:slug>/decisions/<int:pk>/outcome/",
        decisions.OutcomeView.as_view(),
        name="outcome",
    ),
    path("c/<slug:slug>/trends/", trends.TrendsView.as_view(), name="trends"),
    path("c/<slug:slug>/injuries/", injuries.InjuriesView.as_view(), name="injuries"),
    path("c/<slug:slug>/plan/", plan.PlanView.as_view(), name="plan"),
    path("c/<slug:slug>/plan/runs/", plan.RunEditView.as_view(), name="plan-run-add"),
    path("c/<slug:slug>/plan/runs/<int:pk>/", plan.RunEditView.as_view(), name="plan-run"),
    path(
        "c/<slug:slug>/plan/runs/<int:pk>/remove/",
        plan.RunRemoveView.as_view(),
        name="plan-run-remove",
    ),
    path("c/<slug:slug>/routes/", plan.RoutesView.as_view(), name="routes"),
    path("c/<slug:slug>/routes/<int:pk>/", plan.RouteView.as_view(), name="route"),
    path(
        "c/<slug:slug>/routes/<int:pk>/remove/",
        plan.RouteRemoveView.as_view(),
        name="route-remove",
    ),
    path("c/<slug:slug>/flags/", trends.FlagQualityView.as_view(), name="flags"),
    path("c/<slug:slug>/mail/", club_mail.ClubMailView.as_view(), name="club-mail"),
    path(
        "c/<slug:slug>/mail/<slug:ledger>/<int:pk>/resend/",
        club_mail.ResendView.as_view(),
        name="resend",
    ),
    path("ops/", ops.ops, name="ops"),
    path("mail/off/<str:token>/", mail.mail_off, name="mail-off"),
    path("mail/settings/", mail.mail_settings, name="mail-settings"),
    path("mail/preview/<int:pk>/", mail_preview.mail_preview, name="mail-preview"),
    path("mail/preview/<int:pk>/html/", mail_preview.mail_preview_html, name="mail-preview-html"),
    path("mail/preview/<str:kind>/", mail_preview.mail_preview, name="notice-preview"),
    path(
        "mail/preview/<str:kind>/html/", mail_preview.mail_preview_html, name="notice-preview-html"
    ),
    path("demo/mail/", mail_preview.demo_mail, name="demo-mail"),
    path("demo/mail/<str:name>/", mail_preview.demo_mail_one, name="demo-mail-one"),
    path("demo/mail/<str:name>/html/", mail_preview.demo_mail_html, name="demo-mail-html"),
]
