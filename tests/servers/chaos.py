"""`python -m tests.servers.chaos`: kill everything at random for many rounds, then count.

Each round makes a club with weeks to judge and mails due, logs runs and uploads files through the
web, and ends one process or several by SIGKILL at a random moment. What has ended is started again,
as any supervisor does. On servers there are two workers, two schedules and a web process; Redis is
emptied once and PostgreSQL crashes once. Embedded there is one process on SQLite.

In the end everything must be there once, and a mail may have come twice only where its ledger row
says that it was begun twice. Prints what was counted; ends with 1 where something was wrong.
"""

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.servers.chaos_web import Sender
from tests.servers.cluster import Cluster, pg_ctl
from tests.servers.harness import (
    NOTHING_WRONG,
    PYTHON,
    ROOT,
    EmbeddedSite,
    Process,
    ServerSite,
    Site,
    why_no_servers,
)
from tests.servers.post import PostOffice, free_port

QUICK = {  # a killed sender, reader or worker is missed within seconds, not minutes
    "MAIL_STUCK_SECONDS": "4",
    "MAIL_RETRY_SECONDS": "1",
    "IMPORT_STUCK_SECONDS": "4",
    "LOG_LEVEL": "WARNING",
}
MAIL_TAKES_S = 0.03  # so that kills also fall between sending and noting
LONGEST_WAIT_S = 1.5
END_WITHIN_S = 180.0
MODES = ("embedded", "servers")


class Rounds:
    """One installation, what runs there, and what was done to it."""

    def __init__(self, site: Site, post: PostOffice, *, seed: int) -> None:
        self.site, self.post, self.chance = site, post, random.Random(seed)
        self.port = free_port()
        self.running: dict[str, Process] = {}
        self.counted: Counter[str] = Counter()
        self.judged = self.mails = 0
        self.sender = Sender(self.port)
        self.feeder = subprocess.Popen(
            [PYTHON, "manage.py", "shell", "-v0", "-c",
             "from tests.servers.chaos_club import feed; feed()"],
            cwd=ROOT, env=site.env, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    @property
    def names(self) -> tuple[str, ...]:
        """What has to run."""
        if isinstance(self.site, EmbeddedSite):
            return ("web",)
        return ("web", "worker 1", "worker 2", "beat 1", "beat 2")

    def play(self, rounds: int) -> dict[str, Any]:
        """Play them all, wait for quiet, and return what was counted."""
        began = time.monotonic()
        self.post.takes_s = MAIL_TAKES_S
        self.post.open()
        self.start_missing()
        with self.sender:
            for number in range(rounds):
                self.one_round(number, of=rounds)
            self.sender.finish(within=END_WITHIN_S, meanwhile=self.start_missing)
        self.wait_for_quiet()
        return self.report(rounds, seconds=time.monotonic() - began)

    def one_round(self, number: int, *, of: int) -> None:
        """Make a club, then end what the lot says at a moment of its own."""
        print(number, file=self.feeder.stdin, flush=True)
        made = json.loads(self.feeder.stdout.readline())  # type: ignore[union-attr]
        self.judged += made["judged"]
        self.mails += made["mails"]
        self.sender.send_for(made["key"])
        self.site.wait_until(self.sender.gets_answers, "a page", meanwhile=self.start_missing)
        time.sleep(self.chance.uniform(0, LONGEST_WAIT_S))
        if isinstance(self.site, ServerSite):
            self.harm_servers(number, of=of)
        for name in self.victims():
            self.running[name].kill()
            self.counted[f"{name.split()[0]} killed"] += 1
        self.start_missing()

    def victims(self) -> list[str]:
        """One process, and in every fourth round any number of them."""
        if self.chance.random() < 0.25:
            return self.chance.sample(self.names, self.chance.randint(1, len(self.names)))
        return [self.chance.choice(self.names)]

    def harm_servers(self, number: int, *, of: int) -> None:
        """Empty Redis after a third of the rounds and let PostgreSQL crash after two thirds."""
        if number == of // 3:
            self.site.flush_redis()
            self.counted["Redis emptied"] += 1
        if number == 2 * of // 3:
            self.site.crash_database()
            self.counted["PostgreSQL crashed"] += 1

    def start_missing(self) -> None:
        """Do as systemd would: start again what has ended, also by itself."""
        for name in self.names:
            process = self.running.get(name)
            if process is None or process.ended:
                self.counted["starts"] += 1
                self.running[name] = self.start(name)

    def start(self, name: str) -> Process:
        if name == "web":
            return self.site.web(self.port)
        return self.site.worker() if name.startswith("worker") else self.site.beat()

    def wait_for_quiet(self) -> None:
        """Wait until nothing is due any more."""
        for happened, what in (
            (lambda: self.site.settled() >= self.judged, "all weeks judged"),
            (lambda: self.site.changes() == 0, "all changes judged"),
            (self.mail_is_done, "all mail sent"),
            (lambda: self.site.open_imports() == 0, "all imports read"),
        ):
            self.site.wait_until(happened, what, within=END_WITHIN_S, meanwhile=self.start_missing)

    def mail_is_done(self) -> bool:
        """Whether every weekly mail has its row, and no ledger has anything left to send."""
        left = any(state in {"due", "claimed"} for _, state, _ in self.site.all_mail())
        return len(self.site.ledger()) >= self.mails and not left

    def report(self, rounds: int, *, seconds: float) -> dict[str, Any]:
        """Return the figures, and under "wrong" whatever must not be."""
        amiss = self.site.ask("amiss", module="chaos_club")
        wrong = {key: amiss[key] for key in NOTHING_WRONG if amiss[key] != NOTHING_WRONG[key]}
        wrong |= self.sender.wrong(amiss)
        mails = self.site.all_mail()
        copies = Counter(self.post.arrivals)  # of one reader's one Message-ID
        came = Counter(mail.to for mail in copies)
        due = Counter(reader for reader, _, _ in mails)
        again, begun_again = Counter(), Counter()
        for mail, count in copies.items():
            again[mail.to] += count - 1
        for reader, _, attempts in mails:
            begun_again[reader] += attempts - 1
        for what, found in (
            ("mail not sent", [one for one in mails if one[1] != "sent"]),
            ("readers with another number of mails than due", due - came + (came - due)),
            ("repeats nobody began twice", again - begun_again),
        ):
            if found:
                wrong[what] = found
        return {
            "rounds": rounds,
            "seconds": round(seconds),
            **self.counted,
            "runner-weeks judged": self.site.settled(),
            "weekly mails": len(self.site.ledger()),
            "mails due": len(mails),
            "mails that arrived": len(self.post.arrivals),
            "mails that arrived again": again.total(),
            "begun again": begun_again.total(),
            "runs sent to the site": len(self.sender.keys),
            "sent again for want of an answer": self.sender.repeats,
            "runs in files": amiss["read"],
            "wrong": wrong,
        }

    def close(self) -> None:
        self.feeder.kill()
        self.feeder.communicate()
        self.site.close()
        self.post.close()


@contextmanager
def rounds_in(mode: str, *, seed: int, folder: Path) -> Iterator[Rounds]:
    """An empty installation of that mode, ready to play; nothing of it is left behind."""
    post = PostOffice()
    with _site(mode, post, folder) as site:
        site.env |= QUICK
        site.manage("migrate", "--noinput", "-v0")
        site.manage("collectstatic", "--noinput", "-v0")
        rounds = Rounds(site, post, seed=seed)
        try:
            yield rounds
        finally:
            rounds.close()


@contextmanager
def _site(mode: str, post: PostOffice, folder: Path) -> Iterator[Site]:
    if mode == "embedded":
        empty = folder / "empty"
        empty.touch()
        yield EmbeddedSite(template=empty, post=post, folder=folder)
        return
    cluster = Cluster()
    try:
        yield ServerSite(
            database="postgres", post=post, folder=folder, server=cluster.url,
            crash=cluster.crash_and_restart,
        )  # fmt: skip
    finally:
        cluster.stop()


def main(argv: list[str] | None = None) -> int:
    """Play and print; return 0, 1 where something was wrong, 2 where it could not be played."""
    parser = argparse.ArgumentParser(prog="python -m tests.servers.chaos", description=__doc__)
    parser.add_argument("--rounds", type=int, default=50, help="of each mode (50)")
    parser.add_argument("--mode", choices=[*MODES, "both"], default="both")
    parser.add_argument("--seed", type=int, default=1, help="of the lot (1)")
    options = parser.parse_args(argv)
    modes = MODES if options.mode == "both" else [options.mode]
    missing = why_no_servers() or ("" if pg_ctl() else "no pg_ctl here")
    if "servers" in modes and missing:
        print(missing, file=sys.stderr)
        return 2
    return max([_played(mode, options.rounds, options.seed) for mode in modes])


def _played(mode: str, rounds: int, seed: int) -> int:
    folder = Path(tempfile.mkdtemp(prefix="surefoot-chaos-"))
    try:
        with rounds_in(mode, seed=seed, folder=folder) as played:
            figures = played.play(rounds)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{mode}, seed {seed}")
    for what, figure in figures.items():
        print(f"  {what:<36}{figure}")
    return 1 if figures["wrong"] else 0


if __name__ == "__main__":
    sys.exit(main())
