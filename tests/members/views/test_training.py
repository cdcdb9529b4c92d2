"""Days: what works, and what comes back with all that was typed."""

import datetime as dt

import pytest

from members.models import DayStatus
from tests.factories import ActivityFactory, DayStatusFactory
from tests.members.views.answers import assert_refused, messages

pytestmark = pytest.mark.django_db
DAYS = "/days/"
FUTURE = "This day lies in the future."
EARLY = "Choose a day after 1990."


@pytest.fixture(autouse=True)
def _today(time_machine, now):
    time_machine.move_to(now, tick=False)


@pytest.fixture
def page(client_of, runner):
    return client_of(runner)


# --- Days -----------------------------------------------------------------------------------------
def test_the_days_of_a_week_up_to_today(page, runner):
    ActivityFactory(runner=runner)
    DayStatusFactory(runner=runner)

    context = page.get(DAYS).context

    assert [(row["on"].day, row["status"], len(row["activities"])) for row in context["rows"]] == [
        (16, "rest", 0),
        (17, "", 1),
        (18, "", 0),
    ]
    assert context["unknown"] == [dt.date(2026, 3, 18)]
    assert (context["before"], context["after"]) == ("2026-W11", "")


@pytest.mark.parametrize("week", ["2026-W13", "9999-W52", "0001-W01", "soon", "", "\0"])
def test_an_odd_week_is_this_week(week, page):
    assert page.get(DAYS, {"week": week}).context["week"] == dt.date(2026, 3, 16)


def test_a_day_is_said_and_taken_back(page):
    page.post(DAYS, {"on": "2026-03-17", "status": "ill"})
    assert DayStatus.objects.get().status == "ill"
    page.post(DAYS, {"on": "2026-03-17", "status": ""})
    assert not DayStatus.objects.exists()


def test_i_logged_everything_turns_the_unknown_days_of_that_week_into_rest(page, runner):
    started = dt.datetime(2026, 3, 10, 9, tzinfo=dt.UTC)
    ActivityFactory(runner=runner, started_at=started)
    DayStatusFactory(runner=runner, on=dt.date(2026, 3, 12), status="ill")

    first = page.post(DAYS, {"week": "2026-W11", "everything": "1"}, follow=True)
    again = page.post(DAYS, {"week": "2026-W11", "everything": "1"}, follow=True)

    assert messages(first) == ["5 days are now rest."]
    assert messages(again) == ["0 days are now rest."]
    said = DayStatus.objects.values_list("on__day", "status")
    assert sorted(said) == [
        (9, "rest"),
        *((n, "ill" if n == 12 else "rest") for n in range(11, 16)),
    ]


@pytest.mark.parametrize(
    ("asked", "sent_to"),
    [("/?week=2026-W11", "/?week=2026-W11"), ("https://elsewhere.example/", DAYS), ("", DAYS)],
)
def test_the_way_back_stays_on_this_site(asked, sent_to, page):
    response = page.post(DAYS, {"on": "2026-03-17", "status": "ill", "next": asked})
    assert (response.status_code, response["Location"]) == (302, sent_to)


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("on", "2027-03-17", FUTURE),
        ("on", "0001-01-01", EARLY),
        ("on", "yesterday", "Enter a valid date."),
        ("on", "", "This field is required."),
        ("status", "lazy", "Select a valid choice."),
    ],
)
def test_a_bad_day_is_explained_on_the_page(field, value, error, page):
    typed = {"on": "2026-03-17", "status": "ill"} | {field: value}

    response = page.post(DAYS, typed)

    assert_refused(response, field, error, typed)
    assert error in response.content.decode()
    assert not DayStatus.objects.exists()
