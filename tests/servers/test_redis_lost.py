"""Redis forgets everything: what is due stands in the database, so the next sweep finds it."""

import pytest

from tests.servers.club import READERS
from tests.servers.harness import ServerSite
from tests.servers.post import PostOffice

pytestmark = pytest.mark.servers


def test_mail_that_was_queued_is_sent(site: ServerSite, post: PostOffice) -> None:
    """The worker lives on; beat ends, because its lock is gone, and is started again."""
    site.manage("assess_week")
    post.open()
    post.hold("DATA", after=20)
    site.worker()
    beat = site.beat()
    site.wait_until(lambda: len(post.waiting) == 2, "both processes in the middle of a mail")
    waiting, _ = site.queued()
    assert waiting > 0

    site.flush_redis()
    site.wait_until(lambda: beat.ended, "beat notices", within=10)
    assert beat.popen.returncode == 1  # whoever supervises it starts another one
    post.release()
    site.wait_until(lambda: site.queued() == (0, 0), "nothing left on the queue")
    # On a slow machine the first beat may have queued the lost mail once more before it ended.
    site.beat()

    site.wait_until(site.mail_is_done, "all mail sent")
    assert post.counts == dict.fromkeys(READERS, 1)
    assert {row.attempts for row in site.ledger().values()} == {1}
