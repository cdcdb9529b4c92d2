"""A Celery worker dies by SIGKILL in the middle of its work; another one finishes it, once."""

import pytest

from tests.servers.club import JUDGED, NO_MAIL, READERS
from tests.servers.harness import NOTHING_WRONG, ServerSite
from tests.servers.post import PostOffice

pytestmark = pytest.mark.servers


def test_weeks_are_judged_once_and_right(site: ServerSite) -> None:
    """No schedule runs here: the messages the dead worker had taken are enough."""
    with site.runner_locked(30):  # in the second of three chunks
        worker = site.worker()
        site.ask("sweep")
        site.wait_until(
            lambda: site.settled() > 0 and site.somebody_waits_for_a_row(), "a first chunk"
        )
        worker.kill()
    done_before = site.settled()
    waiting, taken = site.queued()
    assert 0 < done_before < JUDGED
    assert waiting > 0
    assert taken > 0

    heir = site.worker()
    site.wait_until(lambda: "ready." in heir.log, "another worker")
    site.let_taken_messages_expire()

    site.wait_until(lambda: site.settled() == JUDGED, "all weeks judged", within=30)
    site.wait_until(lambda: site.queued() == (0, 0), "an empty queue", within=30)
    assert site.ask("wrong_assessments") == NOTHING_WRONG


def test_weeks_are_judged_though_only_the_inner_processes_die(site: ServerSite) -> None:
    """The worker itself lives, puts their messages back at once and starts new processes."""
    worker = site.worker()
    with site.runner_locked(30):
        site.ask("sweep")
        site.wait_until(
            lambda: site.settled() > 0 and site.somebody_waits_for_a_row(), "a first chunk"
        )
        worker.kill_children()
        site.wait_until(lambda: "WorkerLostError" in worker.log, "the worker notices")
    assert site.settled() < JUDGED

    site.wait_until(lambda: site.settled() == JUDGED, "all weeks judged")
    site.wait_until(lambda: site.queued() == (0, 0), "an empty queue")
    assert site.ask("wrong_assessments") == NOTHING_WRONG


@pytest.mark.parametrize(("command", "copies"), [("RCPT", 1), ("DATA", 2)])
def test_each_mail_arrives_though_its_sender_dies(
    site: ServerSite, post: PostOffice, command: str, copies: int
) -> None:
    """Killed before the server has a mail: one copy. Killed before it could be noted: two."""
    site.env["MAIL_STUCK_SECONDS"] = "5"
    site.manage("assess_week")
    post.open()
    post.hold(command, after=20)
    site.beat()
    worker = site.worker()
    site.wait_until(lambda: len(post.waiting) == 2, "both processes in the middle of a mail")
    worker.kill()
    in_flight = set(post.waiting)
    post.release()

    site.worker()

    site.wait_until(site.mail_is_done, "all mail sent")
    ledger = site.ledger()
    assert ledger.pop(NO_MAIL).state == "skipped"
    assert {reader: row.state for reader, row in ledger.items()} == dict.fromkeys(READERS, "sent")
    assert post.counts == {reader: copies if reader in in_flight else 1 for reader in READERS}
    assert {reader for reader, row in ledger.items() if row.attempts == 2} == in_flight
    assert sum(row.attempts for row in ledger.values()) == len(READERS) + len(in_flight)
    assert len({mail.message_id for mail in post.arrivals}) == len(READERS)
