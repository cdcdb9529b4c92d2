"""Figures worked out by hand, and what must hold of any."""

import random
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from injuries.backtest.figures import Discrimination, Draws, Estimate, Scored, percentile
from injuries.backtest.outcomes import inverted


def discrimination(**rows):
    """Rows by athlete: scores with the outcome, scores without."""
    made = {
        name: [Scored(s, True) for s in yes] + [Scored(s, False) for s in no]
        for name, (yes, no) in rows.items()
    }
    return Discrimination(made, sorted(made))


HAND = discrimination(a=([3.0], [1.0, 3.0]), b=([2.0], [4.0, 1.0]))


def test_auc_by_hand():
    # 3 beats 1, 1 and ties 3, loses to 4; 2 beats 1 and 1: 2.5 + 2 of 8 pairs.
    assert HAND.auc([1, 1]) == 4.5 / 8


def test_auc_with_an_athlete_drawn_twice_is_that_of_their_rows_twice():
    twice = discrimination(
        a=([3.0], [1.0, 3.0]), b=([2.0, 2.0], [4.0, 4.0, 1.0, 1.0])
    )  # fmt: skip
    assert HAND.auc([1, 2]) == twice.auc([1, 1])
    assert HAND.average_precision([1, 2]) == pytest.approx(twice.average_precision([1, 1]))
    assert HAND.base_rate([1, 2]) == twice.base_rate([1, 1]) == 3 / 9


def test_within_athletes_by_hand():
    # a: 1.5 of 2 pairs; b: 1 of 2; one outcome each.
    assert HAND.within([1, 1]) == (0.75 + 0.5) / 2
    assert HAND.within([3, 1]) == (3 * 0.75 + 0.5) / 4


def test_average_precision_by_hand():
    # From the top: 4 no, then 3 yes and 3 no together (1 of 3), then 2 yes (2 of 4).
    assert HAND.average_precision([1, 1]) == pytest.approx((1 / 3 + 2 / 4) / 2)


def test_a_score_that_separates_is_one_and_one_that_says_nothing_a_half():
    perfect = discrimination(a=([5.0, 6.0], [1.0, 2.0]), b=([7.0], [3.0]))
    useless = discrimination(a=([1.0], [1.0, 1.0]), b=([1.0], [1.0]))
    assert (perfect.auc([1, 1]), perfect.average_precision([1, 1])) == (1.0, 1.0)
    assert (useless.auc([1, 1]), useless.average_precision([1, 1])) == (0.5, 0.4)
    assert useless.base_rate([1, 1]) == 0.4


def test_without_an_outcome_there_is_no_number():
    nothing = discrimination(a=([], [1.0, 2.0]))
    assert nothing.auc([1]) is None
    assert nothing.within([1]) is None
    assert nothing.average_precision([1]) is None


SCORES = st.lists(st.tuples(st.integers(0, 4), st.booleans()), max_size=8)


@given(st.lists(SCORES, min_size=1, max_size=4))
def test_auc_is_the_share_of_pairs(athletes):
    rows = {str(n): [Scored(s, y) for s, y in mine] for n, mine in enumerate(athletes)}
    found = Discrimination(rows, sorted(rows)).auc([1] * len(rows))
    yes = [s for mine in athletes for s, y in mine if y]
    no = [s for mine in athletes for s, y in mine if not y]
    if not yes or not no:
        assert found is None
    else:
        won = sum((a > b) + (a == b) / 2 for a in yes for b in no)
        assert found == pytest.approx(won / (len(yes) * len(no)))


@given(st.randoms(use_true_random=False))
def test_order_does_not_matter(rng):
    rows = [Scored(s, y) for s, y in [(1, True), (2, False), (2, True), (5, False), (0, True)]]
    other = rng.sample(rows, k=len(rows))
    one, two = Discrimination({"a": rows}, ["a"]), Discrimination({"a": other}, ["a"])
    assert one.auc([1]) == two.auc([1])
    assert one.average_precision([1]) == two.average_precision([1])


def test_draws_are_the_same_for_the_same_seed_and_as_many_as_there_are_athletes():
    assert Draws(5, resamples=20, seed=3).weights == Draws(5, resamples=20, seed=3).weights
    assert Draws(5, resamples=20, seed=3).weights != Draws(5, resamples=20, seed=4).weights
    assert all(sum(weights) == 5 for weights in Draws(5, resamples=20).weights)


def test_a_ratio_of_equal_athletes_has_an_interval_of_one_point():
    assert Draws(3, resamples=50).ratio([1, 1, 1], [4, 4, 4]) == Estimate(0.25, 0.25, 0.25)


def test_an_interval_is_that_of_the_draws():
    draws = Draws(2, resamples=400)
    found = draws.ratio([0, 10], [10, 10])
    # Half of the draws hold one of each, a quarter each one of them twice.
    assert found == Estimate(0.5, 0.0, 1.0)


def test_where_most_draws_have_no_value_there_is_no_interval():
    found = Draws(4, resamples=200).ratio([1, 0, 0, 0], [2, 0, 0, 0])
    assert found == Estimate(0.5)
    nothing = Draws(4, resamples=10).ratio([0] * 4, [0] * 4, without="no alert")
    assert nothing == Estimate(None, why="no alert")


def test_percentiles_are_linear_between_values():
    assert [percentile([1, 2, 3, 4], p) for p in (0, 50, 100)] == [1, 2.5, 4]


def test_one_in_so_many():
    assert inverted(Estimate(0.25, 0.2, 0.5)) == Estimate(4.0, 2.0, 5.0)
    assert inverted(Estimate(0.25, 0.0, 0.5)) == Estimate(4.0, 2.0, None)
    assert inverted(Estimate(0.0)).value is None


def test_chance_is_the_mean_over_all_orders():
    """Lift divides by this instead of by drawn permutations."""
    outcomes = [True, False, False, True, False]
    alerts = 2
    hits = [sum(order[:alerts]) for order in permutations(outcomes)]
    assert alerts * sum(outcomes) / len(outcomes) == pytest.approx(sum(hits) / len(hits))
    rng = random.Random(1)
    drawn = [sum(rng.sample(outcomes, alerts)) for _ in range(20_000)]
    assert sum(drawn) / len(drawn) == pytest.approx(0.8, abs=0.02)
