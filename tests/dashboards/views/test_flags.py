"""How good are our flags?: figures of groups, read from the last report, for coaches and admins."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from dashboards import words
from injuries.coach_list import NO_DRIFT
from injuries.models import FlagReport
from injuries.services.flag_reports import make_flag_report
from tests.injuries.clubs import logging_runner, sore_in

pytestmark = pytest.mark.django_db
PAGE = "/c/heath/flags/"


@pytest.fixture(autouse=True)
def _today(time_machine, now):
    time_machine.move_to(now, tick=False)


@pytest.fixture
def reported(club, now):
    """Six runners, two jumps each, two onsets each."""
    members = [logging_runner(club, jump_in={6, 11}) for _ in range(6)]
    for membership in members:
        sore_in(membership, 7)
        sore_in(membership, 12)
    make_flag_report(club.pk, now=now)
    return members


def text_of(client):
    page = client.get(PAGE)
    assert page.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def test_coaches_and_admins_read_the_same(client_of, coach, admin_membership, reported):
    for person in (coach, admin_membership.user):
        text = text_of(client_of(person))
        assert (
            "worked out on 18 March 2026: 6 runners who share everything, 72 runner-weeks" in text
        )
        assert "There were 12;" in text
        assert "They cannot show that flags prevent injuries" in text


def test_nobody_is_named(client_of, admin_membership, reported):
    text = text_of(client_of(admin_membership.user))
    assert [one.user.name for one in reported if one.user.name in text] == []


def test_runners_are_refused(client_of, runner, reported):
    assert client_of(runner).get(PAGE).status_code == 403


def test_both_charts_have_a_table(client_of, coach, reported):
    page = client_of(coach).get(PAGE).content.decode()
    assert re.findall(r'data-chart="([\w-]+)"', page) == ["chart-burden", "chart-followed"]
    assert page.count("<table>") == 3
    assert "L1: a run over the longest of 30 days" in page
    assert "RF2: safety questions, bone and load" in page.split("Not shown")[1]


def test_before_the_first_report_it_says_so(client_of, coach):
    assert "There are no figures yet." in text_of(client_of(coach))


def test_too_few_runners_say_so(client_of, coach, club, now):
    for _ in range(4):
        logging_runner(club, jump_in={6})
    make_flag_report(club.pk, now=now)
    text = text_of(client_of(coach))
    assert "There are too few to count: fewer than 5 runners" in text
    assert "runner-weeks" not in text


def test_too_few_onsets_say_so_instead_of_a_number(client_of, coach, club, now):
    for _ in range(5):
        sore_in(logging_runner(club, jump_in={6}), 7)
    make_flag_report(club.pk, now=now)
    page = client_of(coach).get(PAGE).content.decode()
    assert "Too few onsets: fewer than 10 in this year" in page
    assert "chart-followed" not in page
    assert "chart-burden" in page


def test_the_page_only_reads_the_last_report(
    client_of, coach, reported, django_assert_max_num_queries
):
    client = client_of(coach)
    client.get(PAGE)
    with django_assert_max_num_queries(6):
        client.get(PAGE)


def test_trends_lead_to_it(client_of, coach):
    page = client_of(coach).get(reverse("dashboards:trends", args=["heath"]))
    assert f'href="{PAGE}"' in page.content.decode()


def test_a_new_report_replaces_the_old(client_of, coach, reported, club, now, time_machine):
    for one in reported[:2]:
        one.sharing = "nothing"
        one.save()
    later = now + dt.timedelta(days=7)
    make_flag_report(club.pk, now=later)
    assert "fewer than 5 runners" in text_of(client_of(coach))


def test_it_says_what_coaches_are_alerted_to(client_of, coach, club, reported):
    assert "Coaches are alerted to all that the rules have for them." in text_of(client_of(coach))
    FlagReport.objects.update(coach_step=2, coach_step_since=dt.date(2026, 3, 2))
    assert (
        "There was more to read than the budget for three weeks, so from the week of 2 March on "
        "coaches are alerted to less: of single runs, only those more than twice the longest of "
        "30 days. Runners are told what they always were, and every flag still stands on the "
        "runner&#x27;s page."
    ) in text_of(client_of(coach))


def test_every_step_has_its_words():
    assert len(words.COACH_STEPS) == NO_DRIFT + 1
