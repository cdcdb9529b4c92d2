"""This app's pages."""

from django.urls import URLPattern, URLResolver, path

from dashboards import data_views, history_views, mail_views, views

app_name = "dashboards"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.MyWeekView.as_view(), name="my-week"),
    path("history/", history_views.history, name="history"),
    path("data/", data_views.my_data, name="my-data"),
    path("data/export/", data_views.ask, name="data-export"),
    path("data/export/download/", data_views.download, name="data-download"),
    path("data/restore/", data_views.restore_page, name="data-restore"),
    path("data/erase/", data_views.erase_page, name="data-erase"),
    path("what-if/", views.what_if_page, name="what-if"),
    path("c/<slug:slug>/", views.BoardView.as_view(), name="board"),
    path("c/<slug:slug>/runners/<int:pk>/", views.RunnerView.as_view(), name="runner"),
    path("c/<slug:slug>/runners/<int:pk>/decide/", views.DecideView.as_view(), name="decide"),
    path("c/<slug:slug>/trends/", views.TrendsView.as_view(), name="trends"),
    path("c/<slug:slug>/flags/", views.FlagQualityView.as_view(), name="flags"),
    path("mail/off/<str:token>/", mail_views.mail_off, name="mail-off"),
    path("mail/settings/", mail_views.mail_settings, name="mail-settings"),
    path("demo/mail/", mail_views.demo_mail, name="demo-mail"),
    path("demo/mail/<str:name>/", mail_views.demo_mail_one, name="demo-mail-one"),
    path("demo/mail/<str:name>/html/", mail_views.demo_mail_html, name="demo-mail-html"),
]
