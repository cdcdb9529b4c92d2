"""Jobs say that they began, ended or failed by ids; nobody's name, address or answer is in it."""

import logging
import re

import pytest
from django.db import OperationalError, connection

from clubsite import job_log
from clubsite.celery import app
from clubsite.pulse import Pulse, beat_began, beat_queued, pulse
from dashboards.models import Heartbeat
from dashboards.tasks import send_digest
from tests.dashboards.services.full_person import fill

LINE = re.compile(r"event=\w+( \w+=\S*)+")


@pytest.fixture(autouse=True)
def _eager():
    before = app.conf.task_always_eager
    app.conf.task_always_eager = True
    yield
    app.conf.task_always_eager = before


def test_a_job_is_two_lines(caplog, db):
    with caplog.at_level(logging.INFO, "surefoot.jobs"):
        send_digest.delay(41)

    began, ended = caplog.messages
    assert re.fullmatch(r"event=job_start job=dashboards\.send_digest id=[\w-]+ args=41", began)
    assert re.fullmatch(
        r"event=job_end job=dashboards\.send_digest id=[\w-]+ state=SUCCESS ms=\d+", ended
    )


def test_a_failure_names_the_error_and_the_place_and_not_what_it_said(caplog, db):
    with caplog.at_level(logging.INFO, "surefoot.jobs"):
        send_digest.delay("robin@example.org")

    [failed] = [line for line in caplog.messages if "job_failed" in line]
    assert "job=dashboards.send_digest" in failed
    assert re.search(r"error=ValueError at=\S*tasks\.py:\d+>\S*digests\.py:\d+", failed)
    assert "robin" not in caplog.text


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ([1, "2026-03-09"], "1,2026-03-09"),
        ([[4, 5, 6], "2026-03-09"], "[3],2026-03-09"),
        (["Robin"], "?"),
        ([None, 4.5], "?,?"),
        ([], ""),
    ],
)
def test_of_what_a_job_was_given_ids_and_days_are_said(args, said):
    assert job_log._ids(args) == said


def test_every_periodic_job_over_a_full_club_logs_nothing_of_anybody(
    caplog, membership, coach, now, time_machine
):
    fill(membership, coach, now=now)
    time_machine.move_to(now, tick=False)
    with caplog.at_level(logging.DEBUG):
        for entry in app.conf.beat_schedule.values():
            app.tasks[entry["task"]].delay()

    ours = [one for one in caplog.records if one.name.startswith(("surefoot", *job_log.OWN))]
    assert len(ours) >= 2 * len(app.conf.beat_schedule)
    assert all(LINE.fullmatch(one.getMessage()) for one in ours if one.name == "surefoot.jobs")
    said = "\n".join(one.getMessage() for one in ours)
    secrets = [
        membership.user.name, membership.user.email, coach.name, coach.email, membership.club.name,
        "Blue", "rest it a week", "wet;", "under_heel", "night_pain", "sore", "between coaches",
    ]  # fmt: skip
    assert [one for one in secrets if one in said] == []


# --- Alive ---------------------------------------------------------------------------------------
def test_the_schedules_thread_is_seen_when_it_queues_something(db, monkeypatch):
    monkeypatch.setattr(pulse, "beat_thread", None)
    monkeypatch.setattr(pulse, "said", {})
    beat_queued()
    assert not Heartbeat.objects.exists()

    beat_began()
    beat_queued()
    assert list(Heartbeat.objects.values_list("kind", flat=True)) == ["beat"]


def test_one_is_not_noted_again_within_seconds(db, django_assert_num_queries):
    fresh = Pulse()
    fresh.say("worker", "celery@here")
    with django_assert_num_queries(0):
        fresh.say("worker", "celery@here")


def test_a_heartbeat_that_cannot_be_stored_stops_nobody(db, caplog):
    def lost(*args, **kwargs):
        raise OperationalError("gone")

    with connection.execute_wrapper(lost):
        Pulse().say("worker", "celery@here")
    assert "event=heartbeat_lost kind=worker error=OperationalError" in caplog.text
