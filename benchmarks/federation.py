"""A federation's Monday: read, then assess, many runners with a year behind them.

`python -m benchmarks.federation fill N`, then `read N` and `assess N`, each in a process of its
own so that peak memory is its own; prints one line of JSON. VAR_DIR names the database.
"""

import datetime as dt
import json
import random
import resource
import sys
import time
from collections.abc import Iterator

import django
from django.core.management import call_command
from django.db import connection, transaction

LAST_SUNDAY = dt.date(2026, 3, 15)
NOW = dt.datetime(2026, 3, 16, 5, 0, tzinfo=dt.UTC)
DAYS = 364
RUN_DAYS = (1, 3, 5, 6)
STEP = 500


def fill(runners: int) -> None:
    """Write the rows straight into the tables: four runs a week, every other day a rest day."""
    call_command("migrate", verbosity=0)
    with transaction.atomic(), connection.cursor() as cursor:
        for first in range(0, runners, STEP):
            ids = range(first + 1, min(first + STEP, runners) + 1)
            cursor.executemany(USERS, [(pk, f"runner{pk}@example.org") for pk in ids])
            cursor.executemany(RUNS, list(_runs(ids)))
            cursor.executemany(RESTS, list(_rests(ids)))


USERS = """
    INSERT INTO members_user (id, email, name, password, time_zone, unit, is_active, is_staff,
        is_superuser, date_joined, health_consent_at)
    VALUES (%s, %s, 'Runner', '!', 'UTC', 'km', true, false, false, '2025-01-01 00:00:00+00:00',
        '2025-01-01 00:00:00+00:00')
"""
RUNS = """
    INSERT INTO members_activity (runner_id, kind, started_at, start_said, time_zone, "on",
        distance_m, duration_s, effort, surface, note, source, file_sha256, created_at, updated_at)
    VALUES (%s, 'run', %s, true, 'UTC', %s, %s, %s, 4, '', '', 'typed', '', %s, %s)
"""
RESTS = """
    INSERT INTO members_daystatus (runner_id, "on", status, planned, said_at)
    VALUES (%s, %s, 'rest', false, '2026-01-01 00:00:00+00:00')
"""


def _days() -> list[dt.date]:
    return [LAST_SUNDAY - dt.timedelta(days=back) for back in range(DAYS)]


def _runs(ids: range) -> Iterator[tuple[object, ...]]:
    days = [day for day in _days() if day.weekday() in RUN_DAYS]
    for pk in ids:
        rng = random.Random(pk)
        usual_m = rng.randrange(5_000, 15_000)
        for day in days:
            distance_m = int(usual_m * rng.uniform(0.6, 1.08))
            at = f"{day} 18:00:00"
            yield pk, at, day.isoformat(), distance_m, distance_m * 33 // 100, at, at


def _rests(ids: range) -> Iterator[tuple[object, ...]]:
    days = [day.isoformat() for day in _days() if day.weekday() not in RUN_DAYS]
    return ((pk, day) for pk in ids for day in days)


def read(runners: int) -> int:
    """Read the rows the job reads, in the job's portions, and do nothing with them."""
    rows = 0
    for first in range(0, runners, CHUNK):
        ids = list(range(first + 1, min(first + CHUNK, runners) + 1))
        runs = Activity.objects.filter(runner__in=ids).order_by("started_at", "id")
        days = DayStatus.objects.filter(runner__in=ids).order_by("on")
        rows += sum(1 for _ in runs.values_list(*RUN_FIELDS))
        rows += sum(1 for _ in days.values_list("runner_id", "on", "status"))
    return rows


def assess(runners: int) -> int:
    """Do what the Monday job does: read, judge and store the ended week of everybody."""
    week = LAST_SUNDAY - dt.timedelta(days=6)
    return settle_weeks(range(1, runners + 1), week=week, now=NOW)


def main(what: str, runners: int) -> None:
    """Do one of the three and print seconds, how many, and peak memory."""
    began = time.perf_counter()
    done = {"fill": fill, "read": read, "assess": assess}[what](runners)
    seconds = round(time.perf_counter() - began, 2)
    peak_mb = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    print(json.dumps({"seconds": seconds, "done": done, "peak_mb": peak_mb}))


if __name__ == "__main__":
    django.setup()
    from injuries.services.assessing import CHUNK, settle_weeks
    from members.models import Activity, DayStatus

    RUN_FIELDS = (
        "runner_id", "id", "on", "kind", "started_at", "start_said", "distance_m", "duration_s",
        "effort", "shoe_id",
    )  # fmt: skip
    main(sys.argv[1], int(sys.argv[2]))
