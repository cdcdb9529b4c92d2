"""FIT files: whole ones, and those that watches leave behind when something went wrong."""

from datetime import date, timedelta

import pytest

from members.activity_files import (
    CorruptFile,
    ImpossibleClock,
    NotAnActivity,
    NoTimes,
    ParsedActivity,
)
from tests.members.activity_files import fit_files as fit
from tests.members.activity_files.builders import START, read, read_activity, read_one


def one(content: bytes) -> ParsedActivity:
    return read_activity(content, name="a.fit")


def test_a_run_as_a_watch_writes_it():
    found = one(fit.run(length_s=600, kmh=12, every=5))

    assert (found.kind, found.distance_m, found.points) == ("run", 2000, 121)
    assert (found.elapsed_s, found.timer_s, found.moving_s) == (600, 600, 600)
    assert (found.started_at, found.started_at.utcoffset()) == (START, timedelta(hours=1))
    assert (found.source_format, found.partial) == ("fit", "")
    assert found.device == "garmin fr945"


def test_the_session_counts_before_the_points():
    session = fit.session(length_s=700, timer_s=650, distance_m=2100, moving=600_000)
    found = one(fit.run(length_s=600, sessions=[session]))

    assert (found.distance_m, found.elapsed_s, found.timer_s, found.moving_s) == (
        2100,
        700,
        650,
        600,
    )


@pytest.mark.parametrize(
    ("hours", "day"), [(-10, date(2026, 3, 13)), (0, date(2026, 3, 14)), (14, date(2026, 3, 15))]
)
def test_the_day_is_that_of_the_watch(hours, day):
    start = START.replace(hour=22 if hours == 14 else 2 if hours == -10 else 12)
    found = one(fit.run(start - timedelta(days=0), offset=timedelta(hours=hours)))

    assert found.started_at == start
    assert found.on == day


def test_without_an_offset_the_day_is_the_runners():
    found = read_activity(
        fit.run(START.replace(hour=20), offset=None), name="a.fit", zone="Asia/Tokyo"
    )

    assert found.on == date(2026, 3, 15)


def test_a_treadmill_run_counts_by_its_session_and_by_its_odometer():
    session = fit.session(distance_m=5000, length_s=1800, sub_sport=1)
    truncated = fit.fit(fit.file_id(), *fit.records(placed=False, length_s=600, every=60))

    assert one(fit.run(placed=False, sessions=[session])).distance_m == 5000
    assert (one(truncated).kind, one(truncated).distance_m) == ("run", 2000)


def test_a_multisport_event_is_an_activity_a_leg_without_the_changes():
    swim = fit.session(START, length_s=600, distance_m=800, sport=5)
    change = fit.session(START + timedelta(seconds=600), length_s=60, distance_m=20, sport=3)
    ride = fit.session(START + timedelta(seconds=660), length_s=1800, distance_m=15_000, sport=2)
    run = fit.session(START + timedelta(seconds=2460), length_s=1200, distance_m=4000, sport=1)
    content = fit.run(length_s=60, sessions=[swim, change, ride, run])
    found = [entry.outcome for entry in read(content, name="tri.fit")]

    assert [(str(leg.kind), leg.distance_m, leg.timer_s) for leg in found] == [
        ("swim", 800, 600),
        ("ride", 15_000, 1800),
        ("run", 4000, 1200),
    ]


@pytest.mark.parametrize(
    ("sport", "sub_sport", "kind"),
    [
        (1, 1, "run"),
        (2, 6, "ride"),
        (5, 17, "swim"),
        (10, 20, "strength"),
        (10, 43, "mobility"),
        (4, 15, "other"),
        (11, 0, "walk"),
        (17, 0, "walk"),
        (21, 0, "ride"),
        (0, 0, "other"),
        (251, 0, "other"),
        (None, None, "run"),
    ],
)
def test_sports_become_kinds(sport, sub_sport, kind):
    session = fit.session(sport=sport, sub_sport=sub_sport)

    assert one(fit.run(sessions=[session])).kind == kind


@pytest.mark.parametrize(
    ("file_type", "what"),
    [
        (2, "settings"),
        (5, "a planned workout"),
        (6, "a course"),
        (9, "weights"),
        (15, "daily monitoring"),
    ],
)
def test_other_files_of_a_watch_are_skipped_by_name(file_type, what):
    outcome = read_one(fit.fit(fit.file_id(type=file_type), *fit.records()), name="a.fit")

    assert type(outcome) is NotAnActivity
    assert outcome.reason == f"It holds {what}, not something that was done."


def test_a_kind_of_file_nobody_knows_is_skipped():
    assert type(read_one(fit.fit(fit.file_id(type=68)), name="a.fit")) is NotAnActivity


def test_a_file_that_breaks_off_gives_its_points_and_says_so():
    whole = fit.run(length_s=600, every=5)
    found = one(whole[: len(whole) // 2])

    assert found.partial == "It breaks off or is damaged before its end; what could be read was."
    assert 250 < found.timer_s < 350
    assert found.distance_m == pytest.approx(found.timer_s * 12 / 3.6, abs=20)


@pytest.mark.parametrize("length", [bytes(4), b"\xff" * 4])
def test_a_watch_that_lost_power_never_wrote_the_length(length):
    content = bytearray(fit.fit(fit.file_id(), *fit.records(length_s=600), crc=False))
    content[4:8] = length

    assert (one(bytes(content)).timer_s, one(bytes(content)).distance_m) == (600, 2000)


def test_laps_stand_in_for_a_session_that_is_missing():
    laps = [
        fit.message("lap", first=not number, start_time=fit.seconds(START) + number * 600,
                    elapsed=610_000, timer=600_000, distance=200_000, sport=1)
        for number in range(2)
    ]  # fmt: skip
    found = one(fit.fit(fit.file_id(), *laps))

    assert (found.kind, found.started_at) == ("run", START)
    assert (found.distance_m, found.timer_s, found.elapsed_s) == (4000, 1200, 1220)


def test_a_wrong_checksum_and_a_missing_one_change_nothing():
    whole = fit.run()

    assert one(whole[:-2] + b"\0\0").distance_m == 200
    assert one(whole[:-2]).distance_m == 200


def test_chained_files_are_read_one_after_the_other():
    later = fit.run(START + timedelta(hours=3))
    found = [entry.outcome for entry in read(fit.run() + later, name="a.fit")]

    assert [one.started_at for one in found] == [START, START + timedelta(hours=3)]


def test_a_pause_ends_a_segment():
    stop = fit.message("event", timestamp=fit.seconds(START) + 60, event=0, event_type=4)
    more = fit.records(START + timedelta(seconds=660), length_s=60, at=5000, first=False)
    found = one(fit.fit(fit.file_id(), *fit.records(length_s=60), stop, *more))

    assert (found.elapsed_s, found.timer_s) == (720, 120)


@pytest.mark.parametrize("start", [0, 77_000_000])
def test_a_clock_that_was_never_set_is_told(start):
    session = fit.message(
        "session", timestamp=start + 60, start_time=start, sport=1, elapsed=60_000, timer=60_000
    )
    outcome = read_one(fit.fit(fit.file_id(), session), name="a.fit")

    assert type(outcome) is ImpossibleClock
    assert outcome.reason == (
        "Its clock was not set: it only counted seconds since the watch was switched on."
    )


def test_a_clock_that_runs_ahead_is_told():
    outcome = read_one(fit.run(START + timedelta(days=3)), name="a.fit")

    assert type(outcome) is ImpossibleClock
    assert outcome.reason == "Its clock was not set: it says 17 March 2026."


def test_a_change_between_sports_alone_is_skipped():
    outcome = read_one(fit.run(sessions=[fit.session(sport=fit.TRANSITION)]), name="a.fit")

    assert type(outcome) is NotAnActivity
    assert outcome.reason == "It holds only the change from one sport to the next."


def test_an_activity_with_nothing_in_it_is_skipped():
    assert type(read_one(fit.fit(fit.file_id()), name="a.fit")) is NoTimes


def test_a_session_whose_timer_never_ran_is_skipped():
    content = fit.fit(fit.file_id(), fit.session(length_s=0, distance_m=0))

    assert type(read_one(content, name="a.fit")) is NotAnActivity


@pytest.mark.parametrize("content", [b"not a watch's file at all", fit.run()[:14]])
def test_what_is_no_fit_file_fails(content):
    assert type(read_one(content, name="a.fit")) is CorruptFile
