"""Worker and schedule as two threads of the one web process: all a small club needs.

The queue is in memory and a killed process loses it. That is allowed: what is due stands in the
database, each periodic task is put on the queue once at the start and then by the schedule, so a
lost message costs one sweep.
"""

import logging
import threading

from celery.beat import Scheduler, Service
from celery.worker import WorkController
from celery.worker import state as worker_state

from clubsite.celery import app

log = logging.getLogger(__name__)

JOIN_S = 3.0


class Embedded:
    """One Celery worker thread and one beat thread, started and stopped together."""

    def __init__(self) -> None:
        self.worker = WorkController(
            app=app,
            hostname="embedded@localhost",
            pool_cls="solo",
            concurrency=1,
            without_gossip=True,
            without_mingle=True,
            without_heartbeat=True,
        )
        # A short interval lets beat notice within a second that it should stop.
        self.beat = Service(app, max_interval=1, scheduler_cls=Scheduler)
        self.threads = [
            threading.Thread(target=self.worker.start, name="worker", daemon=True),
            threading.Thread(target=self.beat.start, name="beat", daemon=True),
        ]

    def start(self) -> None:
        """Start both, and do at once whatever fell due while nothing ran."""
        for thread in self.threads:
            thread.start()
        for entry in app.conf.beat_schedule.values():
            app.send_task(entry["task"])
        log.info("Worker and schedule run inside this process.")

    def stop(self) -> None:
        """Ask both to end and wait a moment; a task cut off here is found by the next sweep."""
        worker_state.should_stop = 0
        self.beat.stop()
        for thread in self.threads:
            thread.join(JOIN_S / len(self.threads))
