"""S1 to S4 at, just under and just over each threshold (evidence 4)."""

import pytest

from injuries.risk import Comfort, History, Shoe, assess
from tests.injuries.risk.histories import ON, ago, flag, level, rests, run, sore, steady, why


def worn(metres, **fields):
    """A history with one pair worn so far."""
    return steady(shoes=(Shoe("s1", start_m=metres, **fields),))


@pytest.mark.parametrize(
    ("metres", "limit_m", "expected"),
    [
        (499_999, None, None),
        (500_000, None, "check_wear"),
        (799_999, None, "check_wear"),
        (800_000, None, "consider_replacing"),
        (699_999, 700_000, "check_wear"),
        (700_000, 700_000, "consider_replacing"),
        (400_000, 400_000, "consider_replacing"),
        (900_000, 1_000_000, "check_wear"),
    ],
)
def test_wear(metres, limit_m, expected):
    answer = assess(worn(metres, limit_m=limit_m))

    assert (level(answer, "S1"), answer.shoes) == (expected, expected is not None)
    assert answer.training == "carry_on"


def test_a_retired_pair_reminds_nobody():
    assert not assess(worn(900_000, retired=ago(1))).shoes


def test_wear_is_the_start_plus_the_runs_logged_with_the_pair():
    history = steady(run(3, 5, shoe="s1"), run(4, 5), shoes=(Shoe("s1", start_m=495_000),))

    found = flag(assess(history), "S1")

    assert found is not None
    assert found.values == {"shoe": "s1", "distance_m": 500_000, "limit_m": 800_000}


def test_of_several_pairs_the_one_past_its_limit_speaks():
    shoes = (Shoe("a", start_m=790_000), Shoe("b", start_m=500_000, limit_m=450_000))

    found = flag(assess(steady(shoes=shoes)), "S1")

    assert found is not None
    assert found.values["shoe"] == "b"


@pytest.mark.parametrize(
    ("since", "metres", "used", "expected"),
    [
        (14, 500_001, 100, "old_pair"),
        (15, 500_001, 100, None),
        (14, 500_000, 100, None),
        (14, 0, 21, "new_pair"),
        (14, 0, 22, None),
    ],
)
def test_new_pain_and_an_old_or_new_pair(since, metres, used, expected):
    shoe = Shoe("s1", start_m=metres, limit_m=900_000, first_used=ago(used))

    assert level(assess(steady(**sore(since=since), shoes=(shoe,))), "S2") == expected


@pytest.mark.parametrize(
    ("pairs", "expected"), [(("a", "a"), "one_pair"), (("a", "b"), None), (("a", None), None)]
)
def test_one_pair_is_a_tip_and_nothing_more(pairs, expected):
    runs = tuple(run(back, 5, shoe=pair) for back, pair in enumerate(pairs, start=1))
    history = History(
        on=ON, activities=runs, days=rests(40), shoes=(Shoe("a"), Shoe("b")),
        declared_longest_30d_m=10_000,
    )  # fmt: skip

    answer = assess(history)

    assert level(answer, "S3") == expected
    assert not answer.shoes


def felt(*said, **fields):
    """A history with one pair whose comfort was said so often, as (days ago, value)."""
    comfort = tuple(Comfort(ago(back), value) for back, value in said)
    return steady(shoes=(Shoe("s1", comfort=comfort, **fields),))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ((), None),
        (((3, 0),), None),  # a first value has nothing to fall from
        (((60, 8), (3, 7)), None),
        (((60, 8), (3, 6)), "comfort_drop"),
        (((60, 8), (3, 5)), "comfort_drop"),
        (((60, 6), (3, 8)), None),
        (((90, 8), (59, 6)), "comfort_drop"),
        (((90, 8), (60, 6)), None),
        (((90, 8), (30, 6), (3, 7)), None),  # the newest counts
        (((90, 8), (30, 9), (3, 7)), None),  # against its own start, not its best
        (((3, 6), (60, 8), (30, 9)), "comfort_drop"),  # in any order
        (((60, 8), (3, 8), (3, 6)), "comfort_drop"),  # of one day the lowest
        (((60, 8), (60, 7), (3, 6)), None),
    ],
)
def test_comfort_against_the_pairs_own_start(said, expected):
    answer = assess(felt(*said))

    assert (level(answer, "S4"), answer.shoes) == (expected, expected is not None)
    assert (answer.training, answer.clinician) == ("carry_on", None)


def test_a_retired_pair_is_not_asked_how_it_feels():
    assert not assess(felt((60, 8), (3, 2), retired=ago(1))).shoes


def test_of_several_pairs_the_largest_drop_speaks():
    def pair(name, first, last):
        return Shoe(name, comfort=(Comfort(ago(60), first), Comfort(ago(3), last)))

    found = flag(assess(steady(shoes=(pair("a", 9, 5), pair("b", 10, 7), pair("c", 6, 6)))), "S4")

    assert found is not None
    assert (found.values["shoe"], found.values["comfort"]) == ("a", 5)


def test_every_run_of_a_pair_counts_and_one_without_a_distance_adds_nothing():
    runs = (run(3, 5, shoe="s1"), run(4, 6, shoe="s1"), run(5, None, duration_s=None, shoe="s1"))
    for start_m, metres in ((488_999, None), (489_000, 500_000)):
        history = steady(*runs, shoes=(Shoe("s1", start_m=start_m),))
        found = flag(assess(history), "S1")
        assert (found and found.values["distance_m"]) == metres


def test_a_good_pair_before_it_hides_no_other():
    felt_worse = Shoe("b", start_m=600_000, comfort=(Comfort(ago(60), 8), Comfort(ago(3), 4)))
    answer = assess(steady(shoes=(Shoe("a"), felt_worse)))

    assert (level(answer, "S1"), level(answer, "S4")) == ("check_wear", "comfort_drop")


def test_beside_new_pain_the_pair_that_ran_furthest_is_named():
    shoes = (Shoe("a", start_m=700_000), Shoe("b", start_m=600_000))

    found = flag(assess(steady(**sore(), shoes=shoes)), "S2")

    assert found is not None
    assert found.values["shoe"] == "a"


@pytest.mark.parametrize(("days_ago", "expected"), [(59, None), (60, "one_pair")])
def test_one_pair_looks_at_sixty_days(days_ago, expected):
    runs = (run(1, 5, shoe="a"), run(days_ago, 5, shoe="b"))
    rides = (run(2, 20, kind="ride", shoe="b"),)
    shoes = (Shoe("a"), Shoe("b"))
    assert level(assess(History(on=ON, activities=runs + rides, shoes=shoes)), "S3") == expected


def test_runs_without_a_pair_make_no_tip_and_say_why():
    history = History(on=ON, activities=(run(1, 5, shoe="a"), run(2, 5)), shoes=(Shoe("a"),))
    assert why(assess(history), "S3") == "some runs of the last 60 days name no pair"


@pytest.mark.parametrize(("first", "days"), [(20, 20), (21, 21), (22, None)])
def test_a_pair_without_a_date_is_as_new_as_its_first_run(first, days):
    runs = (run(first, 2, shoe="a"), run(1, 2, shoe="a"), run(90, 2, shoe="b"))
    shoes = (Shoe("a"), Shoe("c"))
    found = flag(assess(steady(*runs, **sore(since=3), shoes=shoes)), "S2")
    assert (found and found.values) == (days and {"shoe": "a", "days": days})
