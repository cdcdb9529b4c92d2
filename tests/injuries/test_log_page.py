"""/log/: one form, one tap, all or nothing; bad input answers at its field with all kept."""

import datetime as dt
import uuid
from html import unescape

import pytest
import time_machine
from django.urls import reverse

from injuries.models import PainReport, WeeklyAssessment
from members.models import Activity
from tests.conftest import NOW
from tests.factories import ActivityFactory, MorningFactory, ShoeFactory

LOG = "/log/"


@pytest.fixture(autouse=True)
def _frozen():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def page(client_of, runner):
    return client_of(runner)


def typed(**fields):
    """What a member types: 10 km in 55 minutes today."""
    return {"distance": "10", "duration": "55", "on": "2026-03-18", "heel": "no"} | fields


def test_the_form_has_today_and_the_default_pair_filled_in(page, runner):
    shoe = ShoeFactory(owner=runner, is_default=True)

    form = page.get(LOG).context["form"]

    assert form["on"].value() == dt.date(2026, 3, 18)
    assert form["shoe"].value() == shoe.pk


def test_a_run_with_pain_is_saved_at_once_and_answers(page, runner):
    response = page.post(
        LOG, typed(heel="yes", during="4", after="", gait_changed="no", painkiller="")
    )

    run = Activity.objects.get()
    assert (response.status_code, response.url) == (302, f"/log/{run.pk}/answer/")
    assert (run.distance_m, run.duration_s, run.started_at) == (10_000, 3_300, NOW)
    report = PainReport.objects.get()
    assert (report.during, report.after, report.gait_changed, report.painkiller) == (
        4,
        None,
        False,
        None,
    )
    assert WeeklyAssessment.objects.get().week == dt.date(2026, 3, 16)


def test_no_heel_pain_leaves_no_report_whatever_the_hidden_scales_say(page):
    page.post(LOG, typed(heel="no", during="7"))

    assert not PainReport.objects.exists()


def test_the_mornings_first_steps_come_with_the_run(page, runner):
    page.post(LOG, typed(heel="yes", first_step="3", during="1"))

    morning = PainReport.objects.get(activity=None)
    assert (morning.on, morning.first_step) == (dt.date(2026, 3, 18), 3)
    run = Activity.objects.get()
    form = page.get(f"/log/{run.pk}/").context["form"]
    assert (form["heel"].value(), form["first_step"].value()) == ("yes", 3)


def test_a_morning_said_elsewhere_stays_unless_it_is_changed_here(page, runner):
    MorningFactory(runner=runner, on=dt.date(2026, 3, 18), first_step=5)

    page.post(LOG, typed(heel="yes", during="1", first_step=""))
    assert PainReport.objects.get(activity=None).first_step == 5

    run = Activity.objects.get()
    page.post(f"/log/{run.pk}/", typed(heel="no", first_step=""))
    assert PainReport.objects.get(activity=None).first_step == 5

    page.post(f"/log/{run.pk}/", typed(heel="yes", during="1", first_step=""))
    assert not PainReport.objects.filter(activity=None).exists()


def test_a_sore_run_without_a_named_spot_asks_for_it(page):
    sore = page.post(LOG, typed(heel="yes", during="2"))
    well = page.post(LOG, typed(distance="5"))

    assert "Name the spot" in page.get(sore.url).content.decode()
    assert "Name the spot" not in page.get(well.url).content.decode()


def test_miles_are_stored_as_metres(page, runner):
    runner.unit = "mi"
    runner.save()

    page.post(LOG, typed(distance="3.1"))

    assert Activity.objects.get().distance_m == 4_989


def test_the_same_form_sent_twice_is_one_run(page):
    key = str(uuid.uuid4())

    first = page.post(LOG, typed(client_key=key))
    second = page.post(LOG, typed(client_key=key))

    assert first.url == second.url
    assert Activity.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("distance", "ten", "Write the distance as a number of km, for example 10.5."),
        ("distance", "-5", "Write the distance as a number of km, for example 10.5."),
        ("distance", "900", "A distance lies between 1 metre and 500 km."),
        ("duration", "soon", "Write the time as minutes (45), 45:30 or 1:05:30."),
        ("duration", "99:99", "Minutes and seconds go up to 59, as in 1:05:30."),
        ("on", "2027-03-18", "This day lies in the future."),
        ("on", "tomorrow", "Enter a valid date."),
        ("effort", "11", "Choose an effort from 0 to 10."),
        ("note", "x" * 1_000_000, "Ensure this value has at most 2000 characters"),
        ("time", "23:59", "This time lies in the future."),
        ("kind", "jog", "Select a valid choice."),
    ],
)
def test_bad_input_answers_at_its_field_and_keeps_the_rest(page, field, value, error):
    response = page.post(LOG, typed(**{field: value, "surface": "trail"}))

    assert response.status_code == 422
    form = response.context["form"]
    assert list(form.errors) == [field]
    assert error in form.errors[field][0]
    assert form["surface"].value() == "trail"
    assert not Activity.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("during", "11", "Choose a number from 0 to 10."),
        ("after", "-1", "Choose a number from 0 to 10."),
        ("gait_changed", "maybe", "Choose yes or no."),
    ],
)
def test_bad_pain_saves_no_half_of_a_run(page, field, value, error):
    response = page.post(LOG, typed(heel="yes", **{field: value}))

    assert response.status_code == 422
    assert response.context["form"].errors == {field: [error]}
    assert not Activity.objects.exists()


def test_neither_distance_nor_time(page):
    response = page.post(LOG, typed(distance="", duration=""))

    assert response.context["form"].errors == {"distance": ["Give a distance or a time."]}


def test_another_runners_shoe(page):
    response = page.post(LOG, typed(shoe=ShoeFactory().pk))

    assert response.context["form"].errors == {"shoe": ["Choose one of your own pairs."]}


def test_pain_without_consent_points_to_the_settings(page, runner):
    runner.health_consent_at = None
    runner.save()

    response = page.post(LOG, typed(heel="yes", during="4"))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["heel"]
    assert not Activity.objects.exists()


def test_editing_shows_what_was_said_and_changes_only_what_was_changed(page, runner):
    start = dt.datetime(2026, 3, 17, 6, 30, 17, tzinfo=dt.UTC)
    run = ActivityFactory(runner=runner, distance_m=10_043, started_at=start)
    PainReport.objects.create(runner=runner, activity=run, on=run.on, during=3)
    url = reverse("injuries:log-edit", args=[run.pk])

    form = page.get(url).context["form"]
    shown = {name: form[name].value() for name in ("distance", "duration", "during", "heel")}
    assert shown == {"distance": "10.0", "duration": "55:00", "during": 3, "heel": "yes"}

    page.post(
        url,
        typed(distance="10.0", on="2026-03-17", time="06:30", heel="yes", during="5", kind="run"),
    )
    run.refresh_from_db()
    assert (run.distance_m, run.started_at, run.pain_report.during) == (10_043, start, 5)


def test_taking_the_pain_back(page, runner):
    run = ActivityFactory(runner=runner)
    PainReport.objects.create(runner=runner, activity=run, on=run.on, during=3)

    page.post(reverse("injuries:log-edit", args=[run.pk]), typed(on="2026-03-17", heel="no"))

    assert not PainReport.objects.exists()


def test_deleting_asks_first(page, runner):
    run = ActivityFactory(runner=runner)
    url = reverse("injuries:log-delete", args=[run.pk])

    assert page.get(url).status_code == 200
    assert Activity.objects.exists()
    assert page.post(url).url == "/history/"
    assert not Activity.objects.exists()


@pytest.mark.parametrize("name", ["log-edit", "log-answer", "log-delete"])
def test_somebody_elses_run_is_not_there(page, name):
    other = ActivityFactory()

    assert page.get(reverse(f"injuries:{name}", args=[other.pk])).status_code == 404
    assert page.post(reverse(f"injuries:{name}", args=[other.pk])).status_code in {404, 405}
    assert Activity.objects.filter(pk=other.pk).exists()


def test_the_answer_names_the_spike_and_the_ceiling(page, runner):
    runner.declared_longest_m, runner.declared_on = 8_000, dt.date(2026, 3, 10)
    runner.save()

    response = page.post(LOG, typed(distance="12"), follow=True)

    text = response.content.decode()
    assert "Wednesday&#x27;s 12.0 km was longer than the longest you told us of (8.0 km)." in text
    assert "hold to <strong>8.8 km</strong> at most" in text


def test_the_answer_asks_for_the_morning_where_a_spot_is_open(page, runner):
    MorningFactory(runner=runner)
    response = page.post(LOG, typed(), follow=True)

    assert "Note your first steps" not in response.content.decode()


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("distance", "ten", "Write the distance as a number of km"),
        ("duration", "-45", "Write the time as minutes"),
        ("duration", "73:00:00", "A time lies between one second and three days."),
        ("on", "1989-12-31", "Choose a day after 1990."),
        ("on", "2027-03-18", "This day lies in the future."),
        ("time", "25:00", "Enter a valid time."),
        ("effort", "-1", "Choose an effort from 0 to 10."),
        ("surface", "ice", "Select a valid choice."),
        ("kind", "jog", "Select a valid choice."),
        ("shoe", "99999999999999999999", "Choose one of your own pairs."),
        ("heel", "perhaps", "Select a valid choice."),
        ("during", "11", "Choose a number from 0 to 10."),
        ("painkiller", "often", "Choose yes or no."),
        ("note", "a\0b", "Null characters are not allowed."),
        ("client_key", "again", "Enter a valid UUID."),
    ],
)
def test_a_bad_change_is_explained_on_the_page_and_changes_nothing(
    page, runner, field, value, error
):
    run = ActivityFactory(runner=runner)
    PainReport.objects.create(runner=runner, activity=run, on=run.on, during=3)
    before = [Activity.objects.values().get(), PainReport.objects.values().get()]
    sent = typed(**{"heel": "yes", "during": "5", "note": "Typed long", field: value})

    response = page.post(reverse("injuries:log-edit", args=[run.pk]), sent)

    form = response.context["form"]
    assert (response.status_code, list(form.errors)) == (422, [field])
    assert error in unescape(response.content.decode())
    assert {name: form[name].value() for name in sent} == sent
    assert [Activity.objects.values().get(), PainReport.objects.values().get()] == before
