"""The board: who may see it, what stands on it, and what never does."""

import datetime as dt
import json
import re

import pytest
from django.urls import reverse

from members.models import AuditEntry, Role, Sharing
from tests.dashboards.views.conftest import words_of
from tests.factories import (
    ActivityFactory,
    AssessmentFactory,
    FlagFactory,
    MembershipFactory,
    ShoeFactory,
)

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2026, 3, 16)


def club_pages(membership):
    return [
        reverse("dashboards:board", args=["heath"]),
        reverse("dashboards:trends", args=["heath"]),
        reverse("dashboards:runner", args=["heath", membership.pk]),
        reverse("dashboards:decide", args=["heath", membership.pk]),
        "/api/v1/clubs/heath/board/",
    ]


def test_coaches_come_in(client_of, coach, membership, ran):
    client = client_of(coach)
    assert [client.get(page).status_code for page in club_pages(membership)] == [200] * 5


def test_runners_and_admins_are_refused(client_of, runner, admin_membership, membership):
    for person in (runner, admin_membership.user):
        client = client_of(person)
        assert [client.get(page).status_code for page in club_pages(membership)] == [403] * 5


def test_strangers_learn_nothing(client_of, outsider, membership):
    other_coach = MembershipFactory(role=Role.COACH).user
    for person in (outsider, other_coach):
        client = client_of(person)
        assert [client.get(page).status_code for page in club_pages(membership)] == [404] * 5


def test_a_runner_of_another_club_is_not_found(client_of, coach, club):
    other = MembershipFactory(sharing=Sharing.EVERYTHING)
    client = client_of(coach)
    assert client.get(reverse("dashboards:runner", args=["heath", other.pk])).status_code == 404
    assert client.post(reverse("dashboards:decide", args=["heath", other.pk])).status_code == 404


# --- What is shared ---------------------------------------------------------------------------
PAIN = ("4 of 10", "7 of 10", "hurt", "first steps", "during", "sore", "heel 4")


@pytest.fixture
def shared_pages(client_of, coach, membership, ran):
    def pages(sharing):
        membership.sharing = sharing
        membership.save()
        client = client_of(coach)
        return [client.get(page).content.decode() for page in club_pages(membership)[:3]] + [
            json.dumps(client.get("/api/v1/clubs/heath/board/").json())
        ]

    return pages


def test_everything_shows_pain(shared_pages):
    board, _, page, api = shared_pages(Sharing.EVERYTHING)
    assert "Heel 4 of 10 during the run" in board
    assert "Heel 4 of 10 during the run" in page
    assert "First steps" in page
    assert "Heel 4 of 10 during the run" in api


def test_status_shows_no_pain_number_or_word(shared_pages):
    for page in shared_pages(Sharing.STATUS):
        text = re.sub(r"<details.*?</details>", "", page.lower(), flags=re.S)
        # What the page says about sharing itself names no value.
        text = (
            text.replace("not how a heel feels", "")
            .replace(">heel<", "")
            .replace(">sore heels<", "")
        )
        assert [word for word in PAIN if word in text] == []
        assert "first_step" not in text
    board, _, page, api = shared_pages(Sharing.STATUS)
    assert "16.0 km on Saturday after a longest of 13.0 km." in board
    assert "Asked to ease off." in board
    assert "Asked to ease off." in api
    assert json.loads(api)["rows"][0]["last_report"] is None


def test_nothing_shows_nothing(shared_pages, runner):
    ShoeFactory(owner=runner, name="Blue pair")
    board, trends, page, api = shared_pages(Sharing.NOTHING)
    for shown in (board, trends, page, api):
        assert "16.0 km" not in shown
        assert "10.0 km" not in shown
        assert "Blue pair" not in shown
        assert "status-ease" not in shown
    assert "shares nothing" in board
    assert "shares nothing with this club" in page
    (row,) = json.loads(api)["rows"]
    assert (row["training"], row["weeks"], row["last_run"], row["states"]) == (
        None,
        [],
        None,
        ["nothing"],
    )


def test_nothing_can_be_decided_about_who_shares_nothing(client_of, coach, membership, ran):
    membership.sharing = Sharing.NOTHING
    membership.save()
    address = reverse("dashboards:decide", args=["heath", membership.pk])
    assert client_of(coach).get(address).status_code == 404
    assert client_of(coach).post(address, {"kind": "accepted"}).status_code == 404


def test_opening_a_runner_leaves_one_audit_row_a_day(client_of, coach, membership):
    client = client_of(coach)
    address = reverse("dashboards:runner", args=["heath", membership.pk])
    client.get(address)
    client.get(address)
    (entry,) = AuditEntry.objects.filter(action="runner_viewed")
    assert (entry.by, entry.about) == (coach, membership.user)


# --- The board ----------------------------------------------------------------------------------
def test_filters_stand_in_the_address(client_of, coach, membership, ran, club):
    MembershipFactory(club=club, user__name="Hidden Harry")
    page = words_of(client_of(coach).get("/c/heath/", {"show": "ease", "q": "robin"}))
    assert "Robin Runner" in page
    assert "Hidden Harry" not in page


def test_a_club_without_runners_offers_the_next_step(client_of, coach):
    assert "No runner is in this club yet." in words_of(client_of(coach).get("/c/heath/"))


def test_an_assistant_without_a_squad_is_told_who_gives_them_one(client_of, club):
    assistant = MembershipFactory(club=club, role=Role.ASSISTANT).user
    page = words_of(client_of(assistant).get("/c/heath/"))
    assert "No runner is in a squad of yours yet." in page


def test_odd_filters_are_ignored(client_of, coach, membership):
    response = client_of(coach).get("/c/heath/", {"show": "<b>", "squad": "x", "q": "'\""})
    assert response.status_code == 200


@pytest.mark.parametrize("runners", [1, 3])
def test_the_board_asks_a_fixed_number_of_queries(
    runners, client_of, coach, club, django_assert_num_queries
):
    for _ in range(runners):
        one = MembershipFactory(club=club, sharing=Sharing.EVERYTHING)
        ActivityFactory(runner=one.user)
        FlagFactory(assessment=AssessmentFactory(runner=one.user, training="ease"))
    client = client_of(coach)
    client.get("/c/heath/")  # the day's look is written down here
    with django_assert_num_queries(18):
        assert client.get("/c/heath/").status_code == 200
