"""The log page in the page (htmx), with last time filled in, and asking about the unusual once."""

import datetime as dt
import re
import uuid
from html import unescape

import pytest

from injuries.models import AssessmentDue, PainReport, WeeklyAssessment
from members.models import Activity, RoutineTick
from tests.factories import ActivityFactory, HeelProblemFactory, ShoeFactory

pytestmark = pytest.mark.django_db
LOG = "/log/"
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _today(time_machine, now):
    time_machine.move_to(now, tick=False)


def typed(**fields):
    return {"distance": "10", "duration": "55", "on": "2026-03-18", "heel": "no"} | fields


def text_of(response):
    return " ".join(unescape(response.content.decode()).split())


# --- In the page ----------------------------------------------------------------------------------
def test_the_answer_comes_in_place_of_the_form(page):
    answer = page.post(LOG, typed(effort="5"), headers=HTMX)

    run = Activity.objects.get()
    assert (answer.status_code, answer["HX-Push-Url"]) == (200, f"/log/{run.pk}/answer/")
    text = text_of(answer)
    assert "<html" not in text
    assert "Saved: 10.0 km on Wed 18 March </h1>" in text
    assert "55:00, 5:30 /km, effort 5" in text
    assert '<h2 id="this-run">This run</h2>' in text


def test_what_is_wrong_comes_back_in_place_of_the_form(page):
    answer = page.post(LOG, typed(distance="ten", note="Past the mill"), headers=HTMX)

    assert answer.status_code == 422
    text = text_of(answer)
    assert text.startswith('<div id="log">')
    assert 'value="ten"' in text
    assert "Past the mill" in text
    assert "Write the distance as a number of km" in text


def test_a_save_is_assessed_at_once_and_leaves_nothing_due(page, runner):
    page.post(LOG, typed())

    assert WeeklyAssessment.objects.get().on == dt.date(2026, 3, 18)
    assert not AssessmentDue.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_a_save_costs_the_same_for_one_and_three(page, runner, rows, django_assert_num_queries):
    for back in range(rows):
        started = dt.datetime(2026, 3, 16, 8 + back, tzinfo=dt.UTC)
        ActivityFactory(runner=runner, shoe=ShoeFactory(owner=runner), started_at=started)
    page.post(LOG, typed(distance="3", duration="20"))

    with django_assert_num_queries(40):
        page.post(LOG, typed(), headers=HTMX)


def test_a_second_copy_changes_nothing_even_after_a_change(page):
    sent = typed(client_key=str(uuid.uuid4()), heel="yes", during="4")
    page.post(LOG, sent)
    PainReport.objects.update(during=2)

    again = page.post(LOG, sent, headers=HTMX)

    assert again.status_code == 200
    assert (Activity.objects.count(), PainReport.objects.get().during) == (1, 2)


# --- Filled in ------------------------------------------------------------------------------------
def test_the_ground_of_the_last_run_and_the_usual_pair_are_filled_in(page, runner):
    shoe = ShoeFactory(owner=runner, is_default=True)
    ActivityFactory(runner=runner, surface="trail")
    later = dt.datetime(2026, 3, 17, 20, tzinfo=dt.UTC)
    ActivityFactory(runner=runner, surface="road", kind="walk", started_at=later)

    form = page.get(LOG).context["form"]

    assert (form["surface"].value(), form["shoe"].value()) == ("trail", shoe.pk)
    assert (form["distance"].value(), form["effort"].value()) == (None, None)


@pytest.mark.parametrize(
    ("asked", "day"),
    [
        ("2026-03-10", dt.date(2026, 3, 10)),
        ("2026-13-40", None),
        ("tomorrow", None),
        ("2099-01-01", None),
        ("1850-01-01", None),
        ("", None),
    ],
)
def test_a_link_may_ask_for_a_day_that_can_be_logged(page, runner, now, asked, day):
    form = page.get(f"/log/?on={asked}").context["form"]
    assert form["on"].initial == (day or runner.today(now=now))


def test_same_as_last_time_without_scripts(page, runner):
    shoe, retired = ShoeFactory(owner=runner), ShoeFactory(owner=runner, retired_on="2026-03-01")
    ActivityFactory(runner=runner, effort=6, surface="grass", shoe=shoe, note="Windy")
    ActivityFactory(runner=runner, kind="swim", distance_m=1_550, duration_s=2_000, shoe=retired)

    page_text = text_of(page.get(LOG))
    assert 'href="/log/?again=run"' in page_text
    run = page.get(LOG, {"again": "run"}).context["form"]
    swim = page.get(LOG, {"again": "swim"}).context["form"]

    names = ("kind", "distance", "duration", "effort", "shoe", "surface", "note")
    assert [run[name].value() for name in names] == [
        "run", "10.0", "55:00", 6, shoe.pk, "grass", None,
    ]  # fmt: skip
    assert [swim[name].value() for name in names[:5]] == ["swim", "1550", "33:20", None, None]
    assert page.get(LOG, {"again": "'"}).status_code == 200


def test_last_times_are_in_the_page_for_its_script(page, runner):
    ActivityFactory(runner=runner, effort=6)
    ActivityFactory(distance_m=42_000)  # somebody else's

    assert page.get(LOG).context["form"].last_typed == {
        "run": {
            "distance": "10.0",
            "duration": "55:00",
            "effort": "6",
            "shoe": "",
            "surface": "",
        }
    }


# --- Kinds ----------------------------------------------------------------------------------------
def test_a_swim_is_typed_in_metres_and_takes_no_shoes(page, runner):
    shoe = ShoeFactory(owner=runner, is_default=True)

    answer = page.post(
        LOG, typed(kind="swim", distance="1500", duration="30", shoe=shoe.pk), headers=HTMX
    )

    swim = Activity.objects.get()
    assert (swim.kind, swim.distance_m, swim.shoe) == ("swim", 1_500, None)
    assert "Saved: swim, 1.5 km on Wed 18 March" in text_of(answer)
    assert "30:00, 2:00 /100 m" in text_of(answer)
    assert "It is in your log." in text_of(answer)


def test_strength_needs_no_distance(page):
    answer = page.post(LOG, typed(kind="strength", distance="", duration="40"), headers=HTMX)

    assert Activity.objects.get().duration_s == 2_400
    assert "Saved: strength, 40:00 on Wed 18 March" in text_of(answer)


def test_a_pair_somebody_gave_a_ride_stays_with_it(page, runner):
    shoe = ShoeFactory(owner=runner)
    ride = ActivityFactory(runner=runner, kind="ride", shoe=shoe)

    page.post(f"/log/{ride.pk}/", typed(kind="ride", on="2026-03-17", shoe=shoe.pk))

    ride.refresh_from_db()
    assert ride.shoe == shoe


# --- The unusual ----------------------------------------------------------------------------------
def test_the_unusual_is_asked_once_at_its_field_with_everything_kept(page):
    sent = typed(distance="120", note="All day", heel="yes", during="3")

    asked = page.post(LOG, sent)

    assert asked.status_code == 422
    assert not Activity.objects.exists()
    form = asked.context["form"]
    assert form.errors == {
        "distance": ["120.0 km is very far. Is that right?"],
        "duration": ["That would be 0:28 /km, very fast. Are distance and time right?"],
    }
    assert {name: form[name].value() for name in sent} == sent
    text = text_of(asked)
    assert 'aria-describedby="id_distance-error"' in text
    buttons = re.findall(r'<button type="submit" class="sure" name="sure" value="([^"]+)"', text)
    assert buttons == ["far-120000 pace-120000-3300"]

    page.post(LOG, sent | {"sure": buttons[0]})
    assert Activity.objects.get().distance_m == 120_000
    assert PainReport.objects.get().during == 3


def test_yes_to_one_thing_is_no_yes_to_another(page):
    sure = "far-120000 pace-120000-3300"

    asked = page.post(LOG, typed(distance="130", sure=sure))

    assert asked.status_code == 422
    assert asked.context["form"].codes == "far-130000 pace-130000-3300"


def test_mended_is_saved_without_a_question(page):
    assert page.post(LOG, typed(distance="12", sure="")).status_code == 302


def test_a_change_is_not_asked_about_what_stood_there_before(page, runner):
    run = ActivityFactory(runner=runner, distance_m=120_000, duration_s=50_000)

    same = page.post(f"/log/{run.pk}/", typed(distance="120.0", duration="13:53:20", effort="4"))
    other = page.post(f"/log/{run.pk}/", typed(distance="125", duration="13:53:20"))

    assert (same.status_code, other.status_code) == (302, 422)
    assert other.context["form"].codes == "far-125000"


def test_an_open_spot_asks_for_the_morning(page, runner):
    HeelProblemFactory(runner=runner)
    assert "Note your first steps" in text_of(page.post(LOG, typed(), headers=HTMX))


@pytest.mark.parametrize(
    ("kind", "offered"), [("mobility", True), ("strength", True), ("run", False)]
)
def test_after_mobility_or_strength_the_routines_are_ticked_for_its_day(
    page, runner, kind, offered
):
    said = text_of(page.post(LOG, typed(kind=kind, on="2026-03-17"), headers=HTMX))
    assert ("Was it one of your routines?" in said) == offered
    if not offered:
        return
    here = f"/log/{Activity.objects.get().pk}/answer/"
    assert f'name="next" value="{here}"' in said
    tick = {"routine": "calf_stretch", "on": "2026-03-17", "ticked": "yes", "next": here}

    assert page.post("/routines/", tick).url == here

    assert RoutineTick.objects.get(runner=runner).on == dt.date(2026, 3, 17)
    assert "✓ calf stretch" in page.get(here).content.decode()
