"""The mail server is away, refuses for now, or refuses somebody for good."""

import pytest

from tests.servers.club import NO_MAIL, READERS
from tests.servers.harness import Row, ServerSite
from tests.servers.post import PostOffice

pytestmark = pytest.mark.servers

UNKNOWN = "runner-07@heath.example"


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
    impatient_site.worker()
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


def _tried(site: ServerSite) -> set[str]:
    """Who has been tried and is not being tried right now."""
    return {reader for reader, row in site.ledger().items() if row.attempts and row.state == "due"}
