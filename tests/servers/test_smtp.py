"""The mail server is away, refuses for now, or refuses somebody for good."""

import datetime as dt

import pytest

from tests.servers.club import NO_MAIL, READERS
from tests.servers.harness import EmbeddedSite, Row, ServerSite, Site
from tests.servers.post import PostOffice

pytestmark = pytest.mark.servers

UNKNOWN = "runner-07@heath.example"
WAITING = {"due", "claimed"}


@pytest.fixture
def impatient_site(site: ServerSite) -> ServerSite:
    """A site whose weeks are judged and that tries again after 1 s, then 3 s."""
    site.env["MAIL_RETRY_SECONDS"] = "1"
    site.manage("assess_week")
    return site


def test_refused_for_now_or_for_good(impatient_site: ServerSite, post: PostOffice) -> None:
    """Each address gets 451 twice, one gets 550."""
    post.refuse_first = 2
    post.unknown = {UNKNOWN}
    post.open()
    worker = impatient_site.worker()
    impatient_site.beat()

    impatient_site.wait_until(impatient_site.mail_is_done, "all mail sent or given up")

    others = [reader for reader in READERS if reader != UNKNOWN]
    assert impatient_site.ledger() == {
        NO_MAIL: Row("skipped", 1, "does not want this mail"),
        UNKNOWN: Row("failed", 1, "550 5.1.1 no such mailbox"),
        **dict.fromkeys(others, Row("sent", 3, "")),
    }
    assert post.asked == dict.fromkeys(others, 3) | {UNKNOWN: 1}
    assert post.counts == dict.fromkeys(others, 1)
    assert "event=job_end job=dashboards.send_digest" in worker.log
    assert "heath.example" not in worker.log
    assert " succeeded in " not in worker.log


def test_nobody_listens_for_a_while(impatient_site: ServerSite, post: PostOffice) -> None:
    impatient_site.worker()
    impatient_site.beat()
    impatient_site.wait_until(lambda: _tried(impatient_site) == set(READERS), "a try for everybody")
    assert post.arrivals == []
    refused = {row.reason for row in impatient_site.ledger().values() if row.reason}
    post.open()

    impatient_site.wait_until(impatient_site.mail_is_done, "all mail sent")

    assert refused >= {"ConnectionRefusedError: [Errno 111] Connection refused"}
    ledger = impatient_site.ledger()
    del ledger[NO_MAIL]
    assert {(row.state, row.reason) for row in ledger.values()} == {("sent", "")}
    assert min(row.attempts for row in ledger.values()) == 2
    assert post.counts == dict.fromkeys(READERS, 1)


# --- The smallest installation, and a server that behaves badly ----------------------------------
@pytest.fixture
def judged_site(small_site: EmbeddedSite) -> EmbeddedSite:
    """An embedded site whose weeks are judged."""
    small_site.env["MAIL_RETRY_SECONDS"] = "1"
    small_site.manage("assess_week")
    return small_site


def test_who_never_answers_about_one_reader_stops_nobody(
    judged_site: EmbeddedSite, post: PostOffice
) -> None:
    post.hung = {UNKNOWN}
    post.open()
    judged_site.env |= {"MAIL_TIMEOUT_SECONDS": "1", "MAIL_RETRY_SECONDS": "600"}
    judged_site.embedded()

    judged_site.wait_until(lambda: _waits_alone(judged_site), "all mail but one sent")
    reason = "SMTPServerDisconnected: Connection unexpectedly closed: timed out"
    assert judged_site.ledger()[UNKNOWN] == Row("due", 1, reason)
    post.release()
    make_due(judged_site)

    judged_site.wait_until(judged_site.mail_is_done, "all mail sent")
    assert judged_site.ledger()[UNKNOWN] == Row("sent", 2, "")
    assert post.counts == dict.fromkeys(READERS, 1)


def test_a_connection_cut_in_the_middle_of_each_mail(
    judged_site: EmbeddedSite, post: PostOffice
) -> None:
    post.drop_first = 1
    post.open()
    judged_site.embedded()

    judged_site.wait_until(judged_site.mail_is_done, "all mail sent")

    ledger = judged_site.ledger()
    del ledger[NO_MAIL]
    assert ledger == dict.fromkeys(READERS, Row("sent", 2, ""))
    assert post.counts == dict.fromkeys(READERS, 1)


def test_a_server_that_is_away_for_an_hour(judged_site: EmbeddedSite, post: PostOffice) -> None:
    """The hour passes by setting the rows' next try to now; how long they would wait is read."""
    judged_site.env["MAIL_RETRY_SECONDS"] = "300"
    judged_site.embedded()
    waits = []
    for attempt in (1, 2, 3):
        judged_site.wait_until(
            lambda attempt=attempt: attempts(judged_site) == {attempt}, f"try {attempt} for all"
        )
        waits.append(shortest_wait_s(judged_site))
        if attempt == 3:
            post.open()
        make_due(judged_site)

    judged_site.wait_until(judged_site.mail_is_done, "all mail sent")

    assert [round(wait / 60) for wait in waits] == [5, 15, 45]  # an hour and five minutes in all
    ledger = judged_site.ledger()
    del ledger[NO_MAIL]
    assert ledger == dict.fromkeys(READERS, Row("sent", 4, ""))
    assert post.counts == dict.fromkeys(READERS, 1)


def attempts(site: Site) -> set[int]:
    """How often those have been tried who still wait; of a row being tried it is -1."""
    rows = site.ledger().values()
    return {row.attempts if row.state == "due" else -1 for row in rows if row.state in WAITING}


def _waits_alone(site: Site) -> bool:
    """Whether the one has been tried and nobody else still waits."""
    waiting = {reader: row.state for reader, row in site.ledger().items() if row.state in WAITING}
    return waiting == {UNKNOWN: "due"}


def make_due(site: Site) -> None:
    """Do as if the time of the next try had come."""
    site.query("UPDATE dashboards_digest SET next_try_at = NULL WHERE state = 'due'")


def shortest_wait_s(site: EmbeddedSite) -> float:
    """How long from now until the first of the next tries."""
    ((text,),) = site.query("SELECT min(next_try_at) FROM dashboards_digest WHERE state = 'due'")
    at = dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)
    return (at - dt.datetime.now(dt.UTC)).total_seconds()


def _tried(site: ServerSite) -> set[str]:
    """Who has been tried and is not being tried right now."""
    return {reader for reader, row in site.ledger().items() if row.attempts and row.state == "due"}
