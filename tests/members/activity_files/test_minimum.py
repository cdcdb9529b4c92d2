"""How little is no activity."""

from datetime import UTC, datetime

import pytest

from members.activity_files import Kind, ParsedActivity
from members.activity_files.minimum import too_little

START = datetime(2026, 3, 14, 9, 3, 21, tzinfo=UTC)


def found(kind=Kind.RUN, metres=None, seconds=0, elapsed=0):
    return ParsedActivity(
        kind=kind,
        started_at=START,
        on=START.date(),
        distance_m=metres,
        elapsed_s=elapsed or seconds,
        timer_s=seconds,
        moving_s=seconds,
        points=2,
        title="",
        device="",
        source_format="fit",
        sha256="f" * 64,
    )


TAIL = ": too little for an activity, perhaps stopped at once."


@pytest.mark.parametrize(
    ("one", "reason"),
    [
        (found(metres=6, seconds=14), "It lasted only 14 seconds and 6 m"),
        (found(metres=99, seconds=29), "It lasted only 29 seconds and 99 m"),
        (found(metres=2, seconds=1), "It lasted only 1 second and 2 m"),
        (found(Kind.STRENGTH, seconds=29), "It lasted only 29 seconds"),
        (found(Kind.OTHER, metres=0, seconds=3), "It lasted only 3 seconds"),
        (found(metres=49, seconds=119), "It lasted only 119 seconds and 49 m"),
        (found(Kind.RIDE, metres=12, seconds=60), "It lasted only 60 seconds and 12 m"),
        (found(metres=40), "It is only 40 m"),
    ],
)
def test_what_was_stopped_at_once_is_no_activity(one, reason):
    assert too_little(one) == reason + TAIL


@pytest.mark.parametrize(
    "one",
    [
        found(metres=200, seconds=40),  # a repetition on the track
        found(metres=100, seconds=13),  # a sprint
        found(metres=100),  # a row of a table that says no time
        found(metres=68, seconds=45),  # a walk
        found(metres=50, seconds=119),
        found(metres=49, seconds=120),
        found(seconds=30),  # on the mat, without a distance
        found(metres=0, seconds=1200),  # on the mat, with a sensor that said nothing
        found(Kind.STRENGTH, seconds=45),
        found(Kind.STRENGTH, metres=8, seconds=60),  # a position that drifted
        found(Kind.SWIM, metres=25, seconds=40),
        found(metres=20, seconds=20, elapsed=1300),  # paused for long, and a table's elapsed time
    ],
)
def test_little_is_an_activity(one):
    assert too_little(one) == ""
