"""Somebody who logs runs and uploads files while the site dies: sends again until answered."""

import datetime as dt
import http.client
import json
import queue
import threading
import time
import uuid
from collections.abc import Callable
from typing import Any

from tests.members.activity_files.builders import plain_run, zipped

RUNS, FILES = 3, 4  # of each round
RETRY_S = 0.1
LAST = dt.datetime.now(dt.UTC).replace(hour=6, minute=0, second=0, microsecond=0) - dt.timedelta(
    days=60
)


class Sender:
    """One thread with a list of requests, each sent until it is answered."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.keys: list[str] = []
        self.files = 0
        self.repeats = 0
        self.refused: list[str] = []
        self._waiting: queue.Queue[tuple[str, str, bytes, str] | None] = queue.Queue()
        self._thread = threading.Thread(target=self._work, daemon=True)

    def __enter__(self) -> "Sender":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._waiting.put(None)

    def send_for(self, key: str) -> None:
        """Put a round's runs and files on the list, for the owner of the API key."""
        for day in range(RUNS):
            self._put("/api/v1/activities/", key, *self._run(day))
        self._put("/api/v1/import/", key, *self._archive())

    def gets_answers(self) -> bool:
        """Whether everything has been answered or the site at least answers now."""
        try:
            return self._ask("GET", "/healthz", {}, b"") == 200
        except (OSError, http.client.HTTPException):
            return False

    def finish(self, *, within: float, meanwhile: Callable[[], None]) -> None:
        """Wait until the list is empty."""
        deadline = time.monotonic() + within
        while self._waiting.unfinished_tasks:
            assert time.monotonic() < deadline, "the site does not answer any more"
            meanwhile()
            time.sleep(RETRY_S)

    def wrong(self, found: dict[str, Any]) -> dict[str, Any]:
        """Compare what was sent with what is there."""
        said = {
            "answers": self.refused,
            "runs sent": sorted(set(self.keys) ^ set(found["sent"])),
            "runs in files": self.files - found["read"],
            "read twice": found["read twice"],
            "imports not finished": {k: v for k, v in found["imports"].items() if k != "finished"},
        }
        return {what: amiss for what, amiss in said.items() if amiss}

    def _put(self, path: str, key: str, body: bytes, content_type: str) -> None:
        self._waiting.put((path, key, body, content_type))

    def _run(self, day: int) -> tuple[bytes, str]:
        """Return a run of a day on which the club has none of its own."""
        key = str(uuid.uuid4())
        start = LAST - dt.timedelta(days=day)
        self.keys.append(key)
        run = {
            "kind": "run", "started_at": start.isoformat(), "distance_m": 5000,
            "duration_s": 1800, "client_key": key,
        }  # fmt: skip
        return json.dumps(run).encode(), "application/json"

    def _archive(self) -> tuple[bytes, str]:
        days = [LAST - dt.timedelta(days=RUNS + day) for day in range(FILES)]
        self.files += FILES
        packed = zipped(
            {f"{day:%Y-%m-%d}.gpx": plain_run(day, seconds=1800, every=5) for day in days}
        )
        head = (
            '--x\r\nContent-Disposition: form-data; name="file"; filename="runs.zip"\r\n'
            "Content-Type: application/zip\r\n\r\n"
        )
        return head.encode() + packed + b"\r\n--x--\r\n", "multipart/form-data; boundary=x"

    def _work(self) -> None:
        while (one := self._waiting.get()) is not None:
            self._until_answered(*one)
            self._waiting.task_done()

    def _until_answered(self, path: str, key: str, body: bytes, content_type: str) -> None:
        headers = {"Authorization": f"Bearer {key}", "Content-Type": content_type}
        while True:
            try:
                status = self._ask("POST", path, headers, body)
            except (OSError, http.client.HTTPException):
                status = 503
            # 500 too: its database went away in the middle of it.
            if status < 500:
                break
            self.repeats += 1
            time.sleep(RETRY_S)
        if status not in {200, 201}:
            self.refused.append(f"{path}: {status}")

    def _ask(self, method: str, path: str, headers: dict[str, str], body: bytes) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, body, {"Host": "127.0.0.1:8000", **headers})
            answer = connection.getresponse()
            answer.read()
            return answer.status
        finally:
            connection.close()
