"""Two schedules by mistake, and one that dies: the week happens once all the same."""

import pytest

from tests.servers.club import JUDGED, NO_MAIL, READERS
from tests.servers.harness import NOTHING_WRONG, Row, ServerSite
from tests.servers.post import PostOffice

pytestmark = pytest.mark.servers

WORKS = "Sending due task"
LOCK_S = 15  # CELERY_REDBEAT_LOCK_TIMEOUT
LOOKS_EVERY_S = 5  # CELERY_BEAT_MAX_LOOP_INTERVAL
MARGIN_S = 5


def test_one_of_two_beats_works_and_the_other_takes_over(
    site: ServerSite, post: PostOffice
) -> None:
    """The whole week from judging to mail, then the working beat is killed."""
    post.open()
    beats = [site.beat(), site.beat()]
    site.worker()
    site.wait_until(site.mail_is_done, "all mail sent")

    (working,) = [beat for beat in beats if WORKS in beat.log]
    (idle,) = [beat for beat in beats if beat is not working]
    assert not idle.ended
    assert site.settled() == JUDGED
    assert post.counts == dict.fromkeys(READERS, 1)
    assert site.ledger() == {
        NO_MAIL: Row("skipped", 1, "does not want this mail"),
        **dict.fromkeys(READERS, Row("sent", 1, "")),
    }
    assert site.mails_sent_before_the_week_was_judged() == 0

    working.kill()

    site.wait_until(
        lambda: WORKS in idle.log, "the other takes over", within=LOCK_S + LOOKS_EVERY_S + MARGIN_S
    )
    site.wait_until(lambda: site.queued() == (0, 0), "an empty queue")
    assert post.counts == dict.fromkeys(READERS, 1)
    assert site.ask("wrong_assessments") == NOTHING_WRONG
