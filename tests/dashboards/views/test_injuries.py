"""Sore heels: the list, the file without names, and how many; who is in it can read who looked."""

import csv
import datetime as dt
import io

import pytest

from injuries.models import WeeklyCheck
from members.models import AuditEntry, Role, Sharing
from members.selectors.audit import entries_about
from tests.dashboards.views.conftest import words_of
from tests.factories import HeelProblemFactory, MembershipFactory, SquadFactory

PAGE = "/c/heath/injuries/"


@pytest.fixture
def page(client_of, coach):
    return client_of(coach)


@pytest.fixture
def sore(runner):
    return HeelProblemFactory(runner=runner, onset="repetitive_gradual", since=dt.date(2026, 3, 3))


def test_a_problem_in_words(page, sore, runner):
    WeeklyCheck.objects.create(
        runner=runner, problem=sore, week=dt.date(2026, 3, 9), answered_on=dt.date(2026, 3, 15),
        participation=17, volume=17, performance=0, pain=8,
    )  # fmt: skip
    said = words_of(page.get(PAGE))
    assert "Listed are runners who share everything: 1 of 1." in said
    assert (
        "Robin Runner left, under the heel, inner front 3 Mar 2026 slowly open first unknown "
        "42 of 100 yes"
    ) in said


def test_what_is_not_known_is_said_to_be_unknown(page, sore, runner):
    HeelProblemFactory(
        runner=runner, side="right", since=dt.date(2026, 3, 8), closed_on=dt.date(2026, 3, 9)
    )
    said = words_of(page.get(PAGE))
    assert "8 Mar 2026 not said 9 Mar 2026 first 0 unknown unknown" in said


@pytest.mark.parametrize("sharing", [Sharing.STATUS, Sharing.NOTHING])
def test_nobody_else_is_listed_and_nobody_elses_row_is_written_down(
    sharing, page, sore, membership
):
    membership.sharing = sharing
    membership.save()
    said = words_of(page.get(PAGE))
    assert "Robin Runner" not in said
    assert "No sore heels in this time, of runners who share everything." in said
    assert "under the heel" not in said
    assert not AuditEntry.objects.exists()


def test_what_the_runner_said_of_a_clinician_is_not_there(page, sore):
    sore.clinician_said = "plantar fasciitis"
    sore.save()
    assert "fasciitis" not in page.get(PAGE).content.decode()
    assert b"fasciitis" not in page.post(PAGE).content


def test_the_runner_can_read_who_looked_and_who_downloaded(page, sore, runner):
    for _ in range(2):
        page.get(PAGE)
    page.post(PAGE, {"period": "3", "squad": ""})
    page.post(PAGE, {"period": "3", "squad": ""})
    downloaded = "downloaded the club's list of sore heels, with yours in it, no names"
    assert [(one.who, one.what, one.club) for one in entries_about(runner)] == [
        ("Casey Coach", downloaded, "Heath Harriers"),
        ("Casey Coach", downloaded, "Heath Harriers"),
        (
            "Casey Coach",
            "opened the club's list of sore heels, with yours in it",
            "Heath Harriers",
        ),
    ]


def test_the_file_has_the_rows_of_the_page_and_no_name(page, sore, runner):
    HeelProblemFactory(
        runner=runner, side="right", since=dt.date(2025, 1, 1), closed_on=dt.date(2025, 1, 9)
    )
    answer = page.post(PAGE, {"period": "12", "squad": ""})
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == (
        'attachment; filename="heath-sore-heels-2026-03-18.csv"'
    )
    assert answer["Cache-Control"] == "no-store"
    text = answer.content.decode()
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["date_of_onset"], row["side"]) == ("2026-03-03", "left")
    assert "Robin" not in text
    assert len(page.post(PAGE, {"period": "all"}).content.splitlines()) == 3


def test_the_filters_narrow_the_list_and_the_shares(page, club, membership, sore):
    fast, slow = SquadFactory(club=club, name="Fast"), SquadFactory(club=club, name="Slow")
    membership.squad = slow
    membership.save()
    assert "Robin Runner" not in words_of(page.get(PAGE, {"squad": fast.pk}))
    shown = words_of(page.get(PAGE, {"squad": slow.pk, "period": "3"}))
    assert "Robin Runner" in shown
    assert "Slow, of those who answered the weekly check." in shown
    sore.closed_on = dt.date(2026, 3, 4)
    sore.since = dt.date(2025, 3, 4)
    sore.save()
    sore.refresh_from_db()
    assert "Robin Runner" in words_of(page.get(PAGE, {"period": "3"}))


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("field", ["period", "squad"])
def test_a_filter_that_makes_no_sense_is_named_and_left_out(method, field, page, sore):
    answer = getattr(page, method)(PAGE, {field: "77777"})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert "Select a valid choice. 77777 is not one of the available choices." in words_of(answer)
    assert "Robin Runner" in words_of(answer)


def test_another_clubs_squad_is_no_choice(page, sore):
    assert page.get(PAGE, {"squad": SquadFactory().pk}).status_code == 422


def test_shares_of_all_and_by_squad(page, club):
    squads = [SquadFactory(club=club, name=name) for name in ("Fast", "Slow")]
    early = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
    for number in range(10):
        one = MembershipFactory(
            club=club, sharing=Sharing.EVERYTHING, joined_at=early, squad=squads[number % 2]
        )
        week = dt.date(2026, 3, 9)
        WeeklyCheck.objects.create(
            runner=one.user, week=week, answered_on=week, participation=25 if number < 3 else 0
        )
    answer = page.get(PAGE)
    said = words_of(answer)
    assert "Mon 9 March 10 of 10 3 of 10 3 of 10" in said
    assert "Mon 9 March 2 of 5; 5 of 5 answered 1 of 5; 5 of 5 answered" in said
    assert "Mon 16 March 0 of 10 not shown not shown" in said
    assert 'id="chart-sore"' in answer.content.decode()


def test_an_assistant_reads_their_own_squads(client_of, club, membership, sore):
    mine = SquadFactory(club=club)
    assistant = MembershipFactory(club=club, role=Role.ASSISTANT)
    mine.coaches.add(assistant)
    client = client_of(assistant.user)
    assert "Robin Runner" not in words_of(client.get(PAGE))
    membership.squad = mine
    membership.save()
    assert "Robin Runner" in words_of(client.get(PAGE))
    assert len(client.post(PAGE).content.splitlines()) == 2


def test_an_admin_is_refused(client_of, admin_membership):
    client = client_of(admin_membership.user)
    assert (client.get(PAGE).status_code, client.post(PAGE).status_code) == (403, 403)


@pytest.mark.parametrize("runners", [1, 3])
def test_the_number_of_queries_does_not_grow(runners, page, club, django_assert_num_queries):
    for _ in range(runners):
        one = MembershipFactory(
            club=club, sharing=Sharing.EVERYTHING, squad=SquadFactory(club=club)
        )
        HeelProblemFactory(runner=one.user)
    page.get(PAGE)
    with django_assert_num_queries(17):
        assert len(page.get(PAGE).context["rows"]) == runners
    with django_assert_num_queries(11):
        page.post(PAGE)
