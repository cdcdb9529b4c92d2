"""Break activity files at random and see that reading them neither crashes nor hangs.

`python -m tests.members.activity_files.fuzz --seconds 900 --seed 7` (or `make fuzz`) mutates files
made in code, and the real ones where their folder exists, until the time is over. It prints counts
by format and outcome; what went wrong is kept in `--keep` and the exit status is 1.
"""

import argparse
import gzip
import io
import random
import resource
import signal
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from members.activity_files import ActivityFileError, FileEntry, ParsedActivity
from tests.members.activity_files import fit_files
from tests.members.activity_files.builders import (
    NOW,
    gpx,
    lap,
    plain_run,
    read,
    segment,
    tcx,
    tcx_activity,
    trk,
    zipped,
)
from tests.members.activity_files.varied_all import CASES

CPU_SECONDS = 20
"""For one mutated file; the largest real one takes 3."""

MEMORY_BYTES = 1536 * 1024**2
"""Of the whole process, the fuzzer's own copies included."""

GARMIN = (
    "Activity Type,Date,Favorite,Title,Distance,Calories,Time,Avg HR,Avg Run Cadence,Avg Pace,"
    'Avg Stride Length\nRunning,2025-09-28 23:07:55,false,"Run","10.00","1,035",00:50:14,150,172,'
    "5:01,1.16\nPool Swim,2025-09-27 07:00:00,false,Swim,--,300,00:30:14.5,--,--,2:55,--\n"
)
STRAVA = (
    "Activity ID,Activity Date,Activity Name,Activity Type,Elapsed Time,Distance,Relative Effort,"
    'Commute,Activity Gear,Filename\n1,"Jul 17, 2015, 10:15:52 AM",Run,Run,1800,5.02,,false,,'
    "activities/1.gpx\n"
)
DIARY = "Datum;Strecke;Dauer;Art\n12.03.2025;5,3;0:30;Laufen\n13.03.2025;12,8;1:15;Rad\n"

OWN: dict[str, bytes] = {
    "run.gpx": plain_run(seconds=120, every=3),
    "two.gpx": gpx(trk(segment(), segment(), sport="running", name="Läufe")),
    "run.tcx": tcx(tcx_activity(lap(), lap(at=200))),
    "run.fit": fit_files.run(length_s=120, every=3),
    "laps.fit": fit_files.fit(
        fit_files.file_id(), fit_files.message("lap", start_time=1_100_000_000, timer=60_000)
    ),
    "garmin.csv": GARMIN.encode(),
    "strava.csv": STRAVA.encode("utf-16"),
    "diary.csv": DIARY.encode("cp1252"),
    "run.gpx.gz": gzip.compress(plain_run(), mtime=0),
    "export.zip": zipped(
        {
            "activities.csv": STRAVA.encode(),
            "activities/1.gpx": plain_run(),
            "in.zip": zipped({"a.fit": fit_files.run(), "b.tcx.gz": gzip.compress(b"<x/>")}),
        }
    ),
}

NASTY = [
    *(b"", b"\0", b"\xff" * 8, b"-1", b"1e999", b"nan", b"9" * 20, "\u0663".encode()),
    *(b"0001-01-01T00:00:00Z", b"9999-12-31T23:59:59-14:00", b"T", b"00:00:00", b"../" * 20),
    *(b"<", b">", b"&", b"&#0;", b"]]>", b'"', b"<!DOCTYPE x [", b"\n" * 50, b",", b";", b":"),
    *(b"<trkpt>", b"</trkseg>", b"<Lap>", b"PK\x03\x04", b"PK\x01\x02", b"\x1f\x8b\x08", b".FIT"),
    *(b"\xef\xbb\xbf", b"\xff\xfe"),
]


class Hang(Exception):
    """Reading took too much of the processor."""


class Wrong(AssertionError):
    """An outcome that must not be."""


# --- Breaking files ------------------------------------------------------------------------------
def flip(content: bytearray, chance: random.Random) -> None:
    for _ in range(chance.randint(1, 12)):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)


def overwrite(content: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(content))
    nasty = chance.choice(NASTY)
    content[at : at + len(nasty)] = nasty


def insert(content: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(content))
    content[at:at] = chance.choice(NASTY) * chance.choice((1, 1, 1, 100))


def remove(content: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(content))
    del content[at : at + chance.randint(1, max(1, len(content) // 4))]


def repeat(content: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(content))
    piece = bytes(content[at : at + chance.randint(1, 2000)])
    content[at:at] = piece * chance.choice((1, 2, 20))


def move(content: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(content))
    piece = content[at : at + chance.randint(1, 500)]
    del content[at : at + len(piece)]
    to = chance.randint(0, len(content))
    content[to:to] = piece


def cut(content: bytearray, chance: random.Random) -> None:
    del content[chance.randint(0, len(content)) :]


def renumber(content: bytearray, chance: random.Random) -> None:
    """Replace a run of digits by another number."""
    places = [at for at in range(len(content)) if 48 <= content[at] <= 57]
    if places:
        at = chance.choice(places)
        end = at
        while end < len(content) and 48 <= content[end] <= 57:
            end += 1
        content[at:end] = str(chance.choice((0, 1, -1, 59, 10 ** chance.randint(1, 30)))).encode()


def size_field(content: bytearray, chance: random.Random) -> None:
    """Set a byte or a word, as definitions of messages and directories have them, to an extreme."""
    at = chance.randrange(len(content))
    word = chance.choice((b"\0", b"\xff", b"\x7f", b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x01\0\0\0"))
    content[at : at + len(word)] = word


MUTATIONS: tuple[Callable[[bytearray, random.Random], None], ...] = (
    flip, overwrite, insert, remove, repeat, move, cut, renumber, size_field,
)  # fmt: skip


def broken(content: bytes, chance: random.Random) -> bytes:
    """A copy with some damage; inside its packing as often as outside."""
    with suppress(RuntimeError, zipfile.BadZipFile, EOFError):  # locked, or torn as it is
        if content[:2] == b"\x1f\x8b" and chance.random() < 0.7:
            return gzip.compress(broken(gzip.decompress(content), chance), 1, mtime=0)
        if content[:4] == b"PK\x03\x04" and chance.random() < 0.7:
            return _broken_inside(content, chance)
    damaged = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 4))):
        if damaged:
            chance.choice(MUTATIONS)(damaged, chance)
    return bytes(damaged)


def _broken_inside(content: bytes, chance: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()[:5]}
    unlucky = chance.choice(list(files))
    files[unlucky] = broken(files[unlucky], chance)
    return zipped(files)


# --- Looking at the outcome ----------------------------------------------------------------------
def check(entries: list[FileEntry], name: str) -> Counter[str]:
    """What came out, by kind of outcome. Raises Wrong for what must not be."""
    if not entries:
        raise Wrong("nothing came out, not even a reason")
    for entry in entries:
        if not entry.file.startswith(name):
            raise Wrong(f"an entry under another name: {entry.file!r}")
        if isinstance(entry.outcome, ActivityFileError):
            if not entry.outcome.reason or not entry.outcome.reason.isprintable():
                raise Wrong(f"no reason one can show: {entry.outcome.reason!r}")
        else:
            _check_activity(entry.outcome)
    return Counter(type(entry.outcome).__name__ for entry in entries)


def _check_activity(found: ParsedActivity) -> None:
    good = (
        found.started_at.tzinfo is not None
        and 1990 <= found.started_at.year <= NOW.year + 1
        and abs((found.on - found.started_at.date()).days) <= 1
        and found.distance_m != float("nan")
        and (found.distance_m is None or 0 <= found.distance_m < 10**12)
        and 0 <= found.timer_s <= found.elapsed_s + 1 < 10**12
        and 0 <= found.moving_s <= found.timer_s + 1
        and found.points >= 0
        and found.title.isprintable()
        and found.device.isprintable()
        and len(found.sha256) == 64
    )
    if not good:
        raise Wrong(f"figures that cannot be: {found}")


@dataclass
class Tally:
    """What a run of the fuzzer saw."""

    cases: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    failures: list[tuple[str, bytes, str]] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")


def fuzz(
    files: dict[str, bytes], *, seed: int, until: Callable[[int], bool], tally: Tally | None = None
) -> Tally:
    """Break files and read them until `until(number of cases)` says so."""
    tally = tally or Tally()
    chance = random.Random(seed)
    names = list(files)
    number = 0
    while not until(number):
        number += 1
        name = chance.choice(names)
        content = broken(files[name], chance)
        tally.cases[name.rpartition(".")[2]] += 1
        began = time.process_time()
        try:
            with _limited():
                tally.outcomes += check(read(content, name=name), name)
        except (Exception, MemoryError) as error:
            tally.failures.append((name, content, f"{type(error).__name__}: {error}"))
        took = time.process_time() - began
        tally.slowest = max(tally.slowest, (took, name))
    return tally


@contextmanager
def _limited() -> Iterator[None]:
    def stop(*_: object) -> None:
        raise Hang(f"more than {CPU_SECONDS} s of CPU")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, CPU_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def real_files(folder: Path, *, largest: int = 1_300_000) -> dict[str, bytes]:
    """The files of a folder, small ones several times as likely as large ones would allow."""
    known = {".fit", ".gpx", ".tcx", ".gz", ".csv", ".zip"}
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.suffix in known and path.stat().st_size <= largest
    }


def main(argv: list[str] | None = None) -> int:
    """Fuzz for a while and print what was seen; return 1 where something went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=900)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--files", type=Path, help="a folder of real files to break as well")
    parser.add_argument("--keep", type=Path, default=Path("var/fuzz"))
    options = parser.parse_args(argv)
    files = OWN | {case.name: case.content for case in CASES}
    files |= real_files(options.files) if options.files and options.files.is_dir() else {}
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    end = time.monotonic() + options.seconds
    tally = fuzz(files, seed=options.seed, until=lambda _: time.monotonic() > end)
    _report(tally, len(files), options.keep)
    return 1 if tally.failures else 0


def _report(tally: Tally, files: int, keep: Path) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    lines = [
        f"{tally.cases.total()} broken copies of {files} files: "
        + ", ".join(f"{count} {kind}" for kind, count in tally.cases.most_common()),
        "outcomes: " + ", ".join(f"{count} {kind}" for kind, count in tally.outcomes.most_common()),
        f"slowest {tally.slowest[0]:.2f} s of CPU ({tally.slowest[1]}), peak {peak:.0f} MB, "
        f"{len(tally.failures)} failures",
    ]
    for number, (name, content, why) in enumerate(tally.failures[:100]):
        keep.mkdir(parents=True, exist_ok=True)
        kept = keep / f"{number:03}-{Path(name).name}"
        kept.write_bytes(content)
        lines.append(f"{kept}: {why}")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    sys.exit(main())
