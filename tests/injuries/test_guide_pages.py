"""The care guide: a page for each spot, read with or without a problem; routines ticked off."""

import datetime as dt

import pytest

from injuries.care.guide import ASK_FIRST, LEFT_OUT_UNDER_18, NOTICE, YOUNG, guide_for, sure
from injuries.models import RedFlagAnswers, Spot
from injuries.questions import TODAY, WITHIN_DAYS
from injuries.services.problems import record_assessed
from members.models import RoutineTick
from tests.conftest import NOW
from tests.factories import HeelProblemFactory, RoutineTickFactory

ON = dt.date(2026, 3, 18)


@pytest.fixture(autouse=True)
def _clock(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def page(client_of, runner):
    return client_of(runner)


def items(response):
    return [each.item.id for _, shown in response.context["sections"] for each, _ in shown]


@pytest.mark.parametrize("spot", Spot.values)
def test_every_item_of_a_spot_stands_there_with_how_sure_and_its_source(page, spot):
    response = page.get(f"/heel/guide/{spot}/")

    expected = [item for section in guide_for(spot, adult=True) for item in section.items]
    assert items(response) == [item.id for item in expected]
    shown = response.content.decode()
    for item in expected:
        for words in (item.title, item.text, sure(item), item.source):
            assert words.replace("'", "&#x27;") in shown
    assert NOTICE in shown


def test_who_should_ask_first_is_said_before_the_thing_itself(page):
    shown = page.get("/heel/guide/under_heel_inner/").content.decode()

    for title, ask in [
        ("A painkiller from the pharmacy", "painkillers"),
        ("Something cold", "skin"),
        ("Something warm", "skin"),
        ("Slow heel raises", "loading"),
    ]:
        start = shown.index(title)
        item = shown[start : shown.index("</article>", start)]
        assert item.index("Ask first.") < item.index(ASK_FIRST[ask]) < item.index("Source:")
        assert item.index(ASK_FIRST[ask]) < item.index("<p>")


def test_the_list_of_spots_needs_no_problem_and_shows_the_sore_one_first(page, runner):
    listed = page.get("/heel/guide/").context["spots"]
    assert [spot for spot, *_ in listed] == Spot.values
    assert not any(sore for *_, sore in listed)

    HeelProblemFactory(runner=runner, spot="above_heel")
    HeelProblemFactory(spot="elsewhere")
    listed = page.get("/heel/guide/").context["spots"]
    assert [spot for spot, _, _, sore in listed if sore] == ["above_heel"]
    assert listed[0][0] == "above_heel"


def test_an_unknown_spot_is_not_there(page):
    assert page.get("/heel/guide/knee/").status_code == 404


def test_the_problems_page_leads_to_the_guide_of_its_spot_and_back(page, runner):
    problem = HeelProblemFactory(runner=runner, spot="above_heel")

    assert 'href="/heel/guide/above_heel/"' in page.get(f"/heel/{problem.pk}/").content.decode()
    back = f'href="/heel/{problem.pk}/"'
    assert back in page.get("/heel/guide/above_heel/").content.decode()
    assert back not in page.get("/heel/guide/elsewhere/").content.decode()


def test_under_18_the_page_leaves_out_and_says_what(page, runner):
    runner.adult_from = dt.date(2027, 1, 1)
    runner.save()

    response = page.get("/heel/guide/under_heel_inner/")

    assert not {"painkillers", "heel_raise"} & set(items(response))
    shown = response.content.decode()
    assert YOUNG in shown
    assert LEFT_OUT_UNDER_18 in shown


def test_an_adult_reads_nothing_about_under_18_but_who_asks_first(page):
    assert YOUNG not in page.get("/heel/guide/under_heel_inner/").content.decode()


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"night_pain": True}, WITHIN_DAYS),
        ({"wound": True, "night_pain": True}, TODAY),
        ({"diabetes_circulation": True, "skin_colour_change": True}, TODAY),
    ],
)
def test_a_standing_yes_silences_everything_but_being_seen(page, runner, answers, message):
    problem = HeelProblemFactory(runner=runner)
    RedFlagAnswers.objects.create(runner=runner, problem=problem, on=ON, answers=answers)

    for spot in (problem.spot, "elsewhere"):
        response = page.get(f"/heel/guide/{spot}/")
        assert message in response.content.decode()
        assert [section.id for section, _ in response.context["sections"]] == ["seen"]

    record_assessed(problem, on=ON, now=NOW)
    response = page.get(f"/heel/guide/{problem.spot}/")
    assert "load" in [section.id for section, _ in response.context["sections"]]
    assert message not in response.content.decode()


def test_a_no_silences_nothing(page, runner):
    RedFlagAnswers.objects.create(
        runner=runner, problem=HeelProblemFactory(runner=runner), on=ON, answers={"wound": False}
    )

    assert page.get("/heel/guide/elsewhere/").context["stop"] == ""


# --- Routines -------------------------------------------------------------------------------------
def test_a_routine_is_ticked_in_one_tap_and_leads_back_with_its_streak(page, runner):
    RoutineTickFactory(runner=runner, routine="sole_stretch", on=ON - dt.timedelta(days=1))
    here = "/heel/guide/under_heel_inner/"
    assert "Tick off for today" in page.get(here).content.decode()
    tick = {"routine": "sole_stretch", "on": "2026-03-18", "next": f"{here}#sole_stretch"}

    answer = page.post("/routines/", tick | {"ticked": "yes"})

    assert answer.url == f"{here}#sole_stretch"
    assert RoutineTick.objects.filter(runner=runner, on=ON, routine="sole_stretch").count() == 1
    shown = page.get(here).content.decode()
    item = shown[shown.index('id="sole_stretch"') : shown.index('id="calf_stretch"')]
    assert "✓ Done today" in item
    assert "2 days in a row" in item
    assert 'value="no" aria-pressed="true"' in item

    page.post("/routines/", tick | {"ticked": "no"})
    assert RoutineTick.objects.filter(on=ON).count() == 0


def test_every_routine_can_be_ticked_off_from_some_spot():
    shown = {
        item.routine
        for spot in Spot.values
        for section in guide_for(spot, adult=True)
        for item in section.items
    }

    assert shown - {""} == set(RoutineTick.Routine.values)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_guide_costs_the_same_for_one_and_three(page, runner, rows, django_assert_num_queries):
    for back in range(rows):
        problem = HeelProblemFactory(runner=runner, side=["left", "right", "both"][back])
        RedFlagAnswers.objects.create(runner=runner, problem=problem, on=ON, answers={"wound": 0})
        RoutineTickFactory(runner=runner, on=ON - dt.timedelta(days=back))

    with django_assert_num_queries(13):
        page.get("/heel/guide/under_heel_inner/")
