"""Every message comes three times, to two processes at once: that changes nothing."""

import pytest

from tests.servers.club import JUDGED, NO_MAIL, READERS
from tests.servers.harness import NOTHING_WRONG, Row, ServerSite
from tests.servers.post import PostOffice

pytestmark = pytest.mark.servers


def test_weeks_and_mails_happen_once(site: ServerSite, post: PostOffice) -> None:
    post.takes_s = 0.05  # long enough for the second message to meet the first at work
    post.open()
    site.ask("queue_everything_thrice")
    assert site.queued() == (3 * (5 + 5 + len(READERS) + 1), 0)  # weeks, changes, mails

    worker = site.worker()

    site.wait_until(lambda: site.queued() == (0, 0), "an empty queue")
    assert site.settled() == JUDGED
    assert post.counts == dict.fromkeys(READERS, 1)
    assert site.ledger() == {
        NO_MAIL: Row("skipped", 1, "does not want this mail"),
        **dict.fromkeys(READERS, Row("sent", 1, "")),
    }
    assert site.ask("wrong_assessments") == NOTHING_WRONG
    assert "Traceback" not in worker.log
