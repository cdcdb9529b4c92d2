"""What becomes of one activity: added, merged into what is there, already there, or refused."""

import dataclasses
import datetime as dt

import pytest

from injuries.models import PainReport
from members.activity_files import Kind, ParsedActivity
from members.models import Activity, DifferentOuting
from members.services.imports.settling import settle
from tests.factories import ActivityFactory, ShoeFactory, UserFactory

START = dt.datetime(2026, 3, 14, 9, 3, 21, tzinfo=dt.UTC)
NOON = START.replace(hour=12, minute=0, second=0)

FOUND = ParsedActivity(
    kind=Kind.RUN,
    started_at=START,
    on=START.date(),
    distance_m=10_120,
    elapsed_s=3_400,
    timer_s=3_310,
    moving_s=3_290,
    points=3_310,
    title="Morning run",
    device="Watch",
    source_format="fit",
    sha256="f" * 64,
)


@pytest.fixture
def take(runner, now):
    """Return a function that settles an activity of a file."""

    def settle_one(found=FOUND, *, by=runner, **options):
        return settle(by, found, now=now, **{"alone": True, **options})

    return settle_one


def typed_run(runner, distance_m=10_000, **fields):
    """Return a run typed without a time of day."""
    said = {"started_at": NOON, "start_said": False, "duration_s": 3_300, "distance_m": distance_m}
    return ActivityFactory(runner=runner, **{**said, **fields})


def figures(row):
    row.refresh_from_db()
    return (row.started_at, row.distance_m, row.duration_s, row.elapsed_s, row.source)


# --- Added ----------------------------------------------------------------------------------------
def test_a_new_one_is_added_with_all_the_file_told(take, runner):
    settled = take()

    row = Activity.objects.get()
    assert (settled.status, settled.reason, settled.activity) == ("added", "", row)
    assert figures(row) == (START, 10_120, 3_310, 3_400, "file")
    assert (row.note, row.file_sha256, row.runner) == ("Morning run", "f" * 64, runner)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"distance_m": 0, "timer_s": 0, "elapsed_s": 0}, "It has neither distance nor time."),
        ({"distance_m": 500_001}, "It is longer than 500 km."),
        ({"elapsed_s": 72 * 3600 + 1}, "It is longer than three days."),
        (
            {"distance_m": 6, "timer_s": 14, "elapsed_s": 14},
            "It lasted only 14 seconds and 6 m: too little for an activity, perhaps stopped at "
            "once.",
        ),
    ],
)
def test_what_no_log_can_hold_is_skipped(changes, reason, take):
    settled = take(dataclasses.replace(FOUND, **changes))
    assert (settled.status, settled.reason) == ("skipped", reason)
    assert not Activity.objects.exists()


def test_what_the_log_refuses_is_failed(take, now):
    settled = take(dataclasses.replace(FOUND, started_at=now + dt.timedelta(hours=2)))
    assert (settled.status, settled.reason) == ("failed", "This lies in the future.")


@pytest.mark.parametrize(
    ("zone", "offset", "on", "expected"),
    [
        ("Europe/Berlin", 1, 14, "Europe/Berlin"),
        ("Europe/Berlin", -8, 13, "Etc/GMT+8"),  # ran on the 13th, where the 14th had begun at home
    ],
)
def test_a_run_far_from_home_counts_for_its_own_day(zone, offset, on, expected, take, now):
    away = dt.timezone(dt.timedelta(hours=offset))
    start = dt.datetime(2026, 3, 14, 3, 0, tzinfo=dt.UTC).astimezone(away)
    found = dataclasses.replace(FOUND, started_at=start, on=dt.date(2026, 3, on))
    row = take(found, by=UserFactory(time_zone=zone)).activity
    assert (row.on, row.time_zone) == (dt.date(2026, 3, on), expected)


# --- Typed by hand --------------------------------------------------------------------------------
def test_a_typed_run_keeps_what_was_said_and_gains_what_the_file_knows(take, runner):
    shoe = ShoeFactory(owner=runner)
    row = typed_run(runner, effort=6, shoe=shoe, surface="trail", note="Legs of lead")
    pain = PainReport.objects.create(runner=runner, activity=row, on=row.on, during=3)

    settled = take()

    assert (settled.status, settled.match, settled.matched) == ("merged", "typed", row)
    assert settled.reason == (
        "Looks like your run of Saturday 14 March 2026, which you typed in. It took the start, "
        "distance, time and time with pauses from the file; effort, shoes, note and pain stay as "
        "they are."
    )
    assert settled.changes == {
        "distance_m": [10_000, 10_120],
        "duration_s": [3_300, 3_310],
        "elapsed_s": [None, 3_400],
        "started_at": [NOON.isoformat(), START.isoformat()],
        "start_said": [False, True],
        "source": ["typed", "file"],
        "file_sha256": ["", "f" * 64],
    }
    assert figures(row) == (START, 10_120, 3_310, 3_400, "file")
    assert (row.effort, row.shoe, row.surface, row.note) == (6, shoe, "trail", "Legs of lead")
    pain.refresh_from_db()
    assert (pain.during, pain.activity, pain.on) == (3, row, row.on)
    assert take().match == "same_file"


def test_a_file_without_distance_leaves_the_typed_one(take, runner):
    row = typed_run(runner)
    take(dataclasses.replace(FOUND, distance_m=None))
    assert figures(row) == (START, 10_000, 3_310, 3_400, "file")


def test_a_merge_never_moves_a_run_to_another_day(take, runner):
    just_past = dt.datetime(2026, 3, 15, 0, 1, tzinfo=dt.UTC)
    row = ActivityFactory(runner=runner, started_at=just_past, distance_m=10_000, duration_s=3_300)
    found = dataclasses.replace(FOUND, started_at=just_past - dt.timedelta(minutes=3))

    settled = take(found)

    assert settled.status == "merged"
    assert figures(row)[:2] == (just_past, 10_120)


def test_of_two_typed_runs_that_both_fit_none_is_taken(take, runner):
    for _ in range(2):
        typed_run(runner)
    assert take().status == "added"
    assert Activity.objects.count() == 3


# --- Already there --------------------------------------------------------------------------------
def test_the_same_file_is_already_there(take):
    take()
    settled = take()
    assert (settled.status, settled.reason) == ("duplicate", "It is in your log already.")
    assert Activity.objects.count() == 1


def test_the_same_file_is_known_after_its_run_was_moved(take):
    row = take().activity
    Activity.objects.filter(pk=row.pk).update(
        started_at=START - dt.timedelta(days=20), on=START.date() - dt.timedelta(days=20)
    )
    assert take().match == "same_file"
    assert take(alone=False).status == "added"  # one of several of a file: told by its start


def test_another_recording_of_the_same_outing_is_already_there(take, runner):
    row = ActivityFactory(
        runner=runner, started_at=START, distance_m=10_200, duration_s=3_320, elapsed_s=3_390,
        source="file", file_sha256="a" * 64,
    )  # fmt: skip
    settled = take()
    assert (settled.status, settled.match) == ("duplicate", "same_outing")
    assert settled.reason == "Looks like your run of Saturday 14 March 2026, 9:03."
    assert figures(row) == (START, 10_200, 3_320, 3_390, "file")


def test_a_recording_that_lacked_something_gains_only_that(take, runner):
    row = ActivityFactory(
        runner=runner, started_at=START, distance_m=None, duration_s=3_300, elapsed_s=3_400,
        source="file", file_sha256="a" * 64,
    )  # fmt: skip
    settled = take()
    assert settled.changes == {"distance_m": [None, 10_120]}
    assert "It took the distance from the file" in settled.reason
    assert figures(row) == (START, 10_120, 3_300, 3_400, "file")
    assert row.file_sha256 == "a" * 64


def test_a_shifted_clock_is_said(take, runner):
    shifted = START + dt.timedelta(hours=5, minutes=30)
    ActivityFactory(
        runner=runner, started_at=shifted, distance_m=10_120, duration_s=3_310, elapsed_s=3_400,
        source="file", file_sha256="a" * 64,
    )  # fmt: skip
    settled = take()
    assert (settled.status, settled.match) == ("duplicate", "shifted_clock")
    assert settled.reason == (
        "Looks like your run of Saturday 14 March 2026, 14:33, by a clock shifted by 5 h 30."
    )


def test_two_real_runs_of_a_day_stay_two(take, runner):
    ActivityFactory(
        runner=runner, started_at=START + dt.timedelta(hours=9, seconds=47), distance_m=10_000,
        duration_s=3_300, source="file", file_sha256="a" * 64,
    )  # fmt: skip
    assert take().status == "added"


def test_two_of_one_file_are_never_one(take):
    first = take(alone=False)
    second = take(
        dataclasses.replace(FOUND, sha256="e" * 64), alone=False, taken={first.activity.pk}
    )
    assert (first.status, second.status) == ("added", "added")


def test_somebody_elses_run_is_no_match(take):
    ActivityFactory(runner=UserFactory(), started_at=START, distance_m=10_120, duration_s=3_310)
    assert take().status == "added"


def test_what_was_said_to_be_another_is_not_matched_again(take, runner, now):
    row = typed_run(runner)
    DifferentOuting.objects.create(activity=row, started_at=START, said_at=now)

    other_device = dataclasses.replace(
        FOUND, started_at=START + dt.timedelta(minutes=2), sha256="d" * 64
    )
    assert take(other_device).status == "added"
    assert take().match == "same_outing"


# --- A dry run ------------------------------------------------------------------------------------
def test_a_dry_run_says_the_same_and_changes_nothing(take, runner):
    row = typed_run(runner)
    before = figures(row)

    settled = take(dry_run=True)

    assert settled.status == "merged"
    assert figures(row) == before
