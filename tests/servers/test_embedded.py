"""Worker and schedule inside the one web process on SQLite, killed in the middle and started again.

Its queue is in memory, so everything that waited is gone with it.
"""

import pytest

from tests.servers.club import JUDGED, NO_MAIL, READERS
from tests.servers.harness import NOTHING_WRONG, EmbeddedSite
from tests.servers.post import PostOffice

pytestmark = pytest.mark.servers


def test_weeks_are_judged_once_and_right(small_site: EmbeddedSite) -> None:
    with small_site.runner_slow(30):  # in the second of three chunks
        process = small_site.embedded()
        small_site.wait_until(lambda: small_site.settled() > 0, "a first chunk")
        process.kill()
    assert 0 < small_site.settled() < JUDGED

    small_site.embedded()

    small_site.wait_until(lambda: small_site.settled() == JUDGED, "all weeks judged")
    small_site.wait_until(lambda: small_site.changes() == 0, "all changes judged")
    assert small_site.ask("wrong_assessments") == NOTHING_WRONG


@pytest.mark.parametrize(("command", "copies"), [("RCPT", 1), ("DATA", 2)])
def test_each_mail_arrives_though_its_sender_dies(
    small_site: EmbeddedSite, post: PostOffice, command: str, copies: int
) -> None:
    small_site.env["MAIL_STUCK_SECONDS"] = "5"
    small_site.manage("assess_week")
    post.open()
    post.hold(command, after=20)
    process = small_site.embedded()
    small_site.wait_until(lambda: len(post.waiting) == 1, "the middle of a mail")
    process.kill()
    (in_flight,) = post.waiting
    post.release()

    small_site.embedded()

    small_site.wait_until(small_site.mail_is_done, "all mail sent")
    ledger = small_site.ledger()
    assert ledger.pop(NO_MAIL).state == "skipped"
    assert {reader: row.state for reader, row in ledger.items()} == dict.fromkeys(READERS, "sent")
    assert post.counts == dict.fromkeys(READERS, 1) | {in_flight: copies}
    assert [reader for reader, row in ledger.items() if row.attempts != 1] == [in_flight]
    assert ledger[in_flight].attempts == 2
