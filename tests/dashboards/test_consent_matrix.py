"""The same runner as seen by everybody, field by field: on the board, their page and in the API.

Five ways to look: a coach while everything, the status only or nothing is shared; an assistant
coach of another squad; an admin.
"""

import pytest

from members.models import Role, Sharing
from tests.factories import (
    ActivityFactory,
    AssessmentFactory,
    FlagFactory,
    MembershipFactory,
    MorningFactory,
    ShoeFactory,
    SquadFactory,
)

BOARD, API = "/c/heath/", "/api/v1/clubs/heath/board/"


@pytest.fixture(autouse=True)
def _today(time_machine, now):
    time_machine.move_to(now, tick=False)


@pytest.fixture
def told(club, membership):
    """A runner with something of everything: a run, shoes, load, pain, a morning, a clinician."""
    membership.squad = SquadFactory(club=club, name="Track")
    membership.save()
    runner = membership.user
    ActivityFactory(runner=runner, shoe=ShoeFactory(owner=runner, name="Blue pair"))
    MorningFactory(runner=runner, first_step=7)
    assessment = AssessmentFactory(
        runner=runner, training="cross_train", clinician="book", shoes=True
    )
    FlagFactory(assessment=assessment, for_coach=True)
    FlagFactory(
        assessment=assessment,
        rule="P1",
        level="over_limit",
        action="ease",
        values={"during": 4, "run_on": "2026-03-17", "limit": 2},
    )
    FlagFactory(
        assessment=assessment,
        rule="S1",
        level="check_wear",
        action="shoe_check",
        values={"shoe": "1", "distance_m": 640_000, "limit_m": 800_000},
    )
    return membership


@pytest.fixture
def look(client_of, club, coach, admin_membership, told):
    """Return a function that looks in one of the five ways."""
    assistant = MembershipFactory(club=club, role=Role.ASSISTANT)
    SquadFactory(club=club, name="Elsewhere").coaches.add(assistant)
    viewers = {"assistant": assistant.user, "admin": admin_membership.user}

    def as_seen_by(way, address):
        told.sharing = way if way in Sharing.values else Sharing.EVERYTHING
        told.save()
        return client_of(viewers.get(way, coach)).get(address)

    return as_seen_by


# What each field of the API's row says, per what is shared.
EVERYTHING = {
    "sharing": "everything",
    "states": ["clinician", "cross_train", "shoes"],
    "training": "cross_train",
    "clinician": "book",
    "shoes_check": True,
    "reasons": [
        "Heel 4 of 10 during the run on Tuesday.",
        "16.0 km on Saturday after a longest of 13.0 km.",
        "Shoes at 640.0 km.",
    ],
    "assessed_on": "2026-03-18",
    "last_run": {"on": "2026-03-17", "distance_m": 10_000},
    "last_entry": "2026-03-17",
    "last_report": "2026-03-18",
    "tasks": ["waiting"],
}
STATUS = EVERYTHING | {
    "sharing": "status",
    "clinician": "advised",
    "reasons": [
        "16.0 km on Saturday after a longest of 13.0 km.",
        "Asked to ease off.",
        "Shoes at 640.0 km.",
    ],
    "last_report": None,
}
NOTHING = {
    "sharing": "nothing",
    "states": ["nothing"],
    "training": None,
    "clinician": "",
    "shoes_check": False,
    "reasons": [],
    "assessed_on": None,
    "last_run": None,
    "last_entry": None,
    "last_report": None,
    "tasks": [],
}


@pytest.mark.parametrize(
    ("way", "expected"), [("everything", EVERYTHING), ("status", STATUS), ("nothing", NOTHING)]
)
def test_each_field_of_the_api(look, way, expected):
    (row,) = look(way, API).json()["rows"]
    assert sorted(row.pop("reasons")) == sorted(expected["reasons"])
    weeks = row.pop("weeks")
    assert [week["distance_m"] for week in weeks[-1:]] == ([] if way == "nothing" else [10_000])
    assert (row.pop("name"), row.pop("squad"), row.pop("beginner")) == (
        "Robin Runner",
        "Track",
        False,
    )
    assert (row.pop("decision"), row.pop("membership") > 0) == (None, True)
    assert row == {name: value for name, value in expected.items() if name != "reasons"}


# What stands on the board and on the runner's page, and to whom.
ON_BOARD = {
    "book clinician": {"everything"},
    "advised to seek advice": {"status"},
    "cross-train": {"everything", "status"},
    "Heel 4 of 10": {"everything"},
    "Asked to ease off.": {"status"},
    "16.0 km on Saturday": {"everything", "status"},
    "Shoes at 640.0 km.": {"everything", "status"},
    'class="mornings"': {"everything"},
    'class="bars"': {"everything", "status"},
    "<b>Last entry</b> yesterday": {"everything", "status"},
    'name="agree"': {"everything", "status"},
    'name="row"': {"everything", "status"},
    "Shares nothing with this club": {"nothing"},
}
ON_PAGE = {
    "book a clinician": {"everything"},
    "advised to seek advice": {"status"},
    "Heel 4 of 10": {"everything"},
    "First steps": {"everything"},
    "Asked to ease off.": {"status"},
    "16.0 km on Saturday": {"everything", "status"},
    "Blue pair": {"everything", "status"},
    "10.0 km": {"everything", "status"},
    "shares nothing with this club": {"nothing"},
}


@pytest.mark.parametrize("way", ["everything", "status", "nothing"])
def test_each_field_of_the_board_and_the_page(look, told, way):
    board = look(way, BOARD).content.decode()
    rows = board[board.index('<ul class="board') : board.index('</ul>\n    <form id="board"')]
    page = look(way, f"/c/heath/runners/{told.pk}/").content.decode()
    for fields, shown in ((ON_BOARD, rows), (ON_PAGE, page)):
        assert {field: field in shown for field in fields} == {
            field: way in ways for field, ways in fields.items()
        }
    assert "Robin Runner" in rows


def test_an_assistant_of_another_squad_meets_nobody(look, told):
    assert look("assistant", API).json()["rows"] == []
    assert "Robin Runner" not in look("assistant", BOARD).content.decode()
    for part in ("", "decide/"):
        assert look("assistant", f"/c/heath/runners/{told.pk}/{part}").status_code == 404


def test_an_assistant_of_the_squad_sees_what_a_coach_sees(look, client_of, club, told):
    theirs = MembershipFactory(club=club, role=Role.ASSISTANT)
    told.squad.coaches.add(theirs)
    (seen,) = client_of(theirs.user).get(API).json()["rows"]
    (coachs,) = look("everything", API).json()["rows"]
    # It is a runner of the assistant's own squad; nothing else differs.
    assert seen == coachs | {"tasks": ["waiting", "mine"]}


@pytest.mark.parametrize("part", [BOARD, API, "runner", "decide", "/c/heath/trends/"])
def test_an_admin_is_refused_all_of_it(look, told, part):
    runner = f"/c/heath/runners/{told.pk}/"
    address = {"runner": runner, "decide": f"{runner}decide/"}.get(part, part)
    answer = look("admin", address)
    assert answer.status_code == 403
    assert "Robin Runner" not in answer.content.decode()


def test_who_leaves_is_seen_no_more_at_once(look, told, now):
    assert len(look("everything", API).json()["rows"]) == 1
    told.left_at = now
    told.save()
    assert look("everything", API).json()["rows"] == []
    assert look("everything", f"/c/heath/runners/{told.pk}/").status_code == 404
