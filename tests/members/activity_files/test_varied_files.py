"""Some 330 files as devices, services and people write them, against the figures they were made
from, and against what the usual libraries, used straightforwardly, read in the same bytes.
"""

import sys
from collections import Counter

import fitdecode
import gpxpy
import pytest

from members.activity_files import FileEntry, ParsedActivity, UnknownTable, read_activity_file
from tests.members.activity_files.builders import NOW
from tests.members.activity_files.varied import Case, Want
from tests.members.activity_files.varied_all import CASES, MADE

SECONDS = 2
SHARE = 0.02


def outcomes(case: Case, **more) -> list:
    read = read_activity_file(
        case.content, name=case.name, default_time_zone="Europe/Berlin", now=NOW, **more
    )
    return [entry.outcome for entry in list[FileEntry](read)]


def found_in(case: Case) -> list:
    """What comes out of a file; of a table one has to be asked about, as it is then suggested."""
    found = outcomes(case)
    if case.status != "asked" or not case.wants:
        return found
    [table] = found
    assert isinstance(table, UnknownTable)
    return outcomes(case, tables={table.signature: table.suggestion})


def status_of(outcome) -> str:
    if isinstance(outcome, ParsedActivity):
        return "read"
    return "asked" if isinstance(outcome, UnknownTable) else outcome.status


def differs(want: Want, found: ParsedActivity) -> list[str]:
    """In what an activity is not what was put into the file."""
    told = {
        "kind": want.kind in (None, found.kind),
        "start": abs((found.started_at - want.start).total_seconds()) <= SECONDS,
        "metres": near(want.metres, found.distance_m, 2),
        "seconds": near(want.seconds, found.timer_s, 1),
        "elapsed": want.elapsed is None or near(want.elapsed, found.elapsed_s, 1),
        "day": want.day in (None, found.on.day),
    }
    return [name for name, agrees in told.items() if not agrees]


def near(want: float | None, found: float | None, slack: float) -> bool:
    if want is None or found is None:
        return want is found
    return abs(want - found) <= max(SHARE * want, slack)


def problems(case: Case) -> list[str]:
    """In what a file does not come out as expected."""
    found = found_in(case)
    if not case.wants:
        return [] if [status_of(one) for one in found] == [case.status] else [f"{found}"]
    if [status_of(one) for one in found] != ["read"] * len(case.wants):
        return [f"{found}"]
    wrong = []
    for want, one in zip(by_start(case.wants, "start"), by_start(found, "started_at"), strict=True):
        wrong += [f"{name} of {one}" for name in differs(want, one)]
        wrong += [] if bool(one.partial) == case.partial else [f"partial: {one.partial}"]
    return wrong


def by_start(many, name: str) -> list:
    return sorted(many, key=lambda one: getattr(one, name))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_file_gives_what_was_put_into_it(case):
    assert problems(case) == []


def test_the_share_of_files_that_come_out_as_expected(capsys):
    right = sum(not problems(case) for case in CASES)
    kinds = ", ".join(f"{len(cases)} {kind}" for kind, cases in MADE.items())

    with capsys.disabled():
        sys.stdout.write(f"\n{right} of {len(CASES)} varied files as expected ({kinds})\n")
    assert len({case.name for case in CASES}) == len(CASES)
    assert right / len(CASES) > 0.95


# --- The usual libraries -------------------------------------------------------------------------
def by_fitdecode(content: bytes) -> list[tuple]:
    """Start, metres and timer seconds of each session that is no transition."""
    with fitdecode.FitReader(content, check_crc=fitdecode.CrcCheck.DISABLED) as reader:
        sessions = [
            frame
            for frame in reader
            if frame.frame_type == fitdecode.FIT_FRAME_DATA and frame.name == "session"
        ]
    names = ("start_time", "total_distance", "total_timer_time")
    return [
        tuple(one.get_value(name, fallback=None) for name in names)
        for one in sessions
        if one.get_value("sport", fallback=None) != "transition"
    ]


def by_gpxpy(content: bytes) -> list[tuple]:
    """The same of a whole file as one outing."""
    read = gpxpy.parse(content)
    start = read.get_time_bounds().start_time
    assert start is not None
    start = start if start.tzinfo else start.replace(tzinfo=NOW.tzinfo)
    return [(start, read.length_2d(), read.get_duration())]


COMPARED = [case for case in CASES if case.compare]


@pytest.mark.parametrize("case", COMPARED, ids=lambda case: case.name)
def test_the_usual_library_reads_the_same(case):
    by_library = by_fitdecode if case.name.endswith(".fit") else by_gpxpy
    expected = sorted(by_library(case.content))
    found = by_start(outcomes(case), "started_at")

    assert len(found) == len(expected)
    for one, (start, metres, seconds) in zip(found, expected, strict=True):
        assert abs((one.started_at - start).total_seconds()) <= SECONDS
        assert near(metres, one.distance_m, 2)
        assert near(seconds, one.timer_s, 1)


def test_enough_of_them_are_compared():
    assert min(Counter(case.name[-3:] for case in COMPARED).values()) > 40
