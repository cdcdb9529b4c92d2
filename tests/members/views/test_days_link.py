"""A week's missing days by a mail's link: one person, one week, nothing said twice."""

import datetime as dt

import pytest
import time_machine
from django.test import Client

from members.links import days_link, days_token
from members.models import DayStatus
from tests.factories import ActivityFactory, DayStatusFactory, UserFactory

WEEK = dt.date(2026, 3, 9)
MONDAY = dt.datetime(2026, 3, 16, 8, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def person(db):
    """Somebody who ran on Tuesday and was ill on Wednesday; five days are unknown."""
    user = UserFactory()
    ActivityFactory(runner=user, started_at=dt.datetime(2026, 3, 10, 18, tzinfo=dt.UTC))
    DayStatusFactory(runner=user, on=dt.date(2026, 3, 11), status="ill")
    return user


def address(user, *, week=WEEK):
    return f"/days/link/{days_token(user.pk, week=week)}/"


def said(user):
    rows = DayStatus.objects.filter(runner=user).order_by("on")
    return {on.day: status for on, status in rows.values_list("on", "status")}


def test_the_link_is_whole(person):
    assert days_link(person.pk, week=WEEK) == f"http://127.0.0.1:8000{address(person)}"


def test_looking_asks_and_changes_nothing(person):
    response = Client().get(address(person))

    assert response.status_code == 200
    assert response["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    asked = [field.label for field in response.context["form"]]
    assert asked == [
        "Monday 9 March",
        "Thursday 12 March",
        "Friday 13 March",
        "Saturday 14 March",
        "Sunday 15 March",
    ]
    assert person.name not in response.content.decode()
    assert said(person) == {11: "ill"}


def test_one_tap_says_rest_where_nothing_was_said_and_twice_is_once(person):
    page = Client()

    for _ in range(2):
        response = page.post(address(person), {"everything": "1"})
        assert response.status_code == 200
        assert "every day of this week has an entry" in response.content.decode()

    assert said(person) == {9: "rest", 11: "ill", 12: "rest", 13: "rest", 14: "rest", 15: "rest"}


def test_each_day_as_it_was_and_the_rest_stays_unknown(person):
    response = Client().post(address(person), {"2026-03-09": "holiday", "2026-03-12": "injured"})

    assert response.status_code == 200
    assert "Noted." in response.content.decode()
    assert said(person) == {9: "holiday", 11: "ill", 12: "injured"}
    assert len(response.context["days"]) == 3


def test_what_was_said_before_stays_and_other_weeks_are_out_of_reach(person):
    Client().post(
        address(person), {"2026-03-11": "rest", "2026-03-10": "rest", "2026-03-16": "rest"}
    )

    assert said(person) == {11: "ill"}


def test_a_wrong_answer_is_explained_at_its_day_and_nothing_is_lost(person):
    response = Client().post(address(person), {"2026-03-09": "bored", "2026-03-12": "rest"})

    assert response.status_code == 422
    form = response.context["form"]
    assert form.errors == {"2026-03-09": ["Choose rest, ill, injured or holiday."]}
    assert form["2026-03-12"].value() == "rest"
    assert said(person) == {11: "ill"}


def test_it_needs_the_token_of_its_form(person):
    page = Client(enforce_csrf_checks=True)

    assert page.post(address(person), {"everything": "1"}).status_code == 403
    assert said(person) == {11: "ill"}


@pytest.mark.parametrize(
    "change", [lambda token: token[:-1], lambda token: "1" + token, lambda token: "nonsense"]
)
def test_a_link_that_was_not_made_here_is_refused(person, change):
    token = change(days_token(person.pk, week=WEEK))

    for response in (
        Client().get(f"/days/link/{token}/"),
        Client().post(f"/days/link/{token}/", {"everything": "1"}),
    ):
        assert response.status_code == 410
        assert "not one of ours" in response.content.decode()
    assert said(person) == {11: "ill"}


@pytest.mark.parametrize(
    ("day", "status"), [("2026-03-22T23:59Z", 200), ("2026-03-23T00:01Z", 410)]
)
def test_it_works_until_the_end_of_the_next_week(person, day, status):
    with time_machine.travel(dt.datetime.fromisoformat(day), tick=False):
        assert Client().get(address(person)).status_code == status


def test_who_is_gone_or_logged_in_as_somebody_else_is_refused(person, client_of, outsider):
    assert client_of(outsider).get(address(person)).status_code == 410
    person.is_active = False
    person.save()
    assert Client().get(address(person)).status_code == 410
    assert "Open my days" in Client().get(address(person)).content.decode()
