"""The weekly check's arithmetic, every branch."""

import datetime as dt
import itertools

import pytest

from injuries.care.check import Said, closes_on, severity, substantial

MONDAY = dt.date(2026, 3, 2)


@pytest.mark.parametrize(
    ("answers", "score", "is_substantial"),
    [
        ((0, None, None, None), 0, False),
        ((0, 25, 25, 25), 0, False),  # the gate ends it, whatever a client sent
        ((25, None, None, None), 100, True),  # 100, not 25 (evidence 2.5)
        ((25, 0, 0, 0), 100, True),
        ((8, 0, 0, 0), 8, False),
        ((8, 8, 8, 8), 32, False),
        ((17, 8, 8, 25), 58, False),  # reduced, and sore, is not substantial alone
        ((8, 17, 0, 0), 25, True),
        ((8, 0, 17, 0), 25, True),
        ((17, 25, 25, 25), 92, True),
        ((8, None, 17, 0), None, True),  # one hit decides
        ((8, 17, None, None), None, True),
        ((8, None, 0, 0), None, None),
        ((8, 8, None, 0), None, None),
        ((8, 8, 8, None), None, False),
        ((None, 25, 25, 25), None, None),
    ],
)
def test_score_and_substantial(answers, score, is_substantial):
    assert severity(answers) == score
    assert substantial(answers) is is_substantial


def test_every_whole_set_of_answers_has_a_score_and_a_word():
    for answers in itertools.product((0, 8, 17, 25), repeat=4):
        score = severity(answers)
        assert 0 <= score <= 100
        assert (score == 0) == (answers[0] == 0)
        assert (score == 100) == (answers[0] == 25)
        assert substantial(answers) in (True, False)


def test_leaving_an_answer_out_never_makes_a_problem_less_than_it_was_known_to_be():
    for answers in itertools.product((0, 8, 17, 25), repeat=4):
        for place in range(1, 4):
            less = (*answers[:place], None, *answers[place + 1 :])
            assert substantial(less) in (substantial(answers), None)


def said(*answers, first=1):
    """Return checks of successive weeks; None: not answered."""
    return [
        Said(MONDAY + dt.timedelta(7 * week), MONDAY + dt.timedelta(7 * week + 6), answer)
        for week, answer in enumerate(answers, start=first)
        if answer is not None
    ]


@pytest.mark.parametrize(
    ("answers", "week"),
    [
        ((), None),
        ((0,), None),
        ((8, 0), None),
        ((0, 8, 0), None),
        ((0, 0), 2),
        ((8, 0, 0), 3),
        ((0, 8, 0, 0, 0), 4),
        ((0, None, 0), 3),  # in a row among the answers; the week without one says nothing
    ],
)
def test_two_no_problem_answers_in_a_row_close(answers, week):
    expected = None if week is None else MONDAY + dt.timedelta(7 * week + 6)

    assert closes_on(said(*answers), since=MONDAY) == expected
    assert closes_on(said(*answers)[::-1], since=MONDAY) == expected


def test_answers_about_the_week_it_began_or_before_close_nothing():
    answers = said(0, 0, 0, first=-2)  # the last is of the week of MONDAY

    assert closes_on(answers, since=MONDAY) is None
    assert closes_on(answers, since=MONDAY + dt.timedelta(6)) is None
    assert closes_on([*answers, *said(0, first=1)], since=MONDAY) is None


def test_of_two_answers_about_one_week_the_worse_counts():
    both = [*said(0), *said(0), *said(8), *said(None, 0)]

    assert closes_on(said(0) + said(0), since=MONDAY) is None
    assert closes_on(both, since=MONDAY) is None
    assert closes_on([*both, *said(None, None, 0)], since=MONDAY) == MONDAY + dt.timedelta(27)
