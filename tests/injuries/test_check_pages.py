"""/check/: about each open problem on the page, about both heels by a mail's link."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from injuries.links import check_token
from injuries.models import HeelProblem, WeeklyCheck
from injuries.selectors.checks import NOT_OURS, SOMEBODY_ELSE, TOO_OLD, USED
from tests.conftest import NOW
from tests.factories import HeelProblemFactory

WEEK = dt.date(2026, 3, 9)  # asked about until Wednesday 18 March
USED_WEEK = dt.date(2026, 3, 16)  # the one going on
KEYS = ("week", "problem_id", "participation", "volume", "performance", "pain")


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def page(client_of, runner):
    return client_of(runner)


def kept():
    return list(WeeklyCheck.objects.order_by("problem_id", "week").values_list(*KEYS))


def test_no_problem_ends_the_check_in_one_tap(page):
    assert page.post("/check/", {"nothing": "1"}).url == "/"

    assert kept() == [(WEEK, None, 0, None, None, None)]


@pytest.mark.parametrize(
    ("day", "week"),
    [(15, 9), (16, 9), (18, 9), (19, 16), (21, 16), (22, 16)],
)
def test_until_wednesday_the_week_before_is_asked_about(page, clock, day, week):
    clock.move_to(dt.datetime(2026, 3, day, 12, tzinfo=dt.UTC))

    page.post("/check/", {"nothing": "1"})

    assert WeeklyCheck.objects.get().week == dt.date(2026, 3, week)


def test_each_open_problem_is_asked_about(page, runner):
    left = HeelProblemFactory(runner=runner)
    right = HeelProblemFactory(runner=runner, side="right", since=dt.date(2026, 3, 4))
    HeelProblemFactory(runner=runner, side="both", closed_on=dt.date(2026, 3, 5))
    HeelProblemFactory()

    page.post(
        "/check/",
        {f"p{left.pk}-participation": "0", f"p{right.pk}-participation": "8",
         f"p{right.pk}-volume": "17", f"p{right.pk}-performance": "0", f"p{right.pk}-pain": "8"},
    )  # fmt: skip

    assert kept() == [
        (WEEK, left.pk, 0, None, None, None),
        (WEEK, right.pk, 8, 17, 0, 8),
    ]
    page.post("/check/", {"nothing": "1"})
    assert [row[2] for row in kept()] == [0, 0]


def test_two_weeks_without_a_problem_close_it_and_taking_one_back_opens_it(page, runner, clock):
    problem = HeelProblemFactory(runner=runner)

    page.post("/check/", {"nothing": "1"})
    assert HeelProblem.objects.get().closed_on is None
    clock.move_to(NOW + dt.timedelta(days=7))
    response = page.post("/check/", {"nothing": "1"}, follow=True)
    assert "Two weeks without a problem: your left heel" in response.content.decode()
    problem.refresh_from_db()
    assert (problem.closed_on, problem.closed_by) == (dt.date(2026, 3, 25), "checks")

    page.post("/check/", {"participation": "8", "volume": "0", "performance": "0", "pain": "8"})
    problem.refresh_from_db()
    assert (problem.closed_on, problem.closed_by) == (None, "")


def test_a_spot_opened_anew_meanwhile_stays_the_open_one(page, runner, clock):
    closed = HeelProblemFactory(runner=runner)
    page.post("/check/", {"nothing": "1"})
    clock.move_to(NOW + dt.timedelta(days=7))
    page.post("/check/", {"nothing": "1"})
    HeelProblemFactory(runner=runner, since=dt.date(2026, 3, 25))
    WeeklyCheck.objects.filter(week=WEEK).update(participation=8)

    page.post("/check/", {"nothing": "1"})

    closed.refresh_from_db()
    assert closed.closed_on == dt.date(2026, 3, 25)


def test_what_the_runner_closed_no_check_opens(page, runner):
    problem = HeelProblemFactory(runner=runner, closed_on=dt.date(2026, 3, 10), closed_by="runner")

    page.post("/check/", {"participation": "25"})

    problem.refresh_from_db()
    assert problem.closed_on == dt.date(2026, 3, 10)


def test_the_gate_forgets_what_lies_behind_it(page):
    page.post("/check/", {"participation": "25", "volume": "8"})

    assert WeeklyCheck.objects.get().volume is None


@pytest.mark.parametrize("value", ["", "9", "no"])
def test_a_bad_check(page, value):
    response = page.post("/check/", {"participation": value})

    assert response.status_code == 422
    assert response.context["form"].errors == {"participation": ["Choose one of the answers."]}


@pytest.mark.parametrize(("field", "value"), [("volume", "9"), ("pain", "-8"), ("pain", "much")])
def test_a_bad_answer_behind_the_gate(page, field, value):
    typed = {"participation": "8", "volume": "17", "performance": "0", "pain": "8"}

    response = page.post("/check/", typed | {field: value})

    form = response.context["form"]
    assert (response.status_code, form.errors) == (422, {field: ["Choose one of the answers."]})
    assert form["participation"].value() == "8"
    assert not WeeklyCheck.objects.exists()


def test_with_two_problems_one_bad_answer_keeps_nothing_and_loses_nothing(page, runner):
    left = HeelProblemFactory(runner=runner)
    right = HeelProblemFactory(runner=runner, side="right", since=dt.date(2026, 3, 4))
    typed = {f"p{left.pk}-participation": "8", f"p{right.pk}-participation": "9"}

    response = page.post("/check/", typed)

    assert response.status_code == 422
    asked = response.context["asked"]
    assert [form["participation"].value() for _, form in asked] == ["8", "9"]
    assert not WeeklyCheck.objects.exists()


# --- The link -------------------------------------------------------------------------------------
def link(runner, week=WEEK):
    return f"/check/{check_token(runner.pk, week=week)}/"


def test_the_link_works_without_a_login_once_and_shows_nothing(runner):
    HeelProblemFactory(runner=runner)
    anonymous = Client()

    page = anonymous.get(link(runner))
    shown = page.content.decode()
    for told in (runner.name, runner.email, "left heel", "under the heel"):
        assert told not in shown
    response = anonymous.post(link(runner), {"participation": "0"})
    assert (response.status_code, "Thank you" in response.content.decode()) == (200, True)
    assert kept() == [(WEEK, None, 0, None, None, None)]

    again = anonymous.post(link(runner), {"participation": "25"})
    assert (again.status_code, again.context["refused"]) == (410, USED)
    assert kept() == [(WEEK, None, 0, None, None, None)]
    assert anonymous.get(link(runner)).context["refused"] == USED


def test_looking_changes_nothing_however_often_a_scanner_does_it(runner):
    """Not one statement writes, also where the link has run out or been answered."""
    WeeklyCheck.objects.create(runner=runner, week=USED_WEEK, answered_on=WEEK, participation=0)
    addresses = [link(runner), link(runner, USED_WEEK), link(runner, dt.date(2026, 2, 2))]
    before = kept()
    with CaptureQueriesContext(connection) as asked:
        for address, status in zip(addresses * 3, (200, 410, 410) * 3, strict=True):
            assert Client().get(address).status_code == status
            assert Client().head(address).status_code == status
            assert Client().options(address).status_code in {405, 410}
    said = [query["sql"].split()[0] for query in asked.captured_queries]
    assert set(said) == {"SELECT"}
    assert kept() == before


def test_the_link_needs_the_token_of_its_form():
    """A page of somebody else cannot answer in a reader's browser."""
    strict = Client(enforce_csrf_checks=True)

    assert strict.post("/check/anything/", {"participation": "0"}).status_code == 403


def refused(client, address):
    response = client.post(address, {"participation": "0"})
    assert response.status_code == 410
    assert kept() == []
    return response.context["refused"]


@pytest.mark.parametrize("change", ["", "x", "flip", "other_week", "other_person"])
def test_a_tampered_link_is_refused(runner, outsider, change):
    token = check_token(runner.pk, week=WEEK)
    said, _, signature = token.partition(".")
    tokens = {
        "": said,
        "x": f"{token}x",
        "flip": token[:-1] + ("A" if token[-1] != "A" else "B"),
        "other_week": f"{runner.pk}-20260316.{signature}",
        "other_person": f"{outsider.pk}-20260309.{signature}",
    }

    assert refused(Client(), f"/check/{tokens[change]}/") == NOT_OURS


def test_an_earlier_week_or_one_to_come_is_refused(runner, clock):
    for week in (dt.date(2026, 3, 2), dt.date(2026, 3, 23)):
        assert refused(Client(), link(runner, week)) == TOO_OLD
    clock.move_to(dt.datetime(2026, 3, 22, 23, tzinfo=dt.UTC))
    assert Client().get(link(runner)).status_code == 200
    clock.move_to(dt.datetime(2026, 3, 23, 0, tzinfo=dt.UTC))
    assert refused(Client(), link(runner)) == TOO_OLD


def test_somebody_elses_link_is_refused_to_whoever_is_logged_in(client_of, runner, outsider):
    assert refused(client_of(outsider), link(runner)) == SOMEBODY_ELSE
    assert client_of(runner).get(link(runner)).status_code == 200


def test_without_consent_or_an_account_the_link_is_dead(runner):
    runner.health_consent_at = None
    runner.save()
    assert refused(Client(), link(runner)) == TOO_OLD
    runner.is_active = False
    runner.save()
    assert refused(Client(), link(runner)) == NOT_OURS


def test_a_bad_answer_by_link_is_explained_and_the_link_still_works(runner):
    response = Client().post(link(runner), {"participation": "8", "volume": "9"})

    assert response.status_code == 422
    assert response.context["form"].errors == {"volume": ["Choose one of the answers."]}
    assert Client().get(link(runner)).status_code == 200


def test_answered_on_the_page_the_link_has_nothing_left_to_ask(page, runner):
    page.post("/check/", {"nothing": "1"})

    assert Client().get(link(runner)).context["refused"] == USED
