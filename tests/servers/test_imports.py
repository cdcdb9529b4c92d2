"""A large import whose worker is killed in its middle, again and again; and members who log
meanwhile. On PostgreSQL with Redis, and on SQLite with worker and schedule in the web process.
"""

import datetime as dt
import http.client
import re
import urllib.parse
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.servers.harness import NOTHING_WRONG, EmbeddedSite, Process, ServerSite, Site
from tests.servers.imports import FILES, RIGHT

pytestmark = [pytest.mark.servers, pytest.mark.timeout(300)]

KILLED_AT = (FILES // 6, FILES // 3, FILES * 2 // 3)
RUNS_EACH = 5
CSRF = "a" * 32


def settled(site: Site) -> int:
    ((count,),) = site.query("SELECT count(*) FROM members_importentry")
    return int(count)


def ended(site: Site) -> bool:
    ((count,),) = site.query("SELECT count(*) FROM members_importbatch WHERE state = 'finished'")
    return int(count) == 1


def kill_again_and_again(site: Site, start: Callable[[], Process]) -> None:
    """Kill whoever reads, each time a little further, and let the next one go on."""
    worker = start()
    for at in KILLED_AT:
        site.wait_until(lambda at=at: settled(site) >= at, f"{at} files read")
        worker.kill()
        before = settled(site)
        assert at <= before < FILES, "killed too late"
        worker = start()
    site.wait_until(lambda: ended(site), "everything read")
    site.wait_until(lambda: site.changes() == 0, "all changes judged")


def test_every_activity_is_there_once_though_workers_die(site: ServerSite) -> None:
    site.env["IMPORT_STUCK_SECONDS"] = "2"
    site.ask("upload", module="imports")
    site.beat()

    kill_again_and_again(site, site.worker)

    assert site.ask("amiss", module="imports") == RIGHT
    assert site.ask("wrong_assessments") == NOTHING_WRONG


def test_every_activity_is_there_once_though_the_one_process_dies(
    small_site: EmbeddedSite,
) -> None:
    small_site.env["IMPORT_STUCK_SECONDS"] = "2"
    small_site.ask("upload", module="imports")

    kill_again_and_again(small_site, small_site.embedded)

    assert small_site.ask("amiss", module="imports") == RIGHT
    assert small_site.ask("wrong_assessments") == NOTHING_WRONG


# --- Members log meanwhile ------------------------------------------------------------------------
def address_of(site: Site, web: Process) -> str:
    """Where gunicorn listens, once it answers."""
    site.wait_until(lambda: "Listening at" in web.log, "the web process")
    return re.search(r"Listening at: http://(\S+)", web.log)[1]


def log_runs(address: str, session: str) -> list[int]:
    """Post the log form a few times in a row, as a member's browser does."""
    answers = []
    for number in range(RUNS_EACH):
        connection = http.client.HTTPConnection(address, timeout=60)
        said = {
            "distance": "7.5",
            "duration": f"4{number}:00",
            "on": str(dt.datetime.now(dt.UTC).date() - dt.timedelta(days=1)),
            "kind": "run",
            "client_key": str(uuid.uuid4()),
            "csrfmiddlewaretoken": CSRF,
        }
        headers = {
            "Cookie": f"sessionid={session}; csrftoken={CSRF}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        connection.request("POST", "/log/", urllib.parse.urlencode(said), headers)
        answers.append(connection.getresponse().status)
        connection.close()
    return answers


def all_log_while_an_archive_is_read(site: Site, web: Process) -> None:
    address = address_of(site, web)
    keys = site.ask("sessions", module="imports")
    ((before,),) = site.query("SELECT count(*) FROM members_activity")
    site.ask("upload", module="imports")
    site.wait_until(lambda: settled(site) > 0, "the import has begun")

    with ThreadPoolExecutor(len(keys)) as threads:
        answers = list(threads.map(lambda key: log_runs(address, key), keys))

    assert answers == [[302] * RUNS_EACH] * 8
    site.wait_until(lambda: ended(site), "everything read")
    ((after,),) = site.query("SELECT count(*) FROM members_activity")
    assert after == before + 8 * RUNS_EACH + FILES
    assert site.ask("amiss", module="imports") == RIGHT
    assert [one.name for one in site.processes if "Traceback" in one.log] == []


def test_eight_members_log_while_an_archive_is_read(site: ServerSite) -> None:
    command = ("-m", "gunicorn", "-c", "clubsite/gunicorn.py", "clubsite.wsgi")
    web = site.start("web", *command, BIND="127.0.0.1:0", WEB_THREADS="4")
    site.beat()
    site.worker()
    all_log_while_an_archive_is_read(site, web)


def test_eight_members_log_while_the_one_process_reads(small_site: EmbeddedSite) -> None:
    all_log_while_an_archive_is_read(small_site, small_site.embedded())
