"""Which pair to look at and why, and which check answers it."""

import datetime as dt

import pytest

from injuries.selectors.shoe_asks import is_quiet, shoe_asks
from members.models import ShoeCheck
from members.selectors.shoes import pairs_of
from tests.factories import AssessmentFactory, FlagFactory, HeelProblemFactory, ShoeFactory

ON = dt.date(2026, 3, 18)
WORN = (
    "Time to look at your shoes: one pair has 812.0 km, past its limit of 800.0 km. "
    "Consider replacing it."
)
SORE = "A new sore spot and a pair with 812.0 km: have your shoes looked at."


def flag(assessment, rule, shoe, **values):
    level = {"S1": "consider_replacing", "S2": "old_pair", "S4": "comfort_drop"}[rule]
    said = {
        "S1": {"distance_m": 812_000, "limit_m": 800_000},
        "S2": {"distance_m": 812_000},
        "S4": {
            "comfort": 5,
            "comfort_on": "2026-03-10",
            "first_comfort": 8,
            "first_comfort_on": "2026-01-10",
        },
    }[rule]
    return FlagFactory(
        assessment=assessment,
        rule=rule,
        level=level,
        action="shoe_check",
        values={"shoe": str(shoe.pk)} | said | values,
    )


@pytest.fixture
def shoe(runner):
    return ShoeFactory(owner=runner, start_m=812_000)


def asks(runner, flags):
    return shoe_asks(runner, flags, pairs_of(runner, on=ON), on=ON)


def checked(shoe, day, outcome="kept"):
    return ShoeCheck.objects.create(
        shoe=shoe, on=dt.date(2026, 3, day), outcome=outcome, distance_m=800_000
    )


def test_one_pair_is_asked_about_once_with_every_reason(runner, shoe):
    assessment = AssessmentFactory(runner=runner)
    other = ShoeFactory(owner=runner)
    flags = [flag(assessment, "S1", shoe), flag(assessment, "S4", other), FlagFactory()]
    HeelProblemFactory(runner=runner)
    flags.append(flag(assessment, "S2", shoe))

    first, second = asks(runner, flags)

    assert (first.pair.shoe, first.reasons, first.quieted_by) == (shoe, (WORN, SORE), None)
    assert first.flags == (flags[0], flags[3])
    assert second.pair.shoe == other
    assert asks(runner, [FlagFactory()]) == ()


def test_only_a_new_sore_spot_costs_a_query(runner, shoe, django_assert_num_queries):
    flags = [flag(AssessmentFactory(runner=runner), "S1", shoe)]
    pairs = pairs_of(runner, on=ON)
    with django_assert_num_queries(0):
        shoe_asks(runner, flags, pairs, on=ON)


@pytest.mark.parametrize(
    ("rule", "day", "quiet"),
    [
        ("S1", 1, True),
        ("S2", 4, False),
        ("S2", 5, True),
        ("S4", 9, False),
        ("S4", 10, True),
    ],
)
def test_a_check_answers_distance_and_what_came_up_before_it(rule, day, quiet, runner, shoe):
    HeelProblemFactory(runner=runner, since=dt.date(2026, 3, 5))
    check = checked(shoe, day)
    found = asks(runner, [flag(AssessmentFactory(runner=runner), rule, shoe)])

    assert found[0].quieted_by == (check if quiet else None)
    assert is_quiet(found) is quiet


def test_nothing_yet_and_a_deleted_pair_quieten_nothing(runner, shoe):
    checked(shoe, 17, outcome="nothing")
    assessment = AssessmentFactory(runner=runner)
    found = asks(runner, [flag(assessment, "S1", shoe)])
    assert not is_quiet(found)
    shoe.delete()
    (gone,) = asks(runner, [assessment.flags.get()])
    assert (gone.pair, gone.reasons, gone.quieted_by) == (None, (WORN,), None)
    assert not is_quiet([])
