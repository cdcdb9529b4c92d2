"""Pairs: what they have run, when a word is said, and which one is filled in or suggested."""

import datetime as dt

import pytest

from members.models import ShoeCheck, ShoeComfort
from members.selectors.shoes import (
    Rotation,
    default_shoe,
    default_shoes,
    pair_of,
    pairs_of,
    rotation_of,
    shoes_with_distance,
    suggested_shoe,
    untagged_runs,
)
from tests.factories import ActivityFactory, ShoeFactory

ON = dt.date(2026, 3, 18)


def ago(days):
    return ON - dt.timedelta(days=days)


def run(runner, days, **fields):
    started = dt.datetime.combine(ago(days), dt.time(9), dt.UTC)
    return ActivityFactory(runner=runner, started_at=started, **fields)


def pair(runner, **fields):
    """The pair as it stands after what was logged in it."""
    return pair_of(runner, pk=ShoeFactory(owner=runner, **fields).pk, on=ON)


@pytest.mark.parametrize("pairs", [1, 3])
def test_any_number_of_pairs_is_counted_in_three_queries(pairs, runner, django_assert_num_queries):
    for number in range(pairs):
        shoe = ShoeFactory(owner=runner, name=f"{number}", start_m=1_000)
        run(runner, 70, shoe=shoe)
        run(runner, 3, shoe=shoe, distance_m=5_000)
        run(runner, 2, shoe=shoe, kind="walk")
        ShoeComfort.objects.create(shoe=shoe, on=ago(1), comfort=7)
        ShoeComfort.objects.create(shoe=shoe, on=ago(40), comfort=8)
        ShoeCheck.objects.create(shoe=shoe, on=ago(9), outcome="kept", distance_m=9)
    ActivityFactory(shoe=None)

    with django_assert_num_queries(3):
        found = pairs_of(runner, on=ON)
        said = [(one.distance_m, one.runs, one.recent_runs) for one in found]
        comforts = [[said.comfort for said in one.comforts] for one in found]

    assert said == [(16_000, 2, 1)] * pairs
    assert comforts == [[8, 7]] * pairs
    assert {(one.first_run, one.last_run) for one in found} == {(ago(70), ago(3))}
    assert [one.checks[0].outcome for one in found] == ["kept"] * pairs
    with django_assert_num_queries(1):
        assert [shoe.distance_m for shoe in shoes_with_distance(runner)] == [16_000] * pairs


def test_pairs_in_use_stand_first_the_usual_one_before_them_then_the_last_retired(runner):
    for name, fields in {
        "gone": {"retired_on": ago(90)},
        "b": {},
        "just gone": {"retired_on": ago(1)},
        "usual": {"is_default": True},
        "a": {},
    }.items():
        ShoeFactory(owner=runner, name=name, **fields)
    ShoeFactory()

    names = [one.shoe.name for one in pairs_of(runner, on=ON)]

    assert names == ["usual", "a", "b", "just gone", "gone"]
    assert len(pairs_of(runner, on=ON, include_retired=False)) == 3


def test_somebody_elses_pair_is_not_found(runner):
    assert pair_of(runner, pk=ShoeFactory().pk, on=ON) is None


@pytest.mark.parametrize(
    ("start_m", "level", "percent"),
    [(559_999, "", 79), (560_000, "shoe_soon", 80), (699_999, "shoe_soon", 99),
     (700_000, "shoe_look", 100)],
)  # fmt: skip
def test_a_word_is_said_from_80_percent_of_the_pairs_own_limit(start_m, level, percent, runner):
    found = pair(runner, start_m=start_m, limit_m=700_000)
    assert (found.level, found.percent) == (level, percent)
    assert pair(runner, start_m=start_m, limit_m=700_000, retired_on=ON).level == ""


@pytest.mark.parametrize(
    ("outcome", "checked_at_m", "quiet"),
    [("kept", 700_001, True), ("kept", 700_000, False), ("insole", 790_000, True),
     ("nothing", 790_000, False)],
)  # fmt: skip
def test_a_check_quietens_for_100_km_unless_nothing_came_of_it(
    outcome, checked_at_m, quiet, runner
):
    shoe = ShoeFactory(owner=runner, start_m=800_000)
    older = ShoeCheck.objects.create(shoe=shoe, on=ago(9), outcome="kept", distance_m=0)
    newest = ShoeCheck.objects.create(
        shoe=shoe, on=ago(2), outcome=outcome, distance_m=checked_at_m
    )

    found = pair_of(runner, pk=shoe.pk, on=ON)

    assert found.checks == (newest, older)
    assert found.quieted_by == (newest if quiet else None)
    assert pair(runner).quieted_by is None


@pytest.mark.parametrize(
    ("first_used", "retired_on", "months"),
    [(dt.date(2025, 12, 18), None, 3), (dt.date(2025, 12, 19), None, 2), (ON, None, 0),
     (dt.date(2024, 1, 31), dt.date(2025, 1, 31), 12), (None, None, None)],
)  # fmt: skip
def test_months_in_use(first_used, retired_on, months, runner):
    assert pair(runner, first_used=first_used, retired_on=retired_on).months == months


def test_without_a_said_day_use_begins_with_the_first_run(runner):
    shoe = ShoeFactory(owner=runner)
    run(runner, 90, shoe=shoe)
    assert pair_of(runner, pk=shoe.pk, on=ON).used_since == ago(90)


@pytest.mark.parametrize(
    ("last_run", "said", "skipped", "due"),
    [
        (0, None, None, True),
        (29, None, None, True),
        (30, None, None, False),
        (0, 30, None, True),
        (0, 29, None, False),
        (0, None, 29, False),
        (0, 31, 30, True),
        (0, 31, 29, False),
    ],
)
def test_comfort_is_asked_monthly_of_a_pair_in_use(last_run, said, skipped, due, runner):
    shoe = ShoeFactory(owner=runner, comfort_skipped_on=None if skipped is None else ago(skipped))
    run(runner, last_run, shoe=shoe)
    if said is not None:
        ShoeComfort.objects.create(shoe=shoe, on=ago(said), comfort=8)
    assert pair_of(runner, pk=shoe.pk, on=ON).comfort_due is due


def test_a_retired_pair_is_not_asked_about(runner):
    shoe = ShoeFactory(owner=runner, retired_on=ON)
    run(runner, 1, shoe=shoe)
    assert not pair_of(runner, pk=shoe.pk, on=ON).comfort_due


def test_rotation_counts_the_pairs_of_the_last_60_days(runner):
    for days in (59, 60):
        run(runner, days, shoe=ShoeFactory(owner=runner))
    run(runner, 1, shoe=ShoeFactory(owner=runner))
    assert rotation_of(pairs_of(runner, on=ON)) == Rotation(pairs=2, runs=2)
    assert rotation_of(()) == Rotation(pairs=0, runs=0)


# --- The pair that is filled in -------------------------------------------------------------------
def test_each_ground_has_its_own_pair_or_the_usual_one(runner, django_assert_num_queries):
    usual = ShoeFactory(owner=runner, is_default=True)
    trail = ShoeFactory(owner=runner, default_surface="trail")
    ShoeFactory(default_surface="road", is_default=True)

    found = [default_shoe(runner, surface=ground) for ground in ("trail", "road", "")]

    assert found == [trail, usual, usual]
    with django_assert_num_queries(1):
        assert default_shoes(runner) == {"": usual, "trail": trail}


def test_without_a_usual_pair_other_grounds_have_none(runner):
    both = ShoeFactory(owner=runner, default_surface="track")
    assert [default_shoe(runner, surface=one) for one in ("track", "road", "")] == [
        both,
        None,
        None,
    ]


# --- Runs without a pair --------------------------------------------------------------------------
def test_runs_without_a_pair_count_from_the_first_use_of_any_pair(runner):
    shoe = ShoeFactory(owner=runner, first_used=ago(10), retired_on=ago(5))
    inside = [run(runner, 5), run(runner, 10)]
    run(runner, 4)
    old = run(runner, 11)
    run(runner, 6, kind="ride")
    run(runner, 7, shoe=shoe)
    ActivityFactory()

    assert list(untagged_runs(runner, shoes=[shoe])) == inside
    assert list(untagged_runs(runner, shoes=[])) == []
    unknown = ShoeFactory(owner=runner)
    assert old in untagged_runs(runner, shoes=[shoe, unknown])


def test_the_pair_of_the_ground_is_suggested_then_the_usual_then_the_only_one(runner):
    old = ShoeFactory(owner=runner, retired_on=ago(20))
    usual = ShoeFactory(owner=runner, is_default=True, first_used=ago(15))
    trail = ShoeFactory(owner=runner, default_surface="trail", first_used=ago(10))
    shoes = [old, usual, trail]

    def suggested(days, surface=""):
        return suggested_shoe(run(runner, days, surface=surface), shoes)

    assert suggested(3, "trail") == trail
    assert suggested(3, "grass") == usual
    assert suggested(12, "trail") == usual
    assert suggested(20) == old
    assert suggested(17) is None
