"""One installation for one test: its own database, queue and mail, and real processes.

What happens is read from the database and from Redis, never from a process of the site itself.
Nothing here waits by sleeping a guessed time: `wait_until` polls until its deadline.
"""

import contextlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
import redis

from tests.servers.post import PostOffice

ROOT = Path(__file__).resolve().parents[2]
POSTGRES = "postgres://postgres@127.0.0.1:5432"
REDIS = "redis://127.0.0.1:6379"
CLAIM = "surefoot-tests"  # marks a numbered Redis database as taken by a test
CLAIM_S = 600
WITHIN_S = 60.0
PYTHON = sys.executable
NOTHING_WRONG = {"not judged": [], "changes left": 0, "not the whole week": [], "other answer": []}


class Process:
    """A started program in a process group of its own, with its output in a file."""

    def __init__(self, name: str, command: list[str], *, env: dict[str, str], log: Path) -> None:
        self.name, self.log_path = name, log
        with log.open("w") as file:
            self.popen = subprocess.Popen(
                command,
                cwd=ROOT,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def log(self) -> str:
        return self.log_path.read_text(errors="replace")

    @property
    def ended(self) -> bool:
        return self.popen.poll() is not None

    def kill_children(self) -> None:
        """End what it started, not itself, as a machine short of memory does."""
        children = Path(f"/proc/{self.popen.pid}/task/{self.popen.pid}/children").read_text()
        for pid in children.split():
            os.kill(int(pid), signal.SIGKILL)

    def kill(self) -> None:
        """End it and its children at whatever line they are (SIGKILL)."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.popen.pid, signal.SIGKILL)
        self.popen.wait()


class Row(NamedTuple):
    """One row of the send ledger."""

    state: str
    attempts: int
    reason: str


class Site:
    """An installation. Its processes are killed with it, however the test ends."""

    def __init__(self, *, env: dict[str, str], folder: Path, query: Callable[[str], list]) -> None:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        self.env = kept | {
            "VAR_DIR": str(folder),
            "SECRET_KEY": "only-for-the-tests-" + "0123456789" * 4,
            "SITE_URL": "http://127.0.0.1:8000",
            "SWEEP_SECONDS": "1",
            "MAIL_LOOK_AGAIN_SECONDS": "1",
            "PYTHONUNBUFFERED": "1",
            **env,
        }
        self.folder = folder
        self.query = query
        self.processes: list[Process] = []

    def start(self, name: str, *command: str, **env: str) -> Process:
        log = self.folder / f"{len(self.processes)}-{name}.log"
        process = Process(name, [PYTHON, *command], env=self.env | env, log=log)
        self.processes.append(process)
        return process

    def worker(self) -> Process:
        """Start a Celery worker with two processes."""
        return self.start(
            "worker", "-m", "celery", "-A", "clubsite", "worker", "-c", "2", "-l", "INFO"
        )

    def beat(self) -> Process:
        return self.start("beat", "-m", "celery", "-A", "clubsite", "beat", "-l", "INFO")

    def embedded(self) -> Process:
        """Start the one web process with worker and schedule inside."""
        command = ("-m", "gunicorn", "-c", "clubsite/gunicorn.py", "clubsite.wsgi")
        return self.start("embedded", *command, BIND="127.0.0.1:0")

    def manage(self, *arguments: str) -> str:
        """Run a management command to its end and return what it printed."""
        done = subprocess.run(
            [PYTHON, "manage.py", *arguments],
            cwd=ROOT,
            env=self.env | {"LOG_LEVEL": "WARNING"},
            capture_output=True,
            text=True,
            timeout=WITHIN_S,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def web(self, port: int) -> Process:
        """Start a web process; without Redis it has worker and schedule inside."""
        command = ("-m", "gunicorn", "-c", "clubsite/gunicorn.py", "clubsite.wsgi")
        return self.start("web", *command, BIND=f"127.0.0.1:{port}")

    def ask(self, function: str, *, module: str = "club") -> Any:
        """Call a function of tests/servers/club.py, or of its neighbour, inside this site."""
        code = (
            f"import json; from tests.servers import {module}; "
            f"print(json.dumps({module}.{function}()))"
        )
        return json.loads(self.manage("shell", "-v0", "-c", code))

    def settled(self) -> int:
        """How many runner-weeks are judged for good."""
        ((count,),) = self.query(
            "SELECT count(*) FROM injuries_weeklyassessment WHERE settled_at IS NOT NULL"
        )
        return int(count)

    def mails_sent_before_the_week_was_judged(self) -> int:
        """How many runners' mails left before the Monday job had spoken about their week."""
        ((count,),) = self.query(
            "SELECT count(*) FROM dashboards_digest d"
            " JOIN members_membership m ON m.id = d.membership_id"
            " LEFT JOIN injuries_weeklyassessment a ON a.runner_id = m.user_id AND a.week = d.week"
            " WHERE d.kind = 'runner' AND d.state = 'sent'"
            " AND (a.settled_at IS NULL OR a.settled_at > d.sent_at)"
        )
        return int(count)

    def changes(self) -> int:
        """How many runners' changes nobody has assessed yet."""
        ((count,),) = self.query("SELECT count(*) FROM injuries_assessmentdue")
        return int(count)

    def ledger(self) -> dict[str, Row]:
        """The weekly mails by the reader's address."""
        rows = self.query(
            "SELECT u.email, d.state, d.attempts, d.reason FROM dashboards_digest d"
            " JOIN members_membership m ON m.id = d.membership_id"
            " JOIN members_user u ON u.id = m.user_id"
        )
        ledger = {email: Row(*row) for email, *row in rows}
        assert len(ledger) == len(rows), "somebody has two rows"
        return ledger

    def all_mail(self) -> list[tuple[str, str, int]]:
        """The rows of both ledgers that are not skipped: reader's address, state, attempts."""
        return self.query(
            "SELECT u.email, d.state, d.attempts FROM dashboards_digest d"
            " JOIN members_membership m ON m.id = d.membership_id"
            " JOIN members_user u ON u.id = m.user_id WHERE d.state <> 'skipped'"
            " UNION ALL SELECT u.email, n.state, n.attempts FROM dashboards_notice n"
            " JOIN members_user u ON u.id = n.user_id WHERE n.state <> 'skipped'"
        )

    def mail_is_done(self) -> bool:
        """Whether there is a ledger and nothing in it is still to be sent."""
        states = {row.state for row in self.ledger().values()}
        return bool(states) and not states & {"due", "claimed"}

    def open_imports(self) -> int:
        """How many imports still have something to read."""
        ((count,),) = self.query(
            "SELECT count(*) FROM members_importbatch WHERE state IN ('waiting', 'working')"
        )
        return int(count)

    def wait_until(
        self,
        happened: Callable[[], bool],
        what: str,
        *,
        within: float = WITHIN_S,
        meanwhile: Callable[[], None] | None = None,
    ) -> None:
        """Poll; fails with the ends of all logs where it does not happen in time."""
        deadline = time.monotonic() + within
        while not happened():
            assert time.monotonic() < deadline, f"not within {within} s: {what}\n{self._logs()}"
            if meanwhile:
                meanwhile()
            time.sleep(0.05)

    def _logs(self) -> str:
        last = self.processes[-8:]
        return "\n".join(f"--- {one.name}\n{one.log[-3000:]}" for one in last)

    def close(self) -> None:
        for process in self.processes:
            process.kill()


class ServerSite(Site):
    """An installation on PostgreSQL and Redis."""

    def __init__(
        self,
        *,
        database: str,
        post: PostOffice,
        folder: Path,
        server: str = POSTGRES,
        crash: Callable[[], None] | None = None,
    ) -> None:
        self.redis, redis_url = _free_redis()
        self.database_url = f"{server}/{database}"
        self.connection = psycopg.connect(self.database_url, autocommit=True)
        self._crash = crash
        self.queue = f"surefoot-{uuid.uuid4().hex[:8]}"
        super().__init__(
            env={
                "DATABASE_URL": self.database_url,
                "REDIS_URL": redis_url,
                "CELERY_QUEUE": self.queue,
                "EMAIL_URL": post.url,
            },
            folder=folder,
            query=lambda sql: self.connection.execute(sql).fetchall(),
        )

    def queued(self) -> tuple[int, int]:
        """How many messages wait, and how many a worker has taken but not finished."""
        return self.redis.llen(self.queue), self.redis.hlen("unacked")

    def let_taken_messages_expire(self) -> None:
        """Do as if the visibility timeout had passed since any message was taken."""
        for tag in self.redis.zrange("unacked_index", 0, -1):
            self.redis.zadd("unacked_index", {tag: 0})

    def flush_redis(self) -> None:
        """Lose everything Redis knows of this site, as a restart without persistence does."""
        self.redis.flushdb()
        self.redis.set(CLAIM, "1", ex=CLAIM_S)

    @contextlib.contextmanager
    def runner_locked(self, number: int) -> Iterator[None]:
        """Keep one runner's row, so that whoever wants to judge them has to wait."""
        with psycopg.connect(self.database_url) as other:
            other.execute("SELECT 1 FROM members_user WHERE email = %s FOR UPDATE",
                          [f"runner-{number:02d}@heath.example"])  # fmt: skip
            yield
            other.rollback()

    def somebody_waits_for_a_row(self) -> bool:
        return bool(
            self.query(
                "SELECT 1 FROM pg_stat_activity"
                " WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
        )

    def drop_connections(self) -> None:
        """End every connection to this database but the test's own."""
        self.query(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )

    def crash_database(self) -> None:
        """Let a server of one's own end without a checkpoint and start again."""
        assert self._crash is not None, "a shared server is not ended"
        self._crash()
        self.connection.close()
        self.connection = psycopg.connect(self.database_url, autocommit=True)

    def close(self) -> None:
        super().close()
        self.redis.flushdb()
        self.redis.close()
        self.connection.close()


class EmbeddedSite(Site):
    """An installation in one process on SQLite."""

    def __init__(self, *, template: Path, post: PostOffice, folder: Path) -> None:
        path = folder / "surefoot.sqlite3"
        shutil.copyfile(template, path)
        self.connection = sqlite3.connect(path, isolation_level=None, timeout=20)
        super().__init__(
            env={"EMAIL_URL": post.url},
            folder=folder,
            query=lambda sql: self.connection.execute(sql).fetchall(),
        )

    @contextlib.contextmanager
    def runner_slow(self, number: int) -> Iterator[None]:
        """Let storing one runner's assessment take many seconds, inside its transaction."""
        self.connection.execute(
            "CREATE TRIGGER slow BEFORE INSERT ON injuries_weeklyassessment"  # noqa: S608 (a number)
            " WHEN NEW.runner_id = (SELECT id FROM members_user"
            f" WHERE email = 'runner-{number:02d}@heath.example')"
            " BEGIN SELECT max(n) FROM (WITH RECURSIVE c(n) AS"
            " (SELECT 1 UNION ALL SELECT n + 1 FROM c LIMIT 300000000) SELECT n FROM c); END"
        )
        yield
        self.connection.execute("DROP TRIGGER slow")

    def close(self) -> None:
        super().close()
        self.connection.close()


def _free_redis() -> tuple[redis.Redis, str]:
    """Claim a numbered database in which there is nothing."""
    for number in range(1, 16):
        url = f"{REDIS}/{number}"
        client = redis.Redis.from_url(url)
        if client.dbsize() == 0 and client.set(CLAIM, "1", nx=True, ex=CLAIM_S):
            return client, url
        client.close()
    raise AssertionError("no Redis database is free")


def why_no_servers() -> str:
    """Say which server is missing; empty: none."""
    try:
        psycopg.connect(f"{POSTGRES}/postgres", connect_timeout=3).close()
        with redis.Redis.from_url(REDIS, socket_connect_timeout=3) as client:
            client.ping()
    except (psycopg.OperationalError, redis.ConnectionError, redis.TimeoutError) as error:
        return str(error).splitlines()[0]
    return ""


def administer(sql: str) -> None:
    """Create or drop a database."""
    with psycopg.connect(f"{POSTGRES}/postgres", autocommit=True) as connection:
        connection.execute(sql)
