"""A federation's weekly mails to a mail server, against bare SMTP sending the same bytes to it.

`python -m benchmarks.mails all N` with VAR_DIR of a filled and assessed federation: makes the club
and the ledger, lets two processes send half of it each, then two others send the same bytes by
smtplib alone. Prints one line of JSON. The server takes everything and keeps nothing but a few.
"""

import contextlib
import datetime as dt
import json
import os
import smtplib
import subprocess
import sys
import time
from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path
from typing import Any

import django
from aiosmtpd.controller import Controller

NOW = dt.datetime(2026, 3, 16, 9, 0, tzinfo=dt.UTC)
WEEK = dt.date(2026, 3, 9)
WORKERS = 2
KEPT = 50  # mails whose bytes the floor sends again


class Sink:
    """Takes every mail; keeps the first few for the floor."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.count = folder, 0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.count < KEPT:
            (self.folder / f"{self.count}.eml").write_bytes(envelope.content)
        self.count += 1
        return "250 OK"


@contextlib.contextmanager
def sink(folder: Path, port: int) -> Iterator[None]:
    """Run the server in a process of its own: its work is not the senders'."""
    server = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.mails", "sink", str(port), str(folder)],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdout is not None
        server.stdout.readline()
        yield
    finally:
        server.kill()
        server.communicate()


def serve(port: int, folder: Path) -> None:
    """Be the server, until killed."""
    Controller(Sink(folder), hostname="127.0.0.1", port=port).start()
    print("ready", flush=True)
    time.sleep(24 * 3600)


def prepare(runners: int) -> None:
    """Make one club of the federation's runners, with everybody's mail due."""
    club = Club.objects.create(name="Federation", slug="federation")
    joined = NOW - dt.timedelta(days=400)
    Membership.objects.bulk_create(
        (
            Membership(user_id=pk, club=club, role="runner", sharing="status", joined_at=joined)
            for pk in range(1, runners + 1)
        ),
        batch_size=1000,
    )
    digests.insert_week(week=WEEK, now=NOW)


def send(part: int) -> int:
    """Send one worker's share; return the most queries a mail took."""
    ids = list(Digest.objects.order_by("pk").values_list("pk", flat=True))[part::WORKERS]
    most = 0
    for place, pk in enumerate(ids):
        if place < 3:
            with CaptureQueriesContext(connection) as captured:
                digests.send_digest(pk, now=NOW)
            most = max(most, len(captured.captured_queries))
        else:
            digests.send_digest(pk, now=NOW)
    return most


def send_bare(part: int, mails: int, folder: Path, port: int) -> None:
    """Send as many mails of the same bytes, a connection each as Django does."""
    bodies = [path.read_bytes() for path in sorted(folder.glob("*.eml"))]
    for number in range(part, mails, WORKERS):
        content = bodies[number % len(bodies)]
        to = message_from_bytes(content)["To"]
        with smtplib.SMTP("127.0.0.1", port) as server:
            server.sendmail("surefoot@example.org", [to], content)


def together(*arguments: str) -> tuple[float, list[str]]:
    """Run all workers of a kind; return seconds and what each printed."""
    began = time.perf_counter()
    workers = [
        subprocess.Popen(
            [sys.executable, "-m", "benchmarks.mails", *arguments, str(part)],
            stdout=subprocess.PIPE,
            text=True,
        )
        for part in range(WORKERS)
    ]
    said = [worker.communicate()[0] for worker in workers]
    if any(worker.returncode for worker in workers):
        sys.exit("A sender ended badly.")
    return time.perf_counter() - began, said


def everything(runners: int) -> dict[str, Any]:
    """Measure, and return what is printed."""
    folder = Path(os.environ["VAR_DIR"]) / "mails"
    folder.mkdir()
    port = int(os.environ["EMAIL_URL"].rpartition(":")[2])
    prepare(runners)
    with sink(folder, port):
        send_s, said = together("send")
        sent = Digest.objects.filter(state="sent").count()
        floor_s, _ = together("bare", str(sent), str(folder), str(port))
    return {
        "mails": sent,
        "per_s": round(sent / send_s, 1),
        "floor_per_s": round(sent / floor_s, 1),
        "to_floor": round(send_s / floor_s, 2),
        "queries": max(int(one) for one in said),
        "bytes": max(path.stat().st_size for path in folder.glob("*.eml")),
    }


def main(what: str, *more: str) -> None:
    """Do one of the parts."""
    if what == "all":
        print(json.dumps(everything(int(more[0]))))
    elif what == "send":
        print(send(int(more[0])))
    elif what == "bare":
        send_bare(int(more[3]), int(more[0]), Path(more[1]), int(more[2]))
    else:
        serve(int(more[0]), Path(more[1]))


if __name__ == "__main__":
    if sys.argv[1] in {"all", "send"}:
        django.setup()
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        from dashboards.models import Digest
        from dashboards.services import digests
        from members.models import Club, Membership
    main(*sys.argv[1:])
