"""The field's terms, at their limits; what is not known stays unknown."""

import datetime as dt

import pytest

from injuries.models import Spot
from injuries.risk.thresholds import MAJOR, SUBSTANTIAL
from injuries.surveillance import (
    COULD_NOT,
    RAN_LESS,
    REGIONS,
    Course,
    TimeLoss,
    episode,
    is_lost,
    time_loss,
)

MONDAY = dt.date(2026, 3, 9)
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("days_since", "found"),
    [
        (None, "exacerbation"),
        (-1, "exacerbation"),
        (0, "exacerbation"),
        (1, "early_recurrence"),
        (60, "early_recurrence"),
        (61, "late_recurrence"),
        (365, "late_recurrence"),
        (366, "delayed_recurrence"),
    ],
)
def test_what_comes_back_is_named_by_how_soon(days_since, found):
    assert episode(has_earlier=True, days_since=days_since) == found
    assert episode(has_earlier=False, days_since=None) == "index"


@pytest.mark.parametrize(
    ("lost", "unknown", "days", "severity"),
    [
        (0, 0, 0, "none"),
        (1, 0, 1, "1 to 7"),
        (7, 0, 7, "1 to 7"),
        (8, 0, 8, "8 to 28"),
        (28, 0, 28, "8 to 28"),
        (29, 0, 29, "over 28"),
        (2, 5, None, "1 to 7"),
        (2, 6, None, ""),
        (0, 1, None, ""),
        (29, 90, None, "over 28"),
    ],
)
def test_the_class_by_days_lost_is_said_where_it_can_be_no_other(lost, unknown, days, severity):
    loss = TimeLoss(lost, unknown)
    assert (loss.days, loss.severity) == (days, severity)


def course(*, ran=False, said=None, check=None, rest_week=False):
    return Course(
        ran={MONDAY} if ran else set(),
        said={MONDAY: said} if said else {},
        checks={} if check is None else {MONDAY: check},
        rest_weeks={MONDAY} if rest_week else set(),
    )


@pytest.mark.parametrize(
    ("known", "lost"),
    [
        ({}, None),
        ({"said": "injured"}, True),
        ({"said": "injured", "ran": True, "check": 0}, True),
        ({"ran": True}, False),
        ({"ran": True, "check": COULD_NOT}, False),
        ({"check": COULD_NOT}, True),
        ({"check": COULD_NOT, "said": "ill"}, True),
        ({"said": "ill"}, False),
        ({"said": "holiday", "check": RAN_LESS}, False),
        ({"said": "rest"}, False),
        ({"said": "rest", "rest_week": True}, True),
        ({"rest_week": True}, None),
        ({"said": "rest", "check": RAN_LESS}, None),
        ({"check": RAN_LESS}, None),
        ({"check": 8}, False),
        ({"check": 0}, False),
    ],
)
def test_a_day_is_lost_kept_or_unknown(known, lost):
    assert is_lost(course(**known), MONDAY) is lost


def test_days_count_after_the_first_and_before_the_last():
    days = [MONDAY + DAY * n for n in range(4)]
    known = Course(ran=set(), said=dict.fromkeys(days, "injured"), checks={}, rest_weeks=set())
    assert time_loss(known, since=days[0], until=days[3]) == TimeLoss(lost=2, unknown=0)
    assert time_loss(known, since=days[0], until=days[3] + 2 * DAY) == TimeLoss(3, 1)
    assert time_loss(known, since=days[0], until=days[0]) == TimeLoss(0, 0)


def test_every_spot_has_a_region_and_the_scores_are_those_of_the_check():
    assert set(REGIONS) == set(Spot.values)
    assert (RAN_LESS, COULD_NOT) == (SUBSTANTIAL, MAJOR)
