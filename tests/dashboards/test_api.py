"""The API says what the pages say."""

import datetime as dt

import pytest

from injuries.models import CoachDecision
from members.models import Sharing
from tests.factories import (
    ActivityFactory,
    AssessmentFactory,
    DayStatusFactory,
    FlagFactory,
    MembershipFactory,
    SquadFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(time_machine, now):
    time_machine.move_to(now, tick=False)


def test_my_week(client_of, runner):
    ActivityFactory(runner=runner)
    DayStatusFactory(runner=runner, on=dt.date(2026, 3, 16))
    assessment = AssessmentFactory(
        runner=runner, training="ease", ceiling_m=14_300, ceiling_until=dt.date(2026, 3, 27)
    )
    FlagFactory(assessment=assessment)
    body = client_of(runner).get("/api/v1/my-week/").json()
    weeks = body.pop("weeks")
    assert len(weeks) == 12
    assert weeks[-1] == {
        "week": "2026-W12",
        "distance_m": 10_000,
        "longest_m": 10_000,
        "ceiling_m": 14_300,
    }
    assert weeks[0]["distance_m"] is None
    assert body == {
        "week": "2026-W12",
        "on": "2026-03-18",
        "training": "ease",
        "clinician": None,
        "shoes_check": False,
        "advice": {
            "answer": "ease",
            "offer": "Ease off: hold or shorten the next runs.",
            "why": (
                "Saturday's 16.0 km was longer than your longest of the 30 days before (13.0 km)."
            ),
        },
        "ceiling_m": 14_300,
        "ceiling_until": "2026-03-27",
        "this_week_m": 10_000,
        "last_week_m": None,
        "mean4_m": None,
        "others": [],
        "not_assessed": [],
        "missing": {
            "days": ["2026-03-18"],
            "morning": False,
            "questions": [],
            "check_of": "2026-W11",
        },
        "notes": [],
    }


def test_a_week_that_was_never_assessed_has_no_answer(client_of, runner):
    body = client_of(runner).get("/api/v1/my-week/", {"week": "2026-W10"}).json()
    assert (body["week"], body["training"], body["advice"]) == ("2026-W10", None, None)


@pytest.mark.parametrize("path", ["/api/v1/my-week/", "/api/v1/clubs/heath/board/"])
@pytest.mark.parametrize("week", ["2026-W13", "2026-10", "x"])
def test_a_week_that_is_none_is_refused_in_words(client_of, coach, path, week):
    response = client_of(coach).get(path, {"week": week})
    assert response.status_code == 400
    assert list(response.json()) == ["week"]


def test_the_board(client_of, coach, club, now):
    squad = SquadFactory(club=club, name="Track")
    membership = MembershipFactory(
        club=club, squad=squad, sharing=Sharing.EVERYTHING, user__name="Robin Runner"
    )
    ActivityFactory(runner=membership.user)
    assessment = AssessmentFactory(runner=membership.user, training="ease")
    FlagFactory(assessment=assessment, for_coach=True)
    decision = CoachDecision.objects.create(
        assessment=assessment, club=club, kind="accepted", decided_at=now, decided_by=coach
    )
    body = client_of(coach).get("/api/v1/clubs/heath/board/").json()
    assert (body["week"], body["on"], body["runners"]) == ("2026-W12", "2026-03-18", 1)
    assert {chip["state"]: chip["count"] for chip in body["chips"] if chip["count"]} == {"ease": 1}
    (row,) = body["rows"]
    assert len(row.pop("weeks")) == 12
    assert row == {
        "membership": membership.pk,
        "name": "Robin Runner",
        "squad": "Track",
        "sharing": "everything",
        "states": ["ease"],
        "tasks": [],
        "training": "ease",
        "clinician": "",
        "shoes_check": False,
        "beginner": False,
        "reasons": ["16.0 km on Saturday after a longest of 13.0 km."],
        "assessed_on": "2026-03-18",
        "last_run": {"on": "2026-03-17", "distance_m": 10_000},
        "last_entry": "2026-03-17",
        "last_report": None,
        "decision": {
            "id": decision.pk,
            "kind": "accepted",
            "training": "",
            "note": "",
            "note_shared": False,
            "spoke": False,
            "owner": None,
            "due_on": None,
            "snoozed_until": None,
            "decided_at": "2026-03-18T12:00:00Z",
            "decided_by": "Casey Coach",
        },
    }


def test_the_boards_filters(client_of, coach, membership):
    client = client_of(coach)
    path = "/api/v1/clubs/heath/board/"
    assert len(client.get(path, {"show": "silent"}).json()["rows"]) == 1
    assert client.get(path, {"show": "rest"}).json()["rows"] == []
    assert client.get(path, {"q": "nobody"}).json()["rows"] == []
    assert client.get(path, {"show": "odd"}).status_code == 400
    assert client.get(path, {"squad": "odd"}).status_code == 400


@pytest.mark.parametrize("path", ["/api/v1/my-week/", "/api/v1/clubs/heath/board/"])
def test_nobody_comes_in_without_a_login(client, club, path):
    assert client.get(path).status_code == 401


@pytest.mark.parametrize("runners", [1, 3])
def test_the_board_asks_a_fixed_number_of_queries(
    runners, client_of, coach, club, django_assert_num_queries
):
    for _ in range(runners):
        one = MembershipFactory(club=club, sharing=Sharing.EVERYTHING)
        ActivityFactory(runner=one.user)
        FlagFactory(assessment=AssessmentFactory(runner=one.user, training="ease"))
    client = client_of(coach)
    client.get("/api/v1/clubs/heath/board/")  # the day's look is written down here
    with django_assert_num_queries(16):
        assert client.get("/api/v1/clubs/heath/board/").status_code == 200
