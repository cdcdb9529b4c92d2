"""No figure, and no difference of two figures, is about fewer than five people."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from injuries.small_groups import GROUP_MIN, counted, is_safe, safe_parts


@pytest.mark.parametrize(
    ("sizes", "shown"),
    [
        ({"a": 5, "b": 5}, "ab"),
        ({"a": 4}, ""),
        ({"a": 4, "b": 6}, ""),  # 6 of 10 would leave 4
        ({"a": 4, "b": 6, "c": 8}, "c"),
        ({"a": 2, "b": 3, "c": 6}, "c"),  # what remains is five
        ({"a": 0, "b": 6}, "b"),
        ({}, ""),
    ],
)
def test_small_parts_and_what_gives_them_away_are_left_out(sizes, shown):
    assert safe_parts(sizes) == set(shown)


def test_of_parts_of_one_size_the_same_one_goes_every_time():
    assert safe_parts({"b": 6, "a": 6, "c": 1}) == {"b"}


def test_a_club_of_six_beside_a_squad_of_four_shows_the_club_alone():
    answers = {"four": ["known"] * 4, None: ["known"] * 2}
    found = counted(answers, is_known=lambda one: True)
    assert found.everybody == ["known"] * 6
    assert found.parts == {"four": None, None: None}


def test_four_veiled_among_many_known_are_not_counted():
    answers = {"a": ["known"] * 7 + ["veiled"] * 4}
    found = counted(answers, is_known=lambda one: one == "known")
    assert (found.everybody, found.parts["a"]) == (["known"] * 7, ["known"] * 7)


def test_veiled_ones_of_a_small_squad_count_for_the_club_where_others_hide_them():
    answers = {"a": ["known"] * 6 + ["veiled"] * 2, "b": ["known"] * 5 + ["veiled"] * 5}
    found = counted(answers, is_known=lambda one: one == "known")
    assert len(found.everybody) == 18
    # Beside b with its five the two of a would remain: neither squad counts them.
    assert {part: len(ones) for part, ones in found.parts.items()} == {"a": 6, "b": 5}


people = st.lists(st.booleans(), max_size=8)  # known or not


@given(st.dictionaries(st.integers(0, 5), people, max_size=5))
def test_whatever_is_added_and_taken_away_at_least_five_remain(squads):
    """Every sum of shown squads, and all less any such sum; and in each the veiled alone."""
    answers = {
        squad: [(squad, n, known) for n, known in enumerate(ones)] for squad, ones in squads.items()
    }
    found = counted(answers, is_known=lambda one: one[2])
    shown = [set(ones) for ones in found.parts.values() if ones is not None]
    for several in (
        set().union(*some)
        for size in range(len(shown) + 1)
        for some in itertools.combinations(shown, size)
    ):
        figures = [several]
        if found.everybody is not None:
            figures.append(set(found.everybody) - several)
            assert several <= set(found.everybody)
        for figure in figures:
            assert is_safe(len(figure))
            assert is_safe(sum(not known for _, _, known in figure))
    assert all(len(ones) >= GROUP_MIN for ones in shown)
