"""Pages about people and what they run."""

from django.urls import path

from members.views import clubs, days_link, imports, people, shoes, training, untagged

app_name = "members"
urlpatterns = [
    path("shoes/", shoes.shoes, name="shoes"),
    path("shoes/<int:pk>/", shoes.shoe, name="shoe"),
    path("shoes/<int:pk>/retire/", shoes.retire, name="shoe-retire"),
    path("shoes/<int:pk>/delete/", shoes.delete, name="shoe-delete"),
    path("shoes/<int:pk>/comfort/", shoes.comfort, name="shoe-comfort"),
    path("shoes/<int:pk>/check/", shoes.check, name="shoe-check"),
    path("shoes/checks/<int:pk>/take-back/", shoes.check_take_back, name="shoe-check-take-back"),
    path("shoes/comfort/later/", shoes.comfort_later, name="comfort-later"),
    path("shoes/untagged/", untagged.untagged, name="untagged"),
    path("shoes/untagged/undo/", untagged.untagged_undo, name="untagged-undo"),
    path("days/", training.days, name="days"),
    path("days/link/<str:token>/", days_link.days_by_link, name="days-link"),
    path("days/breaks/", training.break_plan, name="breaks"),
    path("days/breaks/<int:pk>/cancel/", training.break_cancel, name="break-cancel"),
    path("routines/", training.routine_tick, name="routines"),
    path("import/", imports.import_files, name="import"),
    path("import/<int:pk>/", imports.import_batch, name="import-batch"),
    path("import/<int:pk>/live/", imports.import_live, name="import-live"),
    path("import/<int:pk>/undo/", imports.import_undo, name="import-undo"),
    path("import/entries/<int:pk>/different/", imports.import_different, name="import-different"),
    path("import/entries/<int:pk>/columns/", imports.import_columns, name="import-columns"),
    path("import/tables/<int:pk>/forget/", imports.import_forget, name="import-forget"),
    path("join/<str:token>/", people.join, name="join"),
    path("settings/", people.settings, name="settings"),
    path("settings/health/", people.health, name="health"),
    path("settings/clubs/<int:pk>/sharing/", people.sharing, name="sharing"),
    path("settings/clubs/<int:pk>/leave/", people.leave, name="leave"),
    path("settings/who-looked/", people.who_looked, name="who-looked"),
    path("settings/tokens/", people.tokens, name="tokens"),
    path("settings/tokens/<int:pk>/revoke/", people.token_revoke, name="token-revoke"),
    path("c/<slug:slug>/members/", clubs.MembersView.as_view(), name="club-members"),
    path("c/<slug:slug>/members/invite/", clubs.InviteView.as_view(), name="invite"),
    path("c/<slug:slug>/members/<int:pk>/", clubs.MemberView.as_view(), name="club-member"),
    path("c/<slug:slug>/members/<int:pk>/end/", clubs.EndView.as_view(), name="club-member-end"),
    path(
        "c/<slug:slug>/invitations/<int:pk>/revoke/",
        clubs.RevokeView.as_view(),
        name="invitation-revoke",
    ),
    path("c/<slug:slug>/settings/", clubs.SettingsView.as_view(), name="club-settings"),
    path("c/<slug:slug>/squads/", clubs.AddSquadView.as_view(), name="squad-add"),
    path("c/<slug:slug>/squads/<int:pk>/", clubs.SquadView.as_view(), name="squad"),
    path(
        "c/<slug:slug>/squads/<int:pk>/remove/",
        clubs.RemoveSquadView.as_view(),
        name="squad-remove",
    ),
]
