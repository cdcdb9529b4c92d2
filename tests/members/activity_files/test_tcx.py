from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import pytest

from members.activity_files import (
    CorruptFile,
    ImpossibleClock,
    Kind,
    NotAnActivity,
    NoTimes,
    ParsedActivity,
    TooLarge,
)
from members.activity_files.limits import MAX_POINTS
from tests.members.activity_files.builders import (
    START,
    lap,
    read,
    read_activity,
    read_one,
    tcx,
    tcx_activity,
)

UNSET = datetime(1901, 2, 3, tzinfo=UTC)
LATER = START + timedelta(minutes=10)
TAIL = "<Notes>Tempo\nrun</Notes><Creator><Name>Forerunner 620</Name></Creator>"


def test_a_run_of_two_laps_with_a_pause_between_is_read_whole():
    content = tcx(tcx_activity(lap(), lap(LATER, seconds=120, at=200), tail=TAIL))

    assert read_one(content, name="run.tcx") == ParsedActivity(
        kind=Kind.RUN,
        started_at=START,
        on=date(2026, 3, 14),
        distance_m=600,
        elapsed_s=720,
        timer_s=180,
        moving_s=180,
        points=20,
        title="Tempo run",
        device="Forerunner 620",
        source_format="tcx",
        sha256=sha256(content).hexdigest(),
        partial="",
    )


def test_the_devices_own_figures_count_before_the_track():
    says = "<TotalTimeSeconds>58.6</TotalTimeSeconds><DistanceMeters>210.4</DistanceMeters>"

    activity = read_activity(tcx(tcx_activity(lap(says=says))))

    assert (activity.distance_m, activity.timer_s, activity.elapsed_s) == (210, 59, 60)


def test_a_treadmill_run_without_positions_counts():
    activity = read_activity(tcx(tcx_activity(lap(placed=False))))

    assert (activity.distance_m, activity.timer_s, activity.moving_s) == (200, 60, 60)


def test_a_lap_without_any_track_counts():
    bare = lap().split("<Track>")[0] + "</Lap>"

    activity = read_activity(tcx(tcx_activity(bare)))

    assert (activity.started_at, activity.points) == (START, 0)
    assert (activity.distance_m, activity.elapsed_s, activity.timer_s) == (200, 60, 60)


@pytest.mark.parametrize(
    ("says", "placed", "metres"),
    [
        ("<DistanceMeters>0</DistanceMeters>", True, 200),
        ("<DistanceMeters>many</DistanceMeters>", False, 200),
        ("<DistanceMeters>1e99</DistanceMeters>", True, 200),
        ("<DistanceMeters>-5</DistanceMeters>", True, 200),
        ("<DistanceMeters>nan</DistanceMeters>", True, 200),
    ],
)
def test_where_no_lap_says_the_distance_the_points_do(says, placed, metres):
    activity = read_activity(tcx(tcx_activity(lap(says=says, placed=placed))))

    assert (activity.distance_m, activity.timer_s) == (metres, 60)


def test_no_distance_at_all_is_told_from_a_distance_of_nothing():
    def said(says):
        content = tcx(tcx_activity(lap(says=says, kmh=0, placed=False)))
        return read_activity(content.replace(b"<DistanceMeters>0.0</DistanceMeters>", b""))

    assert said("<TotalTimeSeconds>60</TotalTimeSeconds>").distance_m is None
    zero = "<TotalTimeSeconds>60</TotalTimeSeconds><DistanceMeters>0</DistanceMeters>"
    assert said(zero).distance_m == 0


@pytest.mark.parametrize(
    ("sport", "kind"),
    [("Running", Kind.RUN), ("Biking", Kind.RIDE), ("Other", Kind.OTHER), ("", Kind.RUN)],
)
def test_the_sport_gives_the_kind(sport, kind):
    assert read_activity(tcx(tcx_activity(lap(), sport=sport))).kind == kind


def test_each_leg_of_a_multisport_session_is_an_activity():
    ride = tcx_activity(lap(LATER, kmh=30), sport="Biking", start=LATER)
    first = f"<FirstSport>{tcx_activity(lap())}</FirstSport>"
    session = f"<MultiSportSession>{first}<NextSport>{ride}</NextSport></MultiSportSession>"

    outcomes = [entry.outcome for entry in read(tcx(session))]

    assert [(leg.kind, leg.started_at, leg.distance_m) for leg in outcomes] == [
        (Kind.RUN, START, 200),
        (Kind.RIDE, LATER, 500),
    ]


def test_a_truncated_file_gives_what_stands_before_the_break():
    whole = tcx(tcx_activity(lap(), lap(LATER, at=200)))

    activity = read_activity(whole[: whole.rindex(b"<Lap") + 10])

    assert (activity.distance_m, activity.timer_s, activity.points) == (200, 60, 7)
    assert activity.partial == "It breaks off or is damaged at line 1; what stood before was read."


def test_a_lap_cut_off_among_its_points_still_says_its_figures():
    whole = tcx(tcx_activity(lap()))

    activity = read_activity(whole[: whole.rindex(b"<Trackpoint") - 300])

    assert (activity.distance_m, activity.timer_s, activity.points) == (200, 60, 4)
    assert activity.partial != ""


COURSE = "<Courses><Course><Name>Loop</Name><Track><Trackpoint/></Track></Course></Courses>"
WORKOUT = "<Workouts><Workout><Name>8 x 400</Name></Workout></Workouts>"
PLAN = "It holds a course or a planned workout, not something done."


@pytest.mark.parametrize(
    ("content", "error", "reason"),
    [
        (tcx(COURSE), NotAnActivity, PLAN),
        (tcx(WORKOUT), NotAnActivity, PLAN),
        (tcx(), NotAnActivity, "There is no activity in it."),
        (
            tcx("<Activity Sport='Running'><Lap/></Activity>"),
            NoTimes,
            "It does not say when it took place or how long it was.",
        ),
        (
            tcx(tcx_activity(lap(seconds=0, says="<TotalTimeSeconds>0</TotalTimeSeconds>"))),
            NotAnActivity,
            "It took no time: its timer never ran.",
        ),
        (
            tcx(tcx_activity(lap(UNSET), start=UNSET)),
            ImpossibleClock,
            "Its clock was not set: it says 3 February 1901.",
        ),
        (
            b"<gps/>",
            NotAnActivity,
            "Its name says TCX, but that is not what is in it.",
        ),
    ],
)
def test_what_is_no_activity_is_skipped_with_the_reason(content, error, reason):
    outcome = read_one(content, name="run.tcx")

    assert type(outcome) is error
    assert (outcome.status, outcome.reason) == ("skipped", reason)


@pytest.mark.parametrize(("cut", "what"), [(b"<Activity ", "activity"), (b"<Lap ", "lap")])
def test_a_file_broken_before_anything_is_corrupt(cut, what):
    whole = tcx(tcx_activity(lap()))

    outcome = read_one(whole[: whole.index(cut)], name="run.tcx")

    assert type(outcome) is CorruptFile
    assert outcome.reason == f"The file breaks off or is damaged before the first {what}."


def test_more_points_than_any_activity_has_are_refused():
    laps = "<Lap/>" * (MAX_POINTS + 1)

    assert type(read_one(tcx(tcx_activity(laps)))) is TooLarge
