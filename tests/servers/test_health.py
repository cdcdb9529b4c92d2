"""Schedule and workers are seen alive, in one process or in many, and missed when they are gone."""

import json

import pytest

from tests.servers.harness import EmbeddedSite, ServerSite, Site
from tests.servers.post import PostOffice

pytestmark = pytest.mark.servers


def seen(site: Site) -> set[str]:
    return {kind for (kind,) in site.query("SELECT kind FROM dashboards_heartbeat")}


def test_in_one_process(small_site: EmbeddedSite, post: PostOffice) -> None:
    post.open()
    small_site.embedded()

    small_site.wait_until(lambda: seen(small_site) == {"beat", "worker"}, "both seen")
    small_site.wait_until(small_site.mail_is_done, "all mail sent")
    told = json.loads(small_site.manage("health", "--json"))
    assert (told["problems"], told["failed_mails"]) == ([], 0)


def test_in_many_processes(site: ServerSite, post: PostOffice) -> None:
    post.open()
    site.beat()
    site.wait_until(lambda: seen(site) == {"beat"}, "the schedule seen")
    site.wait_until(lambda: site.queued()[0] > 0, "messages on the queue")
    assert json.loads(ask(site))["queue"] > 0

    site.worker()
    site.wait_until(lambda: seen(site) == {"beat", "worker"}, "the worker seen")
    site.wait_until(site.mail_is_done, "all mail sent")
    assert json.loads(site.manage("health", "--json"))["problems"] == []


def ask(site: Site) -> str:
    """Return what the command prints although something is amiss: no worker was seen."""
    return site.manage(
        "shell", "-v0", "-c",
        "import json; from dataclasses import asdict; from django.utils import timezone;"
        "from dashboards.selectors.health import health;"
        "print(json.dumps(asdict(health(now=timezone.now())), default=str))",
    )  # fmt: skip
