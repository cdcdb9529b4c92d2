"""One line for each job's start and end, and for a failure: ids and durations, nobody's data.

Celery's own lines say what a task was given and what an exception said; the latter may hold an
address or an answer, so these take their place.
"""

import logging
import time
import traceback
from typing import Any

from celery import signals

log = logging.getLogger("surefoot.jobs")

OWN = ("dashboards", "injuries", "members", "clubsite")
_began: dict[str, float] = {}


def _line(event: str, **fields: object) -> str:
    return " ".join([f"event={event}", *(f"{name}={value}" for name, value in fields.items())])


def _ids(args: Any) -> str:
    """Return what a task was given: ids and days, as its docstring promises, and nothing else."""
    return ",".join(str(one) if isinstance(one, int) else _day_or_count(one) for one in args or ())


def _day_or_count(one: object) -> str:
    if isinstance(one, str) and one.replace("-", "").isdigit():
        return one
    return f"[{len(one)}]" if isinstance(one, list | tuple) else "?"


@signals.task_prerun.connect
def began(task_id: str = "", task: Any = None, args: Any = (), **kwargs: Any) -> None:
    """A job begins."""
    _began[task_id] = time.monotonic()
    log.info(_line("job_start", job=task.name, id=task_id, args=_ids(args)))


@signals.task_postrun.connect
def ended(task_id: str = "", task: Any = None, state: str = "", **kwargs: Any) -> None:
    """A job has ended, well or not."""
    took_ms = round(1000 * (time.monotonic() - _began.pop(task_id, time.monotonic())))
    log.info(_line("job_end", job=task.name, id=task_id, state=state, ms=took_ms))


@signals.task_failure.connect
def failed(
    task_id: str = "", sender: Any = None, exception: Any = None, einfo: Any = None, **kwargs: Any
) -> None:
    """A job failed: which error and where in the code, not what it said."""
    where = _place(getattr(exception, "__traceback__", None))
    name = getattr(sender, "name", "")
    log.error(_line("job_failed", job=name, id=task_id, error=type(exception).__name__, at=where))


def _place(trace: Any) -> str:
    """Return the lines of ours that the error passed through, outermost first."""
    frames = traceback.extract_tb(trace)
    ours = [one for one in frames if any(f"/{app}/" in one.filename for app in OWN)]
    shown = ours or frames[-1:]
    return ">".join(f"{one.filename.rpartition('/')[2]}:{one.lineno}" for one in shown) or "?"
