"""What the plan says, word for word."""

import inspect

import pytest

from injuries.care import Hold, plan
from injuries.care.words import REASONS, WALKS, became, decides, where
from tests.injuries.care.diaries import (
    ENTRY,
    at,
    course,
    morning,
    run,
    session,
    stand,
    walk,
    yes,
)

STEPS_BACK = (ENTRY, run(2, during=6), morning(3), run(4, during=6), morning(5))


@pytest.mark.parametrize(
    ("state", "said", "what_decides"),
    [
        (
            stand(on=0),
            "Not begun yet: first a walk, and two settled mornings after it.",
            "Walk for 30 minutes and note it: pain of at most 2 of 10, walking as usual, and the "
            "two mornings after it settled.",
        ),
        (
            stand(walk(0), on=0),
            "Not begun yet: first a walk, and two settled mornings after it.",
            "Your walk on Monday 2 March went well. Now the two mornings after it have to be "
            "settled.",
        ),
        (
            stand(ENTRY, on=2),
            "Phase 1 of 6: none of two good sessions in a row.",
            "Two sessions in a row lead to phase 2: pain of at most 2 of 10 while running, running "
            "as usual, and first steps of at most 2 of 10 the morning after.",
        ),
        (
            stand(ENTRY, session(2), on=3, adult=False),
            "Phase 1 of 6: one of two good sessions in a row.",
            "One more session leads to phase 2: no pain while running, running as usual, and first "
            "steps of at most 2 of 10 the morning after.",
        ),
        (
            stand(ENTRY, run(2), on=2),
            "Phase 1 of 6: none of two good sessions in a row.",
            "Your first steps on Thursday 5 March decide: at most 2 of 10 is settled.",
        ),
        (
            stand(ENTRY, course()[:-2], on=26),
            "Phase 6 of 6: two of three good sessions in a row.",
            "One more session ends the plan: pain of at most 2 of 10 while running, running as "
            "usual, and first steps of at most 2 of 10 the morning after.",
        ),
        (
            stand(ENTRY, course(), on=60),
            "Done on Sunday 29 March. You are running again, based on what you logged.",
            "",
        ),
        (stand(ENTRY, on=9, ended_on=at(8)), "You ended it on Tuesday 10 March.", ""),
        (
            stand(ENTRY, on=9, holds=(Hold(at(8)),)),
            "On hold since Tuesday 10 March. Please do not run until it is released.",
            "It goes on once whoever holds it lets go.",
        ),
        (
            stand(ENTRY, yes(3), on=3),
            "Stopped on Thursday 5 March: one of your safety answers should be looked at first. "
            "Please do not run until then. After that the plan begins with the walk again.",
            "It goes on once you note that somebody has looked at it.",
        ),
        (
            stand(STEPS_BACK, on=6),
            "Waiting since Friday 6 March: two steps back within 14 days. Please book a doctor or "
            "physiotherapist before the next session.",
            "It goes on once you note that somebody has looked at it.",
        ),
    ],
)  # fmt: skip
def test_where_it_stands_and_what_decides(state, said, what_decides):
    assert (where(state), decides(state)) == (said, what_decides)


def test_after_one_settled_morning_one_is_left():
    assert decides(stand(walk(0), morning(1), on=1)) == (
        "Your walk on Monday 2 March went well. Now the next morning has to be settled."
    )


def test_a_walk_that_did_not_do_is_told_why():
    assert decides(stand(walk(0, minutes=9), on=0)).startswith(
        "Your last walk was shorter than that. Walk for 30 minutes"
    )


def test_what_became_of_a_session():
    rows = (ENTRY, session(2), run(4, 900, during=3), morning(5, 3), run(6, during=6), run(8))

    assert [became(one) for one in stand(rows, on=8).sessions] == [
        "Counted.",
        "Once more: it hurt more than this plan allows and the morning after had not settled and "
        "it was shorter than the session.",
        "One phase back: it hurt more than 5 of 10.",
        "The morning after decides.",
    ]


def test_every_reason_the_plan_can_give_is_worded():
    text = inspect.getsource(plan)

    for reason in REASONS:
        assert f'"{reason}"' in text
    for why in WALKS:
        assert f'"{why}"' in text
