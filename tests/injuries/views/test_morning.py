"""First steps: on /heel/morning/, and in one tap by the link of a mail, /morning/<token>/."""

import datetime as dt

import pytest
from django.test import Client

from injuries.links import check_token, morning_token, morning_url
from injuries.models import AssessmentDue, PainReport
from injuries.selectors.checks import MORNING_SAID, NOT_OURS, NOT_THIS_MORNING, SOMEBODY_ELSE
from injuries.services.pain import AlreadyAnswered, answer_morning_by_link
from tests.conftest import NOW
from tests.factories import HeelProblemFactory

TODAY = dt.date(2026, 3, 18)


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(NOW, tick=False)
    return time_machine


def link(runner, on=TODAY):
    return f"/morning/{morning_token(runner.pk, on=on)}/"


def kept():
    return list(PainReport.objects.order_by("on").values_list("on", "first_step", "after"))


def test_the_address_for_a_mail_is_whole(runner, settings):
    settings.SITE_URL = "https://surefoot.example"

    assert morning_url(runner, on=TODAY) == "https://surefoot.example" + link(runner)


def test_one_tap_without_a_login_is_kept_and_judged(runner):
    anonymous = Client()
    HeelProblemFactory(runner=runner)

    shown = anonymous.get(link(runner)).content.decode()
    for number in range(11):
        assert f'<button name="first_step" value="{number}" type="submit">' in shown
    answer = anonymous.post(link(runner), {"first_step": "4"})

    assert (answer.status_code, "Noted. Thank you." in answer.content.decode()) == (200, True)
    assert kept() == [(TODAY, 4, None)]
    assert not AssessmentDue.objects.exists()
    assert runner.assessments.get().on == TODAY


def test_it_shows_nothing_about_anybody(runner):
    HeelProblemFactory(runner=runner)
    for address in (link(runner), link(runner, TODAY - dt.timedelta(days=1))):
        shown = Client().get(address).content.decode()
        for told in (runner.name, runner.email, "left heel", "under the heel"):
            assert told not in shown


def test_it_answers_once_and_the_own_page_corrects_it(runner, client_of):
    Client().post(link(runner), {"first_step": "4"})

    again = Client().post(link(runner), {"first_step": "9"})
    assert (again.status_code, again.context["refused"]) == (410, MORNING_SAID)
    assert Client().get(link(runner)).context["refused"] == MORNING_SAID
    assert kept() == [(TODAY, 4, None)]

    client_of(runner).post("/heel/morning/", {"on": "2026-03-18", "first_step": "2"})
    assert kept() == [(TODAY, 2, None)]


def test_two_taps_at_once_keep_the_first(runner):
    answer_morning_by_link(runner, on=TODAY, first_step=4, now=NOW)

    with pytest.raises(AlreadyAnswered):
        answer_morning_by_link(runner, on=TODAY, first_step=9, now=NOW)
    assert kept() == [(TODAY, 4, None)]


def test_a_report_without_first_steps_is_completed(runner):
    PainReport.objects.create(runner=runner, on=TODAY, after=3)

    assert Client().post(link(runner), {"first_step": "0"}).status_code == 200
    assert kept() == [(TODAY, 0, 3)]


def test_looking_changes_nothing_however_often_a_scanner_does_it(runner):
    for _ in range(3):
        assert Client().get(link(runner)).status_code == 200
        assert Client().head(link(runner)).status_code == 200
    assert Client().options(link(runner)).status_code == 405
    assert kept() == []


def test_nobody_keeps_a_copy_of_the_page(runner):
    assert "no-store" in Client().get(link(runner)).headers["Cache-Control"]


def test_the_link_needs_the_token_of_its_form(runner):
    strict = Client(enforce_csrf_checks=True)

    assert strict.post(link(runner), {"first_step": "1"}).status_code == 403
    assert kept() == []


@pytest.mark.parametrize("typed", ["", "11", "-1", "some"])
def test_a_bad_answer_is_explained_and_the_link_still_works(runner, typed):
    response = Client().post(link(runner), {"first_step": typed})

    assert response.status_code == 422
    assert response.context["form"].errors == {"first_step": ["Choose a number from 0 to 10."]}
    assert Client().post(link(runner), {"first_step": "1"}).status_code == 200


def refused(client, address):
    response = client.post(address, {"first_step": "1"})
    assert response.status_code == 410
    assert kept() == []
    return response.context["refused"]


@pytest.mark.parametrize("change", ["", "x", "other_day", "other_person", "check"])
def test_a_tampered_link_is_refused(runner, outsider, change):
    token = morning_token(runner.pk, on=TODAY)
    said, _, signature = token.partition(".")
    tokens = {
        "": said,
        "x": f"{token}x",
        "other_day": f"{runner.pk}-20260317.{signature}",
        "other_person": f"{outsider.pk}-20260318.{signature}",
        "check": check_token(runner.pk, week=TODAY),
    }

    assert refused(Client(), f"/morning/{tokens[change]}/") == NOT_OURS


def test_another_morning_is_refused_by_the_runners_own_clock(runner, clock):
    for days in (-1, 1):
        assert refused(Client(), link(runner, TODAY + dt.timedelta(days))) == NOT_THIS_MORNING
    runner.time_zone = "Pacific/Auckland"  # 13 hours ahead: the 19th has begun there
    runner.save()
    assert refused(Client(), link(runner)) == NOT_THIS_MORNING
    assert Client().get(link(runner, dt.date(2026, 3, 19))).status_code == 200


def test_somebody_elses_link_is_refused_to_whoever_is_logged_in(runner, outsider, client_of):
    assert refused(client_of(outsider), link(runner)) == SOMEBODY_ELSE
    assert client_of(runner).get(link(runner)).status_code == 200


def test_without_consent_or_an_account_the_link_is_dead(runner):
    runner.health_consent_at = None
    runner.save()
    assert refused(Client(), link(runner)) == NOT_THIS_MORNING
    runner.is_active = False
    runner.save()
    assert refused(Client(), link(runner)) == NOT_OURS


# --- On one's own pages ---------------------------------------------------------------------------
TAP = {"on": "2026-03-18", "next": "/"}


@pytest.fixture
def page(client_of, runner):
    HeelProblemFactory(runner=runner, since=TODAY)
    return client_of(runner)


def shown(page):
    return page.get("/").content.decode()


def test_my_week_takes_it_in_one_tap_shows_it_and_changes_it(page):
    assert "How sore were your first steps this morning? One tap." in shown(page)

    assert page.post("/heel/morning/", TAP | {"first_step": "4"}).url == "/"
    html = shown(page)
    assert "First steps this morning: 4 of 10. Another tap changes it." in html
    assert '<button name="first_step" value="4" type="submit" aria-pressed="true">' in html
    assert html.count('aria-pressed="true"') == 1

    page.post("/heel/morning/", TAP | {"first_step": "10"})
    assert "First steps this morning: 10 of 10." in shown(page)
    assert kept() == [(TODAY, 10, None)]


def test_it_is_taken_back_and_asked_again(page, runner):
    page.post("/heel/morning/", TAP | {"first_step": "4"})

    assert page.post("/heel/morning/", TAP | {"take_back": "1"}).url == "/"
    assert kept() == []
    assert not AssessmentDue.objects.exists()
    assert "One tap." in shown(page)
    page.post("/heel/morning/", TAP | {"take_back": "1"})  # nothing left: nothing happens
    page.post("/heel/morning/", {"take_back": "1", "on": "soon"})
    page.post("/heel/morning/", {"take_back": "1", "on": "2026-13-45"})

    PainReport.objects.create(runner=runner, on=TODAY, first_step=4, after=2)
    page.post("/heel/morning/", TAP | {"take_back": "1"})
    assert kept() == [(TODAY, None, 2)]


def test_without_an_open_spot_my_week_asks_for_no_morning(client_of, outsider, runner):
    PainReport.objects.create(runner=runner, on=TODAY, first_step=4)

    assert "first steps this morning" not in shown(client_of(runner)).lower()


def test_tapped_twice_is_one_morning(page):
    for _ in range(2):
        page.post("/heel/morning/", TAP | {"first_step": "4"})

    assert kept() == [(TODAY, 4, None)]


def test_what_was_said_this_morning_stands_in_the_forms(page):
    for address, form in (("/heel/", "morning"), ("/heel/morning/", "form")):
        assert page.get(address).context[form]["first_step"].value() is None

    page.post("/heel/morning/", TAP | {"first_step": "0"})

    for address, form in (("/heel/", "morning"), ("/heel/morning/", "form")):
        assert page.get(address).context[form]["first_step"].value() == 0
