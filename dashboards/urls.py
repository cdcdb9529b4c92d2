"""This app's pages."""

from django.urls import URLPattern, URLResolver, path

from dashboards import views

app_name = "dashboards"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.MyWeekView.as_view(), name="my-week"),
    path("c/<slug:slug>/", views.BoardView.as_view(), name="board"),
    path("c/<slug:slug>/runners/<int:pk>/", views.RunnerView.as_view(), name="runner"),
    path("c/<slug:slug>/runners/<int:pk>/decide/", views.DecideView.as_view(), name="decide"),
    path("c/<slug:slug>/trends/", views.TrendsView.as_view(), name="trends"),
]
