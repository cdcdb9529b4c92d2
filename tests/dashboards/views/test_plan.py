"""The pages of the plan: what coaches plan and see, and what runners see of it."""

import datetime as dt

import pytest

from members.models import AuditEntry, ClubRun, Sharing, SoftRoute
from members.selectors.audit import entries_about
from tests.dashboards.selectors.test_club_runs import SUNDAY, trained
from tests.dashboards.views.conftest import words_of
from tests.factories import ClubRunFactory, RunGroupFactory, SoftRouteFactory

PLAN = "/c/heath/plan/"


@pytest.fixture
def page(client_of, coach):
    return client_of(coach)


@pytest.fixture
def run(club):
    run = ClubRunFactory(club=club, on=SUNDAY)
    for name, metres in (("easy", 8_000), ("", 12_000), ("", 18_000)):
        RunGroupFactory(run=run, name=name, distance_m=metres)
    return run


def typed(**changed):
    return {
        "on": "2026-03-22", "starts_at": "09:00", "place": "Park gate", "note": "",
        "distance_1": "12", "name_1": "steady", "distance_2": "8.5", "name_2": "",
        "distance_3": "", "name_3": "", "distance_4": "", "name_4": "",
    } | changed  # fmt: skip


def test_a_run_is_planned(page):
    answer = page.post(f"{PLAN}runs/", typed(), follow=True)
    run = ClubRun.objects.get()
    assert answer.redirect_chain == [(f"{PLAN}?run={run.pk}", 302)]
    assert list(run.groups.values_list("name", "distance_m")) == [("steady", 12_000), ("", 8_500)]
    assert "Sunday 22 March, 09:00, Park gate" in words_of(answer)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"on": "2026-03-17"}, "on"),
        ({"starts_at": "soon"}, "starts_at"),
        ({"place": ""}, "place"),
        ({"distance_1": "far"}, "distance_1"),
        ({"distance_1": "0"}, "distance_1"),
        ({"distance_2": "501"}, "distance_2"),
        ({"distance_1": "", "distance_2": ""}, "distance_1"),
        ({"distance_3": "", "name_3": "slow"}, "distance_3"),
        ({"distance_2": "12"}, None),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(page, changed, field):
    answer = page.post(f"{PLAN}runs/", typed(**changed))
    assert answer.status_code == 422
    form = answer.context["form"]
    assert list(form.errors) == [field or "__all__"]
    assert 'value="Park gate"' in answer.content.decode() or "place" in changed
    assert 'value="steady"' in answer.content.decode()
    assert not ClubRun.objects.exists()


def test_a_run_is_changed_and_taken_out(page, run):
    form = page.get(f"{PLAN}runs/{run.pk}/").context["form"]
    assert [form[f"distance_{n}"].value() for n in range(1, 5)] == ["18.0", "12.0", "8.0", None]
    page.post(f"{PLAN}runs/{run.pk}/", typed(place="Mill"))
    assert (ClubRun.objects.get().place, run.groups.count()) == ("Mill", 2)
    page.post(f"{PLAN}runs/{run.pk}/remove/")
    assert not ClubRun.objects.exists()


def test_a_run_of_another_club_is_not_found(page):
    other = RunGroupFactory().run
    assert page.get(f"{PLAN}runs/{other.pk}/").status_code == 404
    assert page.post(f"{PLAN}runs/{other.pk}/remove/").status_code == 404
    route = SoftRouteFactory()
    assert page.post(f"/c/heath/routes/{route.pk}/remove/").status_code == 404


def test_who_should_run_in_which_group_and_who_looked(page, membership, run, now):
    trained(membership.user, 11_000, now=now)
    said = words_of(page.get(PLAN))
    assert "Robin Runner" in said
    assert "12.0 km Ceiling 12.1 km; too long: 18.0 km." in said
    page.get(PLAN)
    (entry,) = AuditEntry.objects.filter(about=membership.user)
    assert entry.action == "plan_viewed"
    (row,) = entries_about(membership.user)
    assert row.what == "saw which group of a club run is for you"


def test_who_shares_nothing_is_not_judged_and_nothing_is_written_down(page, membership, run, now):
    trained(membership.user, 7_000, now=now, training="rest")
    membership.sharing = Sharing.NOTHING
    membership.save()
    said = words_of(page.get(PLAN))
    assert "Robin Runner" in said
    assert "Shares nothing with this club&#x27;s coaches." in said.replace("'", "&#x27;")
    assert "Advised to rest" not in said
    assert not AuditEntry.objects.exists()


def test_without_a_run_the_page_offers_the_first_step(page, membership):
    assert "No run is planned." in words_of(page.get(PLAN))


def test_routes_are_kept(page, club):
    sent = {"name": "River path", "surface": "trail", "distance": "6", "start": "Mill bridge"}
    page.post("/c/heath/routes/", sent)
    route = SoftRoute.objects.get()
    assert (route.name, route.distance_m, route.club) == ("River path", 6_000, club)
    again = page.post("/c/heath/routes/", sent)
    assert again.status_code == 422
    assert again.context["form"].errors == {"name": ["The club already has a route of this name."]}
    page.post(f"/c/heath/routes/{route.pk}/", sent | {"start": "Weir"})
    assert SoftRoute.objects.get().start == "Weir"
    page.post(f"/c/heath/routes/{route.pk}/remove/")
    assert not SoftRoute.objects.exists()


# --- The runner's side ---------------------------------------------------------------------------
def my_week(client_of, runner):
    return words_of(client_of(runner).get("/"))


def test_the_runner_reads_which_group_is_theirs(client_of, runner, run, now):
    trained(runner, 11_000, now=now)
    said = my_week(client_of, runner)
    assert "Sun 22 March, 09:00 , Park gate" in said
    assert "The group of 12.0 km is within your ceiling of 12.1 km." in said


@pytest.mark.parametrize(
    ("longest_m", "expected"),
    [
        (6_000, "Every group is longer than your ceiling of 6.6 km. A shorter run on soft ground"),
        (None, "We cannot say which group is for you:"),
    ],
)
def test_the_runner_reads_that_none_is(client_of, runner, run, now, longest_m, expected):
    if longest_m:
        trained(runner, longest_m, now=now)
    assert expected in my_week(client_of, runner).replace(" .", ".")


def test_soft_ground_is_offered_to_who_should_ease_off(client_of, club, runner, now):
    SoftRouteFactory(club=club, name="River path")
    SoftRouteFactory(name="Elsewhere")
    trained(runner, 8_000, now=now)
    assert "River path" not in my_week(client_of, runner)
    runner.activities.filter(on=now.date() - dt.timedelta(days=3)).update(distance_m=16_000)
    runner.assessments.all().delete()
    said = my_week(client_of, runner)
    assert "River path : 6.0 km, trail, from Mill bridge" in said
    assert "Elsewhere" not in said
    everybody = words_of(client_of(runner).get("/routes/"))
    assert "River path" in everybody
    assert "Elsewhere" not in everybody
