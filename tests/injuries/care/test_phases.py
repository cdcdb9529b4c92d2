"""Today's session in words: the turns come from the distance, not from thin air."""

import pytest

from injuries.care.phases import phase, session_in_words, turns


@pytest.mark.parametrize(
    ("number", "count"),
    # 2 min at 83 m/min and 3 min at 133 m/min are 565 m; 2 + 4: 698 m; 1 + 4: 615 m.
    [(1, 3), (2, 4), (3, 3), (4, 5), (5, 5), (6, 1)],
)
def test_turns_at_an_easy_pace(number, count):
    assert turns(phase(number)) == count


def test_turns_at_the_runners_own_pace():
    assert turns(phase(1), pace_s_per_km=300) == 2  # 166 + 600 m
    assert turns(phase(1), pace_s_per_km=600) == 3  # 166 + 300 m


def test_a_pace_beyond_all_reason_is_still_one_turn():
    assert turns(phase(1), pace_s_per_km=10) == 1


def test_the_session_in_words():
    assert session_in_words(phase(1)) == (
        "Walk 2 min, run 3 min, about three times, until you have done 1.6 km.",
        "Effort 3 of 10: easy enough to talk. Level ground, no hills, no speed.",
    )
    assert session_in_words(phase(4), unit="mi")[0] == (
        "Walk 2 min, run 4 min, about five times, until you have done 2.0 mi."
    )
    assert session_in_words(phase(4), pace_s_per_km=900)[0] == (
        "Walk 2 min, run 4 min, about 7 times, until you have done 3.2 km."
    )
    assert session_in_words(phase(6)) == (
        "Run 3.2 km without a walk.",
        "Effort 5 of 10: easy enough to talk. Level ground, no hills, no speed.",
    )
