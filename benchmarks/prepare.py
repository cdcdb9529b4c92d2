"""Fill a database for the pages, and say how to ask for them: prints one line of JSON.

Run as `python -m benchmarks.prepare MEMBERS WEEKS` with VAR_DIR set.
"""

import datetime as dt
import json
import sys
import time
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

POSTING_RUNNERS = 40


def main(members: int, weeks: int) -> None:
    """Migrate, fill, and print cookies, addresses and query counts."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    now = timezone.now()
    fill_club(members=members, weeks=weeks, seed=7, now=now)
    coach = User.objects.filter(memberships__role="coach").order_by("pk").first()
    runners = list(User.objects.filter(memberships__role="runner").order_by("pk"))
    board = f"/c/{CLUB_SLUG}/"
    print(
        json.dumps(
            {
                "board": board,
                "run_form": run_form(now.date()),
                "coach": session_of(coach),
                "runners": [session_of(runner) for runner in runners[:POSTING_RUNNERS]],
                "queries": {
                    "floor": queries(Client(), "get", "/floor/"),
                    "fifty": queries(logged_in(coach), "get", "/fifty/"),
                    "board": queries(logged_in(coach), "get", board),
                    "log": queries(logged_in(runners[-1]), "post", "/log/", run_form(now.date())),
                },
                "assessment": assessment_of_one(runners[-1], now=now),
            }
        )
    )


def logged_in(user: Any) -> Client:
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def session_of(user: Any) -> str:
    return str(logged_in(user).cookies[settings.SESSION_COOKIE_NAME].value)


def queries(client: Client, method: str, path: str, form: dict[str, str] | None = None) -> int:
    """Return how many queries a request makes, transaction borders not counted."""
    with CaptureQueriesContext(connection) as captured:
        answer = getattr(client, method)(path, form, SERVER_NAME="127.0.0.1")
    if answer.status_code not in {200, 302, 303}:
        sys.exit(f"{method} {path} answered {answer.status_code}.")
    borders = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
    return sum(not query["sql"].startswith(borders) for query in captured.captured_queries)


def assessment_of_one(runner: Any, *, now: dt.datetime) -> dict[str, float]:
    """Return milliseconds: the rules alone on a year, and with reading and storing."""
    history = history_of(runner, on=runner.today(now=now))
    return {
        "activities": len(history.activities),
        "rules_ms": best_ms(lambda: assess(history), times=200),
        "stored_ms": best_ms(lambda: assess_today(runner, now=now), times=30),
    }


def best_ms(work: Any, *, times: int) -> float:
    """Return the median of several calls, in milliseconds."""
    seconds = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - began)
    return round(sorted(seconds)[times // 2] * 1000, 3)


def run_form(on: dt.date) -> dict[str, str]:
    """Return what the log page sends for an easy run."""
    return {"distance": "5.0", "duration": "30", "on": on.isoformat(), "kind": "run", "heel": "no"}


if __name__ == "__main__":
    django.setup()
    from dashboards.demo.cast import CLUB_SLUG
    from dashboards.services.demo import fill_club
    from injuries.risk import assess
    from injuries.selectors.history import history_of
    from injuries.services.assessing import assess_today
    from members.models import User

    main(int(sys.argv[1]), int(sys.argv[2]))
