import gzip
from datetime import timedelta
from zoneinfo import ZoneInfoNotFoundError

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from members.activity_files import (
    EXTENSIONS,
    ActivityFileError,
    EmptyFile,
    ParsedActivity,
    UnknownFormat,
)
from tests.members.activity_files.builders import (
    NOW,
    START,
    gpx,
    lap,
    plain_run,
    read,
    read_activity,
    read_one,
    segment,
    tcx,
    tcx_activity,
    trk,
    zipped,
)

RUN = plain_run(seconds=100)
TWO = gpx(trk(segment()), trk(segment(START + timedelta(hours=2))))
TCX = tcx(tcx_activity(lap(), lap(START + timedelta(minutes=2), at=200)))
SEEDS = [RUN, TWO, TCX, gzip.compress(RUN), zipped({"a.gpx": RUN, "b.gpx.gz": gzip.compress(TWO)})]


@pytest.mark.parametrize("name", ["run.gpx", "RUN.GPX", "run.fit", "run", ""])
def test_the_content_decides_before_the_name(name):
    assert read_activity(RUN, name=name).source_format == "gpx"


@pytest.mark.parametrize("content", [b"hello", b"<html/>", b"%PDF-1.4", b"\xff\xd8\xff\xe0"])
def test_what_neither_content_nor_name_tells_is_skipped(content):
    outcome = read_one(content, name="something")

    assert type(outcome) is UnknownFormat
    assert outcome.status == "skipped"
    assert outcome.reason == "This is not an activity file of a kind that is read here."


def test_an_empty_file_failed():
    outcome = read_one(b"")

    assert type(outcome) is EmptyFile
    assert (outcome.status, str(outcome)) == ("failed", "The file is empty.")


def test_a_time_zone_nobody_knows_is_the_callers_mistake():
    with pytest.raises(ZoneInfoNotFoundError):
        read(RUN, zone="Europe/Atlantis")


def test_the_extensions_for_a_file_picker():
    assert EXTENSIONS == (".gpx", ".tcx", ".fit", ".csv", ".tsv", ".gz", ".zip")


def check(content: bytes, name: str) -> None:
    """Whatever comes in: entries come out, each with figures that make sense or with a reason."""
    entries = read(content, name=name)
    assert entries
    for entry in entries:
        assert entry.file.startswith(name)
        if isinstance(entry.outcome, ActivityFileError):
            assert entry.outcome.reason
        else:
            check_figures(entry.outcome)


def check_figures(activity: ParsedActivity) -> None:
    assert activity.started_at <= NOW + timedelta(hours=1)
    assert activity.started_at.microsecond == 0
    assert 0 <= activity.moving_s <= activity.timer_s + 1 <= activity.elapsed_s + 2
    assert activity.distance_m is None or activity.distance_m >= 0
    assert activity.title.isprintable()


@given(content=st.binary(max_size=300), name=st.sampled_from(["a.gpx", "a.zip", "a.gpx.gz", ""]))
def test_random_bytes_give_a_reason(content, name):
    check(content, name)


@given(
    seed=st.sampled_from(SEEDS),
    magic=st.sampled_from([b"", b"PK\x03\x04", b"\x1f\x8b\x08", b"<gpx>"]),
    cut=st.integers(0, 3000),
)
def test_truncations_give_what_could_be_read_or_a_reason(seed, magic, cut):
    check(seed[:cut], "a.gpx")
    check(magic + seed[cut:], "a.gpx")


@settings(max_examples=300)
@given(data=st.data())
def test_damaged_files_give_what_could_be_read_or_a_reason(data):
    content = bytearray(data.draw(st.sampled_from(SEEDS)))
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(1, 20))] = data.draw(st.binary(max_size=20))
    check(bytes(content), "a.gpx")


GPX_WORDS = "trk trkseg trkpt time name type rte rtept wpt metadata gpx".split()
TCX_WORDS = (
    "Activity Id Notes Lap TotalTimeSeconds DistanceMeters Track Trackpoint Time Position "
    "LatitudeDegrees LongitudeDegrees Creator Name Course TrainingCenterDatabase"
).split()
VALUES = st.one_of(
    st.sampled_from(["", "2026-03-14T08:00:00Z", "0001-01-01T00:00:00+14:00", "nan", "inf", "9"]),
    st.text(max_size=8),
)


@st.composite
def elements(draw, words, depth=4):
    """A format's words in every wrong order and place."""
    word = draw(st.sampled_from(words))
    inside = draw(st.lists(elements(words, depth - 1), max_size=4)) if depth else []
    value = draw(VALUES).replace("&", "").replace("<", "").replace('"', "")
    attributes = " ".join(f'{key}="{value}"' for key in ("lat", "lon", "StartTime", "Sport"))
    return f"<{word} {attributes}>{value}{''.join(inside)}</{word}>"


@given(inside=elements(GPX_WORDS))
def test_gpx_words_in_any_order_give_what_could_be_read_or_a_reason(inside):
    check(f"<gpx>{inside}</gpx>".encode("utf-8", "replace"), "a.gpx")


@given(inside=elements(TCX_WORDS))
def test_tcx_words_in_any_order_give_what_could_be_read_or_a_reason(inside):
    root = "TrainingCenterDatabase"
    check(f"<{root}>{inside}</{root}>".encode("utf-8", "replace"), "a.tcx")
