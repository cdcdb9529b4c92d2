"""How the installation is doing: what is said, and when something is amiss."""

import datetime as dt
import json
import shutil
from collections import namedtuple

import pytest
from django.core.management import CommandError, call_command

from clubsite.celery import app
from dashboards.models import Digest, Heartbeat
from dashboards.selectors.health import health
from dashboards.services.heartbeats import note
from injuries.models import AssessmentDue
from members.services.tokens import create_token
from tests.factories import ImportBatchFactory, MembershipFactory, UserFactory

MINUTE, HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)
WEEK = dt.date(2026, 3, 9)
Usage = namedtuple("Usage", "total used free")


@pytest.fixture(autouse=True)
def _room(monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(100 << 20, 50 << 20, 50 << 20))


@pytest.fixture(autouse=True)
def _empty_queue():
    """What other tests put on the queue of this process is gone."""
    with app.connection_for_write() as connection:
        app.amqp.TaskConsumer(connection).purge()


@pytest.fixture
def alive(db, now):
    note("beat", name="here", now=now)
    note("worker", name="celery@here", now=now)


def test_nothing_is_amiss(alive, now):
    found = health(now=now + 4 * MINUTE)
    assert (found.problems, found.queue, found.failed_mails) == ([], 0, 0)
    assert (found.disk_free_mb, found.disk_total_mb) == (50, 100)
    assert [(one.kind, one.name, one.at) for one in found.seen] == [
        ("beat", "here", now),
        ("worker", "celery@here", now),
    ]


def test_nobody_was_ever_seen(db, now):
    assert health(now=now).problems == [
        "The schedule has not been seen yet.",
        "A worker has not been seen yet.",
    ]


@pytest.mark.parametrize(
    ("minutes", "problems"),
    [
        (5, []),
        (6, ["The schedule was last seen 2026-03-18 12:00 UTC."]),
        (
            11,
            [
                "The schedule was last seen 2026-03-18 12:00 UTC.",
                "A worker was last seen 2026-03-18 12:00 UTC.",
            ],
        ),
    ],
)
def test_who_is_silent_for_too_long(minutes, problems, alive, now):
    assert health(now=now + minutes * MINUTE).problems == problems


def test_one_worker_of_two_is_enough(alive, now):
    note("worker", name="celery@there", now=now - 3 * HOUR)
    assert health(now=now).problems == []


def test_a_process_not_seen_for_a_week_is_forgotten_when_a_new_one_comes(alive, now):
    later = now + dt.timedelta(days=8)
    note("worker", name="celery@new", now=later)
    assert list(Heartbeat.objects.values_list("kind", "name")) == [("worker", "celery@new")]


def test_what_waits_and_since_when(alive, membership, now):
    runner = membership.user
    for hours, state in ((2, "due"), (1, "claimed"), (-1, "due"), (3, "failed")):
        one = MembershipFactory()
        Digest.objects.create(
            membership=one, kind="runner", week=WEEK, due_at=now - hours * HOUR, state=state
        )
    AssessmentDue.objects.create(runner=runner, from_day=WEEK, changed_at=now - MINUTE)
    ImportBatchFactory(runner=runner, state="waiting", created_at=now, finished_at=None)

    found = health(now=now)

    assert {one.name: (one.count, one.oldest) for one in found.waiting} == {
        "weekly mail": (2, now - 2 * HOUR),
        "other mail": (0, None),
        "changed histories": (1, now - MINUTE),
        "imports": (1, now),
        "downloads": (0, None),
    }
    assert found.failed_mails == 1
    assert found.problems == ["Weekly mail: the oldest has waited since 2026-03-18 10:00 UTC."]


def test_a_full_disk(alive, now, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(100 << 20, 96 << 20, 4 << 20))
    assert health(now=now).problems == ["The disk of VAR_DIR has 4 MB left."]


def test_a_queue_that_cannot_be_reached(alive, now, monkeypatch):
    monkeypatch.setattr(app.conf, "broker_read_url", "redis://127.0.0.1:1/0")
    found = health(now=now)
    assert (found.queue, found.problems) == (None, ["The queue cannot be reached."])


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_queries_whatever_waits(count, alive, now, django_assert_num_queries):
    for _ in range(count):
        Digest.objects.create(membership=MembershipFactory(), kind="runner", week=WEEK, due_at=now)
    with django_assert_num_queries(8):
        health(now=now)


# --- Where it is read ----------------------------------------------------------------------------
@pytest.fixture
def operator(db):
    return UserFactory(is_staff=True)


def test_the_page_and_the_api_are_the_operators(alive, operator, runner, client_of, time_machine,
                                                now):  # fmt: skip
    time_machine.move_to(now, tick=False)
    assert client_of(runner).get("/ops/").status_code == 403
    assert client_of(runner).get("/api/v1/ops/health/").status_code == 403

    page = client_of(operator).get("/ops/")
    told = client_of(operator).get("/api/v1/ops/health/")

    assert "Nothing is amiss." in page.content.decode()
    assert (told.status_code, told.json()["problems"]) == (200, [])
    assert told.json()["seen"][0] == {"kind": "beat", "name": "here", "at": "2026-03-18T12:00:00Z"}


def test_monitoring_asks_with_an_operators_key(operator, client, now, time_machine):
    time_machine.move_to(now, tick=False)
    key = create_token(operator, name="monitor", now=now)[1]
    told = client.get("/api/v1/ops/health/", headers={"Authorization": f"Bearer {key}"})
    assert told.status_code == 503
    assert told.json()["problems"][0] == "The schedule has not been seen yet."


def test_the_command_says_the_same(alive, capsys, time_machine, now):
    time_machine.move_to(now, tick=False)
    call_command("health", "--json")
    told = json.loads(capsys.readouterr().out)
    assert (told["problems"], told["queue"]) == ([], 0)
    assert told["waiting"][0] == {"name": "weekly mail", "count": 0, "oldest": None}

    time_machine.move_to(now + HOUR, tick=False)
    with pytest.raises(CommandError) as error:
        call_command("health")
    assert error.value.returncode == 1
    assert "celery@here, seen 2026-03-18 12:00:00" in capsys.readouterr().out
