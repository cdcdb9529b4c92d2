from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from members.activity_files import Kind, Outing, same_outing

RUN = Outing(
    started_at=datetime(2026, 3, 14, 9, 0, 17, tzinfo=UTC),
    duration_s=3600,
    distance_m=10_000,
    kind=Kind.RUN,
)
TYPED = replace(RUN, started_at=datetime(2026, 3, 14, 9, 0, tzinfo=UTC))


def later(**shift: float) -> datetime:
    return RUN.started_at + timedelta(**shift)


@pytest.mark.parametrize(
    "other",
    [
        RUN,
        TYPED,
        replace(RUN, started_at=RUN.started_at.astimezone(timezone(timedelta(hours=-3)))),
        replace(RUN, started_at=later(minutes=4), duration_s=3400),
        replace(RUN, distance_m=10_900),
        replace(RUN, distance_m=None),
        replace(RUN, duration_s=3950),
        replace(RUN, kind=Kind.OTHER),
        replace(RUN, started_at=later(hours=2)),
        replace(RUN, started_at=later(hours=-2, seconds=5)),
        replace(RUN, started_at=later(hours=5, minutes=45), distance_m=9_600),
        replace(RUN, started_at=later(hours=14)),
    ],
)
def test_one_outing_recorded_twice_is_recognised(other):
    assert same_outing(RUN, other)
    assert same_outing(other, RUN)


@pytest.mark.parametrize(
    "other",
    [
        replace(RUN, started_at=later(minutes=6)),
        replace(RUN, distance_m=8_900),
        replace(RUN, duration_s=3100),
        replace(RUN, kind=Kind.RIDE),
        replace(RUN, started_at=later(days=1)),
        replace(RUN, started_at=later(hours=2, seconds=11)),
        replace(RUN, started_at=later(hours=2, minutes=7)),
        replace(RUN, started_at=later(hours=2), distance_m=9_400),
        replace(RUN, started_at=later(hours=2), duration_s=3400),
        replace(RUN, started_at=later(hours=2), distance_m=None),
        replace(RUN, started_at=later(hours=15)),
    ],
)
def test_two_outings_are_not_taken_for_one(other):
    assert not same_outing(RUN, other)
    assert not same_outing(other, RUN)


def test_the_same_loop_typed_morning_and_evening_is_two_outings():
    assert not same_outing(TYPED, replace(TYPED, started_at=TYPED.started_at + timedelta(hours=9)))


def test_short_repeats_one_after_the_other_are_outings_of_their_own():
    repeat = replace(RUN, duration_s=90, distance_m=400)

    assert not same_outing(repeat, replace(repeat, started_at=later(minutes=3)))
    assert same_outing(repeat, replace(repeat, started_at=later(seconds=40)))


def test_small_differences_of_short_outings_do_not_matter():
    short = replace(RUN, duration_s=120, distance_m=300)

    assert same_outing(short, replace(short, duration_s=170, distance_m=390))


def test_an_hour_on_the_mat_every_few_hours_is_no_shift():
    mat = replace(RUN, kind=Kind.MOBILITY, distance_m=0)

    assert not same_outing(mat, replace(mat, started_at=later(hours=3)))
