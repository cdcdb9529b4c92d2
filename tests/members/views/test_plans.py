"""Gaps, plans and routines on their pages: in the page for htmx, a redirect without scripts."""

import datetime as dt

import pytest

from members.models import DayStatus, PlannedBreak, RoutineTick
from tests.factories import (
    ActivityFactory,
    DayStatusFactory,
    PlannedBreakFactory,
    RoutineTickFactory,
)
from tests.members.views.answers import messages

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _today(time_machine, now):
    time_machine.move_to(now, tick=False)


@pytest.fixture
def page(client_of, runner):
    return client_of(runner)


def text_of(response):
    return response.content.decode()


# --- Gaps -----------------------------------------------------------------------------------------
def test_my_week_asks_about_each_day_without_an_entry(page, runner):
    ActivityFactory(runner=runner)  # Tuesday
    DayStatusFactory(runner=runner)  # Monday: rest

    gaps = page.get("/").context["gaps"]

    assert [(day.on.day, day.status) for day in gaps.days] == [(16, "rest"), (18, "")]
    assert gaps.unknown == 1
    text = text_of(page.get("/"))
    assert text.count('class="tap"') == 4
    assert 'aria-label="Undo rest on Mon 16 March"' in text
    assert "I logged everything" in text


def test_a_day_is_said_and_undone_in_the_page(page, runner):
    said = page.post("/days/", {"on": "2026-03-17", "status": "ill"}, headers=HTMX)

    assert DayStatus.objects.get().status == "ill"
    assert text_of(said).startswith('<section class="card stack" id="gaps"')
    assert 'aria-label="Undo ill on Tue 17 March" autofocus' in text_of(said)

    page.post("/days/", {"on": "2026-03-17", "status": ""}, headers=HTMX)
    assert not DayStatus.objects.exists()


def test_a_day_is_said_without_scripts(page):
    said = page.post("/days/", {"on": "2026-03-17", "status": "holiday", "next": "/"})

    assert (said.status_code, said.url) == (302, "/")
    assert DayStatus.objects.get().status == "holiday"


def test_everything_logged_is_answered_in_the_page(page, runner):
    answer = page.post("/days/", {"week": "2026-W12", "everything": "1"}, headers=HTMX)

    assert DayStatus.objects.filter(runner=runner, status="rest").count() == 3
    assert "I logged everything" not in text_of(answer)


@pytest.mark.parametrize("rows", [1, 3])
def test_my_week_asks_a_fixed_number_of_queries(page, runner, rows, django_assert_num_queries):
    page.get("/")
    for day in range(rows):
        DayStatusFactory(runner=runner, on=dt.date(2026, 3, 16 + day))
        PlannedBreakFactory(
            runner=runner, first=dt.date(2026, 4, 1 + day), last=dt.date(2026, 4, 1 + day)
        )
        RoutineTickFactory(runner=runner, on=dt.date(2026, 3, 16 + day))

    with django_assert_num_queries(28):
        page.get("/")


# --- Plans ----------------------------------------------------------------------------------------
def test_a_holiday_is_planned_shown_and_taken_back(page, runner):
    typed = {"kind": "holiday", "first": "2026-03-25", "last": "2026-04-02"}

    planned = page.post("/days/breaks/", typed, follow=True)

    assert messages(planned) == ["Planned."]
    assert "holiday: Wed 25 March to Thu 2 April" in text_of(planned)
    week = text_of(page.get("/"))
    assert "Holiday planned from Wed 25 March to Thu 2 April" in week
    page.post(f"/days/breaks/{PlannedBreak.objects.get().pk}/cancel/")
    assert not PlannedBreak.objects.exists()


def test_a_bad_plan_keeps_what_was_typed(page, runner):
    typed = {"kind": "taper", "first": "2026-03-25", "last": "2026-03-24"}

    answer = page.post("/days/breaks/", typed)

    form = answer.context["plan"]
    assert (answer.status_code, form.errors) == (
        422,
        {"last": ["The last day lies before the first."]},
    )
    assert {name: form[name].value() for name in typed} == typed


def test_a_holiday_that_passed_is_filled_in_when_my_week_is_opened(page, runner):
    PlannedBreakFactory(runner=runner, first=dt.date(2026, 3, 16), last=dt.date(2026, 3, 20))

    text = text_of(page.get("/"))

    assert DayStatus.objects.filter(planned=True, status="holiday").count() == 2
    assert "Holiday until Fri 20 March" in text
    assert "as planned" in text


# --- Routines -------------------------------------------------------------------------------------
def test_a_routine_is_ticked_in_the_page_and_taken_back(page, runner):
    tick = {"routine": "calf_stretch", "on": "2026-03-18", "ticked": "yes"}

    answer = page.post("/routines/", tick, headers=HTMX)

    assert RoutineTick.objects.get().routine == "calf_stretch"
    assert 'aria-pressed="true" aria-label="calf stretch, Wed 18 March" autofocus' in " ".join(
        text_of(answer).split()
    )
    page.post("/routines/", tick | {"ticked": "no"}, headers=HTMX)
    assert not RoutineTick.objects.exists()


def test_a_routine_is_ticked_without_scripts(page):
    answer = page.post(
        "/routines/", {"routine": "foam_roll", "on": "2026-03-17", "ticked": "yes", "next": "/"}
    )
    assert (answer.status_code, answer.url) == (302, "/")


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_tick_ahead_of_time_is_refused(page, headers):
    tick = {"routine": "foam_roll", "on": "2026-03-19", "ticked": "yes"}

    answer = page.post("/routines/", tick, headers=headers)

    assert answer.status_code == 422
    assert "This day lies in the future." in text_of(answer)
    assert not RoutineTick.objects.exists()
