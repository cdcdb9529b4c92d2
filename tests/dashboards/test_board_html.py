"""A row's HTML: nothing from outside is let in as it is, and no state is told by colour alone."""

import datetime as dt
import re

import pytest

from dashboards.board_html import Reader, row_html
from dashboards.selectors.board import board
from injuries.models import CoachDecision
from members.models import Sharing
from tests.factories import (
    ActivityFactory,
    AssessmentFactory,
    FlagFactory,
    MembershipFactory,
    MorningFactory,
    SquadFactory,
)

ON = dt.date(2026, 3, 18)
HOSTILE = '<script>alert("x")</script>&\''


@pytest.fixture
def reader(coach_membership, now):
    return Reader("heath", "km", coach_membership.user_id, now)


def html_of(coach, reader):
    (row,) = board(coach, on=ON).rows
    return str(row_html(row, reader))


def test_hostile_names_squads_and_notes_stay_text(club, coach_membership, reader, now):
    who = MembershipFactory(
        club=club,
        user__name=HOSTILE,
        squad=SquadFactory(club=club, name=HOSTILE),
        sharing=Sharing.EVERYTHING,
    )
    coach_membership.user.name = HOSTILE
    coach_membership.user.save()
    ActivityFactory(runner=who.user)
    CoachDecision.objects.create(
        assessment=AssessmentFactory(runner=who.user, training="ease"),
        club=club,
        kind="noted",
        note=HOSTILE,
        decided_at=now,
        decided_by=coach_membership.user,
        owner=MembershipFactory(club=club, role="coach", user__name=HOSTILE).user,
    )
    html = html_of(coach_membership, reader)
    assert "<script" not in html
    assert '"x"' not in html
    assert html.count("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&amp;&#x27;") == 8


@pytest.fixture
def told(membership):
    ActivityFactory(runner=membership.user)
    MorningFactory(runner=membership.user, first_step=7)
    assessment = AssessmentFactory(runner=membership.user, training="ease", shoes=True)
    FlagFactory(assessment=assessment, for_coach=True)
    FlagFactory(
        assessment=assessment,
        rule="S1",
        level="check_wear",
        action="shoe_check",
        values={"shoe": "1", "distance_m": 640_000, "limit_m": 800_000},
    )
    return assessment


def test_a_row_says_all_at_one_glance(coach_membership, membership, told, reader):
    html = html_of(coach_membership, reader)
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))
    assert text.strip() == (
        "Robin Runner ● ease off ◆ check shoes 16.0 km on Saturday after a longest of 13.0 km. "
        "Shoes at 640.0 km. Why? Shoes 640.0 km Last entry yesterday waits for an answer Agree More"
    )
    assert 'aria-label="km a week, oldest first: ' in html
    assert 'aria-label="First steps in the morning, 0 to 10. 18 Mar: 7"' in html
    assert f'value="{membership.pk}:{told.pk}:"' in html
    assert f'href="/c/heath/runners/{membership.pk}/#flags" aria-label="Why? Robin Runner"' in html


def test_status_alone_shows_no_morning(coach_membership, membership, told, reader):
    membership.sharing = Sharing.STATUS
    membership.save()
    html = html_of(coach_membership, reader)
    assert 'class="mornings"' not in html
    assert "First steps" not in html


def test_equal_facts_make_the_same_row_and_anything_new_another(
    coach_membership, membership, told, reader, now
):
    (first,) = board(coach_membership, on=ON).rows
    assert board(coach_membership, on=ON).rows == (first,)
    ActivityFactory(runner=membership.user, distance_m=1_000)
    (second,) = board(coach_membership, on=ON).rows
    assert (second.weeks[-1].distance_m, first.weeks[-1].distance_m) == (11_000, 10_000)
    membership.sharing = Sharing.STATUS
    membership.save()
    (third,) = board(coach_membership, on=ON).rows
    assert (second.view.sees_pain, third.view.sees_pain) == (True, False)


def test_undo_is_offered_to_who_decided_for_an_hour(coach_membership, membership, told, now):
    CoachDecision.objects.create(
        assessment=told, club=membership.club, kind="accepted", decided_at=now,
        decided_by=coach_membership.user,
    )  # fmt: skip
    hour = dt.timedelta(hours=1)
    offered = [
        "Undo" in html_of(coach_membership, Reader("heath", "km", user, at))
        for user, at in (
            (coach_membership.user_id, now + hour),
            (coach_membership.user_id, now + hour + dt.timedelta(seconds=1)),
            (membership.user_id, now),
        )
    ]
    assert offered == [True, False, False]
