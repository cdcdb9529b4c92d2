"""Prepare an installation and keep its web process running until told to stop.

Knows no Django: every step is a process of its own, which a SIGTERM reaches at any time.
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import FrameType
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
PORT = 8000
ANSWER_WITHIN_S = 60
STOP_WITHIN_S = 8

Process = subprocess.Popen[str]


class StartError(Exception):
    """It could not be started; the message says why in one line."""


class Stopped(Exception):
    """Somebody asked for an end: SIGTERM, SIGINT or SIGHUP."""


def stop_on_signals() -> None:
    """Turn the usual signals into Stopped, so that children are ended in one place."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, _stop)


def _stop(number: int, frame: FrameType | None) -> None:
    for further in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(further, signal.SIG_IGN)
    raise Stopped


def is_free(port: int) -> bool:
    """Tell whether something may listen on this port of 127.0.0.1."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def choose_port(wanted: int | None) -> int:
    """Return the wanted port, else 8000, else any free one. Raises StartError where it is taken."""
    if wanted is not None:
        if not 1 <= wanted <= 65_535:
            raise StartError("--port must be from 1 to 65535.")
        if not is_free(wanted):
            raise StartError(f"Port {wanted} is taken; choose another with --port.")
        return wanted
    return PORT if is_free(PORT) else choose_free_port()


def choose_free_port() -> int:
    """Return a port of 127.0.0.1 on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def run(arguments: Sequence[str], *, env: Mapping[str, str]) -> str:
    """Run one management command to its end and return what it printed. Raises StartError."""
    command = [sys.executable, "manage.py", *arguments]
    with _child(command, env=env, stdout=subprocess.PIPE) as process:
        printed, _ = process.communicate()
    if process.returncode != 0:
        raise StartError(f"manage.py {arguments[0]} ended with {process.returncode}.")
    return str(printed)


@contextlib.contextmanager
def web_process(*, port: int, env: Mapping[str, str]) -> Iterator[Process]:
    """Run gunicorn on this port of 127.0.0.1; ends it however the block is left."""
    command = [sys.executable, "-m", "gunicorn", "-c", "clubsite/gunicorn.py", "clubsite.wsgi"]
    with _child(command, env={**env, "BIND": f"127.0.0.1:{port}", "PORT": str(port)}) as process:
        yield process


@contextlib.contextmanager
def _child(
    command: Sequence[str], *, env: Mapping[str, str], stdout: int | None = None
) -> Iterator[Process]:
    """Run a process in a session of its own, so that a Ctrl-C reaches it through us only."""
    process = subprocess.Popen(  # noqa: S603 (our own commands)
        command, cwd=ROOT, env=dict(env), stdout=stdout, text=True, start_new_session=True
    )
    try:
        yield process
    finally:
        _end(process)


def _end(process: Process) -> None:
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(STOP_WITHIN_S)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_for_page(process: Process, *, port: int, path: str, site_url: str) -> None:
    """Return once the page answers. Raises StartError where the process ends or is too slow."""
    url = f"http://127.0.0.1:{port}{path}"
    asked = urllib.request.Request(url, headers={"Host": urlsplit(site_url).netloc})
    deadline = time.monotonic() + ANSWER_WITHIN_S
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise StartError(f"The web process ended with {process.returncode}.")
        try:
            with urllib.request.urlopen(asked, timeout=5) as answer:  # noqa: S310 (ourselves)
                if answer.status == 200:
                    return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.1)
    raise StartError(f"{url} did not answer within {ANSWER_WITHIN_S} s.")
