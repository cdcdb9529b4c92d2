from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members.activity_files import Kind, Match, Outing, find_same, how_same, same_outing

BERLIN = timezone(timedelta(hours=1))
RUN = Outing(
    started_at=datetime(2026, 3, 14, 10, 0, 17, tzinfo=BERLIN),
    duration_s=3600,
    distance_m=10_000,
    kind=Kind.RUN,
)
ROUND = replace(RUN, started_at=datetime(2026, 3, 14, 10, 0, tzinfo=BERLIN))
TYPED = replace(ROUND, typed=True)


def later(**shift: float) -> datetime:
    return RUN.started_at + timedelta(**shift)


def how(one: Outing, other: Outing) -> Match | None:
    """Both ways round, which must agree."""
    assert how_same(one, other) == how_same(other, one)
    assert same_outing(one, other) == (how_same(one, other) is not None)
    return how_same(one, other)


@pytest.mark.parametrize(
    "other",
    [
        RUN,
        ROUND,
        TYPED,
        replace(RUN, started_at=RUN.started_at.astimezone(timezone(timedelta(hours=-3)))),
        replace(RUN, started_at=later(minutes=4), duration_s=3400),
        replace(RUN, distance_m=10_900),
        replace(RUN, distance_m=None),
        replace(RUN, duration_s=3950),
        replace(RUN, duration_s=0),
        replace(RUN, duration_s=2800, elapsed_s=3700),
        replace(RUN, kind=Kind.OTHER),
    ],
)
def test_one_outing_recorded_twice_is_recognised(other):
    assert how(RUN, other) == Match.SAME_OUTING


@pytest.mark.parametrize(
    "other",
    [
        replace(RUN, started_at=later(hours=1)),
        replace(RUN, started_at=later(hours=-1, seconds=9), distance_m=9_600, duration_s=3450),
        replace(RUN, started_at=later(hours=3)),
        replace(RUN, started_at=later(hours=-3, seconds=2), distance_m=9_700, duration_s=3550),
        replace(RUN, started_at=later(hours=5, minutes=45)),
        replace(RUN, started_at=later(hours=14)),
    ],
)
def test_a_clock_shifted_by_a_zone_is_recognised(other):
    assert how(RUN, other) == Match.SHIFTED_CLOCK


@pytest.mark.parametrize(
    "other",
    [
        replace(RUN, started_at=later(minutes=6)),
        replace(RUN, distance_m=8_900),
        replace(RUN, duration_s=3100),
        replace(RUN, kind=Kind.RIDE),
        replace(RUN, started_at=later(days=1)),
        replace(RUN, started_at=later(hours=1, seconds=11)),
        replace(RUN, started_at=later(hours=3, seconds=3)),
        replace(RUN, started_at=later(hours=2, minutes=7)),
        replace(RUN, started_at=later(hours=1), distance_m=9_400),
        replace(RUN, started_at=later(hours=1), duration_s=3400),
        replace(RUN, started_at=later(hours=3), distance_m=9_500),
        replace(RUN, started_at=later(hours=3), duration_s=3500),
        replace(RUN, started_at=later(hours=3), distance_m=None),
        replace(RUN, started_at=later(hours=14, minutes=15)),
    ],
)
def test_two_outings_are_not_taken_for_one(other):
    assert how(RUN, other) is None


def test_the_same_loop_at_round_times_morning_and_evening_is_two_outings():
    assert how(ROUND, replace(ROUND, started_at=ROUND.started_at + timedelta(hours=9))) is None


def test_short_repeats_one_after_the_other_are_outings_of_their_own():
    repeat = replace(RUN, duration_s=90, distance_m=400)

    assert how(repeat, replace(repeat, started_at=later(minutes=3))) is None
    assert how(repeat, replace(repeat, started_at=later(seconds=40))) == Match.SAME_OUTING


def test_small_differences_of_short_outings_do_not_matter():
    short = replace(RUN, duration_s=120, distance_m=300)

    assert how(short, replace(short, duration_s=170, distance_m=390)) == Match.SAME_OUTING


def test_an_hour_on_the_mat_every_few_hours_is_no_shift():
    mat = replace(RUN, kind=Kind.MOBILITY, distance_m=0)

    assert how(mat, replace(mat, started_at=later(hours=3))) is None


# --- The same file -------------------------------------------------------------------------------
FILED = replace(RUN, sha256="a1")


def test_the_same_file_is_certain_but_its_legs_are_outings_of_their_own():
    assert how(FILED, FILED) == Match.SAME_FILE
    assert how(FILED, replace(FILED, started_at=later(seconds=30))) is None
    assert how(FILED, replace(FILED, sha256="b2")) == Match.SAME_OUTING


# --- Typed by hand -------------------------------------------------------------------------------
AT_NOON = replace(TYPED, started_at=datetime(2026, 3, 14, 12, tzinfo=BERLIN), day_only=True)


@pytest.mark.parametrize(
    "typed",
    [
        AT_NOON,
        replace(AT_NOON, distance_m=9_700),
        replace(AT_NOON, distance_m=10_500),
        replace(AT_NOON, duration_s=3300),
        replace(AT_NOON, duration_s=0),
        replace(AT_NOON, distance_m=None),
        replace(AT_NOON, typed=False),
        replace(AT_NOON, started_at=datetime(2026, 3, 14, 21, 14, 33, tzinfo=BERLIN)),
        replace(TYPED, started_at=datetime(2026, 3, 14, 10, 45, tzinfo=BERLIN)),
    ],
)
def test_a_typed_run_is_recognised_on_the_day_it_was_recorded(typed):
    assert how(RUN, typed) == Match.TYPED


@pytest.mark.parametrize(
    "typed",
    [
        replace(AT_NOON, typed=False, day_only=False),
        replace(AT_NOON, distance_m=9_000),
        replace(AT_NOON, duration_s=3000),
        replace(AT_NOON, distance_m=None, duration_s=0),
        replace(AT_NOON, started_at=datetime(2026, 3, 13, 12, tzinfo=BERLIN)),
        replace(TYPED, started_at=datetime(2026, 3, 14, 17, 30, tzinfo=BERLIN)),
        replace(TYPED, started_at=datetime(2026, 3, 14, 12, tzinfo=BERLIN)),
        replace(AT_NOON, kind=Kind.WALK),
    ],
)
def test_another_run_that_was_typed_is_not(typed):
    assert how(RUN, typed) is None


def test_a_row_of_a_list_of_days_may_be_a_run_that_was_typed_but_not_another_day():
    row = replace(AT_NOON, typed=False)

    assert how(TYPED, row) == Match.TYPED
    assert how(TYPED, replace(row, distance_m=9_000)) is None
    assert how(TYPED, replace(row, started_at=row.started_at - timedelta(days=1))) is None


def test_two_typed_runs_of_a_day_are_two():
    assert how(AT_NOON, replace(AT_NOON, started_at=TYPED.started_at)) is None


def test_of_two_typed_runs_nobody_can_say_which_was_recorded():
    other = replace(AT_NOON, distance_m=10_200)

    assert find_same(RUN, [AT_NOON]).outing is AT_NOON
    assert find_same(RUN, [AT_NOON, other]) is None


def test_two_rows_of_days_are_one_only_from_another_table_with_the_same_figures():
    row = replace(AT_NOON, typed=False)

    assert how(row, replace(row, distance_m=10_100)) is None
    assert how(row, row) == Match.SAME_OUTING
    assert how(replace(row, sha256="a"), replace(row, sha256="b")) is None
    assert how(replace(row, sha256="a"), replace(row, sha256="a")) == Match.SAME_FILE


# --- Of several ----------------------------------------------------------------------------------
def test_the_surest_sign_wins_and_then_the_nearest_start():
    shifted = replace(RUN, started_at=later(hours=1))
    near, nearer = (
        replace(RUN, started_at=later(minutes=3)),
        replace(RUN, started_at=later(minutes=1)),
    )

    assert find_same(RUN, [AT_NOON, shifted]).match == Match.SHIFTED_CLOCK
    assert find_same(RUN, [shifted, near, nearer]).outing is nearer
    assert find_same(FILED, [nearer, FILED]).match == Match.SAME_FILE
    assert find_same(RUN, []) is None


@given(
    minutes=st.integers(61, 14 * 60),
    second=st.integers(0, 59),
    distance_m=st.integers(1000, 30_000),
    share=st.floats(0.5, 2),
)
def test_two_recorded_runs_of_a_day_that_differ_are_never_merged(
    minutes, second, distance_m, share
):
    """Some way off a quarter hour, or other figures: any of these keeps two runs two."""
    morning = replace(RUN, distance_m=distance_m)
    evening = replace(morning, started_at=later(minutes=minutes, seconds=second))
    longer = replace(evening, distance_m=round(distance_m * share))
    beside = (evening.started_at - morning.started_at) % timedelta(minutes=15)
    if timedelta(seconds=10) < beside < timedelta(minutes=14, seconds=50) or abs(share - 1) > 0.06:
        assert how(morning, longer) is None


def test_starts_in_any_zone_are_compared_as_moments():
    assert how(RUN, replace(RUN, started_at=RUN.started_at.astimezone(UTC))) == Match.SAME_OUTING
