"""A return-to-run plan beside a runner's name on the board: status only, unless all is shared."""

import datetime as dt

import pytest

from dashboards.board_html import Reader, row_html
from dashboards.selectors.board import board
from injuries.models import PainReport, RedFlagAnswers
from injuries.services.plans import hold_plan
from members.models import Sharing
from tests.factories import ActivityFactory, HeelProblemFactory, MorningFactory, ReturnPlanFactory

ON = dt.date(2026, 3, 18)
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("sharing", "stopped_by", "said"),
    [
        (Sharing.EVERYTHING, "", "way back, phase 1 of 6"),
        (Sharing.STATUS, "", "way back"),
        (Sharing.STATUS, "hold", "way back, on hold"),
        (Sharing.EVERYTHING, "answer", ""),  # advice comes first and has its own badge
        (Sharing.NOTHING, "", ""),
    ],
)
def test_a_way_back_is_a_word_beside_the_name(
    coach_membership, membership, now, sharing, stopped_by, said
):
    membership.sharing = sharing
    membership.save()
    runner, problem = membership.user, HeelProblemFactory(runner=membership.user)
    plan = ReturnPlanFactory(problem=problem, started_on=ON - 3 * DAY)
    walk = ActivityFactory(runner=runner, kind="walk", duration_s=1_800, started_at=now - 2 * DAY)
    PainReport.objects.create(
        runner=runner, activity=walk, on=walk.on, during=0, gait_changed=False
    )
    for back in (1, 0):
        MorningFactory(runner=runner, on=ON - back * DAY, first_step=0)
    if stopped_by == "hold":
        hold_plan(coach_membership, runner=runner, now=now)
    if stopped_by == "answer":
        RedFlagAnswers.objects.create(
            runner=runner, problem=problem, on=ON, answers={"wound": True}
        )

    (row,) = board(coach_membership, on=ON).rows
    assert row.way_back == said

    plan.ended_on = ON
    plan.save()
    assert board(coach_membership, on=ON).rows[0].way_back == ""


def test_the_row_says_it_with_a_shape(coach_membership, membership, now):
    ReturnPlanFactory(problem=HeelProblemFactory(runner=membership.user), started_on=ON)
    (row,) = board(coach_membership, on=ON).rows

    html = str(row_html(row, Reader("heath", "km", coach_membership.user_id, now)))

    assert '<small><span aria-hidden="true">↻</span> way back</small>' in html
