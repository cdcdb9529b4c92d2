"""A small load client: some threads, each with one connection, for some seconds."""

import http.client
import threading
import time
import urllib.parse
import uuid
from collections.abc import Callable
from dataclasses import dataclass

CSRF = "x" * 32


@dataclass(frozen=True, slots=True)
class Request:
    """One request, ready to send."""

    method: str
    path: str
    headers: dict[str, str]
    body: str | None = None
    expected: int = 200


@dataclass(frozen=True, slots=True)
class Measured:
    """What a burst of requests gave."""

    requests: int
    per_s: float
    p50_ms: float
    p95_ms: float


def page(path: str, *, session: str = "") -> Request:
    """Return a GET, as whoever the session belongs to."""
    return Request("GET", path, {"Cookie": f"sessionid={session}"} if session else {})


def form(path: str, fields: dict[str, str], *, session: str) -> Request:
    """Return a POST of a form that succeeds with a redirect; every one is a new submit."""
    sent = fields | {"csrfmiddlewaretoken": CSRF, "client_key": str(uuid.uuid4())}
    headers = {
        "Cookie": f"sessionid={session}; csrftoken={CSRF}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    return Request("POST", path, headers, urllib.parse.urlencode(sent), expected=302)


def measure(
    next_request: Callable[[int], Request], *, port: int, seconds: float, threads: int
) -> Measured:
    """Send requests as fast as they are answered; any unexpected status is an error."""
    found: list[list[float]] = [[] for _ in range(threads)]
    errors: list[str] = []
    began = time.perf_counter()
    workers = [
        threading.Thread(
            target=_send,
            args=(next_request, port, began + seconds, found[number], errors, number, threads),
        )
        for number in range(threads)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    if errors:
        raise RuntimeError(errors[0])
    took = time.perf_counter() - began
    latencies = sorted(latency for one in found for latency in one)
    return Measured(
        requests=len(latencies),
        per_s=round(len(latencies) / took, 1),
        p50_ms=round(latencies[len(latencies) // 2] * 1000, 2),
        p95_ms=round(latencies[int(len(latencies) * 0.95)] * 1000, 2),
    )


def _send(
    next_request: Callable[[int], Request],
    port: int,
    until: float,
    latencies: list[float],
    errors: list[str],
    number: int,
    step: int,
) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    while time.perf_counter() < until and not errors:
        request = next_request(number)
        number += step
        began = time.perf_counter()
        connection.request(request.method, request.path, request.body, request.headers)
        answer = connection.getresponse()
        answer.read()
        latencies.append(time.perf_counter() - began)
        if answer.status != request.expected:
            errors.append(f"{request.method} {request.path} answered {answer.status}.")
    connection.close()
