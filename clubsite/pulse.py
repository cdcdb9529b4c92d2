"""Has the schedule and each worker say that they are alive, at most once in some seconds.

The schedule says so when it queues something, a worker when it ends a task. Neither ever fails or
waits because of it.
"""

import logging
import socket
import threading
import time
from typing import Any

from celery import signals
from django.db import Error, close_old_connections
from django.utils import timezone

log = logging.getLogger(__name__)

EVERY_S = 20.0


class Pulse:
    """Which thread is the schedule, and when each of the two last said something."""

    def __init__(self) -> None:
        self.beat_thread: int | None = None
        self.said: dict[str, float] = {}

    def say(self, kind: str, name: str) -> None:
        """Store it, unless that was done a moment ago."""
        if time.monotonic() - self.said.get(kind, -EVERY_S) < EVERY_S:
            return
        from dashboards.services.heartbeats import note  # noqa: PLC0415 (needs the loaded project)

        try:
            note(kind, name=name, now=timezone.now())
            self.said[kind] = time.monotonic()
        except Error as error:
            log.warning("event=heartbeat_lost kind=%s error=%s", kind, type(error).__name__)


pulse = Pulse()


@signals.beat_init.connect
@signals.beat_embedded_init.connect
def beat_began(**kwargs: Any) -> None:
    """Remember the thread the schedule runs in."""
    pulse.beat_thread = threading.get_ident()


@signals.after_task_publish.connect
def beat_queued(**kwargs: Any) -> None:
    """The schedule is alive: it has just put something on the queue."""
    if threading.get_ident() == pulse.beat_thread:
        close_old_connections()
        pulse.say("beat", socket.gethostname())
        close_old_connections()


@signals.task_postrun.connect
def worker_ended(task: Any = None, **kwargs: Any) -> None:
    """A worker is alive: it has just ended a task."""
    if task is not None and not task.request.is_eager and task.request.hostname:
        pulse.say("worker", task.request.hostname)
