"""The same entry sent many times at once is stored once; so is the undo of its deletion."""

import json

import pytest

from tests.servers.harness import EmbeddedSite, ServerSite, Site
from tests.servers.log_page import AT_ONCE

pytestmark = pytest.mark.servers
CODE = (
    "import json; from tests.servers import log_page; "
    "print(json.dumps(log_page.one_entry_many_times()))"
)


def happened_once(site: Site) -> None:
    said = json.loads(site.manage("shell", "-v0", "-c", CODE).splitlines()[-1])
    took = said.pop("one save, ms")
    assert took > 0
    assert said == {
        "first": 200,
        "statuses": [200] * AT_ONCE,
        "answers": 1,
        "runs": 1,
        "reports": 1,
        "undo statuses": [302] * AT_ONCE,
        "as it was": True,
        "reports after": 1,
    }, took


def test_on_sqlite(small_site: EmbeddedSite) -> None:
    happened_once(small_site)


def test_on_postgresql(site: ServerSite) -> None:
    happened_once(site)
