"""What the page of trends costs: a club of any size with years behind it, opened by its coach.

`python -m benchmarks.trends fill RUNNERS WEEKS`, then `read PERIOD...` (weeks shown); prints one
line of JSON. VAR_DIR names the database. The rows are drawn at random and mean nothing.
"""

import datetime as dt
import gzip
import json
import random
import statistics
import sys
import time
from collections.abc import Iterable, Iterator
from typing import Any

import django
import time_machine

LAST_SUNDAY = dt.date(2026, 3, 15)
NOW = dt.datetime(2026, 3, 15, 20, 0, tzinfo=dt.UTC)
LONG_AGO = dt.datetime(2022, 1, 1, tzinfo=dt.UTC)
WEEK = dt.timedelta(days=7)
RUN_DAYS = (1, 3, 5, 6)
SQUADS = ("Beginners", "Marathon", "Masters", "Track", "Trail")
STEP = 2_000
ROUNDS = 5
PAGE = "/c/benchmark/trends/"
ANSWERS = {"carry_on": 70, "ease": 12, "not_assessed": 10, "cross_train": 5, "rest": 3}


def fill(runners: int, weeks: int) -> dict[str, Any]:
    """Write a club of so many runners, each with so many weeks."""
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        club = Club.objects.create(name="Benchmark", slug="benchmark")
        squads = [Squad.objects.create(club=club, name=name) for name in SQUADS]
        coach = User.objects.create(email="coach@example.org", name="Coach", time_zone="UTC")
        Membership.objects.create(user=coach, club=club, role="coach", joined_at=LONG_AGO)
        for number in range(runners):
            _fill_one(number, club=club, squad=squads[number % 5], weeks=weeks)
        _decide(club, coach)
    return {"activities": Activity.objects.count(), "flags": RiskFlag.objects.count()}


def _fill_one(number: int, *, club: Any, squad: Any, weeks: int) -> None:
    rng = random.Random(number)
    runner = User.objects.create(
        email=f"runner{number}@example.org",
        name=f"Runner {number:04d}",
        time_zone="UTC",
        health_consent_at=LONG_AGO,
    )
    sharing = rng.choice(["everything"] * 6 + ["status"] * 3 + ["nothing"])
    Membership.objects.create(
        user=runner, club=club, squad=squad, sharing=sharing, joined_at=LONG_AGO
    )
    shoes = [
        Shoe.objects.create(owner=runner, name=f"Pair {place}") for place in range(weeks // 26)
    ]
    mondays = [LAST_SUNDAY - dt.timedelta(days=6) - WEEK * back for back in range(weeks)][::-1]
    Activity.objects.bulk_create(_runs(runner, mondays, shoes, rng), batch_size=STEP)
    DayStatus.objects.bulk_create(_rests(runner, mondays, rng), batch_size=STEP)
    WeeklyCheck.objects.bulk_create(_checks(runner, mondays, rng))
    PainReport.objects.bulk_create(_mornings(runner, mondays, rng))
    judged = WeeklyAssessment.objects.bulk_create(_assessments(runner, mondays, rng))
    RiskFlag.objects.bulk_create(_flags(judged, rng))


def _runs(runner: Any, mondays: Iterable[dt.date], shoes: list[Any], rng: Any) -> Iterator[Any]:
    usual_m = rng.randrange(5_000, 15_000)
    for place, monday in enumerate(mondays):
        if rng.random() < 0.1:
            continue
        for day in RUN_DAYS:
            on = monday + dt.timedelta(days=day)
            yield Activity(
                runner=runner,
                on=on,
                started_at=dt.datetime.combine(on, dt.time(18), dt.UTC),
                time_zone="UTC",
                distance_m=int(usual_m * rng.uniform(0.6, 1.4)) if rng.random() > 0.02 else None,
                surface=rng.choice(("road", "road", "trail", "grass", "")),
                shoe=shoes[min(place // 26, len(shoes) - 1)],
            )


def _rests(runner: Any, mondays: Iterable[dt.date], rng: Any) -> Iterator[Any]:
    for monday in mondays:
        if rng.random() > 0.1:
            for day in {*range(7)} - set(RUN_DAYS):
                yield DayStatus(runner=runner, on=monday + dt.timedelta(days=day), status="rest")


def _checks(runner: Any, mondays: Iterable[dt.date], rng: Any) -> Iterator[Any]:
    for monday in mondays:
        if rng.random() < 0.7:
            yield WeeklyCheck(
                runner=runner,
                week=monday,
                answered_on=monday + WEEK,
                participation=rng.choice((0, 0, 0, 8, 17, 25)),
            )


def _mornings(runner: Any, mondays: Iterable[dt.date], rng: Any) -> Iterator[Any]:
    if rng.random() < 0.5:
        return
    for monday in mondays:
        for day in range(3):
            yield PainReport(
                runner=runner, on=monday + dt.timedelta(days=day), first_step=rng.randrange(7)
            )


def _assessments(runner: Any, mondays: Iterable[dt.date], rng: Any) -> Iterator[Any]:
    for monday in mondays:
        (answer,) = rng.choices(list(ANSWERS), list(ANSWERS.values()))
        unjudged = [{"rule": "L1", "why": "too many days of the 30 before are unknown"}]
        yield WeeklyAssessment(
            runner=runner,
            week=monday,
            on=monday + dt.timedelta(days=6),
            engine="1.0.0",
            training=answer,
            shoes=rng.random() < 0.05,
            clinician=rng.choice([""] * 30 + ["book"]),
            coverage_30=0.9,
            not_assessed=unjudged if answer == "not_assessed" else [],
            assessed_at=NOW,
        )


def _flags(judged: Iterable[Any], rng: Any) -> Iterator[Any]:
    for one in judged:
        at = dt.datetime.combine(one.on, dt.time(19), dt.UTC)
        if one.training in {"ease", "cross_train", "rest"}:
            ratio = rng.choice((1.15, 1.2, 1.5, 2.2))
            values = {
                "distance_m": int(10_000 * ratio),
                "longest_30d_m": 10_000,
                "ratio": ratio,
                "run_on": one.on.isoformat(),
            }
            yield RiskFlag(
                assessment=one,
                rule="L1",
                level="over_100" if ratio > 2 else "over_10",
                action="ease",
                values=values,
                for_coach=ratio > 2,
                first_seen_at=at,
            )
            yield RiskFlag(
                assessment=one,
                rule="P1",
                level="over_limit",
                action=one.training,
                first_seen_at=at,
            )
        if one.shoes:
            yield RiskFlag(
                assessment=one,
                rule="S1",
                level="check_wear",
                action="shoe_check",
                first_seen_at=at,
            )


def _decide(club: Any, coach: Any) -> None:
    rng = random.Random(1)
    asked = WeeklyAssessment.objects.exclude(training__in=("carry_on", "not_assessed"))
    CoachDecision.objects.bulk_create(
        (
            CoachDecision(
                assessment=one,
                club=club,
                kind=rng.choice(("accepted", "accepted", "dismissed", "noted")),
                decided_at=dt.datetime.combine(one.on, dt.time(20), dt.UTC),
                decided_by=coach,
                outcome_kind=(word := rng.choice(("", "better", "same"))),
                outcome_at=NOW if word else None,
            )
            for one in asked
            if rng.random() < 0.7
        ),
        batch_size=STEP,
    )


def read(*periods: int) -> dict[str, Any]:
    """Open the page as its coach, once to warm up and then in turn for each period."""
    user = User.objects.get(memberships__role="coach")
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    with time_machine.travel(NOW, tick=False):
        return {f"{weeks} weeks": _opened(client, f"{PAGE}?weeks={weeks}") for weeks in periods}


def _opened(client: Any, address: str) -> dict[str, Any]:
    client.get(address)
    took = []
    for _ in range(ROUNDS):
        began = time.process_time()
        page = client.get(address)
        took.append(time.process_time() - began)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return {
        "cpu_ms": round(1000 * statistics.median(took)),
        "queries": len(queries),
        "kb": round(len(page.content) / 1000),
        "kb_gzipped": round(len(gzip.compress(page.content, 6)) / 1000),
    }


def main(what: str, *numbers: str) -> None:
    """Do one of the two and print what came of it."""
    print(json.dumps({"fill": fill, "read": read}[what](*map(int, numbers))))


if __name__ == "__main__":
    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection, transaction
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from injuries.models import CoachDecision, PainReport, RiskFlag, WeeklyAssessment, WeeklyCheck
    from members.models import Activity, Club, DayStatus, Membership, Shoe, Squad, User

    main(*sys.argv[1:])
