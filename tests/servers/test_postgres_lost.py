"""PostgreSQL drops every connection, as its restart does; the worker goes on."""

import pytest

from tests.servers.club import NO_MAIL, READERS
from tests.servers.harness import Row, ServerSite
from tests.servers.post import PostOffice

pytestmark = pytest.mark.servers


def test_mail_goes_on_and_what_could_not_be_noted_comes_twice(
    site: ServerSite, post: PostOffice
) -> None:
    site.env["MAIL_STUCK_SECONDS"] = "5"
    site.manage("assess_week")
    post.open()
    post.hold("DATA", after=20)
    worker = site.worker()
    site.beat()
    site.wait_until(lambda: len(post.waiting) == 2, "both processes in the middle of a mail")
    in_flight = set(post.waiting)

    site.drop_connections()
    post.release()

    site.wait_until(site.mail_is_done, "all mail sent")
    assert not worker.ended
    assert post.counts == {reader: 2 if reader in in_flight else 1 for reader in READERS}
    assert site.ledger() == {
        NO_MAIL: Row("skipped", 1, "does not want this mail"),
        **{reader: Row("sent", 2 if reader in in_flight else 1, "") for reader in READERS},
    }
