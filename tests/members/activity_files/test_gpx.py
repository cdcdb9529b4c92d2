from datetime import UTC, date, datetime, timedelta, timezone
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
    NOW,
    START,
    gpx,
    plain_run,
    read,
    read_activity,
    read_one,
    segment,
    stamp,
    trk,
    trkpt,
)


def test_a_plain_run_is_read_whole():
    content = gpx(trk(segment(seconds=600), sport="running", name="Morning  run"))

    assert read_one(content) == ParsedActivity(
        kind=Kind.RUN,
        started_at=START,
        on=date(2026, 3, 14),
        distance_m=2000,
        elapsed_s=600,
        timer_s=600,
        moving_s=600,
        points=61,
        title="Morning run",
        device="Test watch",
        source_format="gpx",
        sha256=sha256(content).hexdigest(),
        partial="",
    )


@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_both_versions_are_read(version):
    assert read_activity(gpx(trk(segment()), version=version)).distance_m == 200


def test_no_namespace_other_prefixes_and_undeclared_ones_are_read():
    plain = plain_run()
    without = plain.replace(b' xmlns="http://www.topografix.com/GPX/1/1"', b"")
    prefixed = without.replace(b"</", b"<@").replace(b"<", b"<g:").replace(b"<g:@", b"</g:")
    prefixed = prefixed.replace(b"<g:?", b"<?")

    assert read_activity(without).distance_m == 200
    assert read_activity(prefixed).distance_m == 200


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: b"\n  " + text.encode(),
        lambda text: text.encode() + b"\x00\x00",
        lambda text: text.encode() + b"<junk",
        lambda text: text.encode("latin-1"),
        lambda text: text.replace("UTF-8", "windows-1252").encode("cp1252"),
        lambda text: text.replace("UTF-8", "UTF-16").encode("utf-16"),
    ],
    ids=["bom", "blank-lines", "zeros", "junk", "mislabelled", "windows", "utf-16"],
)
def test_encodings_and_what_surrounds_the_document_do_not_matter(encode):
    activity = read_activity(encode(gpx(trk(segment(), name="Müller-Läufe")).decode()))

    assert (activity.title, activity.distance_m, activity.partial) == ("Müller-Läufe", 200, "")


def test_an_encoding_nobody_knows_is_corrupt():
    outcome = read_one(plain_run().replace(b"UTF-8", b"klingon"))

    assert isinstance(outcome, CorruptFile)


def test_fractions_of_a_second_are_cut_off_at_the_start_and_rounded_in_the_length():
    start = datetime(2026, 3, 14, 8, 0, 0, 999_000, tzinfo=UTC)
    end = start + timedelta(seconds=100.6)

    activity = read_activity(
        gpx(trk(f"<trkseg>{trkpt(0, stamp(start))}{trkpt(300, stamp(end))}</trkseg>"))
    )

    assert activity.started_at == datetime(2026, 3, 14, 8, 0, tzinfo=UTC)
    assert (activity.elapsed_s, activity.timer_s) == (101, 101)


def test_the_offset_in_the_file_gives_the_local_day():
    points = trkpt(0, "2026-03-13T23:30:00-05:00") + trkpt(900, "2026-03-13T23:35:00-05:00")

    activity = read_activity(gpx(trk(f"<trkseg>{points}</trkseg>")))

    assert activity.started_at == datetime(2026, 3, 14, 4, 30, tzinfo=UTC)
    assert activity.started_at.utcoffset() == timedelta(hours=-5)
    assert activity.started_at.tzinfo == timezone(timedelta(hours=-5))
    assert activity.on == date(2026, 3, 13)


@pytest.mark.parametrize(
    ("zone", "day"), [("Europe/Berlin", 14), ("America/New_York", 13), ("UTC", 14)]
)
def test_without_an_offset_the_runners_zone_gives_the_local_day(zone, day):
    activity = read_activity(plain_run(datetime(2026, 3, 14, 0, 30, tzinfo=UTC)), zone=zone)

    assert activity.on == date(2026, 3, day)
    assert activity.started_at.utcoffset() == timedelta(0)


def test_times_without_a_zone_are_utc_as_the_standard_says():
    assert read_activity(plain_run().replace(b"Z</time>", b"</time>")).started_at == START


def test_the_gap_between_segments_is_neither_distance_nor_timer_time():
    later = segment(START + timedelta(seconds=360), seconds=60, at=5000)

    activity = read_activity(gpx(trk(segment(seconds=60), later)))

    assert (activity.distance_m, activity.elapsed_s) == (400, 420)
    assert (activity.timer_s, activity.moving_s) == (120, 120)


def test_standing_still_is_timer_time_but_not_moving_time():
    stand = [trkpt(200, stamp(START + timedelta(seconds=60 + s))) for s in range(10, 301, 10)]
    inside = segment(seconds=60).replace("</trkseg>", "".join(stand) + "</trkseg>")

    activity = read_activity(gpx(trk(inside)))

    assert (activity.elapsed_s, activity.timer_s, activity.moving_s) == (360, 360, 60)


def test_an_unmarked_stop_of_over_half_an_hour_is_not_timer_time():
    after = START + timedelta(hours=15)
    inside = trkpt(210, stamp(after)) + trkpt(310, stamp(after + timedelta(seconds=40)))
    both = segment(seconds=60).replace("</trkseg>", inside + "</trkseg>")

    activity = read_activity(gpx(trk(both)))

    assert (activity.elapsed_s, activity.timer_s, activity.moving_s) == (54040, 100, 100)


def test_a_few_points_without_time_still_count_for_the_distance():
    missing = stamp(START + timedelta(seconds=30)).encode()
    content = plain_run().replace(b"<time>" + missing + b"</time>", b"")

    activity = read_activity(content)

    assert (activity.distance_m, activity.elapsed_s, activity.points) == (200, 60, 7)


def test_times_that_run_backwards_are_passed_over():
    back = stamp(START - timedelta(seconds=5)).encode()
    content = plain_run().replace(stamp(START + timedelta(seconds=30)).encode(), back)

    activity = read_activity(content)

    assert (activity.distance_m, activity.timer_s, activity.moving_s) == (200, 60, 60)


def test_nonsense_positions_and_null_island_are_passed_over():
    middle = trkpt(100, None).split(">")[0].encode()
    for place in (b'lat="0" lon="0"', b'lat="nan" lon="8"', b'lat="91" lon="8"', b'lat="" lon="8"'):
        content = plain_run().replace(middle, b"<trkpt " + place)

        assert content != plain_run()
        assert read_activity(content).distance_m == 200


def test_without_elevations_extensions_and_empty_segments_nothing_is_missed():
    point = "</time><ele>100</ele><extensions><x:hr>120</x:hr><x:time>1</x:time></extensions>"
    content = gpx(trk("<trkseg></trkseg>", segment().replace("</time>", point), "<trkseg/>"))

    activity = read_activity(content)

    assert (activity.distance_m, activity.elapsed_s, activity.points) == (200, 60, 7)


def test_tracks_close_together_are_one_outing():
    after = segment(START + timedelta(minutes=25), at=900)

    activity = read_activity(gpx(trk(after, name="second"), trk(segment(), name="first")))

    assert (activity.title, activity.distance_m, activity.points) == ("first", 400, 14)
    assert (activity.elapsed_s, activity.timer_s) == (1560, 120)


def test_tracks_apart_or_of_another_sport_are_outings_of_their_own():
    ride = trk(segment(START + timedelta(minutes=2), kmh=30), sport="cycling")
    evening = trk(segment(START + timedelta(hours=10)), sport="running")

    entries = read(gpx(trk(segment(), sport="running"), ride, evening))

    assert [(entry.file, entry.outcome.kind, entry.outcome.started_at) for entry in entries] == [
        ("run.gpx", Kind.RUN, START),
        ("run.gpx", Kind.RIDE, START + timedelta(minutes=2)),
        ("run.gpx", Kind.RUN, START + timedelta(hours=10)),
    ]


def test_a_track_mostly_without_times_is_left_out_and_said_so():
    untimed = trk("<trkseg>" + trkpt(0, None) * 20 + "</trkseg>")

    activity = read_activity(gpx(untimed, trk(segment()), trk()))

    assert activity.distance_m == 200
    assert activity.partial == "1 of its 2 tracks left out, because most points carry no time."


@pytest.mark.parametrize(
    ("sport", "kmh", "kind"),
    [
        ("", 12, Kind.RUN),
        ("", 4, Kind.RUN),
        ("", 24, Kind.RUN),
        ("", 26, Kind.OTHER),
        ("running", 26, Kind.RUN),
        ("9", 12, Kind.RUN),
        ("cycling", 12, Kind.RIDE),
        ("walking", 12, Kind.WALK),
        ("underwater hockey", 12, Kind.OTHER),
    ],
)
def test_the_kind_is_what_the_type_says_else_a_run_unless_too_fast(sport, kmh, kind):
    assert read_activity(gpx(trk(segment(kmh=kmh), sport=sport))).kind == kind


def test_a_jump_of_the_position_leaves_a_run_a_run_unless_it_is_absurd():
    def jump(metres):
        inside = trkpt(200 + metres, stamp(START + timedelta(seconds=70)))
        return gpx(trk(segment().replace("</trkseg>", inside + "</trkseg>")))

    assert read_activity(jump(500)).kind == Kind.RUN
    assert read_activity(jump(50_000)).kind == Kind.OTHER


def test_the_title_falls_back_to_that_of_the_file():
    head = "<metadata><name>Club\nrun</name></metadata>"

    assert read_activity(gpx(trk(segment()), head=head)).title == "Club run"


@pytest.mark.parametrize("cut", [0.5, 0.99])
def test_a_truncated_file_gives_what_stands_before_the_break(cut):
    whole = plain_run(seconds=600)

    activity = read_activity(whole[: int(len(whole) * cut)])

    assert activity.started_at == START
    assert activity.elapsed_s == (activity.points - 1) * 10
    assert 250 <= activity.elapsed_s <= 600
    assert activity.partial == "It breaks off or is damaged at line 2; what stood before was read."


def test_a_file_broken_before_the_first_point_is_corrupt():
    outcome = read_one(plain_run()[:150])

    assert isinstance(outcome, CorruptFile)
    assert (outcome.status, outcome.reason) == (
        "failed",
        "The file breaks off or is damaged before the first point.",
    )


ROUTE = '<rte><rtept lat="50" lon="8"/><rtept lat="50.1" lon="8"/></rte>'
WAY_POINT = '<wpt lat="50" lon="8"><time>2026-03-14T08:00:00Z</time></wpt>'
UNTIMED = trk("<trkseg>" + trkpt(0, None) + trkpt(100, None) + "</trkseg>")
ONE_POINT = trk("<trkseg>" + trkpt(0, stamp(START)) + "</trkseg>")
SAME_MOMENT = trk("<trkseg>" + trkpt(0, stamp(START)) + trkpt(9, stamp(START)) + "</trkseg>")
MOSTLY_UNTIMED = trk(segment().replace("</trkseg>", trkpt(0, None) * 8 + "</trkseg>"))


@pytest.mark.parametrize(
    ("content", "error", "reason"),
    [
        (gpx(ROUTE), NotAnActivity, "It holds a route or way points, not something that was done."),
        (
            gpx(WAY_POINT),
            NotAnActivity,
            "It holds a route or way points, not something that was done.",
        ),
        (gpx(), NotAnActivity, "There is no recorded point in it."),
        (gpx(trk("<trkseg/>")), NotAnActivity, "There is no recorded point in it."),
        (gpx(ONE_POINT), NotAnActivity, "It has no two points one after the other in time."),
        (gpx(SAME_MOMENT), NotAnActivity, "It has no two points one after the other in time."),
        (
            gpx(UNTIMED),
            NoTimes,
            "Its points carry no times: a planned route, or an export that left the times out.",
        ),
        (
            gpx(MOSTLY_UNTIMED),
            NoTimes,
            "Only 7 of its 15 points carry a time, too few to say how long it took.",
        ),
        (
            plain_run(kmh=800),
            NotAnActivity,
            "It moves at 800 km/h: no training does.",
        ),
        (
            plain_run(datetime(1901, 2, 3, tzinfo=UTC)),
            ImpossibleClock,
            "Its clock was not set: it says 3 February 1901.",
        ),
        (
            plain_run(datetime(1989, 12, 31, 23, 30, tzinfo=UTC)),
            ImpossibleClock,
            "Its clock was not set: it says 31 December 1989.",
        ),
        (
            plain_run(NOW + timedelta(days=365)),
            ImpossibleClock,
            "Its clock was not set: it says 15 March 2027.",
        ),
        (
            plain_run().replace(b"gpx", b"kml"),
            NotAnActivity,
            "Its name says GPX, but that is not what is in it.",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_activity_is_skipped_with_the_reason(content, error, reason):
    outcome = read_one(content)

    assert type(outcome) is error
    assert (outcome.status, outcome.reason) == ("skipped", reason)


def test_a_clock_a_little_ahead_of_ours_is_believed():
    assert read_activity(plain_run(NOW + timedelta(minutes=5))).distance_m == 200


def test_a_first_point_from_before_the_clock_was_set_does_not_spoil_the_rest():
    content = plain_run().replace(stamp(START).encode(), b"1980-01-06T00:00:00Z")

    activity = read_activity(content)

    assert (activity.started_at, activity.elapsed_s) == (START + timedelta(seconds=10), 50)


@pytest.mark.parametrize("element", ["<trk/>", "<trk><trkseg/></trk>"])
def test_more_points_than_any_activity_has_are_refused(element):
    outcome = read_one(gpx(element * (MAX_POINTS + 1)))

    assert type(outcome) is TooLarge
    assert outcome.reason == "It holds more than 500,000 points, more than any activity has."


def test_points_without_their_segment_are_read():
    bare = segment().removeprefix("<trkseg>").removesuffix("</trkseg>")

    assert read_activity(gpx(trk(bare))).distance_m == 200


def test_decimal_commas_are_read():
    content = plain_run().replace(b'lon="8.0"', b'lon="8,0"')

    assert read_activity(content).distance_m == 200


def test_the_second_copy_of_a_track_is_passed_over():
    assert read_activity(gpx(trk(segment()), trk(segment()))).distance_m == 200


def test_points_without_a_place_leave_the_distance_open():
    content = plain_run().replace(b"<trkpt lat=", b"<trkpt north=")

    assert (read_activity(content).distance_m, read_activity(content).timer_s) == (None, 60)


def test_segments_that_overlap_in_time_do_not_make_more_time_than_passed():
    found = read_activity(gpx(trk(segment(), segment(START + timedelta(seconds=30)))))

    assert (found.elapsed_s, found.timer_s) == (90, 90)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Cycling 3/14/26 8:00 am", Kind.RIDE),
        ("Lunch Walk", Kind.WALK),
        ("Wanderung am See", Kind.WALK),
        ("Walk to the bike shop", Kind.RUN),
        ("Evening run", Kind.RUN),
        ("Route 66", Kind.RUN),
    ],
)
def test_a_track_without_a_type_may_say_in_its_name_what_it_was(name, kind):
    assert read_activity(gpx(trk(segment(), name=name))).kind == kind
    assert read_activity(gpx(trk(segment(), name=name, sport="running"))).kind == Kind.RUN


@pytest.mark.parametrize(
    "text", ["2026-3-14T8:0:{}Z", "2026/03/14 08:00:{:02}", "2026-03-14T08:00:{:02}.5 Z"]
)
def test_times_as_some_programs_write_them(text):
    points = "".join(trkpt(second * 5, text.format(second)) for second in range(0, 60, 10))
    found = read_activity(gpx(trk(f"<trkseg>{points}</trkseg>")))

    assert (found.started_at, found.timer_s) == (START, 50)
